"""Every page of the admin, for operations and for those who only read."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib.admin import site
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from adesao.models import Lote
from certificados.models import Certificado, ListaRevogacao
from contratos.models import Atividade, Indisponibilidade
from notificacoes.models import Lembrete, Momento
from portal.agentes import services
from portal.agentes.models import Agente, Escopo, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from portal.gateway.models import Passagem
from portal.webhooks.models import Destino, Entrega
from tests import factories
from tests.contratos import cena as cenas
from tests.contratos import instrumentos

ClientOf = Callable[[Usuario], Client]
MODELS = sorted(site._registry, key=lambda model: model._meta.label)
DE_CONTRATOS = (
    *(model.__name__ for model in instrumentos.MODELOS),
    "Atividade", "AtoRegulatorio", "ConjuntoDeMarcos", "Contrato", "Documento", "Fluxo", "Garantia",
    "Indisponibilidade", "Leilao", "Minuta", "Outorga", "Signatario",
)  # fmt: skip
READ_ONLY = {"certificado", "solicitacao", "lote", "evento", "convite", "aviso", "envio", "lembrete", "tarefa"} | {
    "fluxo", "atividade", "documento", "garantia", "signatario", "outorga", "conjuntodemarcos", "acordobilateral",
    "aditamento", "cbr", "ccer", "ccg", "sucessao", "suprimento",
    "versaodocbr", "passagem", "entrega", "listarevogacao",
}  # fmt: skip


@pytest.fixture
def rows(agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime) -> dict[str, int]:
    """One row of each model that the admin shows: model name -> key."""
    factories.adhere(agente, ana, confianca)
    factories.undelivered(Certificado.objects.get(), ana, now=now)
    services.send_invitation(ana, by="teste", now=Evento.objects.latest("numero").at)
    services.issue_key("k", escopo=Escopo.GATEWAY, agente=None, by="teste", now=Evento.objects.latest("numero").at)
    cena = cenas.create()
    cenas.give_outorga(cena)
    cena.open()
    for codigo in cenas.MARCOS:
        cena.close(codigo)
    Indisponibilidade.objects.create(desde=now, chamado="C-1", descricao="fora do ar")
    instrumentos.one_of_each(cena.contrato, cena.contrato.fluxos.get(sob=None), agente, now=now)
    row = Atividade.objects.latest("pk")
    Passagem.objects.create(agente=agente)
    destino = Destino.objects.create(
        agente=agente, nome="ERP", sal="x", sal_at=now, desde_trilha=0, desde_diretorio=0, created_at=now
    )
    Entrega.objects.create(destino=destino, evento="evt_1", tipo="webhook.teste", created_at=now)
    Lote.objects.create(aberto_por=ana, opened_at=now, linhas=[])
    ListaRevogacao.objects.create(url="http://lcr.exemplo.test/ac.crl", emissora="AC", created_at=now)
    Lembrete.objects.create(atividade=row, momento=Momento.ABERTURA, destinatario=ana, created_at=now)
    return {name_of(model): model._default_manager.order_by("pk").values_list("pk", flat=True)[0] for model in MODELS}


@pytest.fixture
def superuser(operacao: Usuario) -> Usuario:
    Usuario.objects.filter(pk=operacao.pk).update(is_superuser=True)
    return operacao


def name_of(model: type[Model]) -> str:
    return model._meta.model_name or ""


def url(model: type[Model], view: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def test_only_our_models_have_pages() -> None:
    assert {model._meta.label for model in MODELS} == {
        "adesao.Lote",
        "adesao.Solicitacao",
        "agentes.Agente",
        "agentes.ChaveDeMaquina",
        "agentes.Convite",
        "agentes.Representacao",
        "agentes.Usuario",
        "auditoria.Evento",
        "calendario.Feriado",
        "certificados.Certificado",
        "certificados.ListaRevogacao",
        "certificados.Politica",
        "gateway.Passagem",
        "icp.AutoridadeCertificadora",
        "calendario.Facultativo",
        *(f"contratos.{nome}" for nome in DE_CONTRATOS),
        "notificacoes.Aviso",
        "notificacoes.Envio",
        "notificacoes.Lembrete",
        "notificacoes.Tarefa",
        "webhooks.Destino",
        "webhooks.Entrega",
    }


def test_operations_see_every_list_and_row(rows: dict[str, int], operacao: Usuario, client_of: ClientOf) -> None:
    client = client_of(operacao)

    for model in MODELS:
        pk, changelist = rows[name_of(model)], url(model, "changelist")
        for page in (changelist, f"{changelist}?q=serra", url(model, "change", pk), url(model, "history", pk)):
            assert client.get(page).status_code == 200, page


def test_whoever_only_reads_changes_nothing(rows: dict[str, int], leitura: Usuario, client_of: ClientOf) -> None:
    client = client_of(leitura)
    before = snapshot()

    for model in MODELS:
        pk, changelist = rows[name_of(model)], url(model, "changelist")
        assert client.get(changelist).status_code == 200
        assert client.get(url(model, "change", pk)).status_code == 200
        for page in (url(model, "add"), url(model, "delete", pk)):
            assert client.get(page).status_code == 403, page
            assert client.post(page, {"post": "yes", "nome": "x", "sigla": "X"}).status_code == 403, page
        assert client.post(url(model, "change", pk), {"sigla": "X", "nome": "x"}).status_code == 403
        for action in ("delete_selected", "enviar_convite", "revogar"):
            client.post(changelist, {"action": action, "_selected_action": [pk], "post": "yes"})

    assert snapshot() == before


def test_nobody_deletes(rows: dict[str, int], superuser: Usuario, client_of: ClientOf) -> None:
    client = client_of(superuser)
    before = snapshot()

    for model in MODELS:
        pk = rows[name_of(model)]
        assert client.post(url(model, "delete", pk), {"post": "yes"}).status_code == 403
        data = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
        client.post(url(model, "changelist"), data)

    assert snapshot() == before


def test_records_of_acts_are_changed_by_nobody(rows: dict[str, int], superuser: Usuario, client_of: ClientOf) -> None:
    client = client_of(superuser)

    for model in (model for model in MODELS if name_of(model) in READ_ONLY):
        assert client.post(url(model, "add"), {}).status_code == 403
        assert client.post(url(model, "change", rows[name_of(model)]), {"ator": "outra pessoa"}).status_code == 403


def test_the_custom_pages_ask_for_the_right(
    rows: dict[str, int], leitura: Usuario, ana: Usuario, client_of: ClientOf
) -> None:
    pages = [
        reverse("admin:certificados_certificado_excluir", args=[rows["certificado"]]),
        reverse("admin:icp_autoridadecertificadora_aceitacao", args=[rows["autoridadecertificadora"]]),
    ]
    before = snapshot()

    for page in pages:
        assert client_of(leitura).get(page).status_code == 403
        assert client_of(leitura).post(page, {"motivo": "porque sim"}).status_code == 403
        assert client_of(ana).post(page, {"motivo": "porque sim"}).status_code == 302  # to the sign-in page
        assert Client().post(page, {"motivo": "porque sim"}).status_code == 302
    assert snapshot() == before


def test_a_missing_row_is_no_error(rows: dict[str, int], operacao: Usuario, client_of: ClientOf) -> None:
    client = client_of(operacao)

    for name in (
        "admin:certificados_certificado_excluir",
        "admin:certificados_certificado_arquivo",
        "admin:icp_autoridadecertificadora_aceitacao",
    ):
        assert client.get(reverse(name, args=[10**9])).status_code == 404
    for model in MODELS:
        assert client.get(url(model, "change", "nada")).status_code in (302, 404)
        assert client.get(url(model, "change", 10**30)).status_code in (302, 404)


def test_signing_out_and_passwords_are_the_portals(operacao: Usuario, client_of: ClientOf) -> None:
    client = client_of(operacao)

    assert client.get(reverse("admin:password_change")).headers["Location"] == reverse("account_change_password")
    assert client.get(reverse("admin:logout")).status_code == 405
    left = client.post(reverse("admin:logout"))
    assert (left.status_code, left.headers["Location"]) == (307, reverse("account_logout"))


def snapshot() -> dict[str, list[tuple[object, ...]]]:
    """Everything that counts, as it stands; keys' last use and people's last sign-in aside."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list(*_fields(model)))
        for model in MODELS
        if model is not Evento
    }


def _fields(model: type[Model]) -> list[str]:
    skipped = {"last_login", "last_used_at"}
    return [field.name for field in model._meta.concrete_fields if field.name not in skipped]
