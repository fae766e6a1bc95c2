"""The report on amendments at the end of each day of one that goes all the way, and of those that do not."""

from dataclasses import replace
from datetime import date

import pytest

from contratos.domain.andamento import Situacao
from contratos.domain.relatorios import Etapa, Quem, aditamentos
from contratos.domain.relatorios.aditamentos import Aditivo
from contratos.domain.relatorios.fatos import CCEE
from tests.contratos_domain.calendarios import PADRAO

pytestmark = pytest.mark.clausula("3.97")
VENDEDOR, COMPRADOR = Quem("SOL", "10000023000150"), Quem("SUL", "10000024000102")
ABERTO, PRAZO = date(2026, 11, 24), date(2026, 12, 30)


def step(codigo: str, day: int, vence: date | None = None, evidencia: str = "") -> Etapa:
    """Opened with the flow and done on that day of December."""
    return Etapa(
        codigo,
        f"Passo {codigo}",
        (VENDEDOR,),
        Situacao.CONCLUIDA,
        ABERTO,
        vence,
        ABERTO,
        date(2026, 12, day),
        evidencia,
    )


INTEIRO = Aditivo(
    "CCEAR-1",
    "40º leilão",
    VENDEDOR,
    COMPRADOR,
    ABERTO,
    (
        step("A1", 1, evidencia="Despacho 77"),
        Etapa("A2a", "Iniciar de ofício", (CCEE,), Situacao.CANCELADA, ABERTO, encerrada=date(2026, 12, 1)),
        step("A2b", 2),
        step("A3v", 3),
        step("A3c", 4),
        step("A4", 5, evidencia="Cláusula 5ª"),
        step("A5v", 8, PRAZO),
        step("A5c", 9, PRAZO),
        step("A6", 21, evidencia="CCG celebrado"),
    ),
    (date(2026, 12, 21), "eficaz"),
)


def fields(aditivo: Aditivo, em: date) -> tuple[str, dict[str, object]]:
    (ficha,) = aditamentos.write([aditivo], em, PADRAO).fichas
    return ficha.estado, dict(ficha.campos)


@pytest.mark.parametrize(
    ("em", "estado"),
    [
        (date(2026, 11, 24), "Em preparação"),
        (date(2026, 12, 2), "Em assinatura"),
        (date(2026, 12, 8), "Em assinatura"),
        (date(2026, 12, 9), "Assinado sem eficácia"),
        (date(2026, 12, 21), "Eficaz"),
    ],
)
def test_each_day_has_the_state_of_that_day(em: date, estado: str) -> None:
    assert fields(INTEIRO, em)[0] == estado


def test_it_tells_the_act_every_signature_and_what_gave_it_effect() -> None:
    _, campos = fields(INTEIRO, date(2026, 12, 31))
    assert tuple(campos) == aditamentos.COLUNAS
    assert (campos["Ato"], campos["Cláusulas alteradas"]) == ("Despacho 77", "Cláusula 5ª")
    assert campos["Formulário emitido em"] == date(2026, 12, 2)
    assert (campos["Termo assinado pelo vendedor em"], campos["Termo assinado pelo comprador em"]) == (
        date(2026, 12, 8), date(2026, 12, 9),
    )  # fmt: skip
    assert (campos["Eficaz desde"], campos["Instrumento da eficácia"]) == (date(2026, 12, 21), "CCG celebrado")
    assert campos["Dias úteis de atraso"] is None


def test_what_comes_later_is_not_told_and_whose_turn_it_is_is() -> None:
    _, campos = fields(INTEIRO, date(2026, 12, 8))
    assert campos["Termo assinado pelo comprador em"] is campos["Eficaz desde"] is None
    assert "Passo A5c: SOL" in str(campos["Pendência"])
    assert aditamentos.write([INTEIRO], date(2026, 11, 23), PADRAO).fichas == ()


def test_one_not_signed_in_time_is_late_by_so_many_business_days() -> None:
    late = replace(INTEIRO, fim=None, etapas=tuple(e for e in INTEIRO.etapas if e.codigo != "A6"))
    unsigned = replace(late, etapas=(*late.etapas[:-1], replace(late.etapas[-1], encerrada=date(2027, 1, 6))))
    estado, campos = fields(unsigned, date(2027, 1, 4))
    assert (estado, campos["Dias úteis de atraso"]) == ("Atrasado", 2)


def test_one_that_ended_otherwise_is_called_what_it_was_called_then() -> None:
    ended = replace(INTEIRO, comprador=CCEE, etapas=INTEIRO.etapas[:2], fim=(date(2026, 12, 3), "dispensado"))
    estado, campos = fields(ended, date(2026, 12, 3))
    assert (estado, campos["CNPJ do comprador"]) == ("Dispensado", "")
    assert fields(ended, date(2026, 12, 2))[0] == "Em preparação"
