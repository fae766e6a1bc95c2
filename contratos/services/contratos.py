"""Contracts: drawn up, validated, registered, suspended. Never deleted (3.18)."""

from datetime import date, datetime
from typing import Any

from contratos import acesso
from contratos.domain.contrato import NOMES, SEM_FIM, Assinatura, Registro, require_passage
from contratos.domain.fim import end_problem
from contratos.models import AtoRegulatorio, Contrato, Minuta, TipoDeLeilao
from contratos.services.situacao import lock, move, stop_flows
from contratos.services.trilha import note
from portal import clock
from portal.agentes.acesso import Ator
from portal.auditoria.services import act, record
from portal.kernel.errors import DomainError

SEM_ASSINATURA = frozenset({TipoDeLeilao.EXISTENTE, TipoDeLeilao.AJUSTE})  # 3.15.1
TERMOS = (
    "numero", "especie", "leilao", "produto", "vendedor", "comprador", "outorga", "minuta", "suprimento_inicio",
    "suprimento_fim", "energia_mwh", "montante_mwmed", "preco", "publicavel", "liberacao_garantia_em",
)  # fmt: skip
DEPOIS_DA_ELABORACAO = ("publicavel", "liberacao_garantia_em")  # all that may still be stated then


class AindaNaoPode(DomainError):
    code, title = "ato-fora-de-hora", "Este ato ainda não é possível"


@act()
def save_contract(contrato: Contrato, *, by: str, now: datetime) -> Contrato:
    """Created or changed by CCEE's people. The terms are fixed once the text is available for signature."""
    before = Contrato.objects.filter(pk=contrato.pk).first()
    changed = _changes(before, contrato)
    if before is None:
        contrato.created_at = now
    elif Assinatura(before.assinatura) not in EM_ABERTO and set(changed) - set(DEPOIS_DA_ELABORACAO):
        raise AindaNaoPode(
            f"Cláusula 3.2: o contrato está “{before.situacao}” e seus termos não mudam mais por edição. "
            "Use uma solicitação de alteração ou um aditamento."
        )
    contrato.full_clean(exclude=["created_at"])
    contrato.save()
    if changed:
        note(contrato, "cadastrado" if before is None else "alterado", by=by, now=now, **changed)
    return contrato


EM_ABERTO = (Assinatura.RASCUNHO, Assinatura.EM_ELABORACAO, Assinatura.EM_VALIDACAO)


def _changes(before: Contrato | None, after: Contrato) -> dict[str, Any]:
    if before is None:
        return {nome: str(getattr(after, nome)) for nome in TERMOS if getattr(after, nome) not in (None, "")}
    pairs = {nome: (getattr(before, nome), getattr(after, nome)) for nome in TERMOS}
    return {nome: {"de": str(de), "para": str(para)} for nome, (de, para) in pairs.items() if de != para}


@act()
def save_text(minuta: Minuta, *, by: str, now: datetime, ato: AtoRegulatorio | None = None) -> Minuta:
    """A new version of a contract's text. One annexed to an edital needs the act of ANEEL that allows it (3.2)."""
    last = Minuta.objects.filter(leilao=minuta.leilao, especie=minuta.especie).order_by("-versao").first()
    if last is not None and last.anexa_ao_edital and ato is None:
        record("contrato.texto_recusado", at=now, ator=by, objeto=str(last), motivo="sem ato da ANEEL")
        raise AindaNaoPode(
            f"Cláusula 3.2: “{last.titulo}” é anexo do edital e seu texto está travado. "
            "Registre antes o ato da ANEEL que autoriza a mudança (número, data e arquivo) e escolha-o aqui."
        )
    minuta.versao, minuta.autorizada_por = (last.versao if last else 0) + 1, ato
    minuta.created_at, minuta.created_by = now, by
    minuta.save(force_insert=True)
    record("contrato.texto", at=now, ator=by, objeto=str(minuta), ato=str(ato) if ato else "")
    return minuta


@act()
def validate(contrato: Contrato, *, ator: Ator, now: datetime) -> Contrato:
    """CCEE's own validation, without which no contract of an auction is registered (3.4)."""
    acesso.require_ccee(ator, contrato, now=now)
    locked = lock(contrato)
    if not may_be_validated(locked):
        raise AindaNaoPode(
            f"Cláusula 3.15: o contrato está “{locked.situacao}”. A CCEE valida depois de assinado por todas as partes."
        )
    return move(locked, Registro.VALIDADO_CCEE, by=ator.nome, now=now, validated_at=now)


