"""The number of a contract that the portal itself makes, as CBR-2026.00012."""

import re
from datetime import datetime

from django.db import IntegrityError, transaction

from contratos.models import Contrato
from portal import clock
from portal.kernel.errors import DomainError

TENTATIVAS = 20


def create(contrato: Contrato, *, now: datetime) -> None:
    """Inside an act. The next free one of its kind and year; of two at once the second takes the one after."""
    prefix = f"{contrato.tipo.value.upper()}-{clock.local_date(now).year}."
    ours = Contrato.objects.filter(numero__regex=rf"^{re.escape(prefix)}[0-9]{{5}}$")
    last = ours.order_by("-numero").first()
    first = int(last.numero.removeprefix(prefix)) + 1 if last else 1
    for number in range(first, first + TENTATIVAS):
        contrato.numero = f"{prefix}{number:05d}"
        try:
            with transaction.atomic():
                contrato.save(force_insert=True)
        except IntegrityError:
            contrato.pk = None
            continue
        return
    raise DomainError("Muitos registros ao mesmo tempo. Nada foi gravado: tente de novo em instantes.")
