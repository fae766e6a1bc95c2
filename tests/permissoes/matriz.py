"""Who gets in where: the expected outcome of every URL × method × role. A URL that is in no group fails the test.

Outcomes: `entra` (the page let the caller in, whatever it then said of the fields), `entrar` (sent to the sign-in
page), and 401, 403, 404, 405. The company of the URL is always the one that `representante` represents.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

PESSOAS = frozenset(
    {"representante", "legal", "contabil", "de_outro", "encerrado", "futuro", "operacao", "leitura", "regulador"}
)
MAQUINAS = frozenset({"chave", "chave_de_outro", "chave_gateway", "chave_revogada"})
TODOS = PESSOAS | MAQUINAS | {"anonimo"}
SEM_SESSAO = TODOS - PESSOAS  # a key opens no page

ALTERA = frozenset({"representante"})
CONSULTA = frozenset({"legal", "contabil", "regulador"})
NAO_VE = PESSOAS - ALTERA - CONSULTA
INICIA = frozenset({"representante", "de_outro"})  # representantes CCEE today, of any company
REPRESENTA = INICIA | {"legal", "contabil"}  # somebody today, in any role

EQUIPE = frozenset({"operacao", "leitura"})
OPERACAO = frozenset({"operacao"})
LEITURA = frozenset({"leitura"})
OUTRAS_PESSOAS = PESSOAS - EQUIPE

SEM_CHAVE = frozenset({"anonimo", "chave_revogada"})
GATEWAY = frozenset({"chave_gateway"})
API = TODOS - SEM_CHAVE - GATEWAY
API_ALTERA = ALTERA | {"chave"}
API_VE = API_ALTERA | CONSULTA
API_NAO_VE = NAO_VE | {"chave_de_outro"}

GET, OPTIONS, POST = ("GET", "HEAD"), ("OPTIONS",), ("POST",)
PUT, RESTO = ("PUT",), ("PATCH", "DELETE")
SEGUROS = GET + OPTIONS
ESCRITAS = POST + PUT + RESTO
NENHUM_OUTRO = OPTIONS + ESCRITAS  # where a page is for looking only
TODOS_OS_METODOS = SEGUROS + ESCRITAS

Saidas = Mapping[str, frozenset[str]]
NAO_ACEITO: Saidas = {"405": TODOS}
ABERTA: Saidas = {"entra": TODOS}
SO_PESSOAS: Saidas = {"entra": PESSOAS, "entrar": SEM_SESSAO}
PEDE_ENTRADA: Saidas = {"405": PESSOAS, "entrar": SEM_SESSAO}
DA_EMPRESA: Saidas = {"entra": ALTERA | CONSULTA, "404": NAO_VE, "entrar": SEM_SESSAO}
DE_QUEM_ALTERA: Saidas = {"entra": ALTERA, "403": CONSULTA, "404": NAO_VE, "entrar": SEM_SESSAO}
API_NAO_ACEITO: Saidas = {"405": API, "401": SEM_CHAVE, "403": GATEWAY}
API_ABERTA: Saidas = {"entra": API, "401": SEM_CHAVE, "403": GATEWAY}
API_DA_EMPRESA: Saidas = {"entra": API_VE, "404": API_NAO_VE, "401": SEM_CHAVE, "403": GATEWAY}
API_DE_QUEM_ALTERA: Saidas = {"entra": API_ALTERA, "404": API_NAO_VE, "401": SEM_CHAVE, "403": GATEWAY | CONSULTA}
DA_EQUIPE: Saidas = {"entra": EQUIPE, "entrar": TODOS - EQUIPE}
DA_OPERACAO: Saidas = {"entra": OPERACAO, "403": LEITURA, "entrar": TODOS - EQUIPE}
DE_NINGUEM: Saidas = {"403": EQUIPE, "entrar": TODOS - EQUIPE}
NAO_HA: Saidas = {"404": EQUIPE, "entrar": TODOS - EQUIPE}
EQUIPE_NAO_ACEITO: Saidas = {"405": EQUIPE, "entrar": TODOS - EQUIPE}


@dataclass(frozen=True)
class Grupo:
    titulo: str
    rotas: tuple[str, ...]  # regular expressions that match the whole route, as portal.urls writes it
    regras: Mapping[tuple[str, ...], Saidas]

    def has(self, route: str) -> bool:
        return any(re.fullmatch(pattern, route) for pattern in self.rotas)

    def expected(self, method: str, role: str) -> str:
        (saidas,) = (saidas for methods, saidas in self.regras.items() if method in methods)
        (outcome,) = (outcome for outcome, roles in saidas.items() if role in roles)
        return outcome


EMPRESA = r"adesao/<cnpj:cnpj>/"
ANEXO = EMPRESA + r"anexos/<int:pk>/"
ADMIN = r"admin/(auditoria|calendario|agentes|icp|certificados|adesao|notificacoes)/\w+/"
OBJETO = ADMIN + r"<path:object_id>/"
SO_VISTOS = r"admin/(auditoria/evento|agentes/convite|certificados/certificado|adesao/solicitacao|notificacoes/\w+)/"

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
            "contratos/regras/",
        ),
        {GET: ABERTA, NENHUM_OUTRO: NAO_ACEITO},
    ),
    Grupo("caixa de saída, só na demonstração", ("caixa-de-saida/.*",), {GET: ABERTA, NENHUM_OUTRO: NAO_ACEITO}),
    Grupo(
        "de quem entrou",
        ("", "trilha/", "empresas/", "adesao/", "adesao/conexoes/"),
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
        "recibos, certificados e a prova dos avisos",
        (
            EMPRESA + "recibos/<protocolo:protocolo>/",
            EMPRESA + r"certificados/<int:pk>/arquivo\.cer",
            EMPRESA + r"certificados/<int:pk>/avisos(/|\.pdf|\.csv)",
        ),
        {GET: DA_EMPRESA, NENHUM_OUTRO: NAO_ACEITO},
    ),
)
CONTA = (
    Grupo(
        "a prova dos avisos, para a operação",
        (r"operacao/certificados/<int:pk>/avisos(/|\.pdf|\.csv)",),
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
    Grupo("prazos", ("api/v1/prazos/calcular/",), {SEGUROS: API_ABERTA, ESCRITAS: API_NAO_ACEITO}),
    Grupo("lista", ("api/v1/agentes/",), {SEGUROS: API_ABERTA, ESCRITAS: API_NAO_ACEITO}),
    Grupo(
        "conferência",
        ("api/v1/certificados/verificar/",),
        {OPTIONS + POST: API_ABERTA, GET + PUT + RESTO: API_NAO_ACEITO},
    ),
    Grupo(
        "uma empresa",
        (r"api/v1/agentes/<str:cnpj>/(certificados/(<int:certificado>/arquivo/)?)?",),
        {GET: API_DA_EMPRESA, OPTIONS: API_ABERTA, ESCRITAS: API_NAO_ACEITO},
    ),
    Grupo(
        "solicitações",
        ("api/v1/agentes/<str:cnpj>/solicitacoes/",),
        {POST: API_DE_QUEM_ALTERA, OPTIONS: API_ABERTA, GET + PUT + RESTO: API_NAO_ACEITO},
    ),
)
OPERACOES = (
    Grupo(
        "administração: consulta",
        ("admin/", ADMIN, OBJETO, OBJETO + "history/", r"admin/\^\(\?P<app_label>.*"),
        {TODOS_OS_METODOS: DA_EQUIPE},
    ),
    Grupo(
        "administração: o arquivo de um certificado",
        (r"admin/certificados/certificado/<int:pk>/arquivo\.cer",),
        {TODOS_OS_METODOS: DA_EQUIPE},
    ),
    Grupo("nada se apaga", (OBJETO + "delete/",), {TODOS_OS_METODOS: DE_NINGUEM}),
    Grupo("não se incluem à mão", (SO_VISTOS + "add/",), {TODOS_OS_METODOS: DE_NINGUEM}),
    Grupo(
        "não se alteram",
        (SO_VISTOS + "<path:object_id>/change/",),
        {SEGUROS + PUT + RESTO: DA_EQUIPE, POST: DE_NINGUEM},
    ),
    Grupo(
        "a operação inclui",
        (
            r"admin/(agentes/(agente|representacao|chavedemaquina|usuario)|icp/\w+|certificados/politica|calendario/feriado)/add/",
        ),
        {TODOS_OS_METODOS: DA_OPERACAO},
    ),
    Grupo(
        "a operação altera",
        (
            r"admin/(agentes/(agente|representacao|chavedemaquina|usuario)|icp/\w+|certificados/politica|calendario/feriado)/<path:object_id>/change/",
        ),
        {SEGUROS + PUT + RESTO: DA_EQUIPE, POST: DA_OPERACAO},
    ),
    Grupo(
        "a operação exclui certificados e suspende certificadoras",
        (r"admin/certificados/certificado/<int:pk>/excluir/", r"admin/icp/\w+/<int:pk>/aceitacao/"),
        {TODOS_OS_METODOS: DA_OPERACAO},
    ),
    Grupo(
        "a operação trata do e-mail que não chegou",
        (r"admin/notificacoes/envio/<int:pk>/(endereco|telefone)/", r"admin/notificacoes/tarefa/<int:pk>/concluir/"),
        {TODOS_OS_METODOS: DA_OPERACAO},
    ),
    Grupo(
        "entrada da administração: é a do portal, e quem não é da operação não passa",
        ("admin/login/",),
        {TODOS_OS_METODOS: {"entra": EQUIPE, "403": OUTRAS_PESSOAS, "entrar": SEM_SESSAO}},
    ),
    Grupo(
        "saída da administração: a do portal, e quem não está nela volta ao começo",
        ("admin/logout/",),
        {POST: ABERTA, SEGUROS + PUT + RESTO: {"405": EQUIPE, "entra": TODOS - EQUIPE}},
    ),
    Grupo("troca da senha: a do portal", ("admin/password_change/",), {TODOS_OS_METODOS: DA_EQUIPE}),
    Grupo(
        "apoio das páginas",
        ("admin/(password_change/done|jsi18n)/",),
        {SEGUROS: DA_EQUIPE, ESCRITAS: EQUIPE_NAO_ACEITO},
    ),
    Grupo(
        "preenchimento automático sem campo",
        ("admin/autocomplete/",),
        {GET: DE_NINGUEM, OPTIONS: DA_EQUIPE, ESCRITAS: EQUIPE_NAO_ACEITO},
    ),
    Grupo("endereços que não há", (r"admin/r/.*", r"admin/\(\?P<url>.*"), {TODOS_OS_METODOS: NAO_HA}),
)
AREAS = {"paginas": PAGINAS, "conta": CONTA, "api": INTERFACE, "admin": OPERACOES}
GRUPOS = PAGINAS + CONTA + INTERFACE + OPERACOES
