"""Gates in front of the end of a registration and of a succession."""

from collections.abc import Iterator, Mapping

from contratos.domain.contrato import Registro
from contratos.domain.procedimentos import Exigencia
from contratos.models import AcordoBilateral, Atividade, Sucessao
from contratos.services.portoes.caso import Caso, Portao
from portal.agentes.models import Situacao

COM_REGISTRO = (Registro.REGISTRADO, Registro.SUSPENSO, Registro.RESCINDIDO)


def _cancelavel(caso: Caso) -> Iterator[str]:
    if Registro(caso.contrato.registro) not in COM_REGISTRO:
        yield (
            f"Cláusula 3.109: o contrato está “{caso.contrato.situacao}” e não tem registro em vigor. "
            "O registro cabe à CCEE, depois da assinatura e da validação (cláusulas 3.4 e 3.15)."
        )


def _rescisao(caso: Caso) -> Iterator[str]:
    stated = Atividade.objects.filter(fluxo__contrato=caso.contrato, fluxo__closed_at=None, codigo="K1")
    if not stated.filter(evidencia__amigavel="sim").exists():
        return
    done = AcordoBilateral.Tipo.RESCISAO, AcordoBilateral.Situacao.VALIDADO
    if not caso.contrato.acordos.filter(tipo=done[0], situacao=done[1]).exists():
        yield (
            "Cláusula 3.112: a rescisão é amigável, e o contrato não tem acordo bilateral de rescisão registrado e "
            "validado. O comprador o registra e o vendedor o valida nas janelas das cláusulas 3.103 e 3.104; "
            "depois disso o registro pode ser cancelado."
        )


def _sucessora(caso: Caso) -> Iterator[str]:
    rows = Sucessao.objects.filter(contrato=caso.contrato, effected_at=None, fluxo__closed_at=None)
    for row in rows.select_related("sucessora"):
        if row.sucessora.situacao != Situacao.ATIVO:
            yield (
                f"Cláusula 3.94: a sucessora {row.sucessora.sigla} está como “{row.sucessora.get_situacao_display()}”. "
                "Só assina e assume um contrato quem é agente ativo da CCEE: conclua antes a adesão."
            )


def _dia(caso: Caso) -> Iterator[str]:
    day = caso.anchor("S")
    if day is not None and caso.hoje < day:
        yield (
            f"Cláusulas 3.86.1 e 3.87: a sucessão tem efeito em {day:%d/%m/%Y}; "
            "a partir desse dia a CCEE pode dar-lhe efeito."
        )


PORTOES: Mapping[Exigencia, Portao] = {
    Exigencia.CANCELAVEL: Portao("3.109", _cancelavel),
    Exigencia.RESCISAO_ACORDADA: Portao("3.112", _rescisao),
    Exigencia.SUCESSORA_ATIVA: Portao("3.94", _sucessora),
    Exigencia.DIA_DO_EFEITO: Portao("3.87", _dia),
}
