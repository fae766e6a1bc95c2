"""The draft: staged password, files and exclusions. Nothing here is in force."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from adesao.domain import senha as regras
from adesao.hashing import make_hash
from adesao.models import Anexo, Solicitacao
from adesao.services.avaliacao import judge_all
from certificados import selectors as certificados_selectors
from certificados import services as certificados
from certificados.services import Relatorio
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Acao, Ator
from portal.agentes.models import Agente
from portal.auditoria.services import act
from portal.kernel.errors import Conflict, DomainError, NotFound
from portal.kernel.text import visible

MAX_ANEXOS = 6  # refused files stay with their report until removed
VALE = timedelta(days=7)  # how long a draft waits for its conclusion
ENCERRADA = "Esta solicitação já foi encerrada. Recarregue a página para ver a situação atual."


class SenhaRecusada(DomainError):
    code, title = "senha-recusada", "A senha não pode ser usada"


class ArquivosDemais(DomainError):
    code, title = "arquivos-demais", "Arquivos demais nesta solicitação"


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


def hash_senha(senha: str, *cnpjs: str) -> tuple[str, tuple[str, ...]]:
    """What to keep of a password typed for these companies, and the warnings to tell.

    Slow on purpose: call it outside `act()`.
    """
    exames = [regras.examine(senha, cnpj=cnpj) for cnpj in cnpjs]
    erros = tuple(dict.fromkeys(erro for exame in exames for erro in exame.erros))
    if erros:
        raise SenhaRecusada(" ".join(erros), erros={"senha": erros})
    return make_hash(senha), exames[0].avisos


def stage_senha(draft: Solicitacao, senha: str) -> tuple[str, ...]:
    """Keep the password's hash for the conclusion; gives the warnings. Raises SenhaRecusada."""
    senha_hash, avisos = hash_senha(senha, draft.agente.cnpj)
    _keep_hash(draft, senha_hash)
    return avisos


def unstage_senha(draft: Solicitacao) -> None:
    """The person chose not to change the password after all."""
    if draft.senha_hash:
        _keep_hash(draft, "")


def _keep_hash(draft: Solicitacao, senha_hash: str) -> None:
    """Only in an open draft: an ended one must not hold a secret."""
    if not Solicitacao.objects.filter(pk=draft.pk, closed_at=None).update(senha_hash=senha_hash):
        raise Conflict(ENCERRADA)
    draft.senha_hash = senha_hash


def stage_exclusions(draft: Solicitacao, ids: Iterable[int], *, now: datetime) -> None:
    """Mark which of the Agente's certificates in service will go out; others' ids are NotFound."""
    wanted = set(ids)
    found = set(certificados_selectors.of_agente(draft.agente).filter(pk__in=wanted).values_list("pk", flat=True))
    if found != wanted:
        raise NotFound("Um dos certificados marcados já não está em uso. Recarregue a página.")
    if found != set(draft.excluir.values_list("pk", flat=True)):
        draft.excluir.set(found)
        rejudge(draft, now=now)


@act()
def attach(draft: Solicitacao, *, nome: str, data: bytes, ator: Ator, now: datetime) -> Anexo:
    """Judge a file and keep it in the draft with its report; private keys are judged and never kept.

    A file of the same name replaces the refused one, so that correcting and sending again just works.
    """
    if not Solicitacao.objects.select_for_update().filter(pk=draft.pk, closed_at=None).exists():
        raise Conflict(ENCERRADA)
    nome = visible(nome, 199) or "sem nome"
    draft.anexos.filter(nome_arquivo=nome, aceito=False).delete()
    if draft.anexos.count() >= MAX_ANEXOS:
        raise ArquivosDemais(
            f"Já há {MAX_ANEXOS} arquivos nesta solicitação. Remova os que não vai usar e tente de novo."
        )
    facts = certificados.open_file(data)
    anexo = Anexo(solicitacao=draft, nome_arquivo=nome, attached_at=now)
    if facts.leitura.storable and facts.leitura.der is not None:
        anexo.conteudo = data
    (report,) = judge_all(draft.agente, [(nome, facts)], excluir=_excluded(draft), por=ator, now=now)
    anexo.relatorio, anexo.aceito = report.to_dict(), report.aceito
    anexo.save()
    rejudge(draft, ator=ator, now=now)
    anexo.refresh_from_db()
    if not anexo.aceito:
        certificados.record_refusal(report, agente=draft.agente, by=ator.nome, now=now)
    return anexo


def rejudge(draft: Solicitacao, *, now: datetime, ator: Ator | None = None) -> list[tuple[Anexo, Relatorio]]:
    """Every file that holds a certificate, judged as one request and saved; what was unreadable keeps its report.

    `ator`: who acts; by default whoever the draft belongs to.
    """
    por = ator or (acesso.of_usuario(draft.aberta_por) if draft.aberta_por else None)
    anexos = list(draft.anexos.exclude(conteudo=None))
    arquivos = [(anexo.nome_arquivo, certificados.open_file(bytes(anexo.conteudo or b""))) for anexo in anexos]
    reports = judge_all(draft.agente, arquivos, excluir=_excluded(draft), por=por, now=now)
    for anexo, report in zip(anexos, reports, strict=True):
        anexo.relatorio, anexo.aceito = report.to_dict(), report.aceito
        # Not save(): that would bring back a row which somebody removes at this moment.
        Anexo.objects.filter(pk=anexo.pk).update(relatorio=anexo.relatorio, aceito=anexo.aceito)
    return list(zip(anexos, reports, strict=True))


def detach(draft: Solicitacao, anexo_id: int, *, now: datetime) -> None:
    get_anexo(draft, anexo_id).delete()
    rejudge(draft, now=now)


def convert(draft: Solicitacao, anexo_id: int, *, ator: Ator, now: datetime) -> Anexo:
    """Put the binary DER read from a PEM, base64 or P7B file in that file's place."""
    anexo = get_anexo(draft, anexo_id)
    nome, der = converted(anexo)
    with act():
        anexo.delete()
        return attach(draft, nome=nome, data=der, ator=ator, now=now)


def converted(anexo: Anexo) -> tuple[str, bytes]:
    """The .cer to download and send: its name and its DER."""
    facts = certificados.open_file(bytes(anexo.conteudo or b""))
    if facts.leitura.der is None:
        raise NotFound("Não há certificado que possa ser convertido neste arquivo.")
    stem = anexo.nome_arquivo.rsplit(".", 1)[0][:180] or "certificado"
    return f"{stem}-der.cer", facts.leitura.der


def replace(draft: Solicitacao, certificado_id: int, *, now: datetime) -> None:
    """Mark one certificate in service to go out so that a staged one can take its place."""
    stage_exclusions(draft, {*draft.excluir.values_list("pk", flat=True), certificado_id}, now=now)


def cancel(draft: Solicitacao, *, now: datetime) -> None:
    """Nothing was in force, so nothing is undone; staged files and the password's hash are erased."""
    close(draft, now=now)


def discard_stale(*, now: datetime) -> int:
    """Close the drafts that nobody concluded within a week; gives how many."""
    stale = list(Solicitacao.objects.filter(closed_at=None, opened_at__lt=now - VALE))
    for draft in stale:
        try:
            close(draft, now=now)
        except Conflict:  # concluded or cancelled meanwhile
            continue
    return len(stale)


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
