"""The guarantee of the buyer of a CCEAR or CA: when it is replaced (3.98), and what the new one must meet (3.99)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from portal.kernel.text import searchable


class Motivo(StrEnum):
    VENDEDOR = "vendedor"
    COMPRADOR = "comprador"
    BANCO = "banco"
    ANEEL = "aneel"


MOTIVOS = {
    Motivo.VENDEDOR: "3.98 (a) mudança de titularidade do vendedor",
    Motivo.COMPRADOR: "3.98 (b) mudança de titularidade do comprador",
    Motivo.BANCO: "3.98 (c) substituição do banco gestor",
    Motivo.ANEEL: "3.98 (d) outro caso reconhecido pela ANEEL",
}
CONFERENCIA = {
    "confere_valor": "O valor é o que o edital e o contrato exigem?",
    "confere_validade": "A validade é a que o edital e o contrato exigem?",
    "confere_forma": "A forma é a que o edital e o contrato exigem?",
}
CENTAVOS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Nova:
    """What the buyer says of the new instrument. `anterior`: the bank of the one in force."""

    exigido: Decimal
    valor: Decimal
    vale_ate: date
    banco: str
    anterior: str


def reason_problems(motivo: Motivo, ato: Mapping[str, str]) -> dict[str, str]:
    """By field. `ato`: what was stated of the act of ANEEL."""
    if motivo is not Motivo.ANEEL:
        return {}
    text = (
        "Cláusula 3.98 (d): outro caso só se admite quando a ANEEL o reconhece. "
        "Informe o tipo, o número e a publicação do ato que o reconheceu."
    )
    return {nome: text for nome in ("ato_tipo", "ato_numero", "ato_publicado_em") if not ato.get(nome)}


def new_problems(nova: Nova, motivo: Motivo, hoje: date) -> dict[str, str]:
    """By field."""
    found = {
        nome: f"{valor} tem mais de duas casas decimais: informe o valor em reais e centavos.".replace(".", ",", 1)
        for nome, valor in (("valor_exigido", nova.exigido), ("valor", nova.valor))
        if valor != valor.quantize(CENTAVOS)
    }
    if nova.exigido <= 0:
        found["valor_exigido"] = "Informe o valor que o edital e o contrato exigem, maior que zero."
    if nova.valor < nova.exigido:
        found["valor"] = (
            f"Cláusula 3.99: a nova garantia é de {reais(nova.valor)}, e o edital e o contrato exigem "
            f"{reais(nova.exigido)}. Apresente uma garantia desse valor ou maior."
        )
    if nova.vale_ate <= hoje:
        found["vale_ate"] = (
            f"Cláusula 3.99: a nova garantia vence em {nova.vale_ate:%d/%m/%Y}. Apresente uma que valha além de hoje, "
            "pelo tempo que o edital e o contrato pedem."
        )
    if motivo is Motivo.BANCO and searchable(nova.banco) == searchable(nova.anterior):
        found["banco_gestor"] = (
            f"Cláusula 3.98 (c): o pedido é de substituir o banco gestor, e {nova.anterior} é o do CCG em vigor. "
            "Informe o novo banco, ou cancele este pedido e peça a substituição pelo motivo certo."
        )
    return found


def checklist_problems(conferido: Mapping[str, str]) -> dict[str, str]:
    """By field, of what CCEE found not to be as the edital and the contract ask."""
    text = (
        "Cláusula 3.99: a garantia não segue o edital e o contrato neste item, e sem ele não há CCG. "
        "Escolha “Há inconsistência”: o comprador recebe a atividade de volta para corrigi-la."
    )
    return {nome: text for nome in CONFERENCIA if conferido[nome] != "sim"}


def reais(valor: Decimal) -> str:
    return f"R$ {valor:,.2f}".translate(str.maketrans(",.", ".,"))
