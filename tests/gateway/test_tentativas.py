"""Passwords that are tried: how much work they may make, and whom they never lock out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any

import pytest

from adesao import hashing
from certificados.models import Certificado
from portal.agentes.models import Agente
from portal.auditoria.models import Evento
from portal.gateway import services
from portal.gateway.domain.decisao import JANELA, TENTATIVAS, Motivo
from portal.gateway.models import Passagem
from portal.gateway.selectors import Chave, Ficha
from portal.kernel.errors import Busy
from tests.gateway.conftest import Pergunta

pytestmark = pytest.mark.django_db


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that was worked out; the real verification still runs."""
    asked: list[str] = []
    verify: Callable[[str, str], bool] = hashing.verify

    def counted(senha: str, stored: str) -> bool:
        asked.append(senha)
        return verify(senha, stored)

    monkeypatch.setattr(hashing, "verify", counted)
    return asked


def test_a_right_password_is_worked_out_once(ask: Pergunta, hashes: list[str], now: datetime, settings: Any) -> None:
    assert all(ask().autorizado for _ in range(5))
    assert len(hashes) == 1

    ask(em=now + timedelta(seconds=settings.GATEWAY_SENHA_LEMBRADA))
    assert len(hashes) == 2


def test_no_hash_for_who_has_not_the_certificate(ask: Pergunta, hashes: list[str], agente: Agente) -> None:
    for number in range(50):
        assert ask(senha=f"{number:08d}", sha256="0" * 64).motivo == Motivo.CERTIFICADO_DESCONHECIDO

    assert hashes == []
    assert ask().autorizado


def test_an_old_password_that_is_sent_all_day_locks_nobody_out(
    ask: Pergunta, hashes: list[str], certificado: Certificado
) -> None:
    for _ in range(100):
        assert ask(senha="11112222").motivo == Motivo.SENHA_INCORRETA

    assert hashes == ["11112222"]
    assert Passagem.objects.get(certificado=certificado).falhas == 1
    assert ask().autorizado


def test_ten_different_ones_lock_that_certificate_and_the_ledger_says_so(
    ask: Pergunta, hashes: list[str], agente: Agente, certificado: Certificado
) -> None:
    for number in range(TENTATIVAS):
        assert ask(senha=f"{number:08d}").motivo == Motivo.SENHA_INCORRETA
    assert ask(senha="99999998").motivo == Motivo.MUITAS_TENTATIVAS
    assert ask().motivo == Motivo.MUITAS_TENTATIVAS  # nothing tells whether it was right

    assert len(hashes) == TENTATIVAS
    (entry,) = Evento.objects.filter(tipo="gateway.senha_bloqueada")
    assert (entry.cnpj, entry.dados["sha256"]) == (agente.cnpj, certificado.sha256)


def test_whoever_works_goes_on_working_through_a_lock(ask: Pergunta) -> None:
    assert ask().autorizado
    for number in range(TENTATIVAS):
        ask(senha=f"{number:08d}")

    assert ask().autorizado


def test_the_lock_ends_with_its_window(ask: Pergunta, now: datetime, certificado: Certificado) -> None:
    for number in range(TENTATIVAS):
        ask(senha=f"{number:08d}")

    assert ask(em=now + JANELA - timedelta(seconds=1)).motivo == Motivo.MUITAS_TENTATIVAS
    assert ask(em=now + JANELA).autorizado
    ask(senha="11112222", em=now + JANELA)
    assert Passagem.objects.get(certificado=certificado).falhas == 1


def test_too_many_wrong_ones_everywhere_stop_the_hashes_but_not_who_is_known(
    ask: Pergunta, settings: Any, now: datetime
) -> None:
    settings.GATEWAY_SENHAS_ERRADAS_POR_MINUTO = 2
    assert ask().autorizado
    ask(senha="11111112")
    ask(senha="11111113")

    with pytest.raises(Busy):
        ask(senha="11111114")
    assert ask().autorizado
    assert ask(senha="11111114", em=now + timedelta(minutes=1)).motivo == Motivo.SENHA_INCORRETA


def test_whoever_would_wait_too_long_is_asked_to_come_again(ask: Pergunta, settings: Any) -> None:
    for _ in range(settings.GATEWAY_SENHAS_EM_ESPERA):
        assert services._espera.acquire(blocking=False)
    try:
        with pytest.raises(Busy):
            ask()
    finally:
        for _ in range(settings.GATEWAY_SENHAS_EM_ESPERA):
            services._espera.release()

    assert ask().autorizado


def test_work_that_failed_gives_its_turn_back(ask: Pergunta, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    def broken(senha: str, stored: str) -> bool:
        raise MemoryError

    with monkeypatch.context() as wrong:
        wrong.setattr(hashing, "verify", broken)
        for _ in range(settings.GATEWAY_SENHAS_EM_ESPERA + 1):
            with pytest.raises(MemoryError):
                ask()

    assert ask().autorizado


def test_many_at_once_with_one_password_make_one_hash(hashes: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    entered, go = Event(), Event()

    def slow(senha: str, stored: str) -> bool:
        hashes.append(senha)
        entered.set()
        return go.wait(20)

    monkeypatch.setattr(hashing, "verify", slow)
    ficha = Ficha(Chave(1, "gateway", True, None), 1, "", "", "ativo", "$argon2id$…", 1, None, None, None, "")
    answers: list[bool] = []
    at, mark = datetime(2026, 11, 22, tzinfo=UTC), services._lembranca.mark(1, 1, "x")
    calls = [Thread(target=lambda: answers.append(services._work_out(ficha, "x", mark, now=at))) for _ in range(3)]

    for call in calls:
        call.start()
    assert entered.wait(20)
    go.set()
    for call in calls:
        call.join(20)

    assert (answers, hashes) == ([True] * 3, ["x"])
