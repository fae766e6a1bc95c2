"""Who gets in where: the expected outcome of every URL × method × role. A URL that is in no group fails the test.

Outcomes: `entra` (the page let the caller in, whatever it then said of the fields), `entrar` (sent to the sign-in
page), and 401, 403, 404, 405. The company of the URL is always the one that `representante` represents.
"""

from tests.permissoes.matriz_contratos import API_DE_CONTRATOS, DE_UM_CONTRATO, RELATORIOS
from tests.permissoes.matriz_da_administracao import OPERACOES
from tests.permissoes.papeis import (
    ABERTA,
    ALTERA,
    API_ABERTA,
    API_DA_EMPRESA,
    API_DE_QUEM_ALTERA,
    API_DO_DIRETORIO,
    API_DO_DIRETORIO_NAO_ACEITO,
    API_DO_GATEWAY,
    API_DO_NGINX,
    API_NAO_ACEITO,
    DA_EMPRESA,
    DE_QUEM_ALTERA,
    EQUIPE,
    ESCRITAS,
    GET,
    INICIA,
    NAO_ACEITO,
    NENHUM_OUTRO,
    OPTIONS,
    PEDE_ENTRADA,
    PESSOAS,
    POST,
    PUT,
    REPRESENTA,
    RESTO,
    SEGUROS,
    SEM_SESSAO,
    SO_PESSOAS,
    TODOS,
    TODOS_OS_METODOS,
    Grupo,
)

EMPRESA = r"adesao/<cnpj:cnpj>/"
ANEXO = EMPRESA + r"anexos/<int:pk>/"
WEBHOOK = EMPRESA + "webhooks/<int:pk>/"
API_WEBHOOKS = "api/v1/agentes/<str:cnpj>/webhooks/"

