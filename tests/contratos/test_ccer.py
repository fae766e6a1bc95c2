"""CCERs through the pages: one registration for all of the supply, months lost, zero while the consumer owes."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import Settings

from contratos import ccer
from contratos.models import Ccer, Contrato, Fluxo, UnidadeConsumidora
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

REGISTRAR = "/contratos/registrar/ccer_registro/"
MESES = ["2027-01; 100,5", "02/2027; 0", "2027-03; 300,123456"]
PEDIDO = {
    "vendedor": "Distribuidora Sul", "comprador": "Fabrica", "suprimento_inicio": "2027-01-10",
    "suprimento_fim": "2027-03-31", "unidade_codigo": "uc-1", "unidade_nome": "Fábrica, portão 2",
    "unidade_regime": "parcialmente_livre", "unidade_rede_basica": "sim", "meses": "\n".join(MESES),
}  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture
def fabrica(cena: Cena) -> Agente:
    """Of the consumer, with a distributor beside it."""
    Agente.objects.filter(pk=cena.comprador.pk).update(classe="distribuidor")
    Agente.objects.filter(pk=cena.vendedor.pk).update(classe="consumidor_livre", sigla="FABRICA", sigla_busca="FABRICA")
    return Agente.objects.get(pk=cena.vendedor.pk)


def on(cena: Cena, settings: Settings, *day: int) -> None:
    settings.DATA_DE_REFERENCIA = cena.now = datetime(*day, 15, tzinfo=UTC)  # type: ignore[misc,arg-type]  # three numbers


def register(ator: Ator, **changed: str) -> Any:
    return as_actor(ator).post(REGISTRAR, {**PEDIDO, **changed})


def made() -> Contrato:
    return Contrato.objects.get(especie="ccer")


def amounts(contrato: Contrato) -> list[str]:
    contrato.refresh_from_db()
    return [str(ccer.amount(contrato, date(2027, mes, 15)).normalize()) for mes in (1, 2, 3)]


@pytest.mark.clausula("3.22", "3.70")
def test_the_distributor_registers_all_months_at_once_and_nobody_validates(cena: Cena, fabrica: Agente) -> None:
    answer = register(cena.davi)

    contrato = made()
    assert answer.status_code == 302
    assert (contrato.registro, contrato.energia_mwh, contrato.numero) == (
        "registrado", Decimal("400.623456"), "CCER-2026.00001",
    )  # fmt: skip
    assert (contrato.montante_mwmed, amounts(contrato)) == (Decimal("0.206082"), ["100.5", "0", "300.123456"])
    assert contrato.ccer.unidade.codigo == "UC-1"
    assert contrato.fluxos.get().atividades.get().vence_em == date(2027, 2, 15)
    page = text(as_actor(cena.ana).get(f"/contratos/{contrato.numero}/"))
    assert "Distribuidora: DISTRIBUIDORA SUL" in page
    assert "300,123456" in page


@pytest.mark.clausula("3.70")
@pytest.mark.parametrize(
    ("meses", "said"),
    [
        (MESES[:1], "Cláusula 3.70: o CCER é sazonalizado no registro, em todos os meses do suprimento"),
        (MESES[:1], "Falta a energia de 02/2027 a 03/2027. Informe cada mês; onde não há energia, 0."),
        ([MESES[0], MESES[2]], "Falta a energia de 02/2027."),
        ([*MESES, "04/2027; 1"], "Cláusula 3.23: 04/2027 fica fora do suprimento, de 10/01/2027 a 31/03/2027."),
        ([*MESES, MESES[0]], "Linha 4, coluna 1: “2027-01”: já está na linha 1."),
        (
            [*MESES[:2], "2027-03; 1.234,5"],
            "Linha 3, coluna 2: “1.234,5”: use vírgula decimal e nenhum ponto",
        ),
        ([*MESES[:2], "2027-03; 1,1234567"], "são até 11 algarismos inteiros e 6 casas decimais; nada é arredondado."),
    ],
)
def test_each_month_of_the_supply_is_stated_once(cena: Cena, fabrica: Agente, meses: list[str], said: str) -> None:
    refused = register(cena.davi, meses="\n".join(meses))

    assert refused.status_code == 422
    assert said in text(refused)
    assert not Contrato.objects.filter(especie="ccer").exists()
    assert not UnidadeConsumidora.objects.exists()


@pytest.mark.clausula("3.70")
def test_a_table_is_pasted_from_a_spreadsheet_with_its_heading(cena: Cena, fabrica: Agente) -> None:
    answer = register(cena.davi, meses="Mês\tMWh\njan/27\t100,5\nfev/27\t0\nmar/27\t300,123456\n")

    assert answer.status_code == 302
    assert amounts(made()) == ["100.5", "0", "300.123456"]


@pytest.mark.clausula("3.22")
def test_only_a_distributor_registers_and_only_for_a_free_or_special_consumer(cena: Cena, fabrica: Agente) -> None:
    Agente.objects.filter(pk=cena.comprador.pk).update(classe="comercializador")
    Agente.objects.filter(pk=fabrica.pk).update(classe="gerador")
    refused = register(cena.davi)
    other = register(cena.ana)

    assert refused.status_code == 422
    said = text(refused)
    assert "Cláusula 3.22: o CCER é registrado pela distribuidora; DISTRIBUIDORA SUL é comercializador." in said
    assert "o CCER é de consumidor parcialmente livre ou especial; FABRICA é gerador." in said
    assert other.status_code == 403
    assert "Cláusula 3.22: o registro cabe a DISTRIBUIDORA SUL" in text(other)


@pytest.mark.clausula("3.22")
def test_a_unit_is_what_is_on_file_of_it(cena: Cena, fabrica: Agente) -> None:
    new = register(cena.davi, unidade_nome="", unidade_regime="")
    UnidadeConsumidora.objects.create(
        codigo="UC-1", nome="Portão 2", regime="especial", consumidor=cena.comprador, distribuidora=cena.comprador
    )
    other = register(cena.davi)

    assert (new.status_code, other.status_code) == (422, 422)
    assert "Cláusula 3.22: a unidade UC-1 ainda não tem cadastro: informe." in text(new)
    assert "a unidade UC-1 não está cadastrada entre estas duas empresas" in text(other)
    assert "no cadastro da unidade UC-1 consta “consumidor especial”" in text(other)
    assert "no cadastro da unidade UC-1 consta “não”" in text(other)


@pytest.mark.clausula("3.23")
def test_a_second_registration_of_the_unit_waits_for_the_end_of_the_first(
    cena: Cena, fabrica: Agente, settings: Settings
) -> None:
    register(cena.davi)
    later = {"suprimento_inicio": "2027-04-01", "suprimento_fim": "2027-04-30", "meses": "04/2027; 1"}
    overlapping, following = register(cena.davi), register(cena.davi, **later)
    on(cena, settings, 2027, 4, 1)
    after = register(cena.davi, **later)

    assert (overlapping.status_code, following.status_code, after.status_code) == (422, 422, 302)
    for said in map(text, (overlapping, following)):
        assert "Cláusula 3.23: a unidade UC-1 já tem o CCER CCER-2026.00001, de 10/01/2027 a 31/03/2027" in said
        assert "um novo é possível depois de 31/03/2027" in said


@pytest.mark.clausula("3.71")
def test_a_month_whose_own_deadline_has_passed_counts_zero_for_good(
    cena: Cena, fabrica: Agente, settings: Settings
) -> None:
    on(cena, settings, 2027, 3, 11)  # MS+9du of January was 15/02, of February it is 11/03
    register(cena.davi, meses="01/2027; 5\n02/2027; 6\n03/2027; 7")

    contrato = made()
    assert amounts(contrato) == ["0", "6", "7"]
    assert contrato.energia_mwh == 18
    page = text(as_actor(cena.davi).get(f"/contratos/{contrato.numero}/"))
    assert "Zero: registrado em 11/03/2027, depois do prazo de 15/02/2027 (cláusula 3.71)" in page
    assert "13,000000 MWh" in page


@pytest.mark.clausula("3.71")
def test_what_was_never_registered_counts_zero(cena: Cena) -> None:
    Contrato.objects.update(especie="ccer")
    assert ccer.amount(cena.fresh(), date(2028, 5, 1)) == 0


def test_the_registration_is_final(cena: Cena, fabrica: Agente) -> None:
    register(cena.davi)
    fluxo = made().fluxos.get()
    undo = as_actor(cena.davi).post(f"/contratos/{made().numero}/fluxos/{fluxo.pk}/cancelar/", {"motivo": "errado"})

    assert undo.status_code == 409
    assert "Cláusula 3.23: o registro do CCER é um só" in text(undo)


@pytest.fixture
def registrado(cena: Cena, fabrica: Agente, settings: Settings) -> Cena:
    """In the second month of the supply, the first one's deadline not yet over."""
    register(cena.davi, meses="01/2027; 5\n02/2027; 6\n03/2027; 7")
    cena.contrato = made()
    on(cena, settings, 2027, 2, 12)
    return cena


