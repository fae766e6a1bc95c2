"""The versions of a CBR's amounts: sent by the seller, in force once the buyer validates, never changed (3.28)."""

from collections.abc import Iterable
from datetime import date

from contratos import cbr
from contratos.domain.contrato import Registro
from contratos.domain.periodos import Periodo
from contratos.models import AtoRegulatorio, Cbr, Contrato, PeriodoDoCbr, VersaoDoCbr
from contratos.services.efeitos.feito import Feito
from contratos.services.evidencias import keep_ato
from contratos.services.situacao import move

Situacao = VersaoDoCbr.Situacao


def send(row: Cbr, feito: Feito, mes: date, periodos: Iterable[Periodo]) -> VersaoDoCbr:
    """Waits for the buyer; what is in force stays so until then."""
    last = row.versoes.order_by("-numero").values_list("numero", flat=True).first() or 0
    versao = VersaoDoCbr.objects.create(
        cbr=row,
        numero=last + 1,
        fluxo=feito.fluxo,
        mes_referencia=mes.replace(day=1),
        ato=kept(feito),
        situacao=Situacao.PENDENTE,
        sent_at=feito.now,
    )
    nome = "maximo_mwh" if row.origem == Cbr.Origem.ART_5 else "montante_mwmed"
    PeriodoDoCbr.objects.bulk_create(
        PeriodoDoCbr(versao=versao, inicio=each.inicio, fim=each.fim, **{nome: each.montante}) for each in periodos
    )
    return versao


def kept(feito: Feito) -> AtoRegulatorio | None:
    return keep_ato(feito.ato) if feito.ato is not None else None


def put_in_force(versao: VersaoDoCbr, feito: Feito) -> None:
    """In the place of the one before. The first one registers the contract."""
    versao.cbr.versoes.filter(situacao=Situacao.VALIDADA).update(situacao=Situacao.SUBSTITUIDA)
    versao.situacao, versao.validated_at = Situacao.VALIDADA.value, feito.now
    versao.save(update_fields=["situacao", "validated_at"])
    count_again(feito.contrato)
    if Registro(feito.contrato.registro) is Registro.NAO_REGISTRADO:
        registered(feito)


def registered(feito: Feito) -> None:
    move(feito.contrato, Registro.REGISTRADO, by=feito.by, now=feito.now, registered_at=feito.now)


def count_again(contrato: Contrato) -> None:
    """The contract's own totals follow what its registration comes to, whatever reads them."""
    for nome, value in cbr.totals(contrato).items():
        setattr(contrato, nome, value)
    contrato.save(update_fields=["energia_mwh", "montante_mwmed"])
