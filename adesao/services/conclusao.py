"""Concluding: password, inclusions and removals take effect together or not at all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from adesao.domain.pendencias import Preparo, missing
from adesao.models import Anexo, Credencial, Solicitacao
from adesao.services import rascunho
from adesao.services.avaliacao import judge_all
from certificados import selectors as certificados_selectors
from certificados import services as certificados
from certificados.models import Certificado
from certificados.services import Relatorio
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Acao, Ator
from portal.agentes.models import Agente
from portal.agentes.services import record_refusal
from portal.auditoria.services import act, record
from portal.kernel.errors import Conflict, DomainError, NotFound
from portal.kernel.text import visible

MOTIVO = "Excluído na solicitação pelo representante CCEE"


class SolicitacaoRecusada(DomainError):
    code, title = "solicitacao-recusada", "A solicitação ainda não pode ser concluída"


def submit(
    agente: Agente,
    *,
    senha: str,
    arquivos: Sequence[tuple[str, bytes]],
    excluir: Iterable[int],
    ator: Ator,
    now: datetime,
) -> Solicitacao:
    """The whole request in one call, for machines. Of a refused one only its ledger entry is kept.

    Raises like conclude(); everything wrong with password and files is told at once.
    """
    acesso.require(ator, Acao.ALTERAR, agente, on=clock.local_date(now))
    excluir, arquivos = tuple(excluir), list(_told_apart(arquivos))
    opened = [(nome, certificados.open_file(data)) for nome, data in arquivos]
    on_arrival = judge_all(agente, opened, excluir=excluir, por=ator, now=now)
    senha_hash, erros = _hash_or_errors(senha, agente)
    with _refusals(agente, ator=ator, now=now), act():
        # A request of its own: what the person has open in a browser stays as it is.
        draft = Solicitacao.objects.create(agente=agente, ator=ator.nome, opened_at=now, senha_hash=senha_hash)
        _stage_exclusions(draft, excluir, now=now)
        anexos = [rascunho.attach(draft, nome=nome, data=data, ator=ator, now=now) for nome, data in arquivos]
        if any(report.aceito and not anexo.aceito for report, anexo in zip(on_arrival, anexos, strict=True)):
            raise Conflict(_overtaken(rascunho.rejudge(draft, ator=ator, now=now)))
        return _conclude(draft, ator=ator, now=now, erros=erros)


def _told_apart(arquivos: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """In a draft a refused file gives way to the next one of its name; in one request every file counts."""
    seen: set[str] = set()
    for nome, data in arquivos:
        unique, number = visible(nome, 190), 1
        while unique in seen:
            number += 1
            unique = visible(f"({number}) {nome}", 190)
        seen.add(unique)
        yield unique, data


def _stage_exclusions(draft: Solicitacao, ids: Iterable[int], *, now: datetime) -> None:
    try:
        rascunho.stage_exclusions(draft, ids, now=now)
    except NotFound as missing:
        raise SolicitacaoRecusada(missing.detail, erros={"excluir": [missing.detail]}) from missing


def conclude(
    draft: Solicitacao, *, ator: Ator, now: datetime, erros: Mapping[str, Sequence[str]] | None = None
) -> Solicitacao:
    """Raises SolicitacaoRecusada (422) with what is missing, Conflict (409) on a lost race, Forbidden.

    `erros`: what is known to be wrong already, told together with the rest. Concluding twice gives the same request.
    """
    with _refusals(draft.agente, ator=ator, now=now):
        try:
            return _conclude(draft, ator=ator, now=now, erros=erros or {})
        except (DomainError, IntegrityError):
            if done := concluded(draft):
                return done
            raise


def concluded(draft: Solicitacao) -> Solicitacao | None:
    """The request as it was concluded, perhaps by the other half of a double click."""
    return Solicitacao.objects.filter(pk=draft.pk).exclude(protocolo=None).first()


@contextmanager
def _refusals(agente: Agente, *, ator: Ator, now: datetime) -> Iterator[None]:
    """A refusal is an act of its own: recorded after everything else was rolled back."""
    try:
        yield
    except (IntegrityError, DomainError) as error:
        refusal = _as_domain_error(error)
        failed = _failed_rules(refusal)
        record_refusal(by=ator.nome, cnpj=agente.cnpj, acao="solicitacao", code=refusal.code, now=now, regras=failed)
        raise refusal from error


def _failed_rules(refusal: DomainError) -> list[str]:
    reports = refusal.extra.get("relatorios", ())
    return sorted({regra["codigo"] for one in reports for regra in one["regras"] if regra["situacao"] == "falha"})


def _hash_or_errors(senha: str, agente: Agente) -> tuple[str, dict[str, list[str]]]:
    try:
        return (rascunho.hash_senha(senha, agente.cnpj)[0] if senha else ""), {}
    except rascunho.SenhaRecusada as refusal:
        return "", refusal.erros


def _conclude(draft: Solicitacao, *, ator: Ator, now: datetime, erros: Mapping[str, Sequence[str]]) -> Solicitacao:
    acesso.require(ator, Acao.ALTERAR, draft.agente, on=clock.local_date(now))
    staged = set(draft.anexos.filter(aceito=True).values_list("pk", flat=True))
    judged = rascunho.rejudge(draft, ator=ator, now=now)
    if any(anexo.pk in staged and _taken_by_others(report) for anexo, report in judged):
        raise Conflict(_overtaken(judged))
    _check_complete(draft, erros)
    with act():
        agente = Agente.objects.select_for_update().get(pk=draft.agente_id)
        acesso.require(ator, Acao.ALTERAR, agente, on=clock.local_date(now))
        judged = rascunho.rejudge(draft, ator=ator, now=now)
        if any(not report.aceito for _, report in judged):
            raise Conflict(_overtaken(judged))
        return _apply(draft, agente, judged, ator=ator, now=now)


def _check_complete(draft: Solicitacao, known: Mapping[str, Sequence[str]]) -> None:
    """Raises SolicitacaoRecusada with everything that is missing or refused, `known` errors included."""
    preparo = Preparo(
        primeira=not Credencial.objects.filter(agente=draft.agente).exists(),
        senha=bool(draft.senha_hash),
        arquivos=draft.anexos.count(),
        exclusoes=draft.excluir.count(),
        recusados=[anexo.recusa for anexo in draft.anexos.filter(aceito=False)],
    )
    erros = missing(preparo, known)
    if erros:
        words = " ".join(message for messages in erros.values() for message in messages)
        raise SolicitacaoRecusada(words, erros=erros, relatorios=[anexo.relatorio for anexo in draft.anexos.all()])


def _apply(
    draft: Solicitacao, agente: Agente, judged: list[tuple[Anexo, Relatorio]], *, ator: Ator, now: datetime
) -> Solicitacao:
    """Removals first, so that a renewal with the same subject finds its place free."""
    protocolo = f"PI-{clock.local_date(now):%Y}-{draft.pk:06d}"
    removed = _remove_all(draft, ator=ator, now=now, protocolo=protocolo)
    included = [
        certificados.store(
            agente, report.facts, arquivo=anexo.nome_arquivo, by=ator.nome, por=ator, now=now, protocolo=protocolo
        )
        for anexo, report in judged
    ]
    senha = _set_senha(draft, agente, ator=ator, now=now, protocolo=protocolo)
    recibo = _recibo(agente, senha=senha, included=included, removed=removed, ator=ator)
    rascunho.close(draft, now=now, protocolo=protocolo, recibo=recibo)
    tipo = "adesao.concluida" if senha == "definida" else "atualizacao.concluida"
    record(tipo, at=now, ator=ator.nome, cnpj=agente.cnpj, objeto=protocolo, senha=senha)
    draft.refresh_from_db()
    return draft


def _remove_all(draft: Solicitacao, *, ator: Ator, now: datetime, protocolo: str) -> list[Certificado]:
    marked = list(draft.excluir.select_related("agente").order_by("pk"))
    for certificado in marked:
        certificados.remove(certificado, by=ator.nome, now=now, motivo=MOTIVO, protocolo=protocolo)
    return marked


def _set_senha(draft: Solicitacao, agente: Agente, *, ator: Ator, now: datetime, protocolo: str) -> str:
    """'definida' at the first adesão, 'alterada' later, 'mantida' where the field was left blank."""
    credencial = Credencial.objects.filter(agente=agente).first()
    if not draft.senha_hash:
        return "mantida"
    if credencial is None:
        credencial = Credencial(agente=agente, adhered_at=now, versao=0)
    credencial.senha_hash, credencial.versao = draft.senha_hash, credencial.versao + 1
    credencial.changed_at, credencial.changed_by = now, ator.nome
    credencial.save()
    record("senha.definida", at=now, ator=ator.nome, cnpj=agente.cnpj, objeto=protocolo, versao=credencial.versao)
    return "definida" if credencial.versao == 1 else "alterada"


def _recibo(
    agente: Agente, *, senha: str, included: list[Certificado], removed: list[Certificado], ator: Ator
) -> dict[str, Any]:
    """What the receipt shows for ever, whatever changes later. Never the password."""
    return {
        "cnpj": agente.cnpj,
        "sigla": agente.sigla,
        "razao_social": agente.razao_social,
        "senha": senha,
        "por": ator.usuario.nome if ator.usuario else ator.nome,
        "incluidos": [_line(certificado) for certificado in included],
        "excluidos": [_line(certificado) for certificado in removed],
        "em_servico": certificados_selectors.of_agente(agente).count(),
    }


def _line(certificado: Certificado) -> dict[str, str]:
    return {
        "nome": certificado.nome_arquivo,
        "titular": certificado.titular,
        "sha256": certificado.sha256,
        "valid_until": certificado.valid_until.isoformat(),
    }


def _taken_by_others(report: Relatorio) -> bool:
    """Accepted when it was staged, and now fails only by what somebody else did meanwhile."""
    codes = {resultado.codigo for resultado in report.verdict.falhas}
    return bool(codes) and codes <= {"subject-unico", "limite-por-cnpj"}


def _overtaken(judged: list[tuple[Anexo, Relatorio]]) -> str:
    reasons = [
        f"{anexo.nome_arquivo}: {regra.como_resolver}" for anexo, report in judged for regra in report.verdict.falhas
    ]
    return "Enquanto você concluía, os certificados da plataforma mudaram. Nada foi alterado. " + " ".join(reasons)


def _as_domain_error(error: IntegrityError | DomainError) -> DomainError:
    if isinstance(error, DomainError):
        return error
    return certificados.as_conflict(error) or Conflict(
        "Outra pessoa concluiu uma solicitação ao mesmo tempo. Nada foi alterado: recarregue a página e confira."
    )
