"""The roles, the methods and the outcomes of which matriz.py and matriz_contratos.py are made."""

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
MAQUINAS_DE_AGENTE = frozenset({"chave", "chave_de_outro"})
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
API_DO_GATEWAY: Saidas = {"entra": GATEWAY, "401": TODOS - API - GATEWAY | PESSOAS, "403": MAQUINAS_DE_AGENTE}
API_DO_DIRETORIO: Saidas = {"entra": GATEWAY, "401": SEM_CHAVE, "403": API}
API_DO_DIRETORIO_NAO_ACEITO: Saidas = {"405": GATEWAY, "401": SEM_CHAVE, "403": API}
API_DO_NGINX: Saidas = {"401": GATEWAY, "403": TODOS - GATEWAY}  # it says no more than nginx can pass on
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
