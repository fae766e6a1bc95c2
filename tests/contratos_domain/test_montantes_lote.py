"""Many contracts at once are, to the last place, what each of them is alone; and whoever cannot be sure says so."""

import random
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from contratos.domain.montantes import corrida, flat, lote, perfil
from contratos.domain.montantes.corrida import Caso, Resposta
from contratos.domain.montantes.exato import decimal, micros
from contratos.domain.montantes.faixa import DE_85_A_115, Faixa
from contratos.domain.montantes.meses import hours_of
from tests.contratos_domain.montantes import ANO, CARGA, HORAS, by_month, mes

SEMENTES = (20_270_101, 3, 1415)
COLUNAS = 250
ENERGIA = Decimal(438_000)


def lots(values: Sequence[int] | Sequence[Sequence[int]]) -> lote.Inteiros:
    return np.array(values, np.int64)


def scenes(chance: random.Random) -> tuple[dict[date, int], list[int], list[list[int]]]:
    """Some months, and contracts of a millionth to hundreds of TWh whose loads are alike, apart, or equal in pairs."""
    horas = {each: HORAS[each] for each in sorted(chance.sample(ANO, chance.randint(1, 12)))}
    if chance.random() < 0.3:
        horas[min(horas)] = 24 * chance.randint(1, 28)
    energies, loads = [], []
    for _ in range(COLUNAS):
        spread, unit = chance.choice((0.0, 0.1, 0.3, 1.0, 5.0)), 10 ** chance.uniform(1, 13)
        energies.append(int(10 ** chance.uniform(0, 14.2)))
        loads.append(
            [max(1, min(2**62, int(hours * unit * chance.lognormvariate(0, spread)))) for hours in horas.values()]
        )
    return horas, energies, loads


@pytest.mark.parametrize("semente", SEMENTES)
@pytest.mark.parametrize("faixa", [DE_85_A_115, Faixa(Decimal("0.8123"), Decimal("1.2"))])
def test_profiles_at_once_are_those_of_each_alone(semente: int, faixa: Faixa) -> None:
    horas, energies, loads = scenes(random.Random(semente))  # noqa: S311 - no secret

    done = lote.perfil(lots(energies), list(horas.values()), lots(loads).T, faixa, por_vez=97)

    sure = [column for column in range(COLUNAS) if column not in set(done.incertos)]
    for column in sure:
        one = perfil.distribute(decimal(energies[column]), horas, by_month(horas, loads[column]), faixa)
        assert [*map(micros, one.values())] == done.valores[:, column].tolist(), (semente, column)
    assert len(sure) > COLUNAS / 3


def test_half_a_millionth_goes_up_at_once_as_alone() -> None:
    done = lote.perfil(lots([2_000_001]), [744, 744], lots([[1], [1]]))

    assert done.valores.tolist() == [[1_000_000], [1_000_001]]


@pytest.mark.parametrize("semente", SEMENTES)
def test_amounts_at_which_floating_point_is_nearly_one_off_are_exact(semente: int) -> None:
    chance = random.Random(semente)  # noqa: S311 - no secret
    energies = [chance.randrange(2 * 10**14, 25 * 10**13) for _ in range(60)]
    loads = [[chance.randrange(10**13, 11 * 10**12) for _ in ANO] for _ in energies]

    done = lote.perfil(lots(energies), list(HORAS.values()), lots(loads).T)

    assert done.incertos == []
    for column, energia in enumerate(energies):
        one = perfil.distribute(decimal(energia), HORAS, by_month(ANO, loads[column]))
        assert [*map(micros, one.values())] == done.valores[:, column].tolist()


@pytest.mark.parametrize("semente", SEMENTES)
def test_flat_at_once_is_that_of_each_alone(semente: int) -> None:
    horas, energies, _ = scenes(random.Random(semente))  # noqa: S311 - no secret

    done = lote.flat(lots(energies), list(horas.values()), por_vez=97)

    assert len(done.incertos) < COLUNAS / 10
    for column in set(range(COLUNAS)) - set(done.incertos):
        one = flat.distribute_by_hours(decimal(energies[column]), horas)
        assert [*map(micros, one.values())] == done.valores[:, column].tolist(), (semente, column)


@pytest.mark.parametrize(
    ("energia", "carga"),
    [
        (-1, (1, 1, 1, 1)),
        (1, (1, 1, 1, 1)),
        (2**60, (1, 1, 1, 1)),
        (10**9, (1, 0, 1, 1)),
        (10**9, (1, -1, 1, 1)),
        (10**9, (2**60, 1, 1, 1)),
        (10_000_003, (1, 100, 1, 100)),
    ],
)
def test_what_is_not_certain_is_named(energia: int, carga: Sequence[int]) -> None:
    done = lote.perfil(lots([10**9, energia]), [744] * 4, lots([[1, 2, 3, 4], carga]).T)

    assert done.incertos == [1]


@pytest.mark.parametrize("energia", [-1, 2, 2**61])
def test_a_flat_that_is_not_certain_is_named(energia: int) -> None:
    assert lote.flat(lots([10**9, energia]), [744] * 4).incertos == [1]


def test_months_all_clipped_without_residual_are_certain() -> None:
    done = lote.perfil(lots([2_000_000]), [744, 744], lots([[1], [100]]))

    assert done.incertos == []
    assert done.valores.tolist() == [[850_000], [1_150_000]]


def test_an_empty_run_is_no_trouble() -> None:
    assert lote.perfil(lots([]), [744], np.empty((1, 0), np.int64)).incertos == []
    assert list(corrida.distribute([])) == []


def test_a_run_answers_each_case_as_if_it_were_alone_and_in_order() -> None:
    short = hours_of(ANO[:2])
    cases = [
        Caso(1, ENERGIA, HORAS, CARGA),
        Caso(2, Decimal(50_000), HORAS),
        Caso(3, ENERGIA, short, CARGA),
        Caso(4, ENERGIA, HORAS, {}),
        Caso(5, Decimal("0.0000001"), HORAS),
        Caso(6, ENERGIA, HORAS, {each: load / 7 for each, load in CARGA.items()}),
        Caso(7, Decimal(10**13), HORAS, CARGA),
        Caso(8, Decimal("10.000003"), hours_of(mes(n) for n in (1, 3, 5, 7)), by_month(ANO[:7:2], (1, 100, 1, 100))),
        Caso(9, Decimal(1), {}),
        Caso(10, ENERGIA, HORAS, dict.fromkeys(ANO, Decimal(10) ** 20)),
    ]

    found = list(corrida.distribute(iter(cases), porcao=4))

    assert found == [corrida.alone(case) for case in cases]
    assert found[0] == Resposta(1, perfil.distribute(ENERGIA, HORAS, CARGA))
    assert [each.chave for each in found if each.recusa] == [4, 5, 9]
    assert "01/2027, 02/2027" in found[3].recusa
