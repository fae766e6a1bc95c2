"""Writes a lot of copied certificates, inside the act of the whole import."""

import base64
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from certificados.copia.campos import CERTIFICADO, COPIA, DATAS
from certificados.models import Arquivo, Certificado
from certificados.selectors import in_service
from portal.agentes.models import Agente
from portal.kernel.errors import DomainError

SAIU = "Não está mais em uso na produção"
Registro = dict[str, Any]


class CertificadoTrocado(DomainError):
    code, title = "certificado-trocado", "O arquivo de registros não pode ser importado"


def retire_copies(lote: Sequence[Registro], *, now: datetime) -> set[str]:
    """The CNPJs whose copies left service, since production has them no more. What was put in here, stays."""
    wanted = {(one["cnpj"], certificado["sha256"]) for one in lote for certificado in one["certificados"]}
    copies = in_service().filter(agente__cnpj__in=[one["cnpj"] for one in lote], included_by=COPIA)
    gone = [row for row in copies.select_related("agente") if (row.agente.cnpj, row.sha256) not in wanted]
    for row in gone:
        row.slot, row.removed_at, row.removed_by, row.motivo = None, now, COPIA, SAIU
    Certificado.objects.bulk_update(gone, ["slot", "removed_at", "removed_by", "motivo"])
    return {row.agente.cnpj for row in gone}


def copy_certificates(lote: Sequence[Registro]) -> tuple[set[str], int]:
    """The CNPJs with new ones; and how many had no room left beside what was put in service here.

    Accepted in production, they are not judged again. Raises CertificadoTrocado where a DER is not what its line says.
    """
    agentes = {row.cnpj: row for row in Agente.objects.filter(cnpj__in=[one["cnpj"] for one in lote])}
    there: defaultdict[int, dict[int | None, Certificado]] = defaultdict(dict)
    for row in in_service().filter(agente__in=agentes.values()).order_by("pk"):
        there[row.agente_id][row.slot] = row
    taken = _subjects(lote)
    new, left_out = [], 0
    for one in lote:
        mine = there[agentes[one["cnpj"]].pk]
        for facts in one["certificados"]:
            if any(row.sha256 == facts["sha256"] for row in mine.values()):
                continue
            slot = _slot(facts, mine)
            if slot is None or (facts["subject_hash"] in taken and not facts["compartilhado"]):
                left_out += 1
                continue
            mine[slot] = _certificado(facts, agentes[one["cnpj"]], slot=slot)
            new.append((mine[slot], _der(facts)))
            taken.add(facts["subject_hash"])
    Certificado.objects.bulk_create([row for row, _ in new])
    Arquivo.objects.bulk_create([Arquivo(certificado=row, der=der) for row, der in new])
    return {row.agente.cnpj for row, _ in new}, left_out


def _subjects(lote: Sequence[Registro]) -> set[str]:
    named = {certificado["subject_hash"] for one in lote for certificado in one["certificados"]}
    return set(in_service().filter(subject_hash__in=named).order_by().values_list("subject_hash", flat=True))


def _slot(facts: Registro, mine: dict[int | None, Certificado]) -> int | None:
    """Production's, or another that is free. None too where this company has a certificate of the same subject."""
    if any(row.subject_hash == facts["subject_hash"] for row in mine.values()):
        return None
    free = [slot for slot in (facts["slot"], *range(1, facts["limite"] + 1)) if slot not in mine]
    return free[0] if free else None


def _certificado(facts: Registro, agente: Agente, *, slot: int) -> Certificado:
    values = {name: facts[name] for name in CERTIFICADO} | {name: datetime.fromisoformat(facts[name]) for name in DATAS}
    return Certificado(**values | {"slot": slot, "agente": agente, "included_by": COPIA})


def _der(facts: Registro) -> bytes:
    der = base64.b64decode(facts["der"])
    if hashlib.sha256(der).hexdigest() != facts["sha256"]:
        raise CertificadoTrocado(f"O certificado “{facts['nome_arquivo']}” não tem o SHA-256 que o arquivo lhe dá.")
    return der
