"""The signature as the sample of the documentation checks it, while secrets change and peppers retire."""

from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from django.core.serializers import serialize
from pytest_django import Settings

from portal import clock
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.auditoria.models import Evento
from portal.webhooks import services
from portal.webhooks.models import Destino, Entrega, Estado
from portal.webhooks.segredos import signing
from portal.webhooks.services.cadastro import TROCA
from tests.saida.servidor import Servidor
from tests.webhooks.conftest import Feito, happen, only, received, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def arrived(destino: Feito, servidor: Servidor, agente: Agente) -> tuple[dict[str, str], bytes]:
    happen("senha.definida", agente, versao=2)
    run()
    ((headers, body),) = received(servidor)
    return headers, body


def moment() -> float:
    return clock.instant().timestamp()


@pytest.mark.parametrize("late", [301, -301])
def test_what_is_old_or_from_the_future_is_refused(
    late: int, destino: Feito, arrived: tuple[dict[str, str], bytes], exemplo: ModuleType
) -> None:
    headers, body = arrived
    exemplo.conferir(body, headers, destino.segredo, agora=moment())

    with pytest.raises(exemplo.Recusada, match="antiga"):
        exemplo.conferir(body, headers, destino.segredo, agora=moment() + late + (5 if late > 0 else -5))


def test_another_body_another_secret_another_time_are_refused(
    destino: Feito, arrived: tuple[dict[str, str], bytes], exemplo: ModuleType
) -> None:
    headers, body = arrived
    signature = headers["Portal-Assinatura"]
    t = int(signature.split(",")[0][2:])
    fresh = headers | {"Portal-Assinatura": signature.replace(f"t={t}", f"t={t + 60}")}
    wrong: list[tuple[bytes, dict[str, str], str]] = [
        (body + b" ", headers, destino.segredo),
        (body, headers, destino.segredo[:-1]),
        (body, fresh, destino.segredo),
        (body, {}, destino.segredo),
        (body, {"Portal-Assinatura": f"t={t}"}, destino.segredo),
        (body, {"Portal-Assinatura": f"t=²,v1={'a' * 64}"}, destino.segredo),
        (body, {"Portal-Assinatura": f"t={t},v1=é"}, destino.segredo),
    ]

    for case in wrong:
        with pytest.raises(exemplo.Recusada):
            exemplo.conferir(*case, agora=moment())


def test_the_same_event_twice_is_known_by_its_id(
    destino: Feito, arrived: tuple[dict[str, str], bytes], exemplo: ModuleType, servidor: Servidor, ator: Ator
) -> None:
    services.resend(destino.destino.pk, only().pk, ator=ator, now=clock.now(), at=clock.instant())
    run()

    recebidos = exemplo.Recebidos()
    eventos = [exemplo.conferir(body, h, destino.segredo, agora=moment()) for h, body in received(servidor)]
    assert [recebidos.novo(evento) for evento in eventos] == [True, False]


def test_for_a_day_both_secrets_sign(
    destino: Feito, servidor: Servidor, agente: Agente, ator: Ator, exemplo: ModuleType
) -> None:
    novo = services.rotate(destino.destino.pk, ator=ator, now=clock.now())
    happen("senha.definida", agente, versao=2)
    run()

    ((headers, body),) = received(servidor)
    for segredo in (novo, destino.segredo):
        exemplo.conferir(body, headers, segredo, agora=moment())
    row = Destino.objects.get()
    assert signing(row, now=clock.now()) == [novo, destino.segredo]
    assert signing(row, now=clock.now() + TROCA) == [novo]


def test_a_new_pepper_changes_no_secret_and_a_lost_one_is_told(
    destino: Feito, servidor: Servidor, agente: Agente, settings: Settings, exemplo: ModuleType
) -> None:
    old = settings.PIMENTAS
    settings.PIMENTAS = ["nova", *old]
    happen("senha.definida", agente, versao=2)
    run()
    ((headers, body),) = received(servidor)
    exemplo.conferir(body, headers, destino.segredo, agora=moment())

    settings.PIMENTAS = ["nova"]
    happen("senha.definida", agente, versao=3)
    run()

    lost = Entrega.objects.latest("pk")
    assert lost.estado == Estado.MORTA
    assert "segredo" in lost.motivo
    assert len(servidor.requests) == 1


def test_the_secret_is_nowhere_but_in_the_answer_that_told_it(
    destino: Feito, servidor: Servidor, agente: Agente, ator: Ator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    novo = services.rotate(destino.destino.pk, ator=ator, now=clock.now())
    happen("senha.definida", agente, versao=2)
    run()

    rows: list[Any] = [*Destino.objects.all(), *Entrega.objects.all(), *Evento.objects.all()]
    kept = serialize("json", rows) + caplog.text
    for segredo in (destino.segredo, novo):
        assert segredo not in kept
        assert segredo.removeprefix("whsec_") not in kept


def test_the_ledger_does_not_repeat_the_path_which_may_hold_a_token(destino: Feito) -> None:
    entry = Evento.objects.get(tipo="webhook.criado")

    assert "token=abc" not in str(entry.dados)
    assert entry.dados["servidor"] == destino.destino.origem
    assert entry.at - clock.now() < timedelta(minutes=1)
