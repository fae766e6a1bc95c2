"""What a flow that stops undone leaves behind: nothing that it had begun stays begun."""

from contratos.domain.procedimentos.ccer import CCER_INADIMPLENCIA
from contratos.models import AcordoBilateral, Ccg, Fluxo, Modulacao, Sazonalizacao, VersaoDoCbr
from contratos.services import zeros


def undo(fluxo: Fluxo) -> None:
    """Inside an act."""
    acordo, ccg, versao = AcordoBilateral.Situacao, Ccg.Situacao, VersaoDoCbr.Situacao
    AcordoBilateral.objects.filter(fluxo=fluxo, situacao=acordo.REGISTRADO).update(situacao=acordo.RETIRADO)
    Ccg.objects.filter(fluxo=fluxo, situacao=ccg.EM_ELABORACAO).update(situacao=ccg.ABANDONADO)
    VersaoDoCbr.objects.filter(fluxo=fluxo, situacao=versao.PENDENTE).update(situacao=versao.SEM_EFEITO)
    sazo = Sazonalizacao.Situacao
    Sazonalizacao.objects.filter(fluxo=fluxo, situacao=sazo.PROPOSTA).update(situacao=sazo.SEM_EFEITO)
    horas = Modulacao.Situacao
    Modulacao.objects.filter(fluxo=fluxo, situacao=horas.PROPOSTA).update(situacao=horas.SEM_EFEITO)
    if fluxo.procedimento == CCER_INADIMPLENCIA.codigo:
        zeros.give_up(fluxo)
