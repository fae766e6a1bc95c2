"""CCGs and amendments on their way, for the tests about them."""

from typing import Any

from contratos import services
from contratos.models import Ccg, Documento, Fluxo
from portal.demo import assinador
from portal.demo.hierarquia import Hierarquia
from portal.demo.kit import issue_person
from tests.contratos.cena import EVIDENCIA, Cena, H, P
from tests.contratos.paginas import as_actor

PESSOAS = (("Ana Ribeiro", "52998224725"), ("Davi Nogueira", "11144477735"))
PEDIDO = "/contratos/CCEAR-1/pedidos/ccg_substituicao/"
VENDEDOR = {"substituicao_motivo": "vendedor"}
NOVA = {
    "tipo_garantia": "Fiança bancária",
    "banco_gestor": "Caixa",
    "valor_exigido": "1000000,00",
    "valor": "1000000,00",
    "vale_ate": "2030-12-31",
}
CONFERE = {"confere_valor": "sim", "confere_validade": "sim", "confere_forma": "sim"}


def in_force(cena: Cena, banco: str = "Banco do Brasil") -> Ccg:
    """As it is after its celebration, without walking there."""
    now = cena.now
    fluxo = Fluxo.objects.create(
        contrato=cena.contrato, procedimento="ccg", opened_at=now, opened_by="teste", closed_at=now, estado="celebrado"
    )
    return Ccg.objects.create(
        contrato=cena.contrato, fluxo=fluxo, banco_gestor=banco, situacao=Ccg.Situacao.EM_VIGOR, celebrated_at=now
    )


def ask(cena: Cena, dados: dict[str, str] | None = None) -> Fluxo:
    services.request(
        cena.contrato, "ccg_substituicao", evidencia=dados or VENDEDOR, ator=cena.davi, now=cena.now,
        solicitante=cena.comprador,
    )  # fmt: skip
    return Fluxo.objects.filter(procedimento="ccg_substituicao").latest("pk")


def post(cena: Cena, codigo: str, dados: dict[str, str], **kwargs: Any) -> Any:
    """By whoever holds it, on its page."""
    row = cena.row(codigo, kwargs.get("fluxo"))
    return as_actor(kwargs.get("ator") or cena.who(row)).post(f"/contratos/CCEAR-1/atividades/{row.pk}/", dados)


def prepare(cena: Cena, fluxo: Fluxo, nova: dict[str, str] | None = None) -> None:
    """Up to the document that is to be signed."""
    stated = {**EVIDENCIA, **NOVA, **(nova or {}), **CONFERE}
    for codigo, resultado in (
        ("G1", ""), ("G2", ""), ("G3", "sem_inconsistencia"), ("G4v", "validado"), ("G4c", "validado"), ("G5", ""),
    ):  # fmt: skip
        cena.close(codigo, fluxo=fluxo, evidencia=stated, resultado=resultado)


def sign(cena: Cena, hierarquia: Hierarquia, fluxo: Fluxo, tipo: str = "ccg") -> None:
    """By both sides."""
    documento = Documento.objects.get(fluxo=fluxo, tipo=tipo, replaced_at=None)
    pdf = bytes(documento.emitido)
    for nome, cpf in PESSOAS:
        issued = issue_person(hierarquia, nome=nome, cpf=cpf)
        pdf = assinador.sign_pdf(pdf, issued, [hierarquia.ac.cert], at=cena.now)
    services.receive(documento, pdf, ator=cena.ana, now=cena.now)


def celebrate(cena: Cena, hierarquia: Hierarquia, fluxo: Fluxo, nova: dict[str, str] | None = None) -> Ccg:
    """With the bank's signature last."""
    prepare(cena, fluxo, nova)
    sign(cena, hierarquia, fluxo)
    cena.close("G6b", fluxo=fluxo)
    return Ccg.objects.get(fluxo=fluxo)


def open_first(cena: Cena) -> Fluxo:
    """The one that goes with its contract."""
    return cena.open("ccg", ancoras={"P": P, "H": H})
