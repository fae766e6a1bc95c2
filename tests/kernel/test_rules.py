"""Rules are examined each on its own, and none can bring the others down."""

import pytest

from portal.kernel.guard import attempt
from portal.kernel.rules import ILEGIVEL, Finding, Rule, Situacao, Verdict, examine


class PanicException(BaseException):
    """What Rust code raises through pyo3: not an Exception."""


def rule(codigo: str, finding: Finding | BaseException, *, exigido: str = "zero") -> Rule[int]:
    def check(subject: int) -> Finding:
        if isinstance(finding, BaseException):
            raise finding
        return finding

    return Rule(codigo, "Título", "Manual", exigido, "Corrija.", check)


OK = Finding(Situacao.OK, "zero")
FALHA = Finding(Situacao.FALHA, "um")


def test_every_breach_is_reported_at_once() -> None:
    verdict = examine(0, [rule("a", FALHA), rule("b", OK), rule("c", FALHA)])

    assert [r.codigo for r in verdict.falhas] == ["a", "c"]
    assert not verdict.aceito


def test_a_warning_does_not_refuse() -> None:
    verdict = examine(0, [rule("a", Finding(Situacao.AVISO, "quase")), rule("b", Finding(Situacao.NAO_AVALIADA, "?"))])

    assert verdict.aceito
    assert [r.codigo for r in verdict.avisos] == ["a"]
    assert [r.codigo for r in verdict.nao_avaliadas] == ["b"]


def test_nothing_examined_is_not_accepted() -> None:
    assert not Verdict(()).aceito


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), PanicException("rust")])
def test_what_a_check_raises_becomes_its_failure_in_words(error: BaseException) -> None:
    verdict = examine(0, [rule("a", error), rule("b", OK)])

    assert [(r.codigo, r.encontrado, r.exigido) for r in verdict.falhas] == [("a", ILEGIVEL, "zero")]
    assert verdict.resultados[1].situacao == Situacao.OK


def test_a_requirement_that_cannot_be_worded_falls_back_to_the_title() -> None:
    def broken(subject: int) -> str:
        raise ValueError

    verdict = examine(0, [Rule("a", "Título", "Manual", broken, "Corrija.", lambda subject: OK)])

    assert [(r.exigido, r.situacao) for r in verdict.resultados] == [("Título", Situacao.FALHA)]


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), SystemExit()])
def test_a_wish_to_stop_is_not_swallowed(stop: BaseException) -> None:
    with pytest.raises(type(stop)):
        examine(0, [rule("a", stop)])

    def read() -> None:
        raise stop

    with pytest.raises(type(stop)):
        attempt(read, None)


def test_the_remedy_of_the_finding_goes_before_that_of_the_rule() -> None:
    own = Finding(Situacao.FALHA, "um", "Faça assim.")

    remedies = [r.como_resolver for r in examine(0, [rule("a", own), rule("b", FALHA), rule("c", OK)]).resultados]

    assert remedies == ["Faça assim.", "Corrija.", ""]


def test_the_requirement_may_depend_on_the_subject() -> None:
    found = examine(7, [Rule("a", "Título", "Manual", lambda n: f"menos de {n}", "Corrija.", lambda n: OK)])

    assert found.resultados[0].exigido == "menos de 7"