@act()
def register(contrato: Contrato, *, inicio: date, fim: date, ator: Ator, now: datetime) -> Contrato:
    """For the whole period of supply, after the signature (3.15) or, in existing energy, before it (3.15.1)."""
    acesso.require_ccee(ator, contrato, now=now)
    locked = lock(contrato)
    if Registro(locked.registro) is Registro.NAO_REGISTRADO:
        raise AindaNaoPode("Cláusula 3.4: o contrato precisa antes da validação da CCEE.")
    if (inicio, fim) != (locked.suprimento_inicio, locked.suprimento_fim):
        raise AindaNaoPode(
            "Cláusula 3.15: o registro abrange todo o suprimento, "
            f"de {locked.suprimento_inicio:%d/%m/%Y} a {locked.suprimento_fim:%d/%m/%Y}; "
            f"o pedido vai de {inicio:%d/%m/%Y} a {fim:%d/%m/%Y}."
        )
    return move(locked, Registro.REGISTRADO, by=ator.nome, now=now, registered_at=now)


@act()
def suspend(contrato: Contrato, *, de: date, ate: date | None, motivo: str, ator: Ator, now: datetime) -> Contrato:
    """Bars the mechanisms of reduction and rescission while it lasts (3.7)."""
    acesso.require_ccee(ator, contrato, now=now)
    if ate is not None and ate < de:
        raise DomainError(f"A suspensão terminaria ({ate:%d/%m/%Y}) antes de começar ({de:%d/%m/%Y}).")
    return move(
        lock(contrato), Registro.SUSPENSO, by=ator.nome, now=now, motivo=motivo, suspenso_de=de, suspenso_ate=ate
    )


@act()
def resume(contrato: Contrato, *, motivo: str, ator: Ator, now: datetime) -> Contrato:
    acesso.require_ccee(ator, contrato, now=now)
    return move(lock(contrato), Registro.REGISTRADO, by=ator.nome, now=now, motivo=motivo, suspenso_ate=_today(now))


@act()
def mark_unsigned(contrato: Contrato, *, motivo: str, ator: Ator, now: datetime) -> Contrato:
    """The side exit of the drawing: it will not be signed. Who caused it is in the report of 3.14, by the deadlines."""
    acesso.require_ccee(ator, contrato, now=now)
    if not motivo.strip():
        raise DomainError("Diga por que o contrato não será assinado: o motivo fica na trilha e no relatório.")
    locked = lock(contrato)
    require_passage(Assinatura(locked.assinatura), Assinatura.NAO_ASSINADO)
    locked.assinatura = Assinatura.NAO_ASSINADO.value
    locked.save(update_fields=["assinatura"])
    stop_flows(locked, estado="não assinado", by=ator.nome, now=now)
    note(locked, "situacao", by=ator.nome, now=now, assinatura=locked.assinatura, motivo=motivo.strip()[:300])
    return locked


@act()
def end(contrato: Contrato, para: Registro, *, motivo: str, ator: Ator, now: datetime) -> Contrato:
    """The last state, by CCEE's word. Where a clause lays down how a contract ends, that way alone is taken."""
    acesso.require_ccee(ator, contrato, now=now)
    if problem := end_problem(contrato.tipo, para):
        raise AindaNaoPode(problem, erros={"para": [problem]})
    if not motivo.strip():
        raise DomainError("Informe o motivo e o documento que o prova: ficam na trilha.")
    endless = contrato.suprimento_fim == SEM_FIM
    if para is Registro.ENCERRADO and not endless and _today(now) <= contrato.suprimento_fim:
        raise AindaNaoPode(f"O suprimento vai até {contrato.suprimento_fim:%d/%m/%Y}; o contrato se encerra depois.")
    cut_short = contrato.cessa_em is None and (endless or para is not Registro.ENCERRADO)
    day = {"cessa_em": _today(now)} if cut_short else {}
    ended = move(lock(contrato), para, by=ator.nome, now=now, motivo=motivo.strip()[:300], **day)
    stop_flows(ended, estado=f"cessou: contrato {NOMES[para].lower()}", by=ator.nome, now=now)
    return ended


def may_be_validated(contrato: Contrato) -> bool:
    """Signed by all, or of an auction whose contracts are registered before (3.15.1)."""
    waits = contrato.leilao is not None and contrato.leilao.tipo in SEM_ASSINATURA
    return waits or Assinatura(contrato.assinatura) is Assinatura.ASSINADO


def _today(now: datetime) -> date:
    return clock.local_date(now)