def zero(cena: Cena, desde: str = "2027-02", debito: str = "Fatura 9, de 05/02/2027", ator: Ator | None = None) -> Any:
    dados = {"debito": debito, "zerado_desde": desde}
    return as_actor(ator or cena.davi).post(f"/contratos/{cena.contrato.numero}/pedidos/ccer_inadimplencia/", dados)


def settle(cena: Cena) -> Any:
    address = f"/contratos/{cena.contrato.numero}/atividades/{cena.row('D2').pk}/"
    return as_actor(cena.davi).post(address, {"quitacao": "Recibo 3, de hoje"})


@pytest.mark.clausula("3.72")
def test_zero_lasts_until_the_debt_is_paid_and_what_became_final_stays_zero(
    registrado: Cena, settings: Settings
) -> None:
    zeroed, while_owing = zero(registrado, "2027-01"), amounts(registrado.contrato)
    on(registrado, settings, 2027, 2, 16)  # January is final now
    page = text(as_actor(registrado.davi).get(f"/contratos/{registrado.contrato.numero}/"))
    paid = settle(registrado)

    assert (zeroed.status_code, paid.status_code) == (302, 302)
    assert while_owing == ["0", "0", "0"]
    assert "Zero: zerado por inadimplência (cláusula 3.72)" in page
    assert amounts(registrado.contrato) == ["0", "6", "7"]
    again = zero(registrado, "2027-03", debito="Fatura 10")
    assert again.status_code == 302
    assert amounts(registrado.contrato) == ["0", "6", "0"]


