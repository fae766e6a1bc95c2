"""What the addresses of one contract name: a flow in which the seller has to act, and what the seller states."""

from datetime import date, datetime
from typing import Any

from contratos import services
from contratos.models import (
    Atividade,
    AtoRegulatorio,
    ConjuntoDeMarcos,
    Contrato,
    Documento,
    ExigenciaDoEdital,
    Fluxo,
    Garantia,
    HistoricoDeConsumo,
    Indisponibilidade,
    Leilao,
    Minuta,
    MontanteDoMes,
    Outorga,
    Signatario,
    TipoDeLeilao,
)
from notificacoes.models import Lembrete, Momento
from portal import clock
from portal.agentes import acesso
from portal.agentes.models import Usuario
from tests import factories
from tests.contratos import instrumentos

MES_MODULADO = date(2028, 1, 1)
NO_ADMIN: tuple[type[Any], ...] = (
    Contrato, Leilao, AtoRegulatorio, Minuta, Indisponibilidade, Fluxo, Atividade, Documento, Garantia, Signatario,
    Outorga, ConjuntoDeMarcos, *instrumentos.MODELOS,
)  # fmt: skip


def things(contrato: Contrato, operacao: Usuario, *, now: datetime) -> dict[str, Any]:
    today = clock.local_date(now)
    contrato.leilao = Leilao.objects.create(numero=40, tipo=TipoDeLeilao.NOVA, edital="1/2026", realizado_em=today)
    contrato.save()
    exigencia = ExigenciaDoEdital.objects.create(leilao=contrato.leilao, texto="Certidões", de_quem="vendedor")
    garantia = Garantia.objects.create(contrato=contrato, nome="Fiel cumprimento")
    signatario = Signatario.objects.create(
        agente=contrato.vendedor, nome="Ana", cpf="52998224725", desde=factories.DESDE, stated_at=now, stated_by="op"
    )
    fluxo = services.open_flow(contrato, "assinatura_novo", ator=acesso.of_usuario(operacao), now=now)
    row = fluxo.atividades.get(codigo="N1")
    lembrete = Lembrete.objects.create(atividade=row, momento=Momento.ABERTURA, destinatario=operacao, created_at=now)
    ato = AtoRegulatorio.objects.create(tipo="Despacho", numero="1/2026", published_on=today)
    Outorga.objects.create(agente=contrato.vendedor, usina="UFV", ato=ato, informed_at=now, informed_by="op")
    Minuta.objects.create(especie=contrato.especie, titulo="CCEAR", texto="Texto.", created_at=now)
    Indisponibilidade.objects.create(desde=now, chamado="C-1", descricao="fora do ar")
    instrumentos.one_of_each(contrato, fluxo, factories.create_agente(), now=now)
    ca = _adjustment(contrato)
    admin = {f"admin/contratos/{m._meta.model_name}/": m._default_manager.latest("pk").pk for m in NO_ADMIN}
    return admin | {
        "admin/notificacoes/lembrete/": lembrete.pk,
        "/documentos/": Documento.objects.get(contrato=contrato).pk,
        "/atividades/": row.pk,
        "/fluxos/": fluxo.pk,
        "/garantias/": garantia.pk,
        "/signatarios/": signatario.pk,
        "/exigencias/": exigencia.pk,
        "/historicos/<int:": HistoricoDeConsumo.objects.get().pk,
        "numero_com_horas": ca.numero,
    }


def _adjustment(contrato: Contrato) -> Contrato:
    """Between the same sides, with the energy of a month that is to be modulated."""
    facts = {"vendedor": contrato.vendedor, "comprador": contrato.comprador, "created_at": contrato.created_at}
    supply = {"suprimento_inicio": MES_MODULADO, "suprimento_fim": date(2028, 1, 31)}
    ca = Contrato.objects.create(numero="CA-1", especie="ca", energia_mwh=744, montante_mwmed=1, **facts, **supply)
    MontanteDoMes.objects.create(contrato=ca, mes=MES_MODULADO, energia_mwh=744)
    return ca
