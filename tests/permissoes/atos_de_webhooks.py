"""Acts on destinations of webhooks: how each is made ready, once or again."""

from collections.abc import Callable
from functools import partial
from typing import Any

from portal.webhooks import services
from portal.webhooks.domain.dados import Dados
from portal.webhooks.models import Destino, Entrega

DADOS = Dados("ERP", "https://exemplo.com.br/portal", ["senha.definida"])
NO_ACT = {
    "webhooks.plan": "the ledger's entries as deliveries: they repeat what it says already",
    "webhooks.deliver": "the log of deliveries is its trace; what the circuit does is recorded (tests/webhooks)",
}


def _new(c: Any) -> Destino:
    return services.create(c.agente, DADOS, **c.who)[0]


def _switched(c: Any, ativo: bool) -> Callable[[], object]:
    destino = _new(c)
    Destino.objects.filter(pk=destino.pk).update(ativo=not ativo)
    return partial(services.switch, destino.pk, ativo=ativo, at=c.who["now"], **c.who)


def _resent(c: Any) -> Callable[[], object]:
    destino, at = _new(c), c.who["now"]
    entrega = Entrega.objects.create(
        destino=destino, evento="evt_1", tipo="webhook.teste", estado="morta", created_at=at
    )
    return partial(services.resend, destino.pk, entrega.pk, at=at, **c.who)


ACTS: dict[str, Callable[[Any], Callable[[], object]]] = {
    "create": lambda c: partial(services.create, c.agente, DADOS, **c.who),
    "change": lambda c: partial(services.change, _new(c).pk, DADOS, **c.who),
    "switch": lambda c: _switched(c, False),
    "switch on": lambda c: _switched(c, True),
    "rotate": lambda c: partial(services.rotate, _new(c).pk, **c.who),
    "remove": lambda c: partial(services.remove, _new(c).pk, at=c.who["now"], **c.who),
    "send_test": lambda c: partial(services.send_test, _new(c).pk, at=c.who["now"], **c.who),
    "resend": _resent,
}
