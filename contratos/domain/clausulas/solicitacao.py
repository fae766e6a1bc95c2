"""Clauses 3.79 to 3.84."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Alterações contratuais",
    "Alteração de dados por solicitação do agente",
    (
        Clausula(
            "3.79",
            Classe.TRACK,
            "Vendedor ou comprador",
            "Depois de assinado o CCEAR, CER ou CA, a garantia financeira, o termo aditivo ou o de cessão, a "
            "parte pode pedir mudança de dados bancários, de representantes para comunicação ou do faturamento da "
            "matriz pela filial. Pede por formulário eletrônico, com as alterações e os representantes que vão "
            "assiná-las.",
            tambem=(Classe.ENFORCE,),
            prazo_texto="o envio abre o prazo T",
            realizada_em=("contratos.services.pedidos.request",),
        ),
        Clausula(
            "3.80",
            Classe.TRACK,
            "CCEE",
            "A CCEE avalia o pedido e põe o formulário no Portal de Assinaturas ou comunica ao agente, pelo "
            "sistema, o que está inconsistente.",
            prazos=("T+5du",),
            nota="Leitura do portal: envio, recebimento e abertura do pedido são um instante só, T.",
            realizada_em=("contratos.domain.procedimentos.alteracao.SOLICITACAO",),
        ),
        Clausula(
            "3.80.1",
            Classe.ENFORCE,
            "Solicitante",
            "Quem pediu assina o formulário com certificado ICP-Brasil e envia à CCEE o protocolo de "
            "autenticidade da assinatura.",
            prazos=("T+30dc",),
            realizada_em=("contratos.services.assinaturas.receive",),
        ),
        Clausula(
            "3.81",
            Classe.TRACK,
            "CCEE",
            "Depois da assinatura, a CCEE conta à contraparte o que mudou.",
            prazos=("N.A.",),
            realizada_em=("contratos.domain.procedimentos.alteracao.SOLICITACAO",),
        ),
        Clausula(
            "3.82",
            Classe.ENFORCE,
            "Agentes e CCEE",
            "Nome empresarial (sem troca de titularidade) e endereço mudam pelo submódulo 1.2; feita a mudança, a "
            "CCEE a informa à contraparte.",
            tambem=(Classe.TRACK,),
            realizada_em=("contratos.services.pedidos.request", "contratos.services.nome_alterado.open_name_changes"),
        ),
        Clausula(
            "3.83",
            Classe.INFO,
            "Partes",
            "Cada parte leva ao seu banco as mudanças cadastrais da contraparte.",
            porque="O banco está fora do portal, que pode apenas lembrar as partes.",
        ),
        Clausula(
            "3.84",
            Classe.TRACK,
            "CCEE",
            "A CCEE cancela o pedido a que o solicitante não deu seguimento.",
            tambem=(Classe.ENFORCE,),
            prazos=("T+30dc",),
            prazo_texto="cancela-se ao acabar esse dia",
            nota=(
                "O texto manda cancelar depois de 30 dias do recebimento e a tabela, até T+30dc da abertura. Leitura "
                "do portal: assina-se até T+30dc e cancela-se no começo do dia seguinte."
            ),
            realizada_em=("contratos.services.decurso.advance", "contratos.services.decurso.confirm_lapse"),
        ),
    ),
)
