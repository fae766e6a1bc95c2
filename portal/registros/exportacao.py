"""What is copied: companies, their representatives, the public part of certificates in service. A lot at a time."""

import base64
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from certificados.copia.campos import CERTIFICADO
from certificados.models import Certificado
from certificados.selectors import in_service
from portal.agentes.copia.campos import AGENTE, PESSOA, REPRESENTACAO
from portal.agentes.models import Agente, Representacao, Usuario
from portal.registros.formato import Registro

LOTE = 500


def people() -> Iterator[Registro]:
    """Those who represent a company, or once did. Staff, who are no registration, stay behind."""
    rows = Usuario.objects.filter(is_staff=False, is_superuser=False, representacoes__isnull=False).distinct()
    for row in rows.order_by("pk").only("pk", *PESSOA).iterator(chunk_size=LOTE):
        yield {name: getattr(row, name) for name in PESSOA}


def companies() -> Iterator[Registro]:
    last = 0
    while rows := list(Agente.objects.filter(pk__gt=last).order_by("pk")[:LOTE]):
        last = rows[-1].pk
        roles, certificates = _roles(rows), _certificates(rows)
        for row in rows:
            facts = {name: getattr(row, name) for name in AGENTE}
            yield facts | {"representacoes": roles[row.pk], "certificados": certificates[row.pk]}


def _roles(rows: Sequence[Agente]) -> dict[int, list[Registro]]:
    """Of each person and role the last one: what ended must end in the copy too."""
    found: dict[int, dict[tuple[str, str], Registro]] = defaultdict(dict)
    roles = Representacao.objects.filter(agente__in=rows, usuario__is_staff=False).order_by("desde", "pk")
    for role in roles.select_related("usuario"):
        facts = {name: _plain(getattr(role, name)) for name in REPRESENTACAO}
        found[role.agente_id][role.usuario.username, role.papel] = {"usuario": role.usuario.username, **facts}
    return defaultdict(list, {pk: list(of_company.values()) for pk, of_company in found.items()})


def _certificates(rows: Sequence[Agente]) -> dict[int, list[Registro]]:
    found: dict[int, list[Registro]] = defaultdict(list)
    for row in in_service().filter(agente__in=rows).select_related("arquivo").order_by("pk"):
        found[row.agente_id].append(_certificate(row))
    return found


def _certificate(row: Certificado) -> Registro:
    der = base64.b64encode(bytes(row.arquivo.der)).decode("ascii")
    return {name: _plain(getattr(row, name)) for name in CERTIFICADO} | {"der": der}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
