"""A report of a past day: the same bytes for ever, whatever has happened since."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from contratos import services
from contratos.domain.procedimentos import Responsavel
from contratos.domain.procedimentos.marcos import PADRAO, Marco, Tipo
from contratos.domain.relatorios import Relatorio
from contratos.models import Contrato, ExigenciaDoEdital, Fluxo, Leilao
from contratos.relatorio import leitura as relatorios
from portal import clock
from portal.agentes import services as agentes
from portal.calendario import services as calendario
from portal.calendario.models import Feriado
from tests import factories
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena

pytestmark = pytest.mark.django_db
DEPOIS = datetime(2026, 12, 15, 15, tzinfo=UTC)
NEXT_DAY = timedelta(days=1)
BY = "olga.ccee"
VISTORIA = Marco("M8", "Vistoriar a usina", Tipo.OUTRO, Responsavel.VENDEDOR, 25)
PERGUNTA = Marco("M3v", "Responder ao que foi perguntado", Tipo.INFORMACOES, Responsavel.COMPRADOR, 10, ("M2",))


@pytest.fixture
def cena(settings: Any) -> Cena:
    """Of three contracts one has two activities closed and two late, one is signed, and one has no flow yet."""
    settings.DATA_DE_REFERENCIA = DEPOIS
    cena = cenas.create()
    asked = ExigenciaDoEdital(leilao=cenas.auction(cena), texto="Certidão negativa", de_quem="vendedor")
    services.save_record(asked, by=BY, now=cena.now)
    cena.open()
    cena.close("N1")
    cena.close("M2")
    cena.now = DEPOIS
    signed = cenas.another(cena, "CCEAR-0")
    services.open_flow(signed, "assinatura_novo", ator=cena.ccee, now=cena.now, ancoras={"H": cenas.H})
    Contrato.objects.filter(pk=signed.pk).update(assinatura="assinado", signed_at=cena.now)
    cenas.another(cena, "CCEAR-3")
    return cena


def reports(cena: Cena, em: date) -> dict[str, tuple[Relatorio, Leilao]]:
    asked = {"em": em.isoformat(), "leilao": str(cenas.auction(cena).pk)}
    pages = {each: relatorios.page(each, asked, ator=cena.ccee, now=cena.now) for each in relatorios.RELATORIOS}
    return {codigo: (page["relatorio"], page["leilao"]) for codigo, page in pages.items()}


def adopt(cena: Cena, *marcos: Marco) -> None:
    services.publish_milestones(marcos, by=BY, now=cena.now)
    fluxo = Fluxo.objects.get(procedimento="marcos", contrato=cena.contrato)
    services.adopt_milestones(fluxo, ator=cena.ccee, now=cena.now)


def milestones_are_replaced(cena: Cena) -> None:
    """One has another name, holder and date; one is new, and at once somebody's turn."""
    adopt(cena, *(PERGUNTA if marco.codigo == "M3v" else marco for marco in PADRAO), VISTORIA)


def milestones_are_replaced_twice(cena: Cena) -> None:
    """What was renamed first leaves then."""
    milestones_are_replaced(cena)
    cena.later(hours=1)
    kept = (marco for marco in PADRAO if marco.codigo != "M3v")
    adopt(cena, *(replace(marco, depois=tuple(c for c in marco.depois if c != "M3v")) for marco in kept))


def an_activity_is_waived(cena: Cena) -> None:
    services.waive_activity(cena.row("M3c").pk, motivo="já consta", ator=cena.ccee, now=cena.now)


def a_flow_is_cancelled(cena: Cena) -> None:
    services.cancel_flow(cena.contrato.fluxos.get(sob=None), motivo="engano", ator=cena.ccee, now=cena.now)


def a_contract_is_given_up(cena: Cena) -> None:
    services.mark_unsigned(cena.contrato, motivo="o comprador desistiu", ator=cena.ccee, now=cena.now)