PAGINAS = (
    Grupo(
        "públicas",
        (
            "saude/",
            "saude/viva/",
            "metricas",
            "manual/",
            "certificadoras/",
            r"prazos/(prazo\.ics)?",
            "contratos/(regras|textos|marcos|janelas)/",
            r"contratos/textos/<numero:numero>(/|\.pdf)",
            r"autenticidade/(<str:protocolo>(/|\.pdf))?",
        ),
        {GET: ABERTA, NENHUM_OUTRO: NAO_ACEITO},
    ),
    Grupo("caixa de saída, só na demonstração", ("caixa-de-saida/.*",), {GET: ABERTA, NENHUM_OUTRO: NAO_ACEITO}),
    Grupo(
        "de quem entrou",
        ("", "trilha/", "empresas/", "adesao/", "adesao/conexoes/", r"adesao/vencimentos\.csv"),
        {GET: SO_PESSOAS, NENHUM_OUTRO: NAO_ACEITO},
    ),
    Grupo(
        "agenda: criar endereços",
        ("agenda/",),
        {
            GET: SO_PESSOAS,
            POST: {"entra": REPRESENTA, "403": PESSOAS - REPRESENTA, "entrar": SEM_SESSAO},
            OPTIONS + PUT + RESTO: NAO_ACEITO,
        },
    ),
    Grupo(
        "agenda: revogar o próprio endereço",
        ("agenda/<int:pk>/revogar/",),
        {POST: {"entra": ALTERA, "404": PESSOAS - ALTERA, "entrar": SEM_SESSAO}, SEGUROS + PUT + RESTO: NAO_ACEITO},
    ),
    Grupo(
        "agenda: quem tem o endereço secreto",
        (r"agenda/<segredo:segredo>\.ics",),
        {GET: ABERTA, NENHUM_OUTRO: NAO_ACEITO},
    ),
    Grupo(
        "nova adesão",
        ("adesao/nova/",),
        {GET: {"entra": INICIA, "403": PESSOAS - INICIA, "entrar": SEM_SESSAO}, NENHUM_OUTRO: NAO_ACEITO},
    ),
    Grupo(
        "concluir várias",
        ("adesao/concluir-varias/",),
        {
            GET + POST: {"entra": INICIA, "403": PESSOAS - INICIA, "entrar": SEM_SESSAO},
            OPTIONS + PUT + RESTO: NAO_ACEITO,
        },
    ),
    Grupo(
        "o próprio lote",
        ("adesao/concluir-varias/<int:pk>/",),
        {
            GET + POST: {"entra": ALTERA, "404": PESSOAS - ALTERA, "entrar": SEM_SESSAO},
            OPTIONS + PUT + RESTO: NAO_ACEITO,
        },
    ),
    Grupo(
        "o relatório do próprio lote",
        (r"adesao/concluir-varias/<int:pk>/relatorio\.csv",),
        {GET: {"entra": ALTERA, "404": PESSOAS - ALTERA, "entrar": SEM_SESSAO}, NENHUM_OUTRO: NAO_ACEITO},
    ),
    Grupo(
        "um certificado em várias empresas",
        (EMPRESA + "certificados/<int:pk>/outras-empresas/",),
        {GET + POST: DE_QUEM_ALTERA, OPTIONS + PUT + RESTO: NAO_ACEITO},
    ),
    Grupo("cadastro", (EMPRESA,), {GET: DA_EMPRESA, POST: DE_QUEM_ALTERA, OPTIONS + PUT + RESTO: NAO_ACEITO}),
    Grupo(
        "mudanças no rascunho",
        (EMPRESA + "cancelar/", EMPRESA + "anexos/", ANEXO + "(remover|converter|substituir)/"),
        {POST: DE_QUEM_ALTERA, SEGUROS + PUT + RESTO: NAO_ACEITO},
    ),
    Grupo(
        "arquivos do rascunho", (ANEXO + r"(arquivo|convertido)\.cer",), {GET: DE_QUEM_ALTERA, NENHUM_OUTRO: NAO_ACEITO}
    ),
    Grupo(
        "webhooks",
        (EMPRESA + "webhooks/", WEBHOOK),
        {GET: DA_EMPRESA, POST: DE_QUEM_ALTERA, OPTIONS + PUT + RESTO: NAO_ACEITO},
    ),
    Grupo(
        "webhooks: os botões",
        (WEBHOOK + "(segredo|testar|ligar|desligar|remover)/", WEBHOOK + "entregas/<int:entrega>/reenviar/"),
        {POST: DE_QUEM_ALTERA, SEGUROS + PUT + RESTO: NAO_ACEITO},
    ),
    Grupo(
        "recibos, certificados, a conexão e a prova dos avisos",
        (
            EMPRESA + "recibos/<protocolo:protocolo>/",
            EMPRESA + "conexao/",
            EMPRESA + r"certificados/<int:pk>/arquivo\.cer",
            EMPRESA + r"certificados/<int:pk>/avisos(/|\.pdf|\.csv)",
        ),
        {GET: DA_EMPRESA, NENHUM_OUTRO: NAO_ACEITO},
    ),
)
CONTA = (
    Grupo(
        "a prova dos avisos e os vencimentos, para a operação",
        (r"operacao/certificados/<int:pk>/avisos(/|\.pdf|\.csv)", r"operacao/vencimentos\.csv"),
        {GET: {"entra": EQUIPE, "404": PESSOAS - EQUIPE, "entrar": SEM_SESSAO}, NENHUM_OUTRO: NAO_ACEITO},
    ),
    Grupo(
        "dispensa dos avisos, pelo link assinado do e-mail",
        ("avisos/dispensa/<str:token>/",),
        {GET + POST: ABERTA, OPTIONS + PUT + RESTO: NAO_ACEITO},
    ),
    Grupo(
        "entrada, com a volta de quem já entrou",
        ("entrar/",),
        {SEGUROS + POST + PUT: ABERTA, RESTO: {"405": SEM_SESSAO, "entra": PESSOAS}},
    ),
    Grupo(
        "saída, que leva à entrada",
        ("sair/",),
        {GET: SO_PESSOAS, OPTIONS: ABERTA, POST: {"entrar": TODOS}, PUT + RESTO: NAO_ACEITO},
    ),
    Grupo("esqueci a senha", ("conta/senha/recuperar/",), {SEGUROS + POST + PUT: ABERTA, RESTO: NAO_ACEITO}),
    Grupo(
        "avisos da entrada",
        ("conta/senha/(recuperar/enviado|nova/pronto)/", "conta/externo/cancelado/"),
        {SEGUROS: ABERTA, ESCRITAS: NAO_ACEITO},
    ),
    Grupo("escolha da senha pelo link do convite", (r"conta/senha/\^nova/.*",), {TODOS_OS_METODOS: ABERTA}),
    Grupo(
        "troca da senha e confirmação",
        ("conta/senha/", "conta/confirmar/"),
        {SEGUROS + POST + PUT: SO_PESSOAS, RESTO: PEDE_ENTRADA},
    ),
    Grupo(
        "segundo fator: mudanças",
        (
            "conta/senha/definir/",
            "conta/seguranca/(codigo|confirmar|aplicativo|reserva/gerar)/",
            "conta/seguranca/chaves/(incluir|confirmar)/",
            "conta/seguranca/chaves/<int:pk>/(excluir/)?",
        ),
        {TODOS_OS_METODOS: SO_PESSOAS},
    ),
    Grupo(
        "segundo fator: listas",
        ("conta/seguranca/", "conta/seguranca/chaves/"),
        {SEGUROS: SO_PESSOAS, ESCRITAS: PEDE_ENTRADA},
    ),
    Grupo(
        "o que ninguém aqui configurou",
        ("conta/seguranca/aplicativo/desativar/", "conta/seguranca/reserva/baixar/"),
        {TODOS_OS_METODOS: {"404": PESSOAS, "entrar": SEM_SESSAO}},
    ),
    Grupo(
        "códigos de reserva que ninguém aqui tem",
        ("conta/seguranca/reserva/",),
        {GET: {"404": PESSOAS, "entrar": SEM_SESSAO}, OPTIONS: SO_PESSOAS, ESCRITAS: PEDE_ENTRADA},
    ),
    Grupo(
        "entrada com chave de acesso",
        ("conta/seguranca/chaves/entrar/",),
        {GET + POST + PUT: SO_PESSOAS, OPTIONS: ABERTA, RESTO: {"405": SEM_SESSAO, "entra": PESSOAS}},
    ),
    Grupo(
        "provedor que recusou", ("conta/externo/erro/",), {GET: {"401": TODOS}, OPTIONS: ABERTA, ESCRITAS: NAO_ACEITO}
    ),
    Grupo("provedor que não há", ("conta/externo/<slug:provider_id>/(retorno/)?",), {TODOS_OS_METODOS: {"404": TODOS}}),
)
INTERFACE = (
    Grupo("documentação", ("api/v1/(schema|docs)/",), {SEGUROS: ABERTA, ESCRITAS: NAO_ACEITO}),
    Grupo("gateway", ("api/v1/autorizacao/",), {POST: API_DO_GATEWAY, SEGUROS + PUT + RESTO: NAO_ACEITO}),
    Grupo("gateway: nginx", ("api/v1/autorizacao/nginx/",), {TODOS_OS_METODOS: API_DO_NGINX}),
    Grupo(
        "gateway: diretório",
        ("api/v1/diretorio/",),
        {SEGUROS: API_DO_DIRETORIO, ESCRITAS: API_DO_DIRETORIO_NAO_ACEITO},
    ),
    Grupo("prazos", ("api/v1/prazos/calcular/",), {SEGUROS: API_ABERTA, ESCRITAS: API_NAO_ACEITO}),
    Grupo(
        "listas", ("api/v1/(agentes|contratos|trilha|vencimentos)/",), {SEGUROS: API_ABERTA, ESCRITAS: API_NAO_ACEITO}
    ),
    Grupo(
        "conferência",
        ("api/v1/certificados/verificar/",),
        {OPTIONS + POST: API_ABERTA, GET + PUT + RESTO: API_NAO_ACEITO},
    ),
    Grupo(
        "uma empresa",
        (r"api/v1/agentes/<str:cnpj>/(certificados/(<int:certificado>/(arquivo|avisos)/)?)?",),
        {GET: API_DA_EMPRESA, OPTIONS: API_ABERTA, ESCRITAS: API_NAO_ACEITO},
    ),
    Grupo(
        "webhooks: a lista",
        (API_WEBHOOKS,),
        {GET: API_DA_EMPRESA, POST: API_DE_QUEM_ALTERA, OPTIONS: API_ABERTA, PUT + RESTO: API_NAO_ACEITO},
    ),
    Grupo(
        "webhooks: um",
        (API_WEBHOOKS + "<int:webhook>/",),
        {
            GET: API_DA_EMPRESA,
            ("DELETE",): API_DE_QUEM_ALTERA,
            OPTIONS: API_ABERTA,
            POST + PUT + ("PATCH",): API_NAO_ACEITO,
        },
    ),
    Grupo(
        "webhooks: o segredo",
        (API_WEBHOOKS + "<int:webhook>/segredo/",),
        {GET + POST: API_DE_QUEM_ALTERA, OPTIONS: API_ABERTA, PUT + RESTO: API_NAO_ACEITO},
    ),
    Grupo(
        "webhooks: as entregas",
        (API_WEBHOOKS + "<int:webhook>/entregas/",),
        {GET: API_DA_EMPRESA, OPTIONS: API_ABERTA, ESCRITAS: API_NAO_ACEITO},
    ),
    Grupo(
        "webhooks: testar, ligar, desligar e reenviar",
        (API_WEBHOOKS + "<int:webhook>/(testar|ligar|desligar|entregas/<int:entrega>/reenviar)/",),
        {POST: API_DE_QUEM_ALTERA, OPTIONS: API_ABERTA, GET + PUT + RESTO: API_NAO_ACEITO},
    ),
    *API_DE_CONTRATOS,
    Grupo(
        "solicitações",
        ("api/v1/agentes/<str:cnpj>/solicitacoes/",),
        {POST: API_DE_QUEM_ALTERA, OPTIONS: API_ABERTA, GET + PUT + RESTO: API_NAO_ACEITO},
    ),
)
AREAS = {
    "paginas": PAGINAS,
    "conta": CONTA,
    "api": INTERFACE,
    "admin": OPERACOES,
    "relatorios": RELATORIOS,
    "contratos": DE_UM_CONTRATO,
}
GRUPOS = tuple(grupo for area in AREAS.values() for grupo in area)
