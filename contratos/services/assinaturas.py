"""Signatures that come back: judged first, then written down together with the activities that they close."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from contratos import acesso
from contratos.assinatura import numeros
from contratos.assinatura.modelos import Assinatura, Designado
from contratos.assinatura.pessoas import hide
from contratos.assinatura.validacao import validate
from contratos.domain.andamento import FEITAS, VIVAS, Situacao
from contratos.domain.procedimentos import Atividade as Definicao
from contratos.models import AssinaturaAceita, Documento, Indisponibilidade, Signatario
from contratos.selectors import signatories
from contratos.services.andamento import Andamento, lock
from contratos.services.atividades import conclude
from contratos.services.trilha import note
from portal import clock
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.auditoria.services import act
from portal.icp.selectors import trust_store
from portal.kernel.errors import Conflict, DomainError


class AssinaturaRecusada(DomainError):
    """`erros["arquivo"]`: each signature that was refused, in words; `codigos` says the same to machines."""

    code, title = "assinatura-recusada", "O arquivo não foi aceito como assinado"


@dataclass(frozen=True, slots=True)
class Lugar:
    """Where somebody signs: the step, whose it is (None: CCEE's) and who may."""

    definicao: Definicao
    agente: Agente | None
    signatario: Signatario

    @property
    def designado(self) -> Designado:
        return Designado(self.signatario.nome, self.signatario.cpf, self.agente.cnpj if self.agente else None)


def receive(documento: Documento, enviado: bytes, *, ator: Ator, now: datetime) -> list[AssinaturaAceita]:
    """The signed PDF, or a detached .p7s over the issued bytes. Nothing of a refused file is kept but its ledger entry.

    Whoever of the two sides sends it: the certificate, not the sender, says who signed. Raises AssinaturaRecusada,
    Conflict where all in it is known already or somebody was faster, NotFound, Forbidden.
    """
    _require_sender(documento, ator, now=now)
    # Judged before anything is locked: it takes a good part of a second.
    andamento = Andamento(documento.fluxo, now)
    known = {a.evidencia["impressao"]: a.accepted_at for a in documento.assinaturas.all() if "impressao" in a.evidencia}
    lugares = list(_places(andamento, documento))
    resultado = validate(
        enviado,
        emitido=bytes(documento.emitido),
        confianca=trust_store(()),
        designados=[lugar.designado for lugar in lugares],
        at=now,
        recebidas=known,
    )
    if not resultado.aceito:
        _refuse(documento, [recusa.texto for recusa in resultado.recusas], resultado.evidence, ator=ator, now=now)
        raise AssinaturaRecusada(
            " ".join(recusa.texto for recusa in resultado.recusas),
            erros={"arquivo": [recusa.texto for recusa in resultado.recusas]},
            codigos=[str(recusa.codigo) for recusa in resultado.recusas],
        )
    new = [assinatura for assinatura in resultado.aceitas if assinatura.impressao not in known]
    return _accept(documento, enviado, new, lugares, resultado.evidence, ator=ator, now=now)


@act()
def _accept(
    documento: Documento,
    enviado: bytes,
    novas: Iterable[Assinatura],
    lugares: list[Lugar],
    evidence: dict[str, object],
    *,
    ator: Ator,
    now: datetime,
) -> list[AssinaturaAceita]:
    fluxo, documento = lock(documento.fluxo_id), Documento.objects.select_for_update().get(pk=documento.pk)
    if documento.replaced_at is not None:
        raise Conflict("Este documento foi substituído por outro enquanto você assinava. Baixe e assine o atual.")
    accepted = []
    for assinatura in novas:
        for lugar in lugares:
            if lugar.designado == assinatura.designado:
                row = Andamento(fluxo, now).rows[lugar.definicao.codigo]
                if row.situacao in FEITAS:
                    continue
                accepted.append(
                    AssinaturaAceita(
                        documento=documento,
                        atividade=row,
                        signatario=lugar.signatario,
                        nome=assinatura.nome,
                        cpf=assinatura.cpf,
                        signed_at=assinatura.quando or now,
                        accepted_at=now,
                        sent_by=ator.usuario,
                        evidencia={**evidence, "impressao": assinatura.impressao, "emissor": assinatura.emissor},
                        arquivo=enviado,
                    )
                )
                _write(accepted[-1], ator=ator, now=now)
    if not accepted:
        raise Conflict("As assinaturas deste arquivo já foram recebidas. Nada mudou.")
    Documento.objects.filter(pk=documento.pk).update(assinado=enviado)
    _complete(documento, now=now)
    return accepted


@act()
def accept_paper(
    documento: Documento,
    signatario: Signatario,
    digitalizado: bytes,
    *,
    assinado_em: datetime,
    cartorio: str,
    indisponibilidade: Indisponibilidade,
    ator: Ator,
    now: datetime,
) -> AssinaturaAceita:
    """Signed on paper, with the notary's recognition, while the system was out of service (3.13.1)."""
    _require_sender(documento, ator, now=now)
    andamento = Andamento(lock(documento.fluxo_id), now)
    ends = indisponibilidade.ate or now
    if not indisponibilidade.desde <= assinado_em <= ends:
        raise DomainError(
            "Cláusula 3.13.1: a assinatura em papel só vale dentro de uma indisponibilidade registrada; a do chamado "
            f"{indisponibilidade.chamado} vai de {clock.local(indisponibilidade.desde):%d/%m/%Y %H:%M} "
            f"a {clock.local(ends):%d/%m/%Y %H:%M}. Assine digitalmente."
        )
    if not cartorio.strip():
        raise DomainError(
            "Cláusula 3.13.1: informe o cartório que reconheceu a firma.", erros={"cartorio": ["Informe."]}
        )
    places = [lugar for lugar in _places(andamento, documento) if lugar.signatario == signatario]
    opened = [lugar for lugar in places if andamento.rows[lugar.definicao.codigo].situacao not in FEITAS]
    if not opened:
        raise Conflict(f"Não há assinatura de {signatario.nome} em aberto neste documento.")
    row = AssinaturaAceita(
        documento=documento,
        atividade=andamento.rows[opened[0].definicao.codigo],
        signatario=signatario,
        nome=signatario.nome,
        cpf=signatario.cpf,
        signed_at=assinado_em,
        accepted_at=now,
        sent_by=ator.usuario,
        evidencia={"papel": True, "cartorio": cartorio.strip()[:200], "chamado": indisponibilidade.chamado},
        arquivo=digitalizado,
        indisponibilidade=indisponibilidade,
    )
    _write(row, ator=ator, now=now)
    _complete(documento, now=now)
    return row


def _write(row: AssinaturaAceita, *, ator: Ator, now: datetime) -> None:
    row.save()
    andamento = Andamento(lock(row.documento.fluxo_id), now)
    definicao = andamento.procedimento.por_codigo[row.atividade.codigo]
    note(
        andamento.fluxo.contrato,
        "assinatura_aceita",
        by=ator.nome,
        now=now,
        documento=row.documento.titulo,
        sha256=row.documento.sha256,
        nome=row.nome,
        cpf=hide(row.cpf),
    )
    conclude(andamento, andamento.rows[definicao.codigo], definicao, by=ator.nome, evidencia={})


def _complete(documento: Documento, *, now: datetime) -> None:
    """With the last signature comes the number by which anybody can check it."""
    andamento = Andamento(lock(documento.fluxo_id), now)
    steps = [a for a in andamento.procedimento.atividades if a.assina and a.assina.value == documento.tipo]
    if any(andamento.passos[step.codigo].situacao in VIVAS for step in steps):
        return
    documento.protocolo, documento.completed_at = numeros.new_number(), now
    documento.save(update_fields=["protocolo", "completed_at"])
    note(andamento.fluxo.contrato, "protocolo", by="portal", now=now, documento=documento.titulo)


@act()
def _refuse(documento: Documento, textos: list[str], evidence: dict[str, object], *, ator: Ator, now: datetime) -> None:
    note(
        documento.contrato,
        "assinatura_recusada",
        by=ator.nome,
        now=now,
        documento=documento.titulo,
        sha256=evidence["sha256_enviado"],
        motivo=textos[0] if textos else "",
    )


def _require_sender(documento: Documento, ator: Ator, *, now: datetime) -> None:
    """Raises NotFound, Forbidden, or Conflict where it is not there to be signed any more."""
    contrato = acesso.find(ator, documento.contrato.numero, now=now)
    acesso.require_some_party(ator, contrato, now=now)
    if documento.replaced_at is not None:
        raise Conflict("Este documento foi substituído. Baixe e assine o atual.")


def _places(andamento: Andamento, documento: Documento) -> Iterator[Lugar]:
    for step in andamento.procedimento.atividades:
        if step.assina is None or step.assina.value != documento.tipo:
            continue
        if andamento.passos[step.codigo].situacao in (Situacao.CANCELADA, Situacao.AGUARDANDO):
            continue
        holders: list[Agente | None] = [*acesso.responsible(andamento.fluxo, step.responsavel)]
        for agente in holders or [None]:
            for signatario in signatories(agente, on=andamento.hoje):
                yield Lugar(step, agente, signatario)
