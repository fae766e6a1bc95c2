"""Concluding: password, inclusions and removals take effect together or not at all."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from adesao.models import Anexo, Credencial, Solicitacao
from adesao.services import rascunho
from certificados import selectors as certificados_selectors
from certificados import services as certificados
from certificados.domain.report import Relatorio
from certificados.models import Certificado
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Acao, Ator
from portal.agentes.models import Agente
from portal.agentes.services import record_refusal
from portal.auditoria.services import act, record
from portal.kernel.errors import Conflict, DomainError

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
    """The whole request in one call, for machines: nothing is kept of a refused one but its ledger entry."""
    try:
        with act():
            draft = rascunho.open_request(agente, ator=ator, now=now)
            draft.anexos.all().delete()
            if senha:
                rascunho.stage_senha(draft, senha)
            rascunho.stage_exclusions(draft, excluir, now=now)
            for nome, data in arquivos:
                rascunho.attach(draft, nome=nome, data=data, ator=ator, now=now)
            return _conclude(draft, ator=ator, now=now)
    except IntegrityError as error:
        raise _as_domain_error(error) from error
    except DomainError as error:
        record_refusal(by=ator.nome, cnpj=agente.cnpj, acao="solicitacao", code=error.code, now=now)
        raise


def conclude(draft: Solicitacao, *, ator: Ator, now: datetime) -> Solicitacao:
    """Raises SolicitacaoRecusada (422) with what is missing, Conflict (409) on a lost race, Forbidden."""
    try:
        return _conclude(draft, ator=ator, now=now)
    except IntegrityError as error:
        raise _as_domain_error(error) from error
    except DomainError as error:
        record_refusal(by=ator.nome, cnpj=draft.agente.cnpj, acao="solicitacao", code=error.code, now=now)
        raise


def _conclude(draft: Solicitacao, *, ator: Ator, now: datetime) -> Solicitacao:
    acesso.require(ator, Acao.ALTERAR, draft.agente, on=clock.local_date(now))
    staged = set(draft.anexos.filter(aceito=True).values_list("pk", flat=True))
    judged = rascunho.rejudge(draft, now=now)
    if any(anexo.pk in staged and _taken_by_others(report) for anexo, report in judged):
        raise Conflict(_overtaken(judged))
    _check_complete(draft)
    with act():
        agente = Agente.objects.select_for_update().get(pk=draft.agente_id)
        acesso.require(ator, Acao.ALTERAR, agente, on=clock.local_date(now))
        judged = rascunho.rejudge(draft, now=now)
        if any(not report.aceito for _, report in judged):
            raise Conflict(_overtaken(judged))
        return _apply(draft, agente, judged, ator=ator, now=now)


def _check_complete(draft: Solicitacao) -> None:
    erros: dict[str, list[str]] = {}
    first = not Credencial.objects.filter(agente=draft.agente).exists()
    if first and not draft.senha_hash:
        erros["senha"] = ["Na primeira adesão a senha é obrigatória: 8 números."]
    if first and not draft.anexos.exists():
        erros["certificados"] = ["Na primeira adesão é obrigatório enviar ao menos um certificado."]
    refused = list(draft.anexos.filter(aceito=False))
    if refused:
        erros.setdefault("certificados", []).extend(_refusal_of(anexo) for anexo in refused)
    if not erros and not (draft.senha_hash or draft.anexos.exists() or draft.excluir.exists()):
        erros["solicitacao"] = ["Nada foi alterado: informe uma nova senha, envie ou exclua um certificado."]
    if erros:
        words = " ".join(message for messages in erros.values() for message in messages)
        raise SolicitacaoRecusada(words, erros=erros, relatorios=[anexo.relatorio for anexo in draft.anexos.all()])


def _refusal_of(anexo: Anexo) -> str:
    failed = sum(regra["situacao"] == "falha" for regra in anexo.relatorio["regras"])
    rules = "1 regra falhou" if failed == 1 else f"{failed} regras falharam"
    return f"{anexo.nome_arquivo} não pode ser aceito ({rules}). Remova-o ou envie o arquivo corrigido."


def _apply(
    draft: Solicitacao, agente: Agente, judged: list[tuple[Anexo, Relatorio]], *, ator: Ator, now: datetime
) -> Solicitacao:
    """Removals first, so that a renewal with the same subject finds its place free."""
    protocolo = f"PI-{clock.local_date(now):%Y}-{draft.pk:06d}"
    removed = _remove_all(draft, ator=ator, now=now, protocolo=protocolo)
    included = [
        certificados.store(
            agente, report.facts, arquivo=anexo.nome_arquivo, by=ator.nome, now=now, protocolo=protocolo
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


def _as_domain_error(error: IntegrityError) -> Exception:
    return certificados.as_conflict(error) or Conflict(
        "Outra pessoa concluiu uma solicitação ao mesmo tempo. Nada foi alterado: recarregue a página e confira."
    )
