"""Gates: each is shut for its own reason, names its clause, and opens when the reason is gone."""

from datetime import date
from typing import Any

import pytest

from contratos import services
from contratos.domain.contrato import Especie, Registro
from contratos.models import AtoRegulatorio, Contrato, Cumprimento, ExigenciaDoEdital, Garantia, Minuta, TipoDeLeilao
from contratos.services.contratos import AindaNaoPode
from contratos.services.portoes import PortaoFechado
from portal.agentes.models import Situacao
from portal.auditoria.models import Evento
from portal.kernel.errors import Conflict, DomainError
from tests.contratos import cena as cenas
from tests.contratos.cena import EVIDENCIA, Cena

pytestmark = pytest.mark.django_db
ATE_M7 = ("M2", "M3v", "M3c", "M4", "M5v", "M5c")


@pytest.fixture
def cena() -> Cena:
    """One step before the document is made available."""
    cena = cenas.create()
    cena.open()
    cena.close("N1")
    for codigo in ATE_M7:
        cena.close(codigo)
    return cena


def refusal(cena: Cena, codigo: str = "M6") -> str:
    with pytest.raises(PortaoFechado) as refused:
        cena.close(codigo)
    assert cena.row(codigo).situacao == "aberta"
    return refused.value.detail


@pytest.mark.clausula("3.3")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"vale_ate": date(2026, 11, 22)}, "venceu em 22/11/2026"),
        ({"vale_de": date(2026, 11, 24)}, "só vale a partir de 24/11/2026"),
        ({"presented_at": None}, "não foi apresentada"),
    ],
)
def test_no_signature_without_a_guarantee_valid_today(cena: Cena, change: dict[str, object], said: str) -> None:
    Garantia.objects.update(**change)
    told = refusal(cena)
    assert "Cláusula 3.3" in told
    assert "“Garantia de fiel cumprimento” " + said in told


@pytest.mark.clausula("3.3")
def test_a_guarantee_may_be_marked_as_not_applicable_but_not_be_forgotten(cena: Cena) -> None:
    Garantia.objects.update(aplicavel=False, motivo="Dispensada pelo edital, item 9.2")
    cena.close("M6")
    Garantia.objects.all().delete()
    assert "nenhuma garantia está registrada" in refusal(cena, "M7")


@pytest.mark.clausula("3.8")
def test_a_candidate_does_not_sign(cena: Cena) -> None:
    cena.vendedor.situacao = Situacao.CANDIDATO
    cena.vendedor.save()
    cena.close("M6")
    assert "está como “Candidato a agente”" in refusal(cena, "M7")


@pytest.mark.clausula("3.5")
def test_every_mandatory_condition_of_the_edital_is_met_first(cena: Cena) -> None:
    texto = "Comprovar a constituição da SPE"
    exigencia = ExigenciaDoEdital.objects.create(leilao=cenas.auction(cena), texto=texto, de_quem="vendedor")
    cena.close("M6")
    assert f"falta “{texto}”, que cabe a: vendedor" in refusal(cena, "M7")
    Cumprimento.objects.create(
        contrato=cena.contrato, exigencia=exigencia, comprovante="JUCESP 1", met_at=cena.now, met_by="olga"
    )
    cena.close("M7")
    assert cena.fresh().assinatura == "disponivel_assinatura"


@pytest.mark.clausula("3.9")
@pytest.mark.parametrize(
    ("day", "said"), [("2026-11-24", "ainda não chegou"), ("2026-08-31", "anterior ao leilão, realizado em 01/09/2026")]
)
def test_the_act_of_a_plant_is_neither_from_the_future_nor_from_before_the_auction(day: str, said: str) -> None:
    cena = cenas.create()
    cena.open()
    with pytest.raises(DomainError, match=said) as refused:
        cena.close("N1", evidencia={**EVIDENCIA, "ato_publicado_em": day})
    assert list(refused.value.erros) == ["ato_publicado_em"]


@pytest.mark.clausula("3.2")
def test_the_text_annexed_to_an_edital_changes_only_by_an_act_of_aneel() -> None:
    cena = cenas.create()
    nova = Minuta(leilao=cena.contrato.leilao, especie=cena.contrato.especie, titulo="CCEAR", texto="Outra.")
    with pytest.raises(AindaNaoPode, match=r"3\.2.*ato da ANEEL"):
        services.save_text(nova, by="olga", now=cena.now)
    ato = AtoRegulatorio.objects.create(tipo="Despacho", numero="9/2026", published_on=date(2026, 11, 1))
    assert services.save_text(nova, by="olga", now=cena.now, ato=ato).versao == 2


