"""A contract of a new plant, its two sides and CCEE, as the tests of contracts start from."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from contratos import services
from contratos.domain.contrato import Especie
from contratos.models import (
    Atividade,
    AtoRegulatorio,
    Contrato,
    Fluxo,
    Garantia,
    Leilao,
    Minuta,
    Outorga,
    Signatario,
    TipoDeLeilao,
)
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.grupos import OPERACAO
from portal.agentes.models import Agente, Papel
from tests import factories

H = date(2026, 10, 1)
P = date(2026, 11, 19)
AGORA = datetime(2026, 11, 23, 15, tzinfo=UTC)  # a Monday
MARCOS = ("M2", "M3v", "M3c", "M4", "M5v", "M5c", "M6", "M7")  # after the act is on file
OUTORGA = {
    "usina": "UFV Sol do Sertão",
    "ato_tipo": "Resolução Autorizativa",
    "ato_numero": "16.001/2026",
    "ato_publicado_em": P.isoformat(),
}
EVIDENCIA: dict[str, Any] = {
    **OUTORGA,
    "homologado_em": H.isoformat(),
    "parecer": "Conferido, nada a sanear.",
    "informacoes": "Signatários e dados bancários informados.",
    "garantia": "Apólice 123",
    "documento": "minuta-1.pdf",
    "arquivo": "ccg-1.pdf",
    "registro": "feito",
    "tipo_garantia": "Fiança bancária",
    "banco_gestor": "Banco do Brasil",
    "comunicado": "E-mail às contrapartes",
    "oficio_aneel": "Ofício 12/2026",
    "clausulas": "Cláusula 5ª: passa a 30 MWmédio.",
    "alteracao_tipo": "dados_bancarios",
    "alteracao_texto": "Banco 001, agência 1, conta 2.",
    "so_tecnica": "não",
}


@dataclass
class Cena:
    vendedor: Agente
    comprador: Agente
    ana: Ator  # representante CCEE of the seller
    davi: Ator  # representante CCEE of the buyer
    ccee: Ator
    contrato: Contrato
    now: datetime = AGORA

    def open(self, procedimento: str = "assinatura_novo", **kwargs: Any) -> Fluxo:
        ancoras = kwargs.pop("ancoras", {"H": H})
        ator = kwargs.pop("ator", self.ccee)
        return services.open_flow(self.contrato, procedimento, ator=ator, now=self.now, ancoras=ancoras, **kwargs)

    def row(self, codigo: str, fluxo: Fluxo | None = None) -> Atividade:
        rows = Atividade.objects.filter(codigo=codigo, fluxo__contrato=self.contrato).order_by("-rodada")
        return (rows.filter(fluxo=fluxo) if fluxo else rows)[0]

    def who(self, row: Atividade) -> Ator:
        return {"vendedor": self.ana, "comprador": self.davi, "agentes": self.ana, "solicitante": self.ana}.get(
            row.responsavel, self.ccee
        )

    def close(self, codigo: str, *, ator: Ator | None = None, fluxo: Fluxo | None = None, **kwargs: Any) -> Atividade:
        row = self.row(codigo, fluxo)
        evidencia = kwargs.pop("evidencia", EVIDENCIA)
        resultado = kwargs.pop("resultado", "")
        return services.close_activity(
            row.pk, ator=ator or self.who(row), now=self.now, evidencia=evidencia, resultado=resultado
        )

    def fresh(self) -> Contrato:
        return Contrato.objects.get(pk=self.contrato.pk)

    def later(self, **delta: float) -> None:
        self.now += timedelta(**delta)


def create(
    especie: Especie = Especie.CCEAR_QUANTIDADE, tipo: TipoDeLeilao = TipoDeLeilao.NOVA, *, numero: str = "CCEAR-1"
) -> Cena:
    """With guarantee, text and signatories; the outorga and the flow are the test's matter."""
    vendedor, comprador = factories.create_agente("SOL DO SERTAO"), factories.create_agente("DISTRIBUIDORA SUL")
    ana, davi = factories.create_usuario("ana.vendedora"), factories.create_usuario("davi.comprador")
    factories.represent(ana, vendedor, Papel.REPRESENTANTE_CCEE)
    factories.represent(davi, comprador, Papel.REPRESENTANTE_CCEE)
    olga = factories.create_usuario("olga.ccee", grupo=OPERACAO, staff=True)
    leilao = Leilao.objects.create(
        numero=40, tipo=tipo, edital="Edital 1/2026", realizado_em=date(2026, 9, 1), homologado_em=H
    )
    minuta = services.save_text(
        Minuta(leilao=leilao, especie=especie, titulo="CCEAR", texto="Cláusula primeira.\nCláusula segunda."),
        by="olga.ccee",
        now=AGORA,
    )
    contrato = Contrato(
        numero=numero,
        especie=especie,
        leilao=leilao,
        produto="Solar 2028",
        vendedor=vendedor,
        comprador=None if especie is Especie.CER else comprador,
        minuta=minuta,
        suprimento_inicio=date(2028, 1, 1),
        suprimento_fim=date(2047, 12, 31),
        energia_mwh=Decimal("5259600.000000"),
        montante_mwmed=Decimal("30.000000"),
        preco=Decimal("187.50"),
    )
    services.save_contract(contrato, by="olga.ccee", now=AGORA)
    Garantia.objects.create(
        contrato=contrato,
        nome="Garantia de fiel cumprimento",
        valor=Decimal("1500000"),
        vale_de=date(2026, 1, 1),
        vale_ate=date(2099, 12, 31),
        instrumento="Apólice 123",
        presented_at=AGORA,
        presented_by="ana.vendedora",
    )
    for agente, nome, cpf in ((vendedor, "Ana Ribeiro", "52998224725"), (comprador, "Davi Nogueira", "11144477735")):
        Signatario.objects.create(
            agente=agente, nome=nome, cpf=cpf, desde=factories.DESDE, stated_at=AGORA, stated_by="teste"
        )
    return Cena(vendedor, comprador, acesso.of_usuario(ana), acesso.of_usuario(davi), acesso.of_usuario(olga), contrato)


def another(cena: Cena, numero: str) -> Contrato:
    """Drawn up between the same sides, in the same auction."""
    contrato = cena.fresh()
    contrato.pk, contrato.numero, contrato.assinatura = None, numero, "rascunho"
    return services.save_contract(contrato, by="olga.ccee", now=cena.now)


def auction(cena: Cena) -> Leilao:
    assert cena.contrato.leilao is not None
    return cena.contrato.leilao


def give_outorga(cena: Cena, published_on: date = P) -> Outorga:
    ato = AtoRegulatorio.objects.create(tipo="Resolução Autorizativa", numero="16.001/2026", published_on=published_on)
    outorga = Outorga.objects.create(
        agente=cena.vendedor, usina="UFV Sol do Sertão", ato=ato, informed_at=AGORA, informed_by="teste"
    )
    cena.contrato.outorga = outorga
    cena.contrato.save()
    return outorga
