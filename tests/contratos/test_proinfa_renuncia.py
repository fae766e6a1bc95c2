"""A quota that is not wanted: declared, signed, passed to the ACEP (3.44); and whose contract it is (3.69)."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from contratos import services
from contratos.models import Documento, MontanteDoMes, RepresentanteDeCotista, Signatario
from portal.auditoria.models import Evento
from portal.demo import assinador
from portal.demo.hierarquia import Hierarquia
from portal.demo.kit import issue_person
from tests import factories
from tests.contratos import proinfas
from tests.contratos.paginas import text
from tests.contratos.proinfas import COTA, Proinfa

pytestmark = pytest.mark.django_db
CAIO = ("Caio Prado", "52998224725")
# The reference month is November: the certificates of the tests are no older than that. MS+1, 4, 8, 10 and after them.
NOVEMBRO, DEZEMBRO = date(2026, 11, 1), date(2026, 12, 1)
DIA_1, DIA_4, DIA_8, DIA_10, DEPOIS = (datetime(2026, 12, dia, 15, tzinfo=UTC) for dia in (1, 4, 10, 14, 18))
DECLARO = {"unidade": "UC-77", "declaracao": "declaro"}


@pytest.fixture
def proinfa(settings: Settings) -> Proinfa:
    cena = proinfas.with_quota(settings, now=datetime(2026, 11, 18, 15, tzinfo=UTC))
    for mes in (NOVEMBRO, DEZEMBRO):
        MontanteDoMes.objects.create(contrato=cena.da_distribuidora, mes=mes, energia_mwh=COTA)
    nome, cpf = CAIO
    Signatario.objects.create(
        agente=cena.consumidor, nome=nome, cpf=cpf, desde=date(2026, 1, 1), stated_at=cena.now, stated_by="teste"
    )
    return cena


def sign(proinfa: Proinfa, assinantes: Hierarquia) -> Any:
    documento = Documento.objects.get(replaced_at=None)
    person = issue_person(assinantes, nome=CAIO[0], cpf=CAIO[1])
    pdf = assinador.sign_pdf(bytes(documento.emitido), person, [assinantes.ac.cert], at=proinfa.now)
    address = f"/contratos/{proinfa.da_unidade.numero}/documentos/{documento.pk}/assinatura/"
    return proinfa.post(proinfa.caio, address, arquivo=SimpleUploadedFile("declaracao.pdf", pdf))


@pytest.mark.clausula("3.44", "3.44.1", "3.44.2")
def test_signed_in_time_the_reference_month_already_goes_to_the_acep(proinfa: Proinfa, assinantes: Hierarquia) -> None:
    asked = proinfa.at(DIA_4).ask("proinfa_renuncia", proinfa.da_unidade, proinfa.caio, **DECLARO)
    signed = sign(proinfa, assinantes)
    finished = proinfa.at(DIA_10).close("O3", comunicado="Ofício 44/2026 à Eletrobras")

    assert [each.status_code for each in (asked, signed, finished)] == [302, 302, 302]
    contrato = proinfa.da_unidade
    assert (contrato.registro, contrato.cessa_em) == ("encerrado", NOVEMBRO)
    for mes in (NOVEMBRO, DEZEMBRO):
        assert proinfa.amount(proinfa.conta, mes) == Decimal("60.000000")
        assert proinfa.amount(proinfa.da_distribuidora, mes) == Decimal("11940.000000")
    assert proinfa.row("O3").vence_em == date(2026, 12, 14)
    assert Evento.objects.filter(tipo="contrato.cota_no_acep", cnpj=proinfa.acep.cnpj).count() == 1


@pytest.mark.clausula("3.44.1")
def test_signed_after_the_cut_off_it_holds_from_the_next_month_on(proinfa: Proinfa, assinantes: Hierarquia) -> None:
    proinfa.at(DIA_4).ask("proinfa_renuncia", proinfa.da_unidade, proinfa.caio, **DECLARO)
    sign(proinfa.at(DIA_8), assinantes)  # MS+4du was 4 December
    queued = text(proinfa.browser(proinfa.ccee).get("/contratos/proinfa/"))
    too_soon = proinfa.close("O3", comunicado="Ofício 44/2026")

    assert "na fila da finalização" in queued
    assert "12/2026" in queued
    assert "ajuste nos contratos a cota de 11/2026, que ainda é dele" in text(too_soon)
    assert proinfa.row("O3").vence_em == date(2027, 1, 15)
    services.advance(now=proinfa.now)
    proinfa.close("Q2")
    services.advance(now=proinfa.at(DEPOIS).now)
    proinfa.close("Q6")
    proinfa.close("O3", comunicado="Ofício 44/2026")
    assert proinfa.amount(proinfa.da_unidade, NOVEMBRO) == Decimal("60.000000")
    assert proinfa.amount(proinfa.conta, NOVEMBRO) is None
    assert proinfa.amount(proinfa.conta, DEZEMBRO) == Decimal("60.000000")


@pytest.mark.clausula("3.44.1")
def test_without_the_declaration_or_for_another_unit_nothing_is_asked_for(proinfa: Proinfa) -> None:
    proinfa.at(DIA_4)

    without = proinfa.ask("proinfa_renuncia", proinfa.da_unidade, proinfa.caio, unidade="UC-77")
    another = proinfa.ask("proinfa_renuncia", proinfa.da_unidade, proinfa.caio, **DECLARO | {"unidade": "UC-78"})
    distributor = proinfa.ask("proinfa_renuncia", proinfa.da_distribuidora, proinfa.davi, **DECLARO)

    assert without.status_code == another.status_code == distributor.status_code == 422
    assert "a unidade deste contrato é UC-77" in text(another)
    assert "Este contrato não é de unidade consumidora" in text(distributor)
    assert not Documento.objects.exists()


@pytest.mark.clausula("3.44.2")
def test_a_finalisation_that_nobody_made_is_shown_as_late(proinfa: Proinfa, assinantes: Hierarquia) -> None:
    proinfa.at(DIA_4).ask("proinfa_renuncia", proinfa.da_unidade, proinfa.caio, **DECLARO)
    sign(proinfa, assinantes)
    proinfa.at(DEPOIS)

    told = text(proinfa.browser(proinfa.ccee).get(f"/contratos/{proinfa.da_unidade.numero}/"))

    assert "Finalizar o contrato e informar a Eletrobras" in told
    assert "atrasada" in told


@pytest.mark.clausula("3.44")
def test_given_up_it_is_worked_out_for_the_unit_no_more(proinfa: Proinfa, assinantes: Hierarquia) -> None:
    proinfa.at(DIA_1)  # its November was worked out already
    proinfa.at(DIA_4).ask("proinfa_renuncia", proinfa.da_unidade, proinfa.caio, **DECLARO)
    sign(proinfa, assinantes)

    assert proinfa.flow("proinfa_mes").estado == "sem efeito: o consumidor abriu mão da cota"
    again = proinfa.ask("proinfa_renuncia", proinfa.da_unidade, proinfa.caio, **DECLARO)
    assert again.status_code in (409, 422)


@pytest.mark.clausula("3.69")
def test_of_a_represented_quota_holder_the_contract_is_the_representatives(settings: Settings) -> None:
    proinfa = proinfas.create(settings)
    proinfa.register(proinfa.distribuidora)
    RepresentanteDeCotista.objects.create(
        representado=proinfa.consumidor, representante=proinfa.distribuidora, desde=date(2026, 1, 1)
    )
    varejista = RepresentanteDeCotista.objects.get()
    varejista.representante = factories.create_agente("VAREJISTA LESTE")
    varejista.save()

    refused = proinfa.register(proinfa.consumidor, unidade_codigo="UC-77", parcela="100")
    registered = proinfa.register(varejista.representante, unidade_codigo="UC-77", parcela="100")

    assert refused.status_code == 422
    assert "Cláusula 3.69: FABRICA NORTE é representado na CCEE por VAREJISTA LESTE desde 01/01/2026" in text(refused)
    assert registered.status_code == 302
    assert proinfa.da_unidade.comprador == varejista.representante
