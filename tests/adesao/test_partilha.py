"""One certificate over several companies of one representative, as far as the policy lets (docs/decisions/040)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from adesao import partilha, services
from adesao.models import Lote
from adesao.services import Envio
from adesao.services.conclusao import SolicitacaoRecusada
from certificados import selectors as certificados
from certificados import services as registro
from certificados.domain.policy import BUILTIN
from certificados.models import Certificado
from certificados.simulacao import Simulacao
from notificacoes import services as notificacoes
from notificacoes.models import Aviso
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente, Papel, Representacao, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from portal.gateway.diretorio import selectors as diretorio
from portal.gateway.domain.decisao import Motivo
from portal.gateway.selectors import why_unknown
from tests import factories

SENHA = factories.SENHA_SISTEMICA
Adhered = Callable[..., Agente]


@pytest.fixture
def permite(db: None, now: datetime) -> None:
    registro.save_politica(replace(BUILTIN[0], varias_empresas=True), by="teste", now=now)


@pytest.fixture
def adhered(ana: Usuario, confianca: Hierarquia, now: datetime) -> Adhered:
    """One more company of ana's, with a certificate of its own."""

    def made(sigla: str, hosts: tuple[str, ...] = ("api",)) -> Agente:
        company = factories.create_agente(sigla)
        factories.represent(ana, company, Papel.REPRESENTANTE_CCEE)
        factories.adhere(company, ana, confianca, hosts=hosts, now=now)
        return company

    return made


@pytest.fixture
def certificado(agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime) -> Certificado:
    factories.adhere(agente, ana, confianca, now=now)
    return certificados.of_agente(agente).get()


def ask(page: Client, certificado: Certificado, acao: str, *companies: Agente) -> Any:
    path = reverse("adesao:partilha", args=[certificado.agente.cnpj, certificado.pk])
    return page.post(path, {"acao": acao, "empresa": [one.pk for one in companies]})


def settle(page: Client) -> list[tuple[str, str]]:
    row = Lote.objects.latest("pk")
    page.post(reverse("adesao:lote", args=[row.pk]))
    row.refresh_from_db()
    return [(linha.sigla, linha.palavras) for linha in services.lines(row)]


def share(page: Client, certificado: Certificado, *companies: Agente) -> list[tuple[str, str]]:
    assert ask(page, certificado, "usar", *companies).status_code == 302
    return settle(page)


def users_of(certificado: Certificado) -> list[str]:
    rows = certificados.in_service().filter(sha256=certificado.sha256).order_by("pk")
    return list(rows.values_list("agente__sigla", flat=True))


def test_each_company_has_its_own_row_request_and_entry(
    page: Client, permite: None, certificado: Certificado, adhered: Adhered
) -> None:
    one, two = adhered("UM"), adhered("DOIS")

    assert share(page, certificado, one, two) == [("DOIS", "Incluído"), ("UM", "Incluído")]

    assert sorted(users_of(certificado)) == ["DOIS", "SERRA AZUL", "UM"]
    for company in (one, two):
        entry = Evento.objects.filter(tipo="certificado.incluido", cnpj=company.cnpj).latest("numero")
        assert entry.dados["sha256"] == certificado.sha256
        assert entry.dados["protocolo"]
    assert share(page, certificado, adhered("TRES")) == [("TRES", "Incluído")]


def test_without_the_policys_leave_a_subject_stays_unique(
    page: Client, certificado: Certificado, adhered: Adhered, ator: Ator, now: datetime
) -> None:
    one = adhered("UM")
    page_of = page.get(reverse("adesao:cadastro", args=[certificado.agente.cnpj])).content.decode()

    response = ask(page, certificado, "usar", one)

    assert "outras empresas" not in page_of
    assert response.status_code == 422
    assert "não permite o mesmo certificado em mais de uma empresa" in response.content.decode()
    with pytest.raises(SolicitacaoRecusada):
        send_same(certificado, one, ator, now)
    assert users_of(certificado) == ["SERRA AZUL"]


def send_same(certificado: Certificado, company: Agente, ator: Ator, now: datetime) -> Any:
    arquivos = [("mesmo.cer", bytes(certificado.arquivo.der))]
    return services.fill_and_conclude(company, Envio(senha=SENHA, arquivos=arquivos), ator=ator, now=now)


def test_the_same_file_can_be_sent_on_the_other_companys_page(
    permite: None, certificado: Certificado, ana: Usuario, ator: Ator, now: datetime
) -> None:
    """Also at its first adesão."""
    company = factories.create_agente("NOVA")
    factories.represent(ana, company, Papel.REPRESENTANTE_CCEE)

    send_same(certificado, company, ator, now)

    assert users_of(certificado) == ["SERRA AZUL", "NOVA"]


def test_a_strangers_certificate_is_never_shared(
    permite: None, certificado: Certificado, outro_agente: Agente, davi: Usuario, now: datetime
) -> None:
    with pytest.raises(SolicitacaoRecusada) as refusal:
        send_same(certificado, outro_agente, acesso.of_usuario(davi), now)

    failed = [r for one in refusal.value.extra["relatorios"] for r in one["regras"] if r["situacao"] == "falha"]
    assert [regra["codigo"] for regra in failed] == ["subject-unico"]
    assert "SERRA AZUL" not in str(refusal.value.extra)
    assert users_of(certificado) == ["SERRA AZUL"]


