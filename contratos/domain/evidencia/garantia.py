"""What is stated of a CCG that takes another's place, of an amendment's efficacy, and of one that is not needed."""

from collections.abc import Mapping

from contratos.domain.evidencia.campo import SEM_ATO, Campo, Tipo
from contratos.domain.garantia import CONFERENCIA, MOTIVOS

EVIDENCIAS: Mapping[str, tuple[Campo, ...]] = {
    "substituicao": (
        Campo(
            "substituicao_motivo",
            "Por que se substitui",
            Tipo.OPCAO,
            tuple((motivo.value, nome) for motivo, nome in MOTIVOS.items()),
            ajuda="No caso (d), informe abaixo o ato da ANEEL.",
        ),
        *SEM_ATO,
    ),
    "nova_garantia": (
        Campo(
            "valor_exigido",
            "Valor que o edital e o contrato exigem (R$)",
            Tipo.DECIMAL,
            ajuda="Sem pontos, como 1500000,00.",
        ),
        Campo("valor", "Valor da nova garantia (R$)", Tipo.DECIMAL, ajuda="Sem pontos, como 1500000,00."),
        Campo("vale_ate", "Válida até", Tipo.DATA),
    ),
    "conferencia": tuple(Campo(nome, rotulo, Tipo.SIM_OU_NAO) for nome, rotulo in CONFERENCIA.items()),
    "eficacia": (
        Campo(
            "eficacia",
            "Instrumento que dá eficácia ao aditamento",
            Tipo.LONGO,
            ajuda="Celebrado o CCG correspondente, o portal encerra esta atividade sozinho. Se o instrumento é "
            "equivalente ao CCG, diga qual: tipo, número, data e onde está.",
        ),
    ),
    "dispensa": (Campo("caracteristicas", "Características técnicas que mudam", Tipo.LONGO),),
}
