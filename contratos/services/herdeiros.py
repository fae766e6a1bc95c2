"""What a successor inherits: the side in the same contract, or a new contract for the supply that is left (3.86, 3.87).

Open activities and their deadlines hang on the side of a contract, so that they pass with it; what hangs on a company
by name, and on the contract that ends, is taken over here. Inside an act.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet

from contratos.domain.contrato import Assinatura, Registro
from contratos.domain.sucessao import Original, next_number, residual
from contratos.models import (
    AcordoBilateral,
    Ccg,
    Contrato,
    Cumprimento,
    Documento,
    Fluxo,
    Garantia,
    Sazonalizacao,
    Sucessao,
)
from contratos.services.meses_herdados import pass_on
from contratos.services.situacao import SOBREVIVEM, move
from contratos.services.trilha import note


def original(contrato: Contrato, em: date) -> Original:
    """The supply as it stands on that day: one that ceases earlier, or was reduced by agreement, leaves less."""
    fim = contrato.cessa_em - timedelta(days=1) if contrato.cessa_em else contrato.suprimento_fim
    reduced = _agreed(contrato).filter(ano=None, mes_inicio__lte=em).order_by("mes_inicio", "pk").last()
    montante = reduced.montante_mwmed if reduced else contrato.montante_mwmed
    return Original(contrato.suprimento_inicio, fim, montante or Decimal(0))


def _agreed(contrato: Contrato) -> QuerySet[AcordoBilateral]:
    done = AcordoBilateral.Tipo.REDUCAO, AcordoBilateral.Situacao.VALIDADO
    return contrato.acordos.filter(tipo=done[0], situacao=done[1])


def pass_side(contrato: Contrato, sucessao: Sucessao) -> Contrato:
    _put(contrato, sucessao)
    contrato.save(update_fields=["vendedor", "comprador"])
    _requests(Fluxo.objects.filter(contrato=contrato, closed_at=None), sucessao)
    return contrato


def _put(contrato: Contrato, sucessao: Sucessao) -> None:
    if contrato.vendedor_id == sucessao.sucedida_id:
        contrato.vendedor = sucessao.sucessora
    else:
        contrato.comprador = sucessao.sucessora


def _requests(fluxos: QuerySet[Fluxo], sucessao: Sucessao) -> None:
    """What the company asked for is the successor's to follow up."""
    fluxos.filter(solicitante=sucessao.sucedida).update(solicitante=sucessao.sucessora)


def replace_contract(antigo: Contrato, sucessao: Sucessao, *, by: str, now: datetime) -> Contrato:
    """The old one ends on the day on which the new one begins, so that no hour is in both or in neither (3.86.1)."""
    supply = original(antigo, sucessao.efeito_em)
    novo = _copy(antigo, supply, sucessao, now=now)
    _put(novo, sucessao)
    novo.save(force_insert=True)
    note(novo, "cadastrado", by=by, now=now, sucede=antigo.numero, especie=novo.especie)
    note(novo, "situacao", by=by, now=now, registro=novo.registro)
    moved = _move_open(antigo, novo, sucessao)
    pass_on(antigo, novo, sucessao.efeito_em)
    motivo = f"Sucedido por {novo.numero}"
    move(antigo, Registro.DISTRATADO, by=by, now=now, motivo=motivo, cessa_em=sucessao.efeito_em)
    if moved:
        note(novo, "fluxos_recebidos", by=by, now=now, de=antigo.numero, fluxos=moved)
    return novo


def _copy(antigo: Contrato, supply: Original, sucessao: Sucessao, *, now: datetime) -> Contrato:
    """As signed as the old one is: the parties have signed the term, or the contract's own signature is still due."""
    inicio, energia = residual(supply, sucessao.efeito_em)
    taken = Contrato.objects.filter(numero__startswith=antigo.numero[:20]).values_list("numero", flat=True)
    kept = (
        "especie", "revisao", "leilao", "produto", "vendedor", "comprador", "outorga", "minuta", "preco",
        "assinatura", "publicavel", "liberacao_garantia_em",
    )  # fmt: skip
    return Contrato(
        numero=next_number(antigo.numero, set(taken)),
        suprimento_inicio=inicio,
        suprimento_fim=supply.fim,
        energia_mwh=energia,
        montante_mwmed=supply.montante_mwmed,
        registro=Registro.REGISTRADO.value,
        signed_at=now if Assinatura(antigo.assinatura) is Assinatura.ASSINADO else None,
        validated_at=now,
        registered_at=now,
        sucede=antigo,
        created_at=now,
        **{nome: getattr(antigo, nome) for nome in kept},
    )


def _move_open(antigo: Contrato, novo: Contrato, sucessao: Sucessao) -> list[str]:
    """Gives the procedures that go on in the new contract. What is about the old one's settled months stays there."""
    fluxos = Fluxo.objects.filter(contrato=antigo, closed_at=None).exclude(procedimento__in=SOBREVIVEM)
    keys = list(fluxos.values_list("pk", flat=True))
    _requests(fluxos, sucessao)
    for model in (Documento, AcordoBilateral, Ccg, Sazonalizacao):
        model._default_manager.filter(fluxo__in=keys).update(contrato=novo)
    Ccg.objects.filter(contrato=antigo, situacao=Ccg.Situacao.EM_VIGOR).update(contrato=novo)
    _agreed(antigo).filter(mes_inicio__gt=sucessao.efeito_em).update(contrato=novo)
    moved = Fluxo.objects.filter(pk__in=keys)
    moved.update(contrato=novo)
    _copy_stated(antigo, novo)
    return sorted(moved.filter(sob=None).values_list("procedimento", flat=True))


def _copy_stated(antigo: Contrato, novo: Contrato) -> None:
    """The old contract keeps its own: each shows what it was made with."""
    rows: list[Garantia | Cumprimento] = [*antigo.garantias.all(), *antigo.cumprimentos.all()]
    for row in rows:
        row.pk, row._state.adding, row.contrato = None, True, novo
        row.save()
