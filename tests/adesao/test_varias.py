"""Many companies concluded with one gesture: who is ready, one transaction each, and a report that can go on."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from adesao import prontas, services
from adesao.domain.lote import Linha
from adesao.hashing import verify
from adesao.models import Credencial, Lote, Solicitacao
from adesao.services import Envio
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente, Papel, Representacao, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from portal.kernel.errors import Forbidden
from tests import factories

SENHA = factories.SENHA_SISTEMICA
PATH = reverse("adesao:varias")


@pytest.fixture
def prepare(ana: Usuario, ator: Ator, confianca: Hierarquia, now: datetime) -> Callable[..., Agente]:
    """One more company of ana's, with a draft that holds a certificate and a password unless told otherwise."""

    def made(sigla: str, *, senha: str = SENHA, bits: int = 2048) -> Agente:
        company = factories.create_agente(sigla)
        factories.represent(ana, company, Papel.REPRESENTANTE_CCEE)
        der = confianca.issue(cnpj=company.cnpj, host=f"{company.pk}.exemplo.test", bits=bits).der
        services.fill(company, Envio(senha=senha, arquivos=[("a.cer", der)]), ator=ator, now=now)
        return company

    return made


def start(page: Client, *companies: Agente, **fields: Any) -> Any:
    return page.post(PATH, {"acao": "concluir", "empresa": [one.pk for one in companies], **fields}, follow=True)


def finish(page: Client, times: int = 1) -> list[Linha]:
    row = Lote.objects.latest("pk")
    for _ in range(times):
        assert page.post(reverse("adesao:lote", args=[row.pk])).status_code == 302
    row.refresh_from_db()
    return services.lines(row)


def adhered() -> set[str]:
    return set(Credencial.objects.values_list("agente__sigla", flat=True))


def test_the_page_says_who_is_ready_and_what_the_others_lack(
    page: Client, prepare: Callable[..., Agente], agente: Agente
) -> None:
    prepare("PRONTA")
    prepare("SEM SENHA", senha="")
    prepare("RUIM", bits=4096)

    text = page.get(PATH).content.decode()

    assert "2 empresas podem ser concluídas" in text
    assert "Falta só a senha" in text
    assert "a.cer não pode ser aceito (1 regra falhou)" in text
    assert "2 ainda não podem ser concluídas" in text  # the bad one, and ours without any draft


def test_each_is_concluded_by_itself_and_reported(page: Client, prepare: Callable[..., Agente]) -> None:
    one, two = prepare("UM"), prepare("DOIS")

    start(page, one, two)
    linhas = finish(page)

    assert adhered() == {"UM", "DOIS"}
    assert [linha.palavras for linha in linhas] == ["Concluída"] * 2
    assert {linha.protocolo for linha in linhas} == set(
        Evento.objects.filter(tipo="adesao.concluida").values_list("objeto", flat=True)
    )


def test_one_that_cannot_be_concluded_does_not_keep_the_others(
    page: Client, prepare: Callable[..., Agente], ana: Usuario
) -> None:
    bad, good = prepare("A PERDIDA"), prepare("B BOA")
    start(page, bad, good)
    Representacao.objects.filter(usuario=ana, agente=bad).update(papel=Papel.REPRESENTANTE_LEGAL)

    linhas = finish(page)

    assert [(linha.sigla, linha.palavras) for linha in linhas] == [("A PERDIDA", "Recusada"), ("B BOA", "Concluída")]
    assert "Somente o representante CCEE" in linhas[0].texto
    assert adhered() == {"B BOA"}


def test_a_run_that_stopped_half_way_goes_on_and_repeats_nothing(
    page: Client, prepare: Callable[..., Agente], ator: Ator, now: datetime
) -> None:
    """Concluded, and the report not written: what a crash between the two leaves."""
    one, two = prepare("UM"), prepare("DOIS")
    start(page, one, two)
    draft = Solicitacao.objects.get(agente=two)
    services.conclude(draft, ator=ator, now=now)

    linhas = {linha.sigla: linha for linha in finish(page, times=2)}

    assert {sigla: linha.palavras for sigla, linha in linhas.items()} == {
        "UM": "Concluída",
        "DOIS": "Já estava concluída",
    }
    assert linhas["DOIS"].protocolo == Solicitacao.objects.get(pk=draft.pk).protocolo
    assert Evento.objects.filter(tipo="adesao.concluida").count() == 2


def test_a_late_request_answers_after_one_company_and_the_next_goes_on(
    page: Client, prepare: Callable[..., Agente], ator: Ator, now: datetime
) -> None:
    start(page, prepare("UM"), prepare("DOIS"))
    row = Lote.objects.get()

    first = services.advance(row, ator=ator, now=now, late=lambda: True)
    assert (first.closed_at, [linha.aguarda for linha in services.lines(first)]) == (None, [False, True])
    assert "Continuar: 1 de 2" in page.get(reverse("adesao:lote", args=[row.pk])).content.decode()
    assert "não terminou" in page.get(PATH).content.decode()

    last = services.advance(first, ator=ator, now=now, late=lambda: True)
    assert last.closed_at == now


