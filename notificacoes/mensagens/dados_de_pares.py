"""What the mails about pairs of certificates tell of, read for a whole batch."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from notificacoes.models import Numeros
from portal.contas.models import Conta, Par


class DoPar(NamedTuple):
    """A pair, the others in service of its account, who administers the company's accounts (person -> name)."""

    par: Par
    outros: tuple[Par, ...]  # longest first
    administram: Mapping[int, str]


def load(pks: Iterable[int]) -> dict[int, DoPar]:
    """By pair. Nothing is asked where there is none."""
    wanted = list(pks)
    if not wanted:
        return {}
    rows = list(Par.objects.filter(pk__in=Numeros(wanted)).select_related("conta__empresa", "conta__usuario"))
    held = _in_service(par.conta_id for par in rows)
    admins = _administrators(par.conta.empresa_id for par in rows)
    return {
        par.pk: DoPar(
            par,
            tuple(other for other in held[par.conta_id] if other.pk != par.pk),
            admins[par.conta.empresa_id],
        )
        for par in rows
    }


def _in_service(contas: Iterable[int]) -> Mapping[int, list[Par]]:
    found: defaultdict[int, list[Par]] = defaultdict(list)
    for par in Par.objects.filter(conta__in=Numeros(contas), slot__isnull=False).order_by("-valid_until", "pk"):
        found[par.conta_id].append(par)
    return found


def _administrators(empresas: Iterable[int]) -> Mapping[int, dict[int, str]]:
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    rows = Conta.objects.filter(
        empresa__in=Numeros(empresas), ativa=True, administra=True, usuario__is_active=True
    ).order_by("usuario__nome", "pk")
    for empresa, pessoa, nome in rows.values_list("empresa_id", "usuario_id", "usuario__nome"):
        found[empresa][pessoa] = nome
    return found
