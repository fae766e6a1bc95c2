"""The import itself: all of the file or nothing, in one act of the ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models

from portal import clock
from portal.agentes.importacao.conferencia import AGENTE, PESSOA, Conferencia, Plano, inconsistencies
from portal.agentes.importacao.planilha import Erro, read
from portal.agentes.models import Agente, Convite, Representacao, Usuario
from portal.agentes.services import prepare_agente
from portal.auditoria.services import Fato, act, record_all
from portal.kernel.errors import Conflict

LOTE = 500  # rows in one statement


@dataclass(frozen=True, slots=True)
class Importacao:
    """Either `erros`, and nothing was done, or one sentence per line in `relato`."""

    linhas: int
    relato: tuple[str, ...] = ()
    erros: tuple[Erro, ...] = ()


def import_agentes(data: bytes, *, by: str, now: datetime, dry_run: bool = False) -> Importacao:
    """Agents, people and representations of a CSV; raises Conflict where somebody else changes the same meanwhile."""
    planilha = read(data)
    erros = [*planilha.erros, *inconsistencies(planilha.linhas)]
    plano, found = Conferencia(planilha.linhas, today=clock.local_date(now)).run()
    erros += found
    if erros:
        return Importacao(len(planilha.linhas), erros=tuple(sorted(erros, key=lambda erro: erro.linha)))
    if not dry_run:
        try:
            _apply(plano, by=by, now=now)
        except IntegrityError as error:
            raise Conflict(
                "Outra pessoa mudou os mesmos cadastros durante a importação. Nada foi alterado: repita."
            ) from error
    return Importacao(len(planilha.linhas), relato=tuple(plano.relato))


@act()
def _apply(plano: Plano, *, by: str, now: datetime) -> None:
    fatos = list(_fatos(plano))
    for agente in plano.agentes.values():
        prepare_agente(agente)
    _write(Agente, list(plano.agentes.values()), [*AGENTE, "sigla_busca", "razao_social_busca"])
    invited = [usuario for usuario in plano.pessoas.values() if usuario._state.adding]
    for usuario in invited:
        usuario.set_unusable_password()
    _write(Usuario, list(plano.pessoas.values()), list(PESSOA))
    for row in plano.representacoes:  # their two ends have keys only now
        row.usuario_id, row.agente_id = row.usuario.pk, row.agente.pk
    Representacao.objects.bulk_create(plano.representacoes, batch_size=LOTE)
    convites = [Convite(usuario=usuario, created_at=now) for usuario in invited]
    Convite.objects.bulk_create(convites, batch_size=LOTE)
    record_all(fatos, at=now, ator=by)


def _write(model: type[models.Model], rows: Sequence[Any], fields: list[str]) -> None:
    new = [row for row in rows if row.pk is None]
    known = [row for row in rows if row.pk is not None]
    model._default_manager.bulk_create(new, batch_size=LOTE)
    model._default_manager.bulk_update(known, fields, batch_size=LOTE)


def _fatos(plano: Plano) -> Iterator[Fato]:
    """Before anything is written: afterwards a new row looks like a changed one."""
    for cnpj, agente in plano.agentes.items():
        tipo = "agente.alterado" if agente.pk else "agente.incluido"
        yield Fato(tipo, cnpj=cnpj, objeto=agente.sigla, dados=plano.mudancas[cnpj])
    for login, usuario in plano.pessoas.items():
        if usuario.pk:
            yield Fato("pessoa.alterada", objeto=login, dados={"campos": sorted(plano.mudancas[login])})
        else:
            yield Fato("pessoa.incluida", objeto=login, dados={"ativa": True, "operacao": False})
            yield Fato("pessoa.convidada", objeto=login)
    for row in plano.representacoes:
        dados = {"papel": row.papel, "desde": row.desde.isoformat(), "ate": None}
        yield Fato("representacao.incluida", cnpj=row.agente.cnpj, objeto=row.usuario.username, dados=dados)
