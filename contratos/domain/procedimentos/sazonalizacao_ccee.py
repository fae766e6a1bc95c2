"""Years that are not between buyer and seller: of a plant, of quotas, and what CCEE states of availability contracts.

`ANO` is the year before the one that is meant (3.51 to 3.53, 3.75).
"""

from contratos.domain.contrato import Especie
from contratos.domain.procedimentos.modelo import (
    Atividade,
    Condicao,
    Efeito,
    Exigencia,
    Fato,
    Pedido,
    Procedimento,
    Responsavel,
)

UMA_VEZ = "A sazonalização do ano é feita uma vez só: depois de definitiva não se muda nem se desfaz."
SAZO_USINA = Procedimento(
    "sazo_usina",
    "Sazonalização pela disponibilidade da usina",
    ("CAL:sazo_ccear", "ANO"),
    (
        Atividade(
            "Z1",
            "Informar o perfil da usina",
            Responsavel.VENDEDOR,
            "CAL:sazo_ccear",
            ("3.51", "3.51.2"),
            evidencia=("sazonalizacao",),
            exige=(Exigencia.REGISTRADO, Exigencia.JANELA_DE_SAZONALIZACAO),
            encerra=("Z3",),
            efeito=Efeito.SAZONALIZAR_USINA,
            estado="à espera do vendedor",
        ),
        Atividade(
            "Z3",
            "Dar o prazo do vendedor por encerrado",
            Responsavel.CCEE,
            "N.A.",
            ("3.51.1",),
            condicao=(Condicao.ATRASOU, "Z1"),
            encerra=("Z1",),
            fato=Fato.DECURSO,
            opcional=True,
        ),
        Atividade(
            "Z4",
            "Sazonalizar pela disponibilidade declarada",
            Responsavel.CCEE,
            "31Dec",
            ("3.51.1",),
            depois=("Z3",),
            efeito=Efeito.SAZONALIZAR_PELO_DECLARADO,
            estado="à espera da CCEE",
            desfecho="sazonalizado pela disponibilidade declarada",
        ),
    ),
    concluido="sazonalizado pelo vendedor",
    definitivo=UMA_VEZ,
)
NOVA_DISPONIBILIDADE = Procedimento(
    "nova_disponibilidade",
    "Nova disponibilidade da usina",
    ("T",),
    (
        Atividade(
            "W1",
            "Declarar a nova disponibilidade",
            Responsavel.VENDEDOR,
            "N.A.",
            ("3.51.3", "3.51.4"),
            evidencia=("nova_disponibilidade",),
            exige=(Exigencia.REGISTRADO,),
            efeito=Efeito.DECLARAR_DISPONIBILIDADE,
            estado="em declaração",
        ),
    ),
    concluido="declarada",
    pedido=Pedido(
        "Declarar nova disponibilidade",
        "Cláusulas 3.51.3 e 3.51.4: alteradas as características técnicas da usina, o vendedor pode declarar outros "
        "valores mensais. Eles valem a partir da sazonalização do próximo ano civil; a do ano corrente fica como está.",
        "Nova disponibilidade declarada: vale a partir da próxima sazonalização.",
        frozenset({Especie.CCEAR_QUANTIDADE}),
    ),
)
INFLEXIBILIDADE = Procedimento(
    "inflexibilidade",
    "Inflexibilidade de CCEAR por disponibilidade",
    ("ANO",),
    (
        Atividade(
            "I1",
            "Informar o CVU e a inflexibilidade",
            Responsavel.CCEE,
            "31Dec",
            ("3.53",),
            evidencia=("inflexibilidade",),
            exige=(Exigencia.REGISTRADO,),
            efeito=Efeito.INFORMAR_INFLEXIBILIDADE,
            estado="à espera da CCEE",
        ),
    ),
    concluido="informada",
    definitivo="Cláusula 3.53: a inflexibilidade do ano é preenchida uma vez só.",
)
SAZO_COTAS = Procedimento(
    "sazo_cotas",
    "Sazonalização de cotas",
    ("ANO",),
    (
        Atividade(
            "Z1",
            "Sazonalizar as cotas",
            Responsavel.CCEE,
            "31Dec-2du",
            ("3.75",),
            evidencia=("sazonalizacao",),
            exige=(Exigencia.REGISTRADO,),
            efeito=Efeito.SAZONALIZAR_COTAS,
            estado="à espera da CCEE",
        ),
    ),
    concluido="sazonalizado pela CCEE",
    definitivo=UMA_VEZ,
)
DA_CCEE_E_DO_VENDEDOR = (SAZO_USINA, NOVA_DISPONIBILIDADE, INFLEXIBILIDADE, SAZO_COTAS)
