"""What is registered without anybody's validation: supply between distributors, Itaipu, CONUER."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from contratos.domain.ccer import mean_power
from contratos.domain.contrato import Registro
from contratos.domain.procedimentos import Efeito
from contratos.domain.suprimento import market_problem
from contratos.models import Suprimento
from contratos.services.efeitos.feito import Feito
from contratos.services.situacao import move
from contratos.services.trilha import note
from portal.agentes.models import Classe
from portal.kernel.errors import DomainError, refuse


def register_supply(feito: Feito) -> None:
    """3.1: between two distributors, of which the one that is supplied is small."""
    contrato, mercado, energia = feito.contrato, *(Decimal(feito.dados[n]) for n in ("mercado_gwh", "energia_mwh"))
    erros = {
        lado: f"Cláusula 3.1: {papel} é distribuidora; {agente.sigla} é {agente.get_classe_display().lower()}."
        for lado, papel, agente in (
            ("vendedor", "quem registra o suprimento", contrato.vendedor),
            ("comprador", "a suprida", contrato.comprador),
        )
        if agente is not None and agente.classe != Classe.DISTRIBUIDOR
    }
    erros["mercado_gwh"] = market_problem(mercado)
    erros["energia_mwh"] = "" if energia else "Informe a energia do suprimento, maior que zero."
    refuse(erros)
    Suprimento.objects.create(contrato=contrato, mercado_gwh=mercado)
    power = mean_power(energia, contrato.suprimento_inicio, contrato.suprimento_fim)
    _register(feito, energia_mwh=energia, montante_mwmed=power)
    note(contrato, "suprimento_registrado", by=feito.by, now=feito.now, mercado_gwh=str(mercado))


def publish_itaipu(feito: Feito) -> None:
    """3.24. What CCEE shows is what is registered: an Itaipu contract is registered by being published."""
    contrato = feito.contrato
    if not contrato.energia_mwh and not contrato.montantes.exists():
        raise DomainError(
            "Cláusula 3.24: o contrato ainda não tem montante a mostrar aos cotistas. "
            "Informe a energia total no cadastro."
        )
    if Registro(contrato.registro) is Registro.NAO_REGISTRADO:
        _register(feito)
    note(contrato, "itaipu_publicado", by=feito.by, now=feito.now, **feito.dados)


def send_conuer(feito: Feito) -> None:
    """3.46, 3.47: sent, and with that in force."""
    _register(feito)
    note(feito.contrato, "conuer_enviado", by=feito.by, now=feito.now, aprovacao=feito.fluxo.ancoras.get("A", ""))


def _register(feito: Feito, **fields: Any) -> None:
    move(feito.contrato, Registro.REGISTRADO, by=feito.by, now=feito.now, registered_at=feito.now, **fields)


EFEITOS: Mapping[Efeito, Callable[[Feito], None]] = {
    Efeito.REGISTRAR_SUPRIMENTO: register_supply,
    Efeito.PUBLICAR_ITAIPU: publish_itaipu,
    Efeito.ENVIAR_CONUER: send_conuer,
}