@pytest.mark.clausula("3.72")
def test_zero_is_refused_off_the_basic_grid_without_debt_and_after_its_settlement(registrado: Cena) -> None:
    UnidadeConsumidora.objects.update(rede_basica=False)
    off_grid = zero(registrado)
    UnidadeConsumidora.objects.update(rede_basica=True, regime="especial")
    special = zero(registrado)
    UnidadeConsumidora.objects.update(regime="parcialmente_livre")
    no_debt, consumer = zero(registrado, debito=""), zero(registrado, ator=registrado.ana)
    zero(registrado)
    twice = zero(registrado)
    settle(registrado)
    settled = zero(registrado, debito="fatura 9, de 05/02/2027")

    assert [each.status_code for each in (off_grid, special, no_debt, consumer, twice, settled)] == [
        422, 422, 422, 403, 409, 422,
    ]  # fmt: skip
    assert "A unidade UC-1 é de consumidor parcialmente livre, fora da Rede Básica" in text(off_grid)
    assert "A unidade UC-1 é de consumidor especial, na Rede Básica" in text(special)
    assert "Cláusula 3.72" in text(no_debt)
    assert "Informe este campo." in text(no_debt)
    assert "Cláusula 3.72: o débito “fatura 9, de 05/02/2027” já foi quitado" in text(settled)
    assert amounts(registrado.contrato) == ["5", "6", "7"]


@pytest.mark.clausula("3.72")
@pytest.mark.parametrize("desde", ["2026-12", "2027-04"])
def test_only_months_that_are_not_final_are_zeroed(registrado: Cena, settings: Settings, desde: str) -> None:
    on(registrado, settings, 2027, 2, 16)
    beyond, final = zero(registrado, desde), zero(registrado, "2027-01")
    on(registrado, settings, 2027, 5, 20)
    over = zero(registrado, "2027-03")

    assert (beyond.status_code, final.status_code, over.status_code) == (422, 422, 422)
    assert "de 02/2027, o primeiro mês cujo prazo (MS+9du) ainda não passou, a 03/2027" in text(beyond)
    assert "foi informado 01/2027" in text(final)
    assert "o último mês do suprimento, 03/2027, já é definitivo" in text(over)


@pytest.mark.clausula("3.72")
def test_a_zero_registered_by_mistake_is_taken_back_but_not_for_months_that_are_final(
    registrado: Cena, settings: Settings
) -> None:
    zero(registrado, "2027-01")
    on(registrado, settings, 2027, 2, 16)
    fluxo = Fluxo.objects.get(procedimento="ccer_inadimplencia")
    taken_back = as_actor(registrado.davi).post(
        f"/contratos/{registrado.contrato.numero}/fluxos/{fluxo.pk}/cancelar/", {"motivo": "era outra unidade"}
    )

    assert taken_back.status_code == 302
    assert amounts(registrado.contrato) == ["0", "6", "7"]
    assert Ccer.objects.get().zerado_ate == date(2027, 2, 1)


def test_a_contract_that_ccee_ended_counts_no_more_and_the_unit_is_free_for_another(registrado: Cena) -> None:
    ended = as_actor(registrado.ccee).post(
        f"/contratos/{registrado.contrato.numero}/finalizar/", {"para": "cancelado", "motivo": "unidade fechada"}
    )
    again = register(registrado.davi, suprimento_inicio="2027-02-12", meses="02/2027; 1\n03/2027; 2")

    page = text(as_actor(registrado.davi).get(f"/contratos/{registrado.contrato.numero}/"))
    assert (ended.status_code, again.status_code) == (302, 302)
    assert amounts(registrado.contrato) == ["5", "6", "0"]
    assert "Zero: contrato sem efeito desde 12/02/2027" in page
