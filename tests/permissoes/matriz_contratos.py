"""The pages of contracts, for matriz.py."""

from tests.permissoes.papeis import (
    ALTERA,
    API,
    API_ABERTA,
    API_ALTERA,
    API_NAO_ACEITO,
    API_NAO_VE,
    API_VE,
    CONSULTA,
    EQUIPE,
    ESCRITAS,
    GATEWAY,
    GET,
    INICIA,
    LEITURA,
    NAO_ACEITO,
    NAO_VE,
    NENHUM_OUTRO,
    OPERACAO,
    OPTIONS,
    PESSOAS,
    POST,
    PUT,
    RESTO,
    SEGUROS,
    SEM_CHAVE,
    SEM_SESSAO,
    SO_PESSOAS,
    Grupo,
    Saidas,
)

DA_CCEE: Saidas = {"entra": OPERACAO, "403": PESSOAS - OPERACAO, "entrar": SEM_SESSAO}
VE = ALTERA | CONSULTA | EQUIPE
DE_QUEM_VE: Saidas = {"entra": VE, "404": NAO_VE - EQUIPE, "entrar": SEM_SESSAO}


def _only(quem: frozenset[str]) -> Saidas:
    """Of those who see the contract, who may do this."""
    return {"entra": quem, "403": VE - quem, "404": NAO_VE - EQUIPE, "entrar": SEM_SESSAO}


