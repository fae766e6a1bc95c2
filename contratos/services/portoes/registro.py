"""Gates in front of what changes or ends a registered contract."""

from collections.abc import Iterator, Mapping

from contratos.domain import acordo
from contratos.domain.acordo import Intervalo
from contratos.domain.contrato import Assinatura, Registro
from contratos.domain.procedimentos import Exigencia
from contratos.models import Anuncio
from contratos.services.portoes.caso import Caso, Portao
from portal.calendario.selectors import calendar


def _nao_suspenso(caso: Caso) -> Iterator[str]:
    contrato = caso.contrato
    if contrato.suspenso_de is None or contrato.suspenso_de > caso.hoje or _is_over(caso):
        return
    ate = f" a {contrato.suspenso_ate:%d/%m/%Y}" if contrato.suspenso_ate else ", sem data de término"
    yield (
        f"Cláusula 3.7: o contrato está suspenso desde {contrato.suspenso_de:%d/%m/%Y}{ate}. Suspenso, fica fora de "
        "qualquer mecanismo de redução ou rescisão; o ato volta a ser possível quando a suspensão terminar."
    )


def _is_over(caso: Caso) -> bool:
    """By its last day, or because CCEE took it up again."""
    ate = caso.contrato.suspenso_ate
    return Registro(caso.contrato.registro) is not Registro.SUSPENSO or (ate is not None and ate < caso.hoje)


def _registrado(caso: Caso) -> Iterator[str]:
    if Registro(caso.contrato.registro) not in (Registro.REGISTRADO, Registro.SUSPENSO):
        yield (
            f"O contrato está “{caso.contrato.situacao}”: este ato é de contrato registrado e ainda não encerrado. "
            "O registro cabe à CCEE, depois da assinatura e da validação (cláusulas 3.4 e 3.15)."
        )


def _assinado(caso: Caso) -> Iterator[str]:
    if Assinatura(caso.contrato.assinatura) is not Assinatura.ASSINADO:
        yield (
            f"Cláusula 3.79: o contrato está “{caso.contrato.situacao}”. "
            "A alteração por solicitação é de contrato assinado. Peça-a depois que todas as partes assinarem."
        )


def _janela(caso: Caso) -> Iterator[str]:
    inicio = caso.anchor("M")
    if inicio is not None and (problem := acordo.window_problem(caso.hoje, inicio, calendar())):
        yield problem


def _sazonalizacao(caso: Caso) -> Iterator[str]:
    rows = Anuncio.objects.filter(codigo=Anuncio.Codigo.SAZO_CCEAR, de__lte=caso.hoje, ate__gte=caso.hoje)
    for row in rows:
        yield acordo.seasonal_problem(caso.hoje, Intervalo(row.de, row.ate))


PORTOES: Mapping[Exigencia, Portao] = {
    Exigencia.NAO_SUSPENSO: Portao("3.7", _nao_suspenso),
    Exigencia.REGISTRADO: Portao("3.4", _registrado),
    Exigencia.ASSINADO: Portao("3.79", _assinado),
    Exigencia.JANELA_DE_ACORDO: Portao("3.104", _janela),
    Exigencia.FORA_DA_SAZONALIZACAO: Portao("3.107", _sazonalizacao),
}
