"""The state of a notice in words."""

from typing import Any

import pytest

from notificacoes.domain import situacoes as s


@pytest.mark.parametrize(
    ("estado", "facts", "expected"),
    [
        ("pendente", {}, s.NA_FILA),
        ("pendente", {"tentativas": 2}, s.NOVA_TENTATIVA),
        ("arrendada", {"tentativas": 1}, s.DE_MENSAGEM["arrendada"]),
        ("em_duvida", {"tentativas": 1}, s.DE_MENSAGEM["em_duvida"]),
        ("enviada", {}, s.ENVIADO),
        ("enviada", {"repeticoes": 1}, s.REPETIDO),
        ("enviada", {"devolvida": True}, s.DEVOLVIDO),
        ("morta", {}, s.MORTO),
        ("cancelada", {}, s.CANCELADO),
    ],
)
def test_each_state_of_a_message_has_its_words(estado: str, facts: Any, expected: s.Estado) -> None:
    assert s.of_message(estado, **facts) == expected


@pytest.mark.parametrize(
    ("situacao", "message", "expected"),
    [
        ("planejada", None, s.NA_FILA),
        ("planejada", s.NOVA_TENTATIVA, s.NOVA_TENTATIVA),
        ("enviada", s.ENVIADO, s.ENVIADO),
        ("enviada", s.DEVOLVIDO, s.DEVOLVIDO),
        ("superada", None, s.SUPERADO),
        ("cancelada", s.ENVIADO, s.CANCELADO),
        ("morta", s.MORTO, s.MORTO),
        ("morta", s.DEVOLVIDO, s.DEVOLVIDO),
    ],
)
def test_what_became_of_the_notice_goes_before_its_message(
    situacao: str, message: s.Estado | None, expected: s.Estado
) -> None:
    assert s.of_notice(situacao, message) == expected