def test_one_password_serves_those_that_lack_one_and_no_other(page: Client, prepare: Callable[..., Agente]) -> None:
    wanting, own = prepare("SEM SENHA", senha=""), prepare("COM SENHA", senha="83526049")

    start(page, wanting, own, senha="27194836")
    finish(page)

    hashes = dict(Credencial.objects.values_list("agente__sigla", "senha_hash"))
    assert verify("27194836", hashes["SEM SENHA"])
    assert verify("83526049", hashes["COM SENHA"])
    assert "27194836" not in str(Lote.objects.values_list("linhas", flat=True)[0])


@pytest.mark.parametrize(
    ("senha", "words"),
    [("", "Falta a senha de alguma das empresas"), ("123", "foram digitados 3"), ("12345678", "sequência crescente")],
)
def test_a_password_that_will_not_do_starts_nothing(
    page: Client, prepare: Callable[..., Agente], senha: str, words: str
) -> None:
    company = prepare("SEM SENHA", senha="")

    response = start(page, company, senha=senha)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Lote.objects.exists()
    assert not Solicitacao.objects.get(agente=company).senha_hash


def test_a_password_that_is_part_of_one_cnpj_is_refused_for_all(page: Client, prepare: Callable[..., Agente]) -> None:
    one, two = prepare("UM", senha=""), prepare("DOIS", senha="")

    response = start(page, one, two, senha=two.cnpj[:8])

    assert response.status_code == 422
    assert "parte do CNPJ" in response.content.decode()


def test_nothing_ticked_is_said(page: Client, prepare: Callable[..., Agente]) -> None:
    prepare("UM")

    response = start(page)

    assert response.status_code == 422
    assert "Marque ao menos uma empresa" in response.content.decode()


def test_another_persons_draft_is_no_draft_of_mine(
    page: Client, agente: Agente, confianca: Hierarquia, now: datetime, prepare: Callable[..., Agente]
) -> None:
    eva = factories.create_usuario("eva")
    factories.represent(eva, agente, Papel.REPRESENTANTE_CCEE)
    envio = Envio(senha=SENHA, arquivos=[("a.cer", factories.issue(confianca, agente, now=now))])
    services.fill(agente, envio, ator=acesso.of_usuario(eva), now=now)

    response = start(page, agente)

    assert response.status_code == 422
    assert not Credencial.objects.exists()


def test_a_list_narrows_the_choice_and_says_what_it_does_not_find(
    page: Client, prepare: Callable[..., Agente], outro_agente: Agente, davi: Usuario
) -> None:
    one = prepare("UM")
    prepare("DOIS")
    lista = f"cnpj;nome\n{one.cnpj};x\num\nVALE VERDE\nNINGUÉM"

    text = page.post(PATH, {"acao": "conferir", "lista": lista}).content.decode()

    assert "1 empresa pode ser concluída" in text
    assert "3 linhas da lista sem nada a concluir" in text
    assert "Linha 3: Repete" in text
    for number in (4, 5):  # theirs and nobody's, in the same words
        assert f"Linha {number}: Não está entre as empresas" in text


def test_the_report_has_the_lines_of_the_list_too(page: Client, prepare: Callable[..., Agente]) -> None:
    one = prepare("UM")
    arquivo = SimpleUploadedFile("lista.csv", "UM;=1+1\r\nNINGUÉM;\r\n".encode("cp1252"))

    start(page, one, arquivo=arquivo)
    finish(page)
    response: Any = page.get(reverse("adesao:relatorio", args=[Lote.objects.get().pk]))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))

    assert [(row["Sigla"], row["Resultado"]) for row in rows] == [("UM", "Concluída"), ("NINGUÉM", "Recusada")]
    assert rows[1]["Motivo"].startswith("Linha 2: ")


def test_a_column_of_passwords_is_refused(page: Client, prepare: Callable[..., Agente]) -> None:
    one = prepare("UM")

    response = start(page, one, lista=f"cnpj;Senha\n{one.cnpj};27194836")

    assert response.status_code == 422
    assert "Senhas não viajam em arquivos" in response.content.decode()
    assert not Lote.objects.exists()


def test_a_draft_cancelled_meanwhile_is_told(page: Client, prepare: Callable[..., Agente], now: datetime) -> None:
    one = prepare("UM")
    start(page, one)
    services.cancel(Solicitacao.objects.get(agente=one), now=now)

    (linha,) = finish(page)

    assert (linha.palavras, "cancelada ou expirou" in linha.texto) == ("Recusada", True)


def test_the_number_of_queries_does_not_grow(prepare: Callable[..., Agente], ator: Ator, now: datetime) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            prontas.candidates(ator, now=now)
        return len(queries)

    prepare("UM")
    few = asked()
    for number in range(3):
        prepare(f"MAIS {number}")

    assert asked() == few


def test_a_machine_concludes_one_company_at_a_time(agente: Agente, now: datetime) -> None:
    machine = Ator(nome="chave:erp")

    assert prontas.candidates(machine, now=now) == []
    with pytest.raises(Forbidden):
        services.open_batch([], ator=machine, now=now)


def test_a_batch_is_seen_and_carried_on_by_nobody_else(
    page: Client, prepare: Callable[..., Agente], client_of: Callable[[Usuario], Client], davi: Usuario
) -> None:
    start(page, prepare("UM"))
    row = Lote.objects.get()

    for name in ("lote", "relatorio"):
        assert client_of(davi).get(reverse(f"adesao:{name}", args=[row.pk])).status_code == 404
    assert client_of(davi).post(reverse("adesao:lote", args=[row.pk])).status_code == 404
    assert not Credencial.objects.exists()
