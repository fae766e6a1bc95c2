"""Gates in front of what is done with the registration of a CBR."""

from collections.abc import Iterator, Mapping

from contratos import cbr
from contratos.domain.cbr import month_problem
from contratos.domain.contrato import Registro
from contratos.domain.procedimentos import Exigencia
from contratos.models import Cbr, Elegivel
from contratos.services.portoes.caso import Caso, Portao
from portal import clock
from portal.calendario.selectors import calendar

VIVOS = (Registro.NAO_REGISTRADO, Registro.REGISTRADO, Registro.SUSPENSO)
B = Cbr.Subgrupo.B


def _valido(caso: Caso) -> Iterator[str]:
    found = cbr.of(caso.contrato)
    if found is not None and found.invalido_em is not None:
        day = clock.local_date(found.invalido_em)
        yield (
            f"Cláusula 3.26.1: o registro deste CBR foi dado por inválido em {day:%d/%m/%Y} e não produz efeito algum. "
            "Cabe um novo registro."
        )


def _em_vigor(caso: Caso) -> Iterator[str]:
    yield from _valido(caso)
    if Registro(caso.contrato.registro) not in VIVOS:
        yield f"Cláusula 3.33: o contrato está “{caso.contrato.situacao}”; seu registro não muda mais."


def _mensal(caso: Caso) -> Iterator[str]:
    if _origem(caso) == Cbr.Origem.ART_5:
        yield (
            "Cláusula 3.28.2: contrato do art. 5º da Lei 13.182/2015 não tem montantes em MWmédio nem validação do "
            "registro. Ajustam-se os valores horários máximos."
        )


def _art_5(caso: Caso) -> Iterator[str]:
    if _origem(caso) != Cbr.Origem.ART_5:
        yield (
            "Cláusula 3.28.2: valores horários máximos são só do contrato do art. 5º da Lei 13.182/2015. "
            "Neste contrato ajustam-se os montantes, em MWmédio."
        )


def _origem(caso: Caso) -> str | None:
    found = cbr.of(caso.contrato)
    return found.origem if found else None


def _elegivel(caso: Caso) -> Iterator[str]:
    found = cbr.of(caso.contrato)
    if found is not None and found.subgrupo == B:
        yield from ineligible(caso)


def ineligible(caso: Caso) -> Iterator[str]:
    contrato = caso.contrato
    for papel, agente in ((Elegivel.Papel.VENDEDOR, contrato.vendedor), (Elegivel.Papel.COMPRADOR, contrato.comprador)):
        if agente is not None and not cbr.eligible(agente, papel.value, on=caso.hoje):
            yield (
                f"Cláusula 3.28.1: {agente.sigla} não está entre os elegíveis como {papel.label.lower()} pela Lei "
                "13.182/2015. A CCEE inclui quem o for na lista de elegíveis; depois disso o ato é possível."
            )


def _com_ato(caso: Caso) -> Iterator[str]:
    found = cbr.of(caso.contrato)
    if found is None or found.subgrupo == B:
        return
    versao = cbr.pending(found)
    if versao is not None and versao.ato is None:
        yield (
            "Cláusula 3.26: com distribuidora compradora, o registro e cada ajuste seguem a aprovação ou homologação "
            "da ANEEL, e o ato não foi informado. O vendedor o informa em “Informar ato da ANEEL”, na página do "
            "contrato; depois disso a validação é possível."
        )


def _no_prazo(caso: Caso) -> Iterator[str]:
    yield from _in_time(caso, "3.27")


def _fim_no_prazo(caso: Caso) -> Iterator[str]:
    yield from _in_time(caso, "3.32.1")


def _in_time(caso: Caso, clausula: str) -> Iterator[str]:
    mes = caso.anchor("MS")
    if mes is not None and (problem := month_problem(mes, caso.hoje, calendar(), clausula=clausula)):
        yield problem


PORTOES: Mapping[Exigencia, Portao] = {
    Exigencia.CBR_VALIDO: Portao("3.26.1", _valido),
    Exigencia.CBR_EM_VIGOR: Portao("3.33", _em_vigor),
    Exigencia.CBR_MENSAL: Portao("3.28.2", _mensal),
    Exigencia.CBR_ART_5: Portao("3.28.2", _art_5),
    Exigencia.CBR_ELEGIVEL: Portao("3.28.1", _elegivel),
    Exigencia.CBR_COM_ATO: Portao("3.26", _com_ato),
    Exigencia.CBR_NO_PRAZO: Portao("3.27", _no_prazo),
    Exigencia.CBR_FIM_NO_PRAZO: Portao("3.32.1", _fim_no_prazo),
}
