"""The reports to ANEEL: the same day gives the same bytes for ever, and everybody sees those of their contracts."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from contratos import services
from contratos.models import Chamado, Contrato, Cumprimento, ExigenciaDoEdital, Leilao
from contratos.relatorio import leitura as relatorios
from contratos.relatorio import pdf as relatorio_pdf
from portal import clock
from portal.agentes import services as agentes
from portal.agentes.models import Papel, Usuario
from portal.calendario import services as calendario
from portal.calendario.models import Feriado
from tests import factories
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Usuario], Client]
DEPOIS = datetime(2026, 12, 15, 15, tzinfo=UTC)
CODIGOS = list(relatorios.RELATORIOS)


@pytest.fixture
def cena(settings: Any) -> Cena:
    """Two activities closed, two late, and one condition of the edital; the pages' clock shows the same day."""
    settings.DATA_DE_REFERENCIA = DEPOIS
    cena = cenas.create()
    assert cena.contrato.leilao
    ExigenciaDoEdital.objects.create(leilao=cena.contrato.leilao, texto="Certidão negativa", de_quem="vendedor")
    cena.open()
    cena.close("N1")
    cena.close("M2")
    cena.now = DEPOIS
    return cena


def another(cena: Cena, numero: str) -> Contrato:
    contrato = cenas.another(cena, numero)
    services.open_flow(contrato, "assinatura_novo", ator=cena.ccee, now=cena.now, ancoras={"H": cenas.H})
    return contrato


def files(cena: Cena, em: date) -> dict[str, bytes]:
    found = {}
    for codigo in CODIGOS:
        page = relatorios.page(codigo, {"em": em.isoformat()}, ator=cena.ccee, now=cena.now)
        found[f"{codigo}.csv"] = relatorios.as_csv(page["relatorio"])
        found[f"{codigo}.pdf"] = relatorio_pdf.write(page["relatorio"], str(page["leilao"]))
    return found


def rewrite_history(cena: Cena) -> None:
    """All that may happen after a report was asked for: every one of these changes what the rows say now."""
    met = {"comprovante": "nº 9", "met_at": cena.now, "met_by": "olga.ccee"}
    Cumprimento.objects.create(contrato=cena.contrato, exigencia=ExigenciaDoEdital.objects.get(), **met)
    for codigo in ("A1", "A2b", "M3v", "M3c", "M4", "M5v", "M5c", "M6", "M7"):
        cena.close(codigo)
    services.set_anchors(
        cena.contrato.fluxos.get(procedimento="assinatura_novo"),
        {"P": date(2026, 11, 30)},
        ator=cena.ccee,
        now=cena.now,
    )
    calendario.save_feriado(Feriado(data=date(2026, 12, 8), nome="Luto oficial"), by="olga.ccee", now=cena.now)
    services.recompute_open(by="portal", now=cena.now)
    facts = {"numero": "77", "aberto_em": date(2026, 12, 1), "descricao": "Sem resposta"}
    services.register_ticket(cena.contrato, cena.vendedor, **facts, ator=cena.ccee, now=cena.now)  # type: ignore[arg-type]  # any field
    contrato = cena.fresh()
    contrato.liberacao_garantia_em = date(2026, 12, 2)
    services.save_contract(contrato, by="olga.ccee", now=cena.now)
    cena.vendedor.sigla = "SOL RENOVADO"
    agentes.save_agente(cena.vendedor, by="olga.ccee", now=cena.now)
    another(cena, "CCEAR-2")


@pytest.mark.clausula("3.14", "3.16", "3.17", "3.5", "3.97")
def test_a_past_day_gives_the_same_bytes_whatever_has_happened_since(cena: Cena) -> None:
    signed = another(cena, "CCEAR-0")
    cena.open("aditamento_ato", ancoras={"L": date(2026, 12, 14)})
    Contrato.objects.filter(pk=signed.pk).update(assinatura="assinado", signed_at=cena.now)
    em = clock.local_date(cena.now)
    before = files(cena, em)

    cena.later(days=1)
    rewrite_history(cena)

    assert files(cena, em) == before
    now = files(cena, clock.local_date(cena.now))
    assert all(now[name] != before[name] for name in before)


