"""Drawn flows 3 and 4: a change on request, and one by an act of the regulator."""

from datetime import UTC, date, datetime

import pytest

from contratos import services
from contratos.domain.andamento import AindaNao, JaEncerrada
from contratos.models import Contrato, Documento, Fluxo
from contratos.services.portoes import PortaoFechado
from portal.demo import assinador
from portal.demo.hierarquia import Hierarquia
from portal.demo.kit import issue_person
from portal.kernel.errors import DomainError, Forbidden
from tests.contratos import cena as cenas
from tests.contratos.cena import EVIDENCIA, Cena

pytestmark = pytest.mark.django_db
T = date(2026, 11, 25)


@pytest.fixture
def cena() -> Cena:
    cena = cenas.create()
    cena.now = datetime(2026, 11, 25, 15, tzinfo=UTC)
    return cena


def request(cena: Cena) -> Fluxo:
    Contrato.objects.update(assinatura="assinado")
    return cena.open("alteracao_solicitacao", ator=cena.ana, solicitante=cena.vendedor, ancoras={"T": T})


@pytest.mark.clausula("3.79", "3.80")
def test_a_request_is_assessed_in_five_business_days_of_its_last_submission(cena: Cena) -> None:
    fluxo = request(cena)
    assert (cena.row("S2").vence_em, cena.row("S3").vence_em) == (date(2026, 12, 2), date(2026, 12, 25))
    cena.close("S1")
    cena.close("S2", resultado="inconsistencia")
    fluxo.refresh_from_db()
    assert fluxo.estado == "rascunho"
    cena.later(days=7)  # 2 December
    cena.close("S1")
    assert (cena.row("S2").rodada, cena.row("S2").vence_em) == (2, date(2026, 12, 9))
    cena.close("S2", resultado="deferida")
    assert cena.row("S3").vence_em == date(2026, 12, 25)  # the thirty days run from the first opening
    assert [d.tipo for d in fluxo.documentos.all()] == ["formulario"]


@pytest.mark.clausula("3.84")
def test_a_stalled_request_lapses_at_midnight_of_the_thirtieth_day(cena: Cena) -> None:
    fluxo = request(cena)
    cena.close("S1")
    cena.close("S2", resultado="deferida")
    last_minute = datetime(2026, 12, 26, 2, 59, tzinfo=UTC)  # 25 December, 23:59 in São Paulo
    assert services.advance(now=last_minute) == 0
    assert services.advance(now=datetime(2026, 12, 26, 3, 0, tzinfo=UTC)) == 1
    fluxo.refresh_from_db()
    assert (fluxo.estado, cena.row("S3").situacao) == ("cancelada por decurso de prazo", "cancelada")
    with pytest.raises(JaEncerrada):  # no reopening
        cena.close("S1")


@pytest.mark.clausula("3.84")
def test_where_ccee_itself_was_late_a_person_confirms_the_lapse(cena: Cena) -> None:
    fluxo = request(cena)
    cena.close("S1")
    now = datetime(2026, 12, 26, 12, tzinfo=UTC)
    assert services.advance(now=now) == 0
    assert cena.row("S4").situacao == "aberta"
    with pytest.raises(Forbidden):
        services.confirm_lapse(fluxo, ator=cena.ana, now=now)
    assert services.confirm_lapse(fluxo, ator=cena.ccee, now=now).estado == "cancelada por decurso de prazo"


def test_whoever_asked_may_give_up_and_nobody_else_of_the_parties(cena: Cena) -> None:
    fluxo = request(cena)
    with pytest.raises(Forbidden):
        services.cancel_flow(fluxo, motivo="x", ator=cena.davi, now=cena.now)
    assert services.cancel_flow(fluxo, motivo="x", ator=cena.ana, now=cena.now).estado == "cancelada pelo agente"
    with pytest.raises(JaEncerrada):
        services.cancel_flow(fluxo, motivo="x", ator=cena.ana, now=cena.now)


@pytest.mark.clausula("3.80.1")
def test_a_signature_is_not_closed_by_hand_nor_waived(cena: Cena) -> None:
    request(cena)
    cena.close("S1")
    cena.close("S2", resultado="deferida")
    with pytest.raises(DomainError, match="quando a assinatura da parte é aceita"):
        cena.close("S3")
    with pytest.raises(DomainError, match="não pode ser dispensada"):
        services.waive_activity(cena.row("S3").pk, motivo="pressa", ator=cena.ccee, now=cena.now)


