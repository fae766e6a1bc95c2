"""Amendments: no effect before their CCG, none at all for technical changes, and the deadlines of their contract."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from contratos import services
from contratos.domain.contrato import Especie
from contratos.models import Aditamento, AtoRegulatorio, Fluxo, Signatario, TipoDeLeilao
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from portal.kernel.errors import DomainError, Forbidden
from tests import factories
from tests.contratos import cena as cenas
from tests.contratos.cena import EVIDENCIA, Cena
from tests.contratos.garantias import ask, celebrate, in_force, open_first, post, prepare, sign
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db
L = date(2026, 11, 20)
DISPENSA = "/contratos/CCEAR-1/pedidos/aditamento_dispensa/"
ATO = {"ato_tipo": "Despacho", "ato_numero": "77/2026", "ato_publicado_em": L.isoformat()}
TECNICA = {**ATO, "so_tecnica": "sim", "caracteristicas": "Troca do modelo dos inversores."}


def open_amendment(cena: Cena) -> Fluxo:
    return cena.open("aditamento_ato", ancoras={"L": L})


def sign_amendment(cena: Cena, hierarquia: Hierarquia, fluxo: Fluxo) -> Aditamento:
    stated = {**EVIDENCIA, **ATO}
    cena.close("A1", fluxo=fluxo, evidencia=stated)
    cena.close("A2b", fluxo=fluxo)
    sign(cena, hierarquia, fluxo, "formulario")
    cena.close("A4", fluxo=fluxo)
    sign(cena, hierarquia, fluxo, "termo_aditivo")
    return Aditamento.objects.get(fluxo=fluxo)


def state(fluxo: Fluxo) -> str:
    return Fluxo.objects.get(pk=fluxo.pk).estado


@pytest.mark.clausula("3.95")
def test_a_signed_amendment_has_no_effect_until_a_ccg_of_its_own_is_celebrated(
    cena: Cena, assinantes: Hierarquia
) -> None:
    in_force(cena)
    cena.later(days=1)
    fluxo = open_amendment(cena)
    signed = sign_amendment(cena, assinantes, fluxo)
    waiting, page = state(fluxo), text(as_actor(cena.davi).get("/contratos/CCEAR-1/"))
    cena.later(days=2)
    ccg = celebrate(cena, assinantes, ask(cena))

    signed.refresh_from_db()
    assert (waiting, state(fluxo)) == ("assinado sem eficácia", "eficaz")
    assert "até lá o aditamento não produz efeito (cláusula 3.95)" in page
    assert (signed.ccg, signed.eficaz_em, signed.equivalente) == (ccg, cena.now, "")
    assert Evento.objects.filter(tipo="contrato.aditamento_eficaz").count() == 2  # one for each side
    page = text(as_actor(cena.ana).get("/contratos/CCEAR-1/"))
    assert "Desde 26/11/2026 às 12:00: com a celebração do CCG." in page


@pytest.mark.clausula("3.95")
def test_where_the_ccg_was_celebrated_on_the_way_the_last_signature_gives_effect(
    cena: Cena, assinantes: Hierarquia
) -> None:
    fluxo = open_amendment(cena)
    ccg = celebrate(cena, assinantes, open_first(cena))
    signed = sign_amendment(cena, assinantes, fluxo)

    assert state(fluxo) == "eficaz"
    assert (signed.ccg, signed.eficaz_em) == (ccg, cena.now)


@pytest.mark.clausula("3.95")
def test_a_cer_has_no_ccg_and_its_amendment_takes_effect_when_it_is_signed(assinantes: Hierarquia) -> None:
    cena = cenas.create(Especie.CER, TipoDeLeilao.RESERVA, numero="CER-1")
    Signatario.objects.create(
        agente=None, nome="Davi Nogueira", cpf="11144477735", desde=factories.DESDE, stated_at=cena.now, stated_by="t"
    )
    fluxo = open_amendment(cena)
    signed = sign_amendment(cena, assinantes, fluxo)

    assert (state(fluxo), signed.eficaz_em, signed.ccg) == ("eficaz", cena.now, None)


@pytest.mark.clausula("3.95")
def test_ccee_states_the_equivalent_instrument_and_nobody_else_does(cena: Cena, assinantes: Hierarquia) -> None:
    fluxo = open_amendment(cena)
    signed = sign_amendment(cena, assinantes, fluxo)
    with pytest.raises(Forbidden):
        cena.close("A6", ator=cena.davi, evidencia={"eficacia": "Fiança 9"})
    with pytest.raises(DomainError, match="não pode ser dispensada"):
        services.waive_activity(cena.row("A6").pk, motivo="pressa", ator=cena.ccee, now=cena.now)
    unsaid = post(cena, "A6", {"eficacia": ""})
    taken = post(cena, "A6", {"eficacia": "Fiança bancária 9/2026, Caixa"})

    signed.refresh_from_db()
    assert (unsaid.status_code, taken.status_code) == (422, 302)
    assert (signed.equivalente, signed.ccg) == ("Fiança bancária 9/2026, Caixa", None)
    assert signed.eficaz_em is not None
    assert state(fluxo) == "eficaz"


@pytest.mark.clausula("3.95")
def test_a_ccg_that_is_only_drawn_up_gives_no_effect(cena: Cena, assinantes: Hierarquia) -> None:
    fluxo = open_amendment(cena)
    signed = sign_amendment(cena, assinantes, fluxo)
    prepare(cena, open_first(cena))
    signed.refresh_from_db()
    assert (signed.eficaz_em, state(fluxo)) == (None, "assinado sem eficácia")


@pytest.mark.clausula("3.92")
def test_an_act_of_technical_changes_alone_is_refused_as_an_amendment(cena: Cena) -> None:
    open_amendment(cena)
    refused = post(cena, "A1", {**ATO, "so_tecnica": "sim"})

    assert refused.status_code == 422
    assert "Cláusula 3.92: Despacho ANEEL nº 77/2026, de 20/11/2026 altera somente" in text(refused)
    assert "A CCEE o registra em “Dispensar aditamento”" in text(refused)


@pytest.mark.clausula("3.92")
def test_ccee_ends_the_amendment_of_such_an_act_as_not_needed(cena: Cena) -> None:
    fluxo = open_amendment(cena)
    other = cena.open("aditamento_ato", ancoras={"L": date(2026, 11, 19)})
    offered = text(as_actor(cena.ccee).get("/contratos/CCEAR-1/"))
    done = as_actor(cena.ccee).post(DISPENSA, TECNICA)

    assert "Dispensar aditamento" in offered
    assert "Dispensar aditamento" not in text(as_actor(cena.ana).get("/contratos/CCEAR-1/"))
    assert done.status_code == 302
    assert (state(fluxo), state(other)) == ("dispensado", "à espera da informação do ato")
    assert AtoRegulatorio.objects.get(numero="77/2026").so_tecnica
    assert Evento.objects.filter(tipo="contrato.aditamento_dispensado").count() == 2


@pytest.mark.clausula("3.92")
def test_an_act_that_changes_more_is_not_dispensed_with_and_no_party_dispenses(cena: Cena) -> None:
    fluxo = open_amendment(cena)
    refused = as_actor(cena.ccee).post(DISPENSA, {**TECNICA, "so_tecnica": "não"})
    party = as_actor(cena.ana).post(DISPENSA, TECNICA)

    assert (refused.status_code, party.status_code) == (422, 403)
    assert "Cláusula 3.92: só se dispensa o aditamento do ato que altera somente" in text(refused)
    assert state(fluxo) == "à espera da informação do ato"


@pytest.mark.clausula("3.92")
def test_what_a_party_has_signed_is_not_dispensed_with(cena: Cena, assinantes: Hierarquia) -> None:
    fluxo = open_amendment(cena)
    cena.close("A1", evidencia={**EVIDENCIA, **ATO})
    cena.close("A2b")
    sign(cena, assinantes, fluxo, "formulario")
    refused = as_actor(cena.ccee).post(DISPENSA, {**TECNICA, "ato_numero": "78/2026"})

    assert refused.status_code == 409
    assert "já tem assinatura e não pode mais ser dispensado" in text(refused)
    assert not Fluxo.objects.filter(procedimento="aditamento_dispensa").exists()


@pytest.mark.clausula("3.19", "3.89")
@pytest.mark.parametrize("tipo", [TipoDeLeilao.NOVA, TipoDeLeilao.EXISTENTE])
def test_an_amendment_is_signed_within_as_many_days_as_its_contract_from_the_same_day_on(tipo: TipoDeLeilao) -> None:
    cena = cenas.create(tipo=tipo)
    day = date(2026, 11, 24)
    cena.now = datetime(2026, 11, 25, 15, tzinfo=UTC)
    if tipo is TipoDeLeilao.NOVA:
        cena.open("assinatura_novo", ancoras={"P": day, "H": day})
    else:
        cena.open("assinatura_existente", ancoras={"H": day})
    cena.open("aditamento_ato", ancoras={"L": day})

    contract = cena.row("N3" if tipo is TipoDeLeilao.NOVA else "E3")
    assert cena.row("A5v").vence_em == cena.row("A5c").vence_em == contract.vence_em == date(2026, 12, 30)


def test_an_amendment_opened_before_efficacy_was_a_step_gains_it_on_its_way(cena: Cena, assinantes: Hierarquia) -> None:
    fluxo = open_amendment(cena)
    with connection.cursor() as sql:  # as it was written then; the portal itself deletes nothing
        sql.execute("DELETE FROM contratos_atividade WHERE codigo = 'A6'")
    sign_amendment(cena, assinantes, fluxo)
    assert state(fluxo) == "assinado sem eficácia"
    assert cena.row("A6").situacao == "aberta"


@pytest.mark.clausula("3.97")
def test_the_report_of_the_auction_tells_of_each_amendment_as_of_a_past_day_too(
    cena: Cena, assinantes: Hierarquia
) -> None:
    fluxo = open_amendment(cena)
    sign_amendment(cena, assinantes, fluxo)
    address = "/contratos/relatorios/aditamentos"
    today = text(as_actor(cena.ana).get(f"{address}/"))
    table = as_actor(cena.ccee).get(f"{address}.csv").content.decode("utf-8-sig")
    paper = as_actor(cena.ccee).get(f"{address}.pdf").content
    before = text(as_actor(cena.ana).get(f"{address}/?em=2026-11-22"))

    assert "Assinado sem eficácia" in today
    assert "Despacho 77/2026, publicado em 20/11/2026" in today
    assert "CCEAR-1" in table
    assert paper.startswith(b"%PDF")
    assert "Nenhum contrato do leilão tinha aditamento aberto nessa data" in before
