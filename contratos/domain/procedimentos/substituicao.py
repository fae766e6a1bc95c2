"""A CCG in the place of another (3.98 to 3.102): on the buyer's request, then in the steps of the first one."""

from dataclasses import replace

from contratos.domain.contrato import COM_CCG
from contratos.domain.procedimentos.ccg import steps
from contratos.domain.procedimentos.modelo import Atividade, Efeito, Exigencia, Pedido, Procedimento, Responsavel


def _as_here(step: Atividade) -> Atividade:
    match step.codigo:
        case "G1":
            return replace(
                step,
                clausulas=("3.99", "3.102"),
                depois=("R1",),
                evidencia=(*step.evidencia, "nova_garantia"),
                efeito=Efeito.INFORMAR_GARANTIA,
            )
        case "G3":
            return replace(
                step,
                clausulas=("3.99", "3.102"),
                evidencia=("conferencia", "parecer"),
                efeito=Efeito.CONFERIR_GARANTIA,
            )
        case _:
            return replace(step, clausulas=("3.102",))


SUBSTITUICAO = Procedimento(
    "ccg_substituicao",
    "Substituição do CCG",
    ("T",),
    (
        Atividade(
            "R1",
            "Pedir a substituição do CCG",
            Responsavel.COMPRADOR,
            "N.A.",
            ("3.98", "3.100"),
            evidencia=("substituicao",),
            exige=(Exigencia.CCG_EM_VIGOR,),
            efeito=Efeito.PEDIR_SUBSTITUICAO,
            estado="em pedido",
        ),
        *(_as_here(step) for step in steps("T")),
    ),
    concluido="celebrado",
    definitivo=(
        "Cláusula 3.101: celebrado o novo CCG, o anterior está revogado e não volta. "
        "Para mudar de novo, peça outra substituição."
    ),
    pedido=Pedido(
        "Substituir CCG",
        "Cláusulas 3.98 a 3.102: a garantia que o comprador deu é substituída quando muda a titularidade do vendedor "
        "ou do comprador, quando muda o banco gestor, ou em outro caso que a ANEEL reconheça. A nova segue o edital e "
        "o contrato, e é celebrada em até 25 dias úteis a contar de hoje; nesse instante a anterior fica revogada, sem "
        "distrato. Até lá, ou se o pedido for abandonado, vale a anterior.",
        "Substituição pedida. Informe agora a nova garantia e o banco gestor.",
        COM_CCG,
    ),
)
