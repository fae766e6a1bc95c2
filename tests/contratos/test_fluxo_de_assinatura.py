"""Drawn flows 1 and 2: from the act of the plant to the document that is to be signed."""

from datetime import date

import pytest

from contratos import services
from contratos.domain.andamento import JaEncerrada
from contratos.domain.contrato import Especie
from contratos.models import Fluxo, TipoDeLeilao
from portal.agentes import acesso
from portal.kernel.errors import Conflict, Forbidden, NotFound
from tests import factories
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena

pytestmark = pytest.mark.django_db

MARCOS = ("M2", "M3v", "M3c", "M4", "M5v", "M5c", "M6", "M7")


@pytest.mark.clausula("3.9", "3.10")
def test_the_flow_of_a_new_plant_starts_with_its_act_and_counts_from_the_later_of_p_and_h(cena: Cena) -> None:
    fluxo = cena.open()
    assert cena.row("N1", fluxo).vence_em is None  # P is not known yet

    cena.close("N1")

    assert cena.row("N1").vence_em == date(2026, 11, 24)
    assert cena.row("N2").vence_em == cena.row("N3").vence_em == date(2026, 12, 28)
    assert cena.row("M1").situacao == "concluida"  # the milestone is the same duty


@pytest.mark.clausula("3.13", "3.8")
def test_after_the_milestones_the_document_is_there_to_be_signed(cena: Cena) -> None:
    fluxo = cena.open()
    cena.close("N1")
    for codigo in MARCOS:
        cena.close(codigo)
    fluxo.refresh_from_db()
    assert cena.row("N2").situacao == "concluida"
    assert cena.row("N3").situacao == cena.row("N4").situacao == "aberta"
    assert cena.fresh().assinatura == "disponivel_assinatura"
    documento = fluxo.documentos.get()
    assert bytes(documento.emitido).startswith(b"%PDF")


def test_a_seller_with_its_act_on_file_need_not_send_it(cena: Cena) -> None:
    cenas.give_outorga(cena)
    cena.open()
    assert cena.row("N1").situacao == "dispensada"
    assert "16.001/2026" in cena.row("N1").motivo
    assert cena.row("M2").situacao == "aberta"


def test_existing_energy_counts_from_the_homologation() -> None:
    cena = cenas.create(tipo=TipoDeLeilao.EXISTENTE)
    cena.open("assinatura_existente", ancoras={})
    assert cena.row("E2").vence_em is None
    cena.close("E1")
    assert cena.row("E2").vence_em == cena.row("G6b").vence_em == date(2026, 11, 9)
    assert cena.row("M1").situacao == "dispensada"


def test_a_cer_has_no_ccg() -> None:
    cena = cenas.create(Especie.CER, TipoDeLeilao.RESERVA)
    cena.open()
    assert set(Fluxo.objects.values_list("procedimento", flat=True)) == {"assinatura_novo", "marcos"}


def test_of_two_people_who_close_the_same_activity_one_hears_who_was_faster(cena: Cena) -> None:
    cena.open()
    cena.close("N1")
    with pytest.raises(JaEncerrada, match=r"ana\.vendedora") as refused:
        cena.close("N1")
    assert isinstance(refused.value, Conflict)


def test_only_whoever_holds_an_activity_closes_it(cena: Cena) -> None:
    cena.open()
    with pytest.raises(Forbidden, match="SOL DO SERTAO"):
        cena.close("N1", ator=cena.davi)
    stranger = factories.create_usuario("estranha")
    with pytest.raises(NotFound):
        services.close_activity(
            cena.row("N1").pk, ator=acesso.of_usuario(stranger), now=cena.now, evidencia=cenas.EVIDENCIA
        )


@pytest.mark.clausula("3.36", "3.37")
def test_the_ccg_goes_with_its_contract_and_back_to_analysis_where_a_party_finds_a_flaw(cena: Cena) -> None:
    cena.open()
    cena.close("N1")
    assert cena.row("G6b").vence_em == cena.row("N2").vence_em
    for codigo, resultado in (("G1", ""), ("G2", ""), ("G3", "sem_inconsistencia"), ("G4v", "inconsistencia")):
        cena.close(codigo, resultado=resultado)
    assert [cena.row(codigo).rodada for codigo in ("G2", "G3", "G4v", "G4c")] == [1, 2, 2, 2]
    for codigo, resultado in (("G3", "sem_inconsistencia"), ("G4v", "validado"), ("G4c", "validado"), ("G5", "")):
        cena.close(codigo, resultado=resultado)
    assert [cena.row(codigo).situacao for codigo in ("G6v", "G6c", "G6b")] == ["aberta"] * 3
    assert cena.row("G5").fluxo.documentos.get().tipo == "ccg"
