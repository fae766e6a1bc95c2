"""Documents that CCEE asks one party for: the CCER itself (3.74), or what justifies a change (3.88)."""

from contratos.domain.contrato import SEM_COMPRADOR, Especie
from contratos.domain.procedimentos.modelo import Atividade, Pedido, Procedimento, Responsavel


def _request(parte: Responsavel, nome: str, especies: frozenset[Especie]) -> Procedimento:
    return Procedimento(
        f"documento_{parte.value}",
        f"Pedido de documento ao {nome}",
        ("T",),
        (
            Atividade(
                "Q1",
                "Pedir o documento",
                Responsavel.CCEE,
                "N.A.",
                ("3.74", "3.88"),
                evidencia=("documento_pedido",),
                estado="rascunho",
            ),
            Atividade(
                "Q2",
                "Apresentar o documento",
                parte,
                "N.A.",
                ("3.74", "3.88"),
                depois=("Q1",),
                evidencia=("documento_apresentado",),
                estado="à espera do documento",
            ),
            Atividade(
                "Q3",
                "Conferir o documento",
                Responsavel.CCEE,
                "N.A.",
                ("3.74", "3.88"),
                depois=("Q2",),
                evidencia=("parecer",),
                resultados=("aceito", "incompleto"),
                volta=(("incompleto", "Q2"),),
                estado="em conferência",
            ),
        ),
        concluido="documento aceito",
        pedido=Pedido(
            f"Pedir documento ao {nome}",
            "Cláusulas 3.74 e 3.88: a CCEE pode pedir que lhe apresentem o CCER, ou outros documentos que justifiquem "
            "uma alteração. O documento não dá prazo; o pedido fica na agenda da parte até ser atendido ou cancelado.",
            "Documento pedido: está na agenda da parte.",
            especies,
            um_por_vez=False,
        ),
    )


DE_DOCUMENTO = (
    _request(Responsavel.VENDEDOR, "vendedor", frozenset(Especie) - {Especie.CONUER}),
    _request(Responsavel.COMPRADOR, "comprador", frozenset(Especie) - SEM_COMPRADOR),
)
