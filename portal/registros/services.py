"""The copy out of production, and into the sandbox: there all of a file or nothing, in one act."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import IO

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from certificados.copia import services as certificados
from portal.agentes.copia import services as agentes
from portal.auditoria.services import Fato, act, record_all
from portal.kernel.errors import Conflict, Forbidden
from portal.registros import exportacao, formato
from portal.registros.formato import Escritor, Registro

LOTE = 500
SO_NO_SANDBOX = (
    "A importação de registros só existe no sandbox (AMBIENTE=sandbox); aqui é AMBIENTE={ambiente}. Nada foi alterado."
)
OCUPADO = "Um cadastro do arquivo usa a sigla ou o e-mail de outro que já existe aqui. Nada foi importado: {erro}"


def export_records(target: IO[bytes], *, by: str, now: datetime) -> Counter[str]:
    """As of one instant. That people's data left is an entry of the ledger."""
    alone = connection.vendor == "postgresql" and not connection.in_atomic_block
    with transaction.atomic():
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        escritor = Escritor(target, perfil=settings.PERFIL, gerado_em=now.isoformat())
        for person in exportacao.people():
            escritor.write(formato.PESSOA, person)
        for company in exportacao.companies():
            escritor.write(formato.EMPRESA, company)
    sha256 = escritor.close()
    with act():
        record_all([Fato("registros.exportados", dados={"sha256": sha256, **escritor.quantos})], at=now, ator=by)
    return escritor.quantos


def import_records(source: IO[bytes], *, by: str, now: datetime) -> Counter[str]:
    """What is new or changed, and what was left out. Raises ArquivoInvalido, Conflict; Forbidden but in the sandbox."""
    if not settings.SANDBOX:
        raise Forbidden(SO_NO_SANDBOX.format(ambiente=settings.AMBIENTE))
    sha256 = formato.verify(source, perfil=settings.PERFIL)
    try:
        return _import(source, sha256=sha256, by=by, now=now)
    except IntegrityError as error:
        raise Conflict(OCUPADO.format(erro=str(error).strip().splitlines()[-1])) from error


@act()
def _import(source: IO[bytes], *, sha256: str, by: str, now: datetime) -> Counter[str]:
    """Twice through the companies: what left service leaves first, for its place may be another's by now."""
    feito: Counter[str] = Counter()
    for lote in _lots(source, formato.PESSOA):
        changed, skipped = agentes.copy_people(lote)
        feito += Counter(pessoas=changed, pessoas_deixadas=len(skipped))
    for lote in _lots(source, formato.EMPRESA):
        _copy(lote, feito, "empresas", lambda lote: (agentes.copy_companies(lote), 0), by=by, now=now)
        _copy(lote, feito, "representacoes", agentes.copy_roles, by=by, now=now)
        _copy(lote, feito, "saidas", lambda lote: (certificados.retire_copies(lote, now=now), 0), by=by, now=now)
    for lote in _lots(source, formato.EMPRESA):
        _copy(lote, feito, "certificados", certificados.copy_certificates, by=by, now=now)
    record_all([Fato("registros.importados", dados={"sha256": sha256, **feito})], at=now, ator=by)
    return feito


def _copy(
    lote: list[Registro], feito: Counter[str], what: str, step: Callable[[list[Registro]], tuple[set[str], int]],
    *, by: str, now: datetime,
) -> None:  # fmt: skip
    """An entry for each company that was touched: the directory of who may enter follows the ledger."""
    cnpjs, left_out = step(lote)
    feito[what] += len(cnpjs)
    feito[f"{what}_deixados"] += left_out
    if cnpjs:
        siglas = {one["cnpj"]: one["sigla"] for one in lote}
        fatos = [Fato("agente.copiado", cnpj, siglas[cnpj], {"de": what}) for cnpj in sorted(cnpjs)]
        record_all(fatos, at=now, ator=by)


def _lots(source: IO[bytes], tipo: str) -> Iterator[list[Registro]]:
    rows = formato.records(source, tipo)
    while lote := list(islice(rows, LOTE)):
        yield lote