@pytest.mark.clausula("3.90", "3.91")
def test_an_act_told_in_time_goes_to_validation_and_one_not_told_is_started_by_ccee(cena: Cena) -> None:
    fluxo = cena.open("aditamento_ato", ancoras={"L": date(2026, 11, 24)})
    dues = {codigo: cena.row(codigo).vence_em for codigo in ("A1", "A2a", "A5v")}
    assert dues == {"A1": date(2026, 11, 26), "A2a": date(2026, 11, 30), "A5v": date(2026, 12, 30)}
    services.advance(now=datetime(2026, 11, 27, 12, tzinfo=UTC))
    assert (cena.row("A2a").situacao, cena.row("A2b").situacao) == ("aberta", "cancelada")
    cena.now = datetime(2026, 11, 27, 13, tzinfo=UTC)
    cena.close("A1")  # late, but heard
    cena.close("A2a")
    assert [cena.row(codigo).situacao for codigo in ("A3v", "A3c")] == ["aberta", "aberta"]
    assert fluxo.documentos.get().tipo == "formulario"


@pytest.mark.clausula("3.91")
def test_an_act_told_in_time_is_validated(cena: Cena) -> None:
    cena.open("aditamento_ato", ancoras={"L": date(2026, 11, 24)})
    with pytest.raises(AindaNao):
        cena.close("A2b")
    cena.close("A1", ator=cena.davi)  # either side does it for both
    assert (cena.row("A2a").situacao, cena.row("A2b").situacao) == ("cancelada", "aberta")


@pytest.mark.clausula("3.92")
def test_an_act_that_only_changes_technical_characteristics_needs_no_amendment(cena: Cena) -> None:
    cena.open("aditamento_ato", ancoras={"L": date(2026, 11, 24)})
    with pytest.raises(PortaoFechado, match=r"3\.92"):
        cena.close("A1", evidencia={**EVIDENCIA, "so_tecnica": "sim"})


@pytest.mark.clausula("3.93", "3.94")
def test_an_amendment_is_signed_by_active_agents_by_the_25th_business_day(cena: Cena, assinantes: Hierarquia) -> None:
    cena.open("aditamento_ato", ancoras={"L": date(2026, 11, 24)})
    cena.close("A1")
    cena.close("A2b")
    sign(cena, assinantes, "formulario")
    cena.close("A4")
    assert cena.row("A5v").vence_em == date(2026, 12, 30)
    cena.comprador.situacao = "desligado"
    cena.comprador.save()
    with pytest.raises(PortaoFechado, match=r"3\.94"):
        sign(cena, assinantes, "termo_aditivo")
    cena.comprador.situacao = "ativo"
    cena.comprador.save()
    sign(cena, assinantes, "termo_aditivo")
    assert cena.row("A5v").fluxo.estado == "assinado sem eficácia"


@pytest.mark.clausula("3.81")
def test_after_the_signature_the_other_side_is_told(cena: Cena, assinantes: Hierarquia) -> None:
    fluxo = request(cena)
    cena.close("S1")
    cena.close("S2", resultado="deferida")
    sign(cena, assinantes, "formulario")
    assert (cena.row("S4").situacao, cena.row("S5").situacao) == ("cancelada", "aberta")
    cena.close("S5")
    fluxo.refresh_from_db()
    assert fluxo.estado == "concluída, contrapartes informadas"


def sign(cena: Cena, hierarquia: Hierarquia, tipo: str) -> None:
    """By everybody who has to."""
    documento = Documento.objects.get(tipo=tipo, replaced_at=None)
    pdf = bytes(documento.emitido)
    for nome, cpf in (("Ana Ribeiro", "52998224725"), ("Davi Nogueira", "11144477735")):
        issued = issue_person(hierarquia, nome=nome, cpf=cpf)
        if Fluxo.objects.get(pk=documento.fluxo_id).procedimento == "aditamento_ato" or nome == "Ana Ribeiro":
            pdf = assinador.sign_pdf(pdf, issued, [hierarquia.ac.cert], at=cena.now)
    services.receive(documento, pdf, ator=cena.ana, now=cena.now)