@pytest.mark.clausula("3.14")
def test_who_is_late_is_told_with_days_and_evidence(cena: Cena, client_of: ClientOf, aneel: Usuario) -> None:
    cena.close("M3v")

    page = relatorios.page("nao-assinatura", {}, ator=cena.ccee, now=cena.now)

    pending = {
        str(f.campos["Pendência"])[:2]
        for f in relatorios.page("situacao", {}, ator=cena.ccee, now=cena.now)["relatorio"].fichas
    }
    assert "N2" not in pending  # done when its milestones are: CCEE does not answer for theirs
    by_step = {str(ficha.campos["Atividade"])[:3]: ficha for ficha in page["relatorio"].fichas}
    assert by_step["M3v"].estado == "Cumpriu com atraso"
    assert by_step["M3v"].campos["Dias úteis de atraso"] == 8
    assert by_step["M3v"].campos["Evidência"] == "Informações: Signatários e dados bancários informados."
    assert by_step["M3c"].estado == "Prazo perdido"
    assert by_step["M3c"].campos["Relatório à ANEEL até"] == date(2027, 1, 5)


@pytest.mark.clausula("3.14")
def test_a_contract_given_up_still_tells_who_was_late(cena: Cena) -> None:
    services.mark_unsigned(cena.contrato, motivo="o comprador desistiu", ator=cena.ccee, now=cena.now)
    cena.later(days=5)

    page = relatorios.page("nao-assinatura", {}, ator=cena.ccee, now=cena.now)

    states = {ficha.estado for ficha in page["relatorio"].fichas}
    assert "Deu causa à não assinatura" in states
    assert "desistiu" in str(page["relatorio"].fichas[0].campos["Assinatura"])


@pytest.mark.clausula("3.17")
def test_a_table_for_a_spreadsheet_has_its_mark_and_the_decimal_comma(cena: Cena) -> None:
    Contrato.objects.update(assinatura="assinado", signed_at=cena.now)

    page = relatorios.page("firmados", {}, ator=cena.ccee, now=cena.now)
    head, row, end = relatorios.as_csv(page["relatorio"]).decode("utf-8").split("\r\n")

    assert head.startswith("\ufeffSituação;Leilão;Contrato;")
    assert "5259600,000000;30,000000;187,50;15/12/2026" in row
    assert end == ""


def test_a_party_finds_its_own_contracts_and_no_other(cena: Cena, client_of: ClientOf) -> None:
    other = another(cena, "CCEAR-2")
    elsewhere = factories.create_agente("OUTRA")
    Contrato.objects.filter(pk=other.pk).update(vendedor=elsewhere)
    outsider = factories.create_usuario("estranha")
    factories.represent(outsider, factories.create_agente("NINGUEM"), Papel.REPRESENTANTE_CCEE)
    assert cena.ana.usuario
    url = "/contratos/relatorios/situacao.csv"

    mine = client_of(cena.ana.usuario).get(url).content.decode()
    nothing = client_of(outsider).get(url)

    assert "CCEAR-1" in mine
    assert "CCEAR-2" not in mine
    assert "Nenhum leilão com contratos seus" in nothing.content.decode()


def test_an_auction_of_others_is_refused_like_one_that_is_not_there(cena: Cena, client_of: ClientOf) -> None:
    theirs = Leilao.objects.create(numero=41, tipo="nova", edital="x", realizado_em=date(2026, 9, 2))
    assert cena.ana.usuario
    browser = client_of(cena.ana.usuario)

    seen = [browser.get(f"/contratos/relatorios/situacao/?leilao={pk}") for pk in (theirs.pk, 999_999)]

    assert [each.status_code for each in seen] == [422, 422]
    assert "não está entre os dos contratos" in seen[0].content.decode()


