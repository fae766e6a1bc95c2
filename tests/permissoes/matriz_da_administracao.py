"""Django admin: who looks, who keeps, and that nobody deletes."""

from tests.permissoes.papeis import (
    ABERTA,
    DA_EQUIPE,
    DA_OPERACAO,
    DE_NINGUEM,
    EQUIPE,
    EQUIPE_NAO_ACEITO,
    ESCRITAS,
    GET,
    NAO_HA,
    OPTIONS,
    OUTRAS_PESSOAS,
    POST,
    PUT,
    RESTO,
    SEGUROS,
    SEM_SESSAO,
    TODOS,
    TODOS_OS_METODOS,
    Grupo,
)

ADMIN = r"admin/(auditoria|calendario|agentes|icp|certificados|adesao|notificacoes|contratos|gateway|webhooks)/\w+/"
OBJETO = ADMIN + r"<path:object_id>/"
DE_CONTRATOS = (
    "contratos/(fluxo|atividade|documento|garantia|signatario|outorga|conjuntodemarcos|"
    "acordobilateral|aditamento|cbr|ccer|ccg|sucessao|suprimento|modulacao|percentualdoacl|versaodocbr|"
    "sazonalizacao|rodada|inflexibilidade|"
    "historicodeconsumo|cotadoproinfa|cotadomes|movimentodecota|anodoproinfa|cotaanual|curvadoproinfa)"
)
SO_VISTOS = (
    r"admin/(auditoria/evento|agentes/convite|certificados/(certificado|listarevogacao)|adesao/(solicitacao|lote)|(notificacoes|gateway)/\w+|webhooks/entrega|"
    f"{DE_CONTRATOS})/"
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
    Grupo(
        "não se incluem à mão",
        (SO_VISTOS + "add/", "admin/calendario/facultativo/add/"),
        {TODOS_OS_METODOS: DE_NINGUEM},
    ),
    Grupo(
        "não se alteram",
        (SO_VISTOS + "<path:object_id>/change/", "admin/contratos/minuta/<path:object_id>/change/"),
        {SEGUROS + PUT + RESTO: DA_EQUIPE, POST: DE_NINGUEM},
    ),
    Grupo(
        "a operação inclui",
        (
            r"admin/(agentes/(agente|representacao|chavedemaquina|usuario)|icp/\w+|certificados/politica|calendario/feriado|webhooks/destino)/add/",
            "admin/contratos/(contrato|leilao|minuta|atoregulatorio|indisponibilidade|anuncio|elegivel|potenciadocontrato|unidadeconsumidora|usinadoproinfa|representantedecotista)/add/",
            "admin/contratos/(regradesazonalizacao|perfildecarga|disponibilidadedeclarada)/add/",
        ),
        {TODOS_OS_METODOS: DA_OPERACAO},
    ),
    Grupo(
        "a operação altera",
        (
            r"admin/(agentes/(agente|representacao|chavedemaquina|usuario)|icp/\w+|certificados/politica|calendario/\w+|webhooks/destino)/<path:object_id>/change/",
            "admin/contratos/(contrato|leilao|atoregulatorio|indisponibilidade|anuncio|elegivel|potenciadocontrato|unidadeconsumidora|usinadoproinfa|representantedecotista)/<path:object_id>/change/",
            "admin/contratos/(regradesazonalizacao|perfildecarga|disponibilidadedeclarada)/<path:object_id>/change/",
        ),
        {SEGUROS + PUT + RESTO: DA_EQUIPE, POST: DA_OPERACAO},
    ),
    Grupo(
        "a operação exclui certificados e suspende certificadoras",
        (r"admin/certificados/certificado/<int:pk>/excluir/", r"admin/icp/\w+/<int:pk>/aceitacao/"),
        {TODOS_OS_METODOS: DA_OPERACAO},
    ),
    Grupo(
        "a operação simula uma política e avisa dela",
        ("admin/certificados/politica/simular/", "admin/notificacoes/envio/politica/"),
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