def test_who_acts_must_represent_all_of_them_at_that_moment(
    page: Client, permite: None, certificado: Certificado, adhered: Adhered, ana: Usuario
) -> None:
    """Ours was given up after the form was sent: what it holds is now a stranger's."""
    one, two = adhered("UM"), adhered("DOIS")
    share(page, certificado, one)
    ask(page, certificado, "usar", two)
    Representacao.objects.filter(usuario=ana, agente=one).update(papel=Papel.REPRESENTANTE_LEGAL)

    assert settle(page) == [("DOIS", "Recusada")]

    linha = services.lines(Lote.objects.latest("pk"))[0]
    assert "Requerente (subject) precisa ser único" in linha.texto
    assert users_of(certificado) == ["SERRA AZUL", "UM"]


def test_another_certificate_of_the_same_subject_is_another(
    permite: None, agente: Agente, ator: Ator, adhered: Adhered, confianca: Hierarquia, now: datetime
) -> None:
    first, second = (confianca.issue(nome="Mesmo", host="mesmo.exemplo.test", cnpj=agente.cnpj).der for _ in range(2))
    services.submit(agente, senha=SENHA, arquivos=[("a.cer", first)], excluir=(), ator=ator, now=now)

    with pytest.raises(SolicitacaoRecusada):
        services.submit(adhered("UM"), senha="", arquivos=[("b.cer", second)], excluir=(), ator=ator, now=now)


def test_it_leaves_one_company_and_stays_in_the_others(
    page: Client, permite: None, certificado: Certificado, adhered: Adhered
) -> None:
    """The row that came first hands the guard of the subject on to the next."""
    one, two = adhered("UM"), adhered("DOIS")
    share(page, certificado, one, two)

    assert ask(page, certificado, "remover", certificado.agente).status_code == 302
    assert settle(page) == [("SERRA AZUL", "Excluído")]

    rows = certificados.in_service().filter(sha256=certificado.sha256).order_by("pk")
    assert [row.compartilhado for row in rows] == [False, True]
    stolen = Certificado(**{**_copy(rows[0]), "agente": factories.create_agente(), "compartilhado": False})
    with pytest.raises(IntegrityError), transaction.atomic():
        stolen.save(force_insert=True)


def _copy(row: Certificado) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in Certificado._meta.fields if field.name != "id"}


def test_the_guard_of_the_subject_is_handed_on_when_it_expires_too(
    page: Client, permite: None, certificado: Certificado, adhered: Adhered
) -> None:
    share(page, certificado, adhered("UM"))

    registro.remove_expired(by="sistema", now=certificado.valid_until + timedelta(days=1), limit=1)

    kept = certificados.in_service().get(sha256=certificado.sha256)
    assert not kept.compartilhado


def test_out_of_all_at_once_and_a_second_time_says_so(
    page: Client, permite: None, certificado: Certificado, adhered: Adhered
) -> None:
    share(page, certificado, adhered("UM"))
    ask(page, certificado, "remover-todas")
    ask(page, certificado, "remover-todas")  # a double click: two batches of the same

    assert settle(page) == [("SERRA AZUL", "Excluído"), ("UM", "Excluído")]

    first = Lote.objects.order_by("-pk")[1]
    page.post(reverse("adesao:lote", args=[first.pk]))
    first.refresh_from_db()
    assert {linha.palavras for linha in services.lines(first)} == {"Já estava fora de uso"}
    assert users_of(certificado) == []


def test_the_page_offers_only_what_can_be(
    page: Client, permite: None, certificado: Certificado, adhered: Adhered, ana: Usuario, outro_agente: Agente
) -> None:
    adhered("CHEIA", ("a", "b"))
    factories.represent(ana, factories.create_agente("NOVA"), Papel.REPRESENTANTE_CCEE)
    factories.represent(ana, outro_agente, Papel.REPRESENTANTE_LEGAL)

    text = page.get(reverse("adesao:partilha", args=[certificado.agente.cnpj, certificado.pk])).content.decode()

    assert "Já tem 2 em uso, o limite" in text
    assert "Ainda não aderiu" in text
    assert "VALE VERDE" not in text
    assert ask(page, certificado, "usar").status_code == 422


def test_the_gateway_lets_each_of_them_in_and_the_directory_tells_it(
    page: Client, permite: None, certificado: Certificado, adhered: Adhered
) -> None:
    one = adhered("UM")
    share(page, certificado, one)

    held = diretorio.holding([certificado.agente.cnpj, one.cnpj])
    assert {(cnpj, certificado.sha256) for cnpj in (certificado.agente.cnpj, one.cnpj)} <= set(held)

    ask(page, certificado, "remover", certificado.agente)
    settle(page)
    assert why_unknown(certificado.agente_id, certificado.sha256) is Motivo.CERTIFICADO_EXCLUIDO


def test_three_companies_of_one_person_are_one_mail(
    page: Client, permite: None, certificado: Certificado, adhered: Adhered
) -> None:
    share(page, certificado, adhered("UM"), adhered("DOIS"))

    notificacoes.plan(now=certificado.valid_until - timedelta(days=7))

    avisos = Aviso.objects.filter(certificado__sha256=certificado.sha256, antecedencia=7)
    assert avisos.values("certificado").distinct().count() == 3
    assert avisos.values("envio").distinct().count() == 1


def test_two_queries_however_many_companies(
    permite: None, certificado: Certificado, adhered: Adhered, ator: Ator, now: datetime
) -> None:
    adhered("UM")
    adhered("DOIS")

    with CaptureQueriesContext(connection) as queries:
        partilha.read(certificado, ator, now=now)

    assert len(queries) == 2


def test_the_simulator_names_those_whom_a_rule_set_without_it_would_not_take(
    page: Client, permite: None, certificado: Certificado, adhered: Adhered, now: datetime
) -> None:
    share(page, certificado, adhered("UM"))

    found = [one for empresa in Simulacao(BUILTIN[0], now=now).companies() for one in empresa.reprovados]

    assert [(one.sha256, [falha.codigo for falha in one.falhas]) for one in found] == [
        (certificado.sha256, ["subject-unico"])
    ]
