"""One company takes the place of another in a contract: distrato and new contract, or cessão (3.86 to 3.88)."""

from contratos.domain.contrato import DE_LEILAO
from contratos.domain.procedimentos.modelo import (
    Atividade,
    Efeito,
    Exigencia,
    Fato,
    Peca,
    Pedido,
    Procedimento,
    Responsavel,
)

SUCESSAO = Procedimento(
    "sucessao",
    "Distrato ou cessão por sucessão",
    ("L", "S"),
    (
        Atividade(
            "X1",
            "Informar a alteração societária",
            Responsavel.SOLICITANTE,
            "N.A.",
            ("3.86", "3.86.1"),
            evidencia=("sucessao",),
            exige=(Exigencia.REGISTRADO,),
            efeito=Efeito.REGISTRAR_SUCESSAO,
            estado="à espera dos dados",
        ),
        Atividade(
            "X2",
            "Analisar os documentos",
            Responsavel.CCEE,
            "N.A.",
            ("3.86", "3.88"),
            depois=("X1",),
            evidencia=("parecer",),
            exige=(Exigencia.SUCESSORA_ATIVA,),
            resultados=("de_acordo", "pendente"),
            volta=(("pendente", "X1"),),
            emite=Peca.TERMO_DE_SUCESSAO,
            estado="em análise",
        ),
        *(
            Atividade(
                f"X3{letra}",
                f"Assinar o termo ({quem})",
                responsavel,
                "L+25du",
                ("3.86", "3.93", "3.94"),
                depois=("X2=de_acordo",),
                exige=(Exigencia.AGENTES_ATIVOS, Exigencia.SUCESSORA_ATIVA),
                fato=Fato.ASSINATURA,
                assina=Peca.TERMO_DE_SUCESSAO,
                estado="termo em assinatura",
            )
            for letra, quem, responsavel in (
                ("v", "vendedor", Responsavel.VENDEDOR),
                ("c", "comprador", Responsavel.COMPRADOR),
                ("s", "sucessora", Responsavel.SUCESSORA),
            )
        ),
        Atividade(
            "X4",
            "Dar efeito à sucessão",
            Responsavel.CCEE,
            "S",
            ("3.86.1", "3.87"),
            depois=("X3v", "X3c", "X3s"),
            exige=(Exigencia.REGISTRADO, Exigencia.SUCESSORA_ATIVA, Exigencia.DIA_DO_EFEITO),
            efeito=Efeito.EFETIVAR_SUCESSAO,
            estado="assinado, à espera do efeito",
        ),
    ),
    concluido="efetivada",
    definitivo="Cláusula 3.87: a sucessora já assumiu a posição no contrato; outra mudança é outra sucessão.",
    pedido=Pedido(
        "Informar sucessão",
        "Cláusula 3.86: a alteração societária leva ao distrato, com novo contrato em nome da sucessora, ou a um termo "
        "de cessão. Cláusula 3.86.1: o novo contrato começa no dia do distrato e dura o que restava ao original. "
        "Cláusula 3.87: na data do efeito a sucessora assume tudo o que cabia à sucedida.",
        "Sucessão informada: a CCEE analisa os documentos.",
        DE_LEILAO,
        ancoras=(("L", "ato_publicado_em"), ("S", "efeito_em")),
        tambem_ccee=True,
    ),
)
GARANTIA_DE_SUCESSAO = Procedimento(
    "distrato_garantia",
    "Garantia com a nova titularidade",
    (),
    (
        Atividade(
            "W1",
            "Registrar o distrato da garantia original",
            Responsavel.AGENTES,
            "N.A.",
            ("3.86.2",),
            evidencia=("documento",),
            estado="pendência: distrato da garantia",
        ),
        Atividade(
            "W2",
            "Registrar a nova garantia",
            Responsavel.AGENTES,
            "N.A.",
            ("3.86.2",),
            evidencia=("garantia",),
            estado="pendência: nova garantia",
        ),
    ),
    concluido="garantia substituída",
)
DE_SUCESSAO = (SUCESSAO, GARANTIA_DE_SUCESSAO)
