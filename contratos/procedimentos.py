"""The procedure that a flow runs: ours by its code, or the one made of its set of milestones."""

from typing import Any

from contratos.domain.procedimentos import MARCOS, PROCEDIMENTOS, Procedimento, Responsavel
from contratos.domain.procedimentos.marcos import Marco, Tipo, as_procedure
from contratos.models import Fluxo


def of(fluxo: Fluxo) -> Procedimento:
    if fluxo.procedimento != MARCOS:
        return PROCEDIMENTOS[fluxo.procedimento]
    ancora = "max(P,H)" if "P" in fluxo.dados["ancoras"] else "H"
    return as_procedure(marcos_of(fluxo), ancora=ancora, versao=fluxo.versao)


def marcos_of(fluxo: Fluxo) -> tuple[Marco, ...]:
    """Empty for a flow that is not one of milestones."""
    return read_marcos(fluxo.marcos.marcos) if fluxo.marcos else ()


def read_marcos(rows: list[dict[str, Any]]) -> tuple[Marco, ...]:
    return tuple(
        Marco(
            row["codigo"],
            row["nome"],
            Tipo(row["tipo"]),
            Responsavel(row["responsavel"]),
            int(row["ate_du"]),
            tuple(row.get("depois", ())),
        )
        for row in rows
    )


def write_marcos(marcos: tuple[Marco, ...]) -> list[dict[str, Any]]:
    return [
        {
            "codigo": marco.codigo,
            "nome": marco.nome,
            "tipo": marco.tipo.value,
            "responsavel": marco.responsavel.value,
            "ate_du": marco.ate_du,
            "depois": list(marco.depois),
        }
        for marco in marcos
    ]
