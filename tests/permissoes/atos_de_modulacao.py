"""The acts on the hours of a month, for atos_contratos.py."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from contratos import services
from contratos.models import Anuncio, Contrato, MontanteDoMes
from tests.contratos.cena import Cena, another

Act = Callable[[], object]


def open_months(c: Cena) -> Act:
    """Of one more contract, each time."""
    ca = another(c, f"CA-{Contrato.objects.count()}")
    Contrato.objects.filter(pk=ca.pk).update(especie="ca", registro="registrado")
    MontanteDoMes.objects.create(contrato=ca, mes=ca.suprimento_inicio, energia_mwh=744)
    ate = {"de": c.now.date(), "ate": c.now.date() + timedelta(days=7), "comunicado": "1/2026"}
    Anuncio.objects.get_or_create(codigo="modulacao_ca", referencia=ca.suprimento_inicio, defaults=ate)
    return partial(services.open_months, now=c.now)


def modulate_due(c: Cena) -> Act:
    """Of one more contract, each time; the day of its PLD has come."""
    cbr = another(c, f"CBR-{Contrato.objects.count()}")
    Contrato.objects.filter(pk=cbr.pk).update(especie="cbr", registro="registrado")
    dates = {"CAL:pmo": c.now.date(), "CAL:pld": c.now.date(), "MS": cbr.suprimento_inicio}
    services.open_flow(cbr, "modulacao_cbr", ancoras=dates, ator=c.ccee, now=c.now)
    return partial(services.modulate_due, now=c.now)


ACTS: dict[str, Callable[[Cena], Act]] = {"open_months": open_months, "modulate_due": modulate_due}