API_DE_QUEM_AGE: Saidas = {
    "entra": API_ALTERA, "403": GATEWAY | CONSULTA | EQUIPE, "404": API_NAO_VE - EQUIPE, "401": SEM_CHAVE,
}  # fmt: skip
CONTRATO = r"contratos/<numero:numero>/"
DE_UM_CONTRATO = (
    Grupo(
        "contratos: a lista, o que vence, Itaipu",
        (r"contratos/(agenda/|itaipu/|itaipu\.csv|proinfa\.csv)?",),
        {GET: SO_PESSOAS, NENHUM_OUTRO: NAO_ACEITO},
    ),
    Grupo(
        "o ano do PROINFA: de quem tem cota, da CCEE e do regulador",
        (r"contratos/proinfa/<int:ano>\.csv",),
        {GET: {"404": PESSOAS, "entrar": SEM_SESSAO}, NENHUM_OUTRO: NAO_ACEITO},
    ),
    Grupo(
        "as cotas do PROINFA: publica-as a CCEE",
        ("contratos/proinfa/",),
        {GET: SO_PESSOAS, POST: DA_CCEE, OPTIONS + PUT + RESTO: NAO_ACEITO},
    ),
    Grupo(
        "históricos de consumo: quem não é parte não tem de quem declarar",
        ("contratos/proinfa/historicos/",),
        {GET + POST: SO_PESSOAS, OPTIONS + PUT + RESTO: NAO_ACEITO},
    ),
    Grupo(
        "responder a um histórico: da parte que não o declarou",
        ("contratos/proinfa/historicos/<int:pk>/",),
        {POST: _only(ALTERA), SEGUROS + PUT + RESTO: NAO_ACEITO},
    ),
    Grupo(
        "registrar um contrato: de quem age por alguma empresa",
        ("contratos/registrar/<slug:codigo>/",),
        {
            GET + POST: {"entra": INICIA, "403": PESSOAS - INICIA, "entrar": SEM_SESSAO},
            OPTIONS + PUT + RESTO: NAO_ACEITO,
        },
    ),
    Grupo(
        "um contrato e seus documentos",
        (CONTRATO, CONTRATO + r"documentos/<int:pk>/documento\.pdf"),
        {GET: DE_QUEM_VE, NENHUM_OUTRO: NAO_ACEITO},
    ),
    Grupo(
        "o ano de um contrato: simular não é mudar",
        (CONTRATO + "montantes/<int:ano>/",),
        {GET + POST: DE_QUEM_VE, OPTIONS + PUT + RESTO: NAO_ACEITO},
    ),
    Grupo(
        "o ano de um contrato, para planilha",
        (CONTRATO + r"montantes/<int:ano>/montantes\.csv",),
        {GET: DE_QUEM_VE, NENHUM_OUTRO: NAO_ACEITO},
    ),
    Grupo(
        "as horas de um mês: simular é de quem vê, e não grava nada",
        (CONTRATO + "modulacao/<mes:mes>/",),
        {GET + POST: DE_QUEM_VE, OPTIONS + PUT + RESTO: NAO_ACEITO},
    ),
    Grupo(
        "as horas de um mês, para planilha",
        (CONTRATO + r"modulacao/<mes:mes>/horas\.csv",),
        {GET: DE_QUEM_VE, NENHUM_OUTRO: NAO_ACEITO},
    ),
    Grupo(
        "uma atividade do vendedor",
        (CONTRATO + "atividades/<int:pk>/",),
        {GET: DE_QUEM_VE, POST: _only(ALTERA), OPTIONS + PUT + RESTO: NAO_ACEITO},
    ),
    Grupo(
        "o que a CCEE faz de uma vez",
        (CONTRATO + "atividades/<int:pk>/dispensar/", CONTRATO + "fluxos/<int:pk>/decurso/"),
        {POST: _only(OPERACAO), SEGUROS + PUT + RESTO: NAO_ACEITO},
    ),
    Grupo(
        "o que só a CCEE faz num contrato",
        (
            CONTRATO + "fluxos/(novo|<int:pk>/(ancoras|cancelar))/",
            CONTRATO + "(validar|registrar|suspender|retomar|finalizar|nao-assinado)/",
        ),
        {GET + POST: _only(OPERACAO), OPTIONS + PUT + RESTO: NAO_ACEITO},
    ),
    Grupo(
        "o que a parte pede",
        (CONTRATO + "pedidos/<slug:codigo>/",),
        {GET + POST: _only(ALTERA), OPTIONS + PUT + RESTO: NAO_ACEITO},
    ),
    Grupo(
        "o que a parte, ou a CCEE por ela, informa",
        (
            CONTRATO + "(garantias/(nova|<int:pk>)|signatarios/novo|exigencias/<int:pk>)/",
            CONTRATO + "documentos/<int:pk>/assinatura/(papel/)?",
        ),
        {GET + POST: _only(ALTERA | OPERACAO), OPTIONS + PUT + RESTO: NAO_ACEITO},
    ),
    Grupo(
        "retirar um signatário",
        (CONTRATO + "signatarios/<int:pk>/encerrar/",),
        {POST: _only(ALTERA | OPERACAO), SEGUROS + PUT + RESTO: NAO_ACEITO},
    ),
)
API_DE_CONTRATOS = (
    Grupo(
        "um contrato, para máquinas",
        ("api/v1/contratos/<str:numero>/",),
        {
            GET: {"entra": API_VE | EQUIPE, "404": API_NAO_VE - EQUIPE, "401": SEM_CHAVE, "403": GATEWAY},
            OPTIONS: API_ABERTA,
            ESCRITAS: API_NAO_ACEITO,
        },
    ),
    Grupo(
        "o ano e o mês de um contrato, para máquinas: simular não é mudar",
        ("api/v1/contratos/<str:numero>/(montantes/<int:ano>|modulacao/<str:mes>)/",),
        {
            GET + POST: {"entra": API_VE | EQUIPE, "404": API_NAO_VE - EQUIPE, "401": SEM_CHAVE, "403": GATEWAY},
            OPTIONS: API_ABERTA,
            PUT + RESTO: API_NAO_ACEITO,
        },
    ),
    Grupo("o que se pode pedir", ("api/v1/pedidos/",), {SEGUROS: API_ABERTA, ESCRITAS: API_NAO_ACEITO}),
    Grupo("as cotas que se veem", ("api/v1/proinfa/",), {SEGUROS: API_ABERTA, ESCRITAS: API_NAO_ACEITO}),
    Grupo(
        "o ano do PROINFA, para máquinas: de quem tem cota, da CCEE e do regulador",
        ("api/v1/proinfa/curvas/<int:ano>/",),
        {
            GET: {"404": API, "401": SEM_CHAVE, "403": GATEWAY},
            OPTIONS: API_ABERTA,
            ESCRITAS: API_NAO_ACEITO,
        },
    ),
    Grupo(
        "históricos de consumo, para máquinas: quem não é parte não tem de quem declarar",
        ("api/v1/proinfa/historicos/",),
        {SEGUROS + POST: API_ABERTA, PUT + RESTO: API_NAO_ACEITO},
    ),
    Grupo(
        "responder a um histórico, por máquina: da parte que não o declarou",
        ("api/v1/proinfa/historicos/<int:historico>/resposta/",),
        {POST: API_DE_QUEM_AGE, OPTIONS: API_ABERTA, GET + PUT + RESTO: API_NAO_ACEITO},
    ),
    Grupo(
        "registrar um contrato, por máquina",
        ("api/v1/contratos/registrar/<str:codigo>/",),
        {
            POST: {
                "entra": INICIA | {"chave", "chave_de_outro"},
                "403": GATEWAY | (PESSOAS - INICIA),
                "401": SEM_CHAVE,
            },
            OPTIONS: API_ABERTA,
            GET + PUT + RESTO: API_NAO_ACEITO,
        },
    ),
    Grupo(
        "pedir, por máquina",
        ("api/v1/contratos/<str:numero>/pedidos/<str:codigo>/",),
        {POST: API_DE_QUEM_AGE, OPTIONS: API_ABERTA, GET + PUT + RESTO: API_NAO_ACEITO},
    ),
    Grupo(
        "concluir uma atividade do vendedor, por máquina",
        ("api/v1/contratos/<str:numero>/atividades/<int:atividade>/concluir/",),
        {POST: API_DE_QUEM_AGE, OPTIONS: API_ABERTA, GET + PUT + RESTO: API_NAO_ACEITO},
    ),
)
RELATORIOS = (
    Grupo(
        "relatórios: cada um vê os dos seus contratos",
        (r"contratos/relatorios/((<slug:codigo>|cbrs)(/|\.pdf|\.csv))?",),
        {GET: SO_PESSOAS, NENHUM_OUTRO: NAO_ACEITO},
    ),
    Grupo("a fila da CCEE", ("contratos/textos/a-publicar/",), {GET: DA_CCEE, NENHUM_OUTRO: NAO_ACEITO}),
    Grupo(
        "o que cabe à CCEE",
        ("contratos/relatorios/chamados/", "contratos/marcos/(publicar|adotar)/", "contratos/sazonalizacoes/"),
        {GET + POST: DA_CCEE, OPTIONS + PUT + RESTO: NAO_ACEITO},
    ),
    Grupo(
        "encerrar um chamado",
        ("contratos/relatorios/chamados/<int:pk>/encerrar/",),
        {
            POST: {
                "entra": OPERACAO,
                "403": ALTERA | CONSULTA | LEITURA,
                "404": NAO_VE - EQUIPE,
                "entrar": SEM_SESSAO,
            },
            SEGUROS + PUT + RESTO: NAO_ACEITO,
        },
    ),
    Grupo(
        "levar um contrato inteiro",
        (r"contratos/<numero:numero>/contrato\.zip",),
        {
            GET: {"entra": ALTERA | CONSULTA | EQUIPE, "404": NAO_VE - EQUIPE, "entrar": SEM_SESSAO},
            NENHUM_OUTRO: NAO_ACEITO,
        },
    ),
)
