"""Gates in front of what is done with PROINFA quotas."""

from collections.abc import Iterator, Mapping

from contratos import proinfa
from contratos.domain.procedimentos import Exigencia
from contratos.domain.procedimentos.proinfa import DISCORDAR
from contratos.models import AnoDoProinfa, CotaAnual
from contratos.selectors import deadline
from contratos.services.portoes.caso import Caso, Portao


def _discordancia(caso: Caso) -> Iterator[str]:
    ms, q = caso.ancoras.get("MS"), caso.ancoras.get("Q")
    if ms is None or q is None:
        return
    last = deadline(DISCORDAR, {"MS": ms[:7], "Q": q}).data
    if last is not None and caso.hoje > last:
        yield (
            f"Cláusula 3.40.1: o prazo para discordar terminou em {last:%d/%m/%Y}. Quem não discorda no prazo aceita a "
            "cota, sem volta; só a CCEE a reabre, se o erro for dela."
        )


def _de_unidade(caso: Caso) -> Iterator[str]:
    cota = proinfa.quota_of(caso.contrato)
    if cota is None:
        yield (
            "Cláusula 3.44: abre mão da cota o consumidor, pelo contrato de sua unidade. Este contrato não é de "
            "unidade consumidora."
        )
    elif cota.renunciada_de is not None:
        yield f"Cláusula 3.44: a unidade já está sem cota desde {cota.renunciada_de:%m/%Y}."


def _conta(caso: Caso) -> Iterator[str]:
    if caso.contrato.comprador_id is not None:
        conta = proinfa.account()
        where = f"no contrato {conta.numero}" if conta else "na conta do ACEP, que abre quando ACEP_CNPJ é configurado"
        yield f"Cláusula 3.63: o que é do ano se registra {where}."


def _prazo_do_acep(caso: Caso) -> Iterator[str]:
    antes = caso.anchor("ANO")
    if antes is not None and caso.hoje.year > antes.year:
        yield (
            f"Cláusula 3.63: o prazo do ACEP terminou em 31/12/{antes.year}. O que não foi sazonalizado até então a "
            f"CCEE sazonaliza automaticamente, até 31/01/{antes.year + 1} (cláusula 3.66)."
        )


def _curva_aplicada(caso: Caso) -> Iterator[str]:
    for ano in AnoDoProinfa.objects.all():
        curva = proinfa.latest(ano)
        if curva is None:
            continue
        rows = CotaAnual.objects.filter(ano=ano.ano, energia_mwh__isnull=False, contrato__cota_proinfa=None)
        left = rows.filter(versao_da_curva__lt=curva.versao).count()
        if left:
            yield (
                f"Cláusula 3.67: a sazonalização de {ano.ano} ainda não chegou a {left} contrato(s). A rotina do "
                "portal leva cada um; informe os cotistas depois."
            )


def _historico(caso: Caso) -> Iterator[str]:
    antes, cota = caso.anchor("ANO"), proinfa.quota_of(caso.contrato)
    anuncio = proinfa.announced(antes.year + 1) if antes else None
    if cota is None or anuncio is None:
        return
    known = proinfa.history(cota.unidade)
    missing = [f"{mes:%m/%Y}" for mes in proinfa.wanted_months(anuncio) if mes not in known]
    if missing:
        yield (
            f"Cláusula 3.43: falta consumo declarado e validado da unidade {cota.unidade.codigo} em "
            f"{', '.join(missing)}. Declare-o em Históricos de consumo; a outra parte valida até "
            f"{anuncio.ate:%d/%m/%Y}."
        )


PORTOES: Mapping[Exigencia, Portao] = {
    Exigencia.PRAZO_DA_DISCORDANCIA: Portao("3.40.1", _discordancia),
    Exigencia.COTA_DE_UNIDADE: Portao("3.44", _de_unidade),
    Exigencia.CONTA_DO_ACEP: Portao("3.63", _conta),
    Exigencia.PRAZO_DO_ACEP: Portao("3.63", _prazo_do_acep),
    Exigencia.CURVA_APLICADA: Portao("3.67", _curva_aplicada),
    Exigencia.HISTORICO_ATUALIZADO: Portao("3.43", _historico),
}
