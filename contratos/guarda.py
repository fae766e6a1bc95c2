"""Nothing of a contract is ever deleted (3.18): not by a service, not by the admin, not by a shell."""

from typing import Any, NoReturn

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from contratos.models import (
    AssinaturaAceita,
    Atividade,
    AtoRegulatorio,
    Chamado,
    ConjuntoDeMarcos,
    Contrato,
    Cumprimento,
    Documento,
    Fluxo,
    Minuta,
    Outorga,
)
from portal.kernel.errors import Forbidden

GUARDADOS = (
    AssinaturaAceita,
    Atividade,
    AtoRegulatorio,
    Chamado,
    ConjuntoDeMarcos,
    Contrato,
    Cumprimento,
    Documento,
    Fluxo,
    Minuta,
    Outorga,
)


class NuncaSeApaga(Forbidden):
    code, title = "nunca-se-apaga", "Contratos não se apagam"


def refuse(sender: type[Any], **signal: Any) -> NoReturn:
    """For one row and for a whole query: Django asks before it deletes either."""
    raise NuncaSeApaga(
        f"Cláusula 3.18: {sender._meta.verbose_name} não se apaga. Fica guardado e à disposição da ANEEL."
    )


for model in GUARDADOS:
    receiver(pre_delete, sender=model, dispatch_uid=f"guarda-{model.__name__}")(refuse)