def the_due_dates_move(cena: Cena) -> None:
    fluxo = cena.contrato.fluxos.get(sob=None)
    services.set_anchors(fluxo, {"P": date(2026, 11, 30)}, ator=cena.ccee, now=cena.now)
    calendario.save_feriado(Feriado(data=date(2026, 12, 8), nome="Luto oficial"), by=BY, now=cena.now)
    services.recompute_open(by="portal", now=cena.now)


def what_was_late_is_done(cena: Cena) -> None:
    asked = ExigenciaDoEdital.objects.get()
    services.fulfil(cena.contrato, asked, comprovante="nº 9", ator=cena.ana, now=cena.now)
    for codigo in ("M3v", "M3c", "M4", "M5v", "M5c", "M6", "M7"):
        cena.close(codigo)


def a_signature_opens_before_the_calendar_is_counted_anew(cena: Cena) -> None:
    calendario.save_feriado(Feriado(data=date(2026, 12, 23), nome="Luto oficial"), by=BY, now=cena.now)
    what_was_late_is_done(cena)
    services.recompute_open(by="portal", now=cena.now)


def a_party_is_renamed(cena: Cena) -> None:
    cena.vendedor.sigla = "SOL RENOVADO"
    agentes.save_agente(cena.vendedor, by=BY, now=cena.now)


def save(cena: Cena, numero: str, **terms: Any) -> None:
    contrato = Contrato.objects.get(numero=numero)
    for nome, value in terms.items():
        setattr(contrato, nome, value)
    services.save_contract(contrato, by=BY, now=cena.now)


def parties_and_terms_change_while_it_is_drawn_up(cena: Cena) -> None:
    other = factories.create_agente("LUA DO SERTAO")
    save(cena, "CCEAR-1", vendedor=other, preco="190.00")
    save(cena, "CCEAR-1", vendedor=cena.vendedor, comprador=other)


def a_draft_goes_to_another_auction(cena: Cena) -> None:
    other = Leilao.objects.create(numero=41, tipo="nova", edital="x", realizado_em=date(2026, 9, 2))
    save(cena, "CCEAR-3", leilao=other)


def the_edital_asks_otherwise(cena: Cena) -> None:
    asked = ExigenciaDoEdital.objects.get()
    asked.texto, asked.de_quem, asked.obrigatoria = "Certidão de débitos", "comprador", False
    services.save_record(asked, by=BY, now=cena.now)
    more = ExigenciaDoEdital(leilao=asked.leilao, texto="Licença prévia", de_quem="vendedor")
    services.save_record(more, by=BY, now=cena.now)


def tickets_guarantees_and_contracts_come_in(cena: Cena) -> None:
    facts: dict[str, Any] = {"numero": "77", "aberto_em": date(2026, 12, 1), "descricao": "Sem resposta"}
    services.register_ticket(cena.contrato, cena.vendedor, **facts, ator=cena.ccee, now=cena.now)
    save(cena, "CCEAR-0", liberacao_garantia_em=date(2026, 12, 2))
    cenas.another(cena, "CCEAR-2")


@pytest.mark.clausula("3.14", "3.16", "3.17", "3.5")
@pytest.mark.parametrize(
    "happen",
    [
        milestones_are_replaced,
        milestones_are_replaced_twice,
        an_activity_is_waived,
        a_flow_is_cancelled,
        a_contract_is_given_up,
        the_due_dates_move,
        what_was_late_is_done,
        a_signature_opens_before_the_calendar_is_counted_anew,
        a_party_is_renamed,
        parties_and_terms_change_while_it_is_drawn_up,
        a_draft_goes_to_another_auction,
        the_edital_asks_otherwise,
        tickets_guarantees_and_contracts_come_in,
    ],
)
def test_a_past_day_is_reported_alike_whatever_has_happened_since(cena: Cena, happen: Callable[[Cena], None]) -> None:
    em, today = clock.local_date(cena.now), clock.local_date(cena.now + NEXT_DAY)
    before = reports(cena, em)
    cena.later(days=1)
    untouched = reports(cena, today)

    happen(cena)

    assert reports(cena, em) == before
    assert reports(cena, today) != untouched