@pytest.mark.clausula("3.2")
def test_terms_are_fixed_once_the_text_is_available_for_signature(cena: Cena) -> None:
    cena.close("M6")
    cena.close("M7")
    contrato = cena.fresh()
    contrato.preco = 1
    with pytest.raises(AindaNaoPode, match=r"3\.2"):
        services.save_contract(contrato, by="olga", now=cena.now)
    contrato = cena.fresh()
    contrato.publicavel = True
    assert services.save_contract(contrato, by="olga", now=cena.now).publicavel


@pytest.mark.clausula("3.4", "3.15")
def test_registration_needs_the_signature_the_validation_and_the_whole_period() -> None:
    cena = cenas.create()
    whole: dict[str, Any] = {"inicio": cena.contrato.suprimento_inicio, "fim": cena.contrato.suprimento_fim}
    who: dict[str, Any] = {"ator": cena.ccee, "now": cena.now}
    with pytest.raises(AindaNaoPode, match=r"3\.15"):
        services.validate(cena.contrato, **who)
    with pytest.raises(AindaNaoPode, match=r"3\.4"):
        services.register(cena.contrato, **whole, **who)
    Contrato.objects.update(assinatura="assinado")
    services.validate(cena.contrato, **who)
    with pytest.raises(AindaNaoPode, match="de 01/01/2028 a 31/12/2047"):
        services.register(cena.contrato, **{**whole, "fim": date(2030, 12, 31)}, **who)
    assert services.register(cena.contrato, **whole, **who).registro == "registrado"
    with pytest.raises(Conflict, match="Registrado"):
        services.register(cena.contrato, **whole, **who)


@pytest.mark.clausula("3.15.1")
@pytest.mark.parametrize("tipo", [TipoDeLeilao.EXISTENTE, TipoDeLeilao.AJUSTE])
def test_existing_energy_and_adjustment_are_registered_before_they_are_signed(tipo: TipoDeLeilao) -> None:
    cena = cenas.create(tipo=tipo)
    cena.open("assinatura_existente", ancoras={})
    services.validate(cena.contrato, ator=cena.ccee, now=cena.now)
    whole: dict[str, Any] = {"inicio": cena.contrato.suprimento_inicio, "fim": cena.contrato.suprimento_fim}
    found = services.register(cena.contrato, **whole, ator=cena.ccee, now=cena.now)
    assert (found.registro, found.assinatura) == ("registrado", "em_elaboracao")
    assert cena.row("E3").situacao == "aguardando"  # signing stays due


@pytest.mark.clausula("3.7")
def test_a_suspension_has_its_dates_and_ends() -> None:
    cena = cenas.create()
    Contrato.objects.update(registro="registrado")
    who: dict[str, Any] = {"motivo": "Decisão judicial", "ator": cena.ccee, "now": cena.now}
    with pytest.raises(DomainError, match="antes de começar"):
        services.suspend(cena.contrato, de=date(2026, 12, 1), ate=date(2026, 11, 1), **who)
    assert services.suspend(cena.contrato, de=date(2026, 12, 1), ate=None, **who).situacao == "Suspenso"
    assert services.resume(cena.contrato, **who).situacao == "Registrado"
    assert Evento.objects.filter(tipo="contrato.situacao", dados__motivo="Decisão judicial").count() == 4  # both sides


def test_what_has_ended_asks_nothing_of_anybody_any_more() -> None:
    cena = cenas.create(Especie.CA, TipoDeLeilao.AJUSTE)
    cena.open("assinatura_existente", ancoras={})
    Contrato.objects.update(registro="registrado")
    who: dict[str, Any] = {"ator": cena.ccee, "now": cena.now}
    with pytest.raises(DomainError, match="documento que o prova"):
        services.end(cena.contrato, Registro.RESCINDIDO, motivo=" ", **who)
    with pytest.raises(AindaNaoPode, match="vai até 31/12/2047"):
        services.end(cena.contrato, Registro.ENCERRADO, motivo="fim", **who)
    services.end(cena.contrato, Registro.RESCINDIDO, motivo="Despacho 1/2027", **who)
    assert set(cena.fresh().fluxos.values_list("estado", flat=True)) == {"cessou: contrato rescindido"}
    assert not cena.contrato.fluxos.filter(atividades__closed_at=None).exists()


def test_what_will_not_be_signed_says_why_and_stops() -> None:
    cena = cenas.create()
    cena.open()
    with pytest.raises(DomainError, match="Diga por que"):
        services.mark_unsigned(cena.contrato, motivo=" ", ator=cena.ccee, now=cena.now)
    services.mark_unsigned(cena.contrato, motivo="Sem garantia", ator=cena.ccee, now=cena.now)
    assert cena.fresh().situacao == "Não assinado"
    assert not cena.contrato.fluxos.filter(closed_at=None).exists()