@pytest.mark.parametrize("em", ["2999-01-01", "ontem", "2026-02-30"])
def test_a_day_that_cannot_be_reported_on_is_said_at_its_field(cena: Cena, client_of: ClientOf, em: str) -> None:
    assert cena.ana.usuario

    seen = client_of(cena.ana.usuario).get(f"/contratos/relatorios/situacao.pdf?em={em}")

    assert seen.status_code == 422
    assert seen["Content-Type"].startswith("text/html")


def test_no_report_of_that_name_is_not_found(client_of: ClientOf, aneel: Usuario) -> None:
    assert client_of(aneel).get("/contratos/relatorios/nada/").status_code == 404


@pytest.mark.clausula("3.14", "3.16", "3.17")
@pytest.mark.parametrize("codigo", CODIGOS)
def test_the_regulator_reads_every_report_on_screen_and_as_files(
    codigo: str, cena: Cena, client_of: ClientOf, aneel: Usuario
) -> None:
    browser, address = client_of(aneel), f"/contratos/relatorios/{codigo}"

    page, pdf, csv = (browser.get(address + end) for end in ("/", ".pdf", ".csv"))

    assert page.status_code == pdf.status_code == csv.status_code == 200
    assert pdf.content.startswith(b"%PDF")
    assert csv["Content-Disposition"].startswith(
        f'attachment; filename="relatorio-{relatorios.RELATORIOS[codigo].CLAUSULA}'
    )
    assert browser.get("/contratos/relatorios/").status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_contracts(
    cena: Cena, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for numero in range(2, 5):
        another(cena, f"CCEAR-{numero}")

    with django_assert_max_num_queries(30) as few:
        relatorios.page("situacao", {}, ator=cena.ccee, now=cena.now)
    for numero in range(5, 9):
        another(cena, f"CCEAR-{numero}")
    with django_assert_max_num_queries(len(few)):
        relatorios.page("situacao", {}, ator=cena.ccee, now=cena.now)


@pytest.mark.clausula("3.16")
def test_ccee_records_a_ticket_and_closes_it(cena: Cena, client_of: ClientOf) -> None:
    assert cena.ccee.usuario
    browser = client_of(cena.ccee.usuario)
    form = {"contrato": "ccear-1", "agente": "sol do sertão", "numero": "77", "descricao": "Sem resposta"}

    late = browser.post("/contratos/relatorios/chamados/", {**form, "aberto_em": "2999-01-01"})
    made = browser.post("/contratos/relatorios/chamados/", {**form, "aberto_em": "2026-11-20"})
    again = browser.post("/contratos/relatorios/chamados/", {**form, "aberto_em": "2026-11-20"})
    ticket = Chamado.objects.get()
    closed = browser.post(f"/contratos/relatorios/chamados/{ticket.pk}/encerrar/")

    assert [late.status_code, made.status_code, again.status_code, closed.status_code] == [422, 302, 422, 302]
    assert "ainda não chegou" in late.content.decode()
    assert "já está registrado" in again.content.decode()
    ticket.refresh_from_db()
    assert (ticket.agente, ticket.encerrado_em) == (cena.vendedor, clock.local_date(clock.now()))
    assert browser.post(f"/contratos/relatorios/chamados/{ticket.pk}/encerrar/").status_code == 409


def test_a_ticket_names_a_party_of_the_contract(cena: Cena, client_of: ClientOf) -> None:
    assert cena.ccee.usuario
    form = {"contrato": "CCEAR-1", "agente": "OUTRA", "numero": "1", "descricao": "x", "aberto_em": "2026-11-20"}

    seen = client_of(cena.ccee.usuario).post("/contratos/relatorios/chamados/", form)

    assert "As partes do contrato são SOL DO SERTAO e DISTRIBUIDORA SUL." in seen.content.decode()
