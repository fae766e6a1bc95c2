"""The draft: staged password, files and exclusions. Nothing here is in force."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from adesao.domain import senha as regras
from adesao.hashing import make_hash
from adesao.models import Anexo, Solicitacao
from adesao.services.avaliacao import judge_all
from certificados import selectors as certificados_selectors
from certificados import services as certificados
from certificados.domain.report import Relatorio
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Acao, Ator
from portal.agentes.models import Agente
from portal.kernel.errors import Conflict, DomainError, NotFound
from portal.kernel.text import visible

MAX_ANEXOS = 6  # refused files stay with their report until removed
ENCERRADA = "Esta solicitação já foi encerrada. Recarregue a página para ver a situação atual."


class SenhaRecusada(DomainError):
    code, title = "senha-recusada", "A senha não pode ser usada"


def open_request(agente: Agente, *, ator: Ator, now: datetime) -> Solicitacao:
    """The actor's one open draft for that Agente; a partial unique index makes a second impossible."""
    acesso.require(ator, Acao.ALTERAR, agente, on=clock.local_date(now))
    defaults = {"ator": ator.nome, "opened_at": now}
    if ator.usuario is None:
        return Solicitacao.objects.create(agente=agente, **defaults)
    draft, _ = Solicitacao.objects.get_or_create(
        agente=agente, aberta_por=ator.usuario, closed_at=None, defaults=defaults
    )
    return draft


def stage_senha(draft: Solicitacao, senha: str) -> tuple[str, ...]:
    """Keep the password's hash for the conclusion; the warnings that go with it. Raises SenhaRecusada."""
    exame = regras.examine(senha, cnpj=draft.agente.cnpj)
    if exame.erros:
        raise SenhaRecusada(" ".join(exame.erros), erros={"senha": exame.erros})
    _update(draft, senha_hash=make_hash(senha))
    return exame.avisos


def stage_exclusions(draft: Solicitacao, ids: Iterable[int], *, now: datetime) -> None:
    """Mark which of the Agente's certificates in service will go out; others' ids are NotFound."""
    wanted = set(ids)
    found = set(certificados_selectors.of_agente(draft.agente).filter(pk__in=wanted).values_list("pk", flat=True))
    if found != wanted:
        raise NotFound("Um dos certificados marcados já não está em uso. Recarregue a página.")
    if found != set(draft.excluir.values_list("pk", flat=True)):
        draft.excluir.set(found)
        rejudge(draft, now=now)


@transaction.atomic
def attach(draft: Solicitacao, *, nome: str, data: bytes, ator: Ator, now: datetime) -> Anexo:
    """Judge a file and keep it in the draft with its report; private keys are judged and never kept.

    A file of the same name replaces the refused one, so that correcting and sending again just works.
    """
    nome = visible(nome, 199)
    draft.anexos.filter(nome_arquivo=nome, aceito=False).delete()
    if draft.anexos.count() >= MAX_ANEXOS:
        raise DomainError(f"Já há {MAX_ANEXOS} arquivos nesta solicitação. Remova os que não vai usar e tente de novo.")
    facts = certificados.open_file(data)
    anexo = Anexo(solicitacao=draft, nome_arquivo=nome, attached_at=now)
    if facts.storable and facts.der is not None:
        anexo.conteudo = data
    (report,) = judge_all(draft.agente, [(nome, facts)], excluir=_excluded(draft), now=now)
    _save_report(anexo, report)
    rejudge(draft, now=now)
    anexo.refresh_from_db()
    if not anexo.aceito:
        certificados.record_refusal(report, agente=draft.agente, by=ator.nome, now=now)
    return anexo


def rejudge(draft: Solicitacao, *, now: datetime) -> list[tuple[Anexo, Relatorio]]:
    """Every file that still holds a certificate, judged as one request and saved; what could not be read keeps its report."""
    anexos = list(draft.anexos.exclude(conteudo=None))
    arquivos = [(anexo.nome_arquivo, certificados.open_file(bytes(anexo.conteudo or b""))) for anexo in anexos]
    reports = judge_all(draft.agente, arquivos, excluir=_excluded(draft), now=now)
    for anexo, report in zip(anexos, reports, strict=True):
        _save_report(anexo, report)
    return list(zip(anexos, reports, strict=True))


def detach(draft: Solicitacao, anexo_id: int, *, now: datetime) -> None:
    get_anexo(draft, anexo_id).delete()
    rejudge(draft, now=now)


def convert(draft: Solicitacao, anexo_id: int, *, ator: Ator, now: datetime) -> Anexo:
    """Put the binary DER read from a PEM, base64 or P7B file in that file's place."""
    anexo = get_anexo(draft, anexo_id)
    nome, der = converted(anexo)
    with transaction.atomic():
        anexo.delete()
        return attach(draft, nome=nome, data=der, ator=ator, now=now)


def converted(anexo: Anexo) -> tuple[str, bytes]:
    """The .cer to download and send: its name and its DER."""
    facts = certificados.open_file(bytes(anexo.conteudo or b""))
    if facts.der is None:
        raise NotFound("Não há certificado que possa ser convertido neste arquivo.")
    stem = anexo.nome_arquivo.rsplit(".", 1)[0][:180] or "certificado"
    return f"{stem}-der.cer", facts.der


def replace(draft: Solicitacao, certificado_id: int, *, now: datetime) -> None:
    """Mark one certificate in service to go out so that a staged one can take its place."""
    stage_exclusions(draft, {*draft.excluir.values_list("pk", flat=True), certificado_id}, now=now)


def cancel(draft: Solicitacao, *, now: datetime) -> None:
    """Nothing was in force, so nothing is undone; staged files and the password's hash are erased."""
    close(draft, now=now)


def close(draft: Solicitacao, *, now: datetime, **values: object) -> None:
    """End the draft once; whoever comes second gets Conflict."""
    ended = Solicitacao.objects.filter(pk=draft.pk, closed_at=None).update(closed_at=now, senha_hash="", **values)
    if not ended:
        raise Conflict(ENCERRADA)
    draft.anexos.all().delete()


def get_anexo(draft: Solicitacao, anexo_id: int) -> Anexo:
    anexo = draft.anexos.filter(pk=anexo_id).first()
    if anexo is None:
        raise NotFound("Este arquivo já não está na solicitação. Recarregue a página.")
    return anexo


def _excluded(draft: Solicitacao) -> tuple[int, ...]:
    return tuple(draft.excluir.values_list("pk", flat=True))


def _save_report(anexo: Anexo, report: Relatorio) -> None:
    anexo.relatorio, anexo.aceito = report.to_dict(), report.aceito
    anexo.save()


def _update(draft: Solicitacao, **values: object) -> None:
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save(update_fields=list(values))
