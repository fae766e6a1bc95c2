"""A rule set to come is told to the representantes CCEE concerned: seen before, sent once, worded for them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from certificados import services as certificados
from certificados.models import Certificado
from certificados.simulacao import Policy, from_toml
from notificacoes import services
from notificacoes.domain import motivos
from notificacoes.models import Envio, Estado, Tipo
from notificacoes.services import politicas
from portal.agentes.models import Agente, Papel, Representacao, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from portal.kernel.errors import Conflict
from tests import factories
from tests.ao_mesmo_tempo import at_once
from tests.certificados.cena import example, include
from tests.notificacoes.cartas import given_up, letter, parsed, text_of

ClientOf = Callable[[Usuario], Client]
PAGE = "admin:notificacoes_envio_politica"


@pytest.fixture
def policy(db: None) -> Policy:
    return from_toml(example().encode())


@pytest.fixture
def velho(agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime) -> Certificado:
    return include(agente, ana, confianca, now=now, host="velho")


def announce(policy: Policy, now: datetime) -> politicas.Previsao:
    marca = politicas.forecast(policy, now=now).marca
    return services.announce_policy(policy, marca=marca, by="operacao", now=now)


def mails() -> list[str]:
    rows = Envio.objects.filter(tipo=Tipo.POLITICA).order_by("destinatario__username")
    return list(rows.values_list("destinatario__username", flat=True))


def test_the_representante_ccee_gets_one_message_and_the_others_none(
    policy: Policy, velho: Certificado, ana: Usuario, bruno: Usuario, davi: Usuario, now: datetime
) -> None:
    announce(policy, now)
    services.plan(now=now)
    services.plan(now=now)

    assert mails() == ["ana"]
    evento = Evento.objects.get(tipo="aviso.politica")
    assert (evento.ator, evento.cnpj, evento.objeto) == ("operacao", velho.agente.cnpj, "ae-s-ae-h-2027")
    assert evento.dados["certificados"][0]["sha256"] == velho.sha256


def test_the_message_says_what_fails_from_when_and_what_to_do(
    policy: Policy, velho: Certificado, now: datetime
) -> None:
    announce(policy, now)
    services.plan(now=now)

    mail = parsed(letter(Envio.objects.get(tipo=Tipo.POLITICA), now=now))

    assert "um certificado em uso não seria aceito (SERRA AZUL)" in mail["Subject"]
    for text in (text_of(mail), text_of(mail, "html")):
        assert "velho.cer não seria aceito a partir de 01/01/2027" in text
        assert "Hierarquia: ICP-Brasil" in text
        assert "2.16.76.1.2.203 ou 2.16.76.1.2.204" in text
        assert "não é excluído por causa da mudança" in text
        assert velho.sha256 in text
        assert f"/adesao/{velho.agente.cnpj}/" in text
        assert "Resolução CG ICP-Brasil 211/2024" in text


def test_no_certificate_is_told_twice_of_one_rule_set(
    policy: Policy, velho: Certificado, agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    announce(policy, now)
    with pytest.raises(Conflict, match="Não há ninguém a avisar"):
        announce(policy, now)
    another = include(agente, ana, confianca, now=now, host="outro")

    again = announce(policy, now)

    assert (again.certificados, again.ja_avisados) == (1, 1)
    told = [one["sha256"] for evento in politicas_of(policy) for one in evento.dados["certificados"]]
    assert sorted(told) == sorted([velho.sha256, another.sha256])


def politicas_of(policy: Policy) -> list[Evento]:
    return list(Evento.objects.filter(tipo="aviso.politica", objeto=policy.codigo))


def test_what_changed_since_the_preview_is_not_sent(
    policy: Policy, velho: Certificado, davi: Usuario, now: datetime
) -> None:
    seen = politicas.forecast(policy, now=now).marca
    certificados.remove(velho, by="x", now=now, motivo="x")

    with pytest.raises(Conflict, match="Nada foi enviado"):
        services.announce_policy(policy, marca=seen, by="operacao", now=now)

    assert not politicas_of(policy)


def test_a_company_without_representante_ccee_waits_for_one(
    policy: Policy, velho: Certificado, ana: Usuario, now: datetime
) -> None:
    Representacao.objects.all().delete()

    before = politicas.forecast(policy, now=now)
    assert ([agente.sigla for agente in before.sem_representante], before.fatos) == (["SERRA AZUL"], ())

    factories.represent(ana, velho.agente, Papel.REPRESENTANTE_CCEE)
    assert politicas.forecast(policy, now=now).certificados == 1


def test_a_certificate_replaced_before_the_sending_is_left_out(
    policy: Policy, velho: Certificado, now: datetime
) -> None:
    announce(policy, now)
    services.plan(now=now)
    envio = Envio.objects.get(tipo=Tipo.POLITICA)

    certificados.remove(velho, by="x", now=now, motivo="Substituído")
    assert given_up(envio, now=now).motivo == motivos.FORA_DE_SERVICO
    Representacao.objects.all().delete()
    assert (given_up(envio, now=now).estado, given_up(envio, now=now).motivo) == (
        Estado.CANCELADA,
        motivos.NAO_REPRESENTA,
    )


def test_who_acts_for_two_companies_reads_one_message(
    policy: Policy,
    velho: Certificado,
    outro_agente: Agente,
    ana: Usuario,
    davi: Usuario,
    confianca: Hierarquia,
    now: datetime,
) -> None:
    include(outro_agente, davi, confianca, now=now, host="deles")
    factories.represent(ana, outro_agente, Papel.REPRESENTANTE_CCEE)

    previsao = announce(policy, now)
    services.plan(now=now)

    assert (len(previsao.fatos), len(previsao.pessoas), mails()) == (2, 2, ["ana", "davi"])
    text = text_of(parsed(letter(Envio.objects.get(tipo=Tipo.POLITICA, destinatario=ana), now=now)))
    assert "velho.cer" in text
    assert "deles.cer" in text
    theirs = text_of(parsed(letter(Envio.objects.get(tipo=Tipo.POLITICA, destinatario=davi), now=now)))
    assert "velho.cer" not in theirs


@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_send_once(
    agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    include(agente, ana, confianca, now=now, host="velho")
    policy = from_toml(example().encode())
    marca = politicas.forecast(policy, now=now).marca

    def confirm() -> object:
        return services.announce_policy(policy, marca=marca, by="operacao", now=now)

    answers = at_once([confirm, confirm])

    assert sum(isinstance(answer, Conflict) for answer in answers) == 1
    assert len(politicas_of(policy)) == 1


@pytest.fixture
def client(operacao: Usuario, client_of: ClientOf) -> Client:
    return client_of(operacao)


def send(client: Client, **data: Any) -> Any:
    return client.post(reverse(PAGE), {"toml": example(), **data})


def test_operations_see_the_message_and_the_numbers_and_then_send(
    client: Client, velho: Certificado, now: datetime
) -> None:
    page = send(client)
    text = page.content.decode()
    assert "velho.cer não seria aceito a partir de 01/01/2027" in text
    assert "<strong>1</strong> representante CCEE" in text
    assert not Evento.objects.filter(tipo="aviso.politica").exists()

    done = client.post(
        reverse(PAGE), {"toml": example(), "confirmar": page.context["previsao"].marca}, follow=True
    ).content.decode()
    assert "O aviso está a caminho (empresas: 1; pessoas: 1)" in done

    assert "Não há ninguém a avisar." in send(client).content.decode()
    services.plan(now=now + timedelta(minutes=1))
    assert mails() == ["ana"]
    assert (
        "Mudança das regras de certificados"
        in client.get(reverse("admin:notificacoes_envio_changelist")).content.decode()
    )


def test_a_confirmation_of_something_else_sends_nothing(client: Client, velho: Certificado) -> None:
    page = send(client, confirmar="x").content.decode()

    assert "Nada foi enviado: confira os números de novo." in page
    assert not Evento.objects.filter(tipo="aviso.politica").exists()


def test_a_bad_rule_set_is_told_here_too(client: Client) -> None:
    response = client.post(reverse(PAGE), {"toml": "cor = 1"})

    assert response.status_code == 422
    assert "“cor” não é uma chave" in response.content.decode()


def test_whoever_only_looks_sends_nothing(leitura: Usuario, client_of: ClientOf, velho: Certificado) -> None:
    assert send(client_of(leitura), confirmar="x").status_code == 403
