"""What can be told: each kind of event, which entries of the ledger make it, and what of them goes out, all as data."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

TESTE = "webhook.teste"
DIRETORIO = "diretorio.entrada"
OBJETO = "objeto"  # of a ledger entry; all other names are those of its `dados`


@dataclass(frozen=True, slots=True)
class Tipo:
    nome: str
    rotulo: str
    campos: Mapping[str, str]  # name in the event -> where the ledger's entry has it. What is not here stays here
    exemplo: Mapping[str, Any]
    trilha: str = ""  # the kind of entry; without one the event comes from elsewhere
    so_com: Mapping[str, Any] = field(default_factory=dict)  # and what its `dados` must say


_SHA256 = "9f86d081884c7d65" * 4
_CERTIFICADO = {"arquivo": OBJETO, "sha256": "sha256"}
DE_AGENTE = (
    Tipo(
        "adesao.concluida",
        "Adesão concluída",
        {"protocolo": OBJETO},
        {"protocolo": "PI-2026-000123"},
        "adesao.concluida",
    ),
    Tipo(
        "cadastro.atualizado",
        "Atualização do cadastro concluída",
        {"protocolo": OBJETO, "senha": "senha"},
        {"protocolo": "PI-2026-000124", "senha": "mantida"},
        "atualizacao.concluida",
    ),
    Tipo(
        "certificado.incluido",
        "Certificado incluído",
        {**_CERTIFICADO, "protocolo": "protocolo"},
        {"arquivo": "servidor.cer", "sha256": _SHA256, "protocolo": "PI-2026-000124"},
        "certificado.incluido",
    ),
    Tipo(
        "certificado.excluido",
        "Certificado excluído, a pedido ou por vencimento",
        {**_CERTIFICADO, "motivo": "motivo"},
        {"arquivo": "servidor.cer", "sha256": _SHA256, "motivo": "Venceu em 22/11/2026"},
        "certificado.excluido",
    ),
    Tipo(
        "senha.definida",
        "Senha do usuário sistêmico definida ou trocada (a senha nunca vai)",
        {"protocolo": OBJETO, "versao": "versao"},
        {"protocolo": "PI-2026-000124", "versao": 2},
        "senha.definida",
    ),
    Tipo(
        "aviso.vencimento",
        "Aviso de vencimento enviado: 30, 15 e 7 dias antes (um por pessoa avisada)",
        {"antecedencia_dias": "antecedencia", "sha256": "sha256"},
        {"antecedencia_dias": 30, "sha256": _SHA256},
        "aviso.enviado",
        {"tipo": "vencimento"},
    ),
)
DE_GATEWAY = (
    Tipo(
        DIRETORIO,
        "Entrada nova no diretório de quem pode entrar",
        {},
        {
            "cursor": "1041-9c1e66d0",
            "cnpj": "11222333000181",
            "sigla": "AURORA",
            "sha256": _SHA256,
            "ativo": False,
            "motivo": "certificado-excluido",
            "valido_de": "2026-01-12T12:00:00Z",
            "valido_ate": "2027-01-12T12:00:00Z",
        },
    ),
)
DE_TESTE = Tipo(
    TESTE,
    "Teste, pedido na página",
    {},
    {"mensagem": "Se você lê isto, o endereço recebe e a assinatura pode ser conferida."},
)
POR_NOME = {tipo.nome: tipo for tipo in (*DE_AGENTE, *DE_GATEWAY, DE_TESTE)}
POR_ENTRADA = {tipo.trilha: tipo for tipo in DE_AGENTE}  # the ledger's kinds that are told


def offered(*, gateway: bool) -> tuple[Tipo, ...]:
    return DE_GATEWAY if gateway else DE_AGENTE


def of_entry(kind: str, dados: Mapping[str, Any]) -> Tipo | None:
    """The event that an entry of the ledger makes, if it does."""
    tipo = POR_ENTRADA.get(kind)
    if tipo is None or any(dados.get(name) != value for name, value in tipo.so_com.items()):
        return None
    return tipo


def choose(tipo: Tipo, objeto: str, dados: Mapping[str, Any]) -> dict[str, Any]:
    """What goes out of an entry: the fields of the list, as far as this entry has them."""
    source = {**dados, OBJETO: objeto}
    return {name: source[where] for name, where in tipo.campos.items() if where in source}


def write(evento: str, tipo: str, *, at: datetime, cnpj: str, ambiente: str, dados: Mapping[str, Any]) -> bytes:
    """The body, the same to the byte however often it is made."""
    whole = {
        "id": evento,
        "tipo": tipo,
        "ocorrido_em": instant(at),
        "ambiente": ambiente,
        "cnpj": cnpj,
        "dados": dict(dados),
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def unknown(names: Collection[str], *, gateway: bool) -> list[str]:
    return sorted(set(names) - {tipo.nome for tipo in offered(gateway=gateway)})
