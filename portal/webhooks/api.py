"""Endpoints of a company's destinations. A gateway's are kept by operations."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Acao
from portal.agentes.api import BIGINT_MAX, CNPJ, PortalAPIView, problems, validate
from portal.agentes.http import agente_of, ator_of, today
from portal.agentes.idempotencia.vez import once
from portal.agentes.listas import PaginaSerializer, paginate
from portal.agentes.models import Agente
from portal.kernel.errors import NotFound
from portal.webhooks import selectors, services
from portal.webhooks.domain.dados import Dados
from portal.webhooks.exemplos import DESLIGADO, DESTINO, ENTREGA, NOVO, SEGREDO
from portal.webhooks.models import Destino
from portal.webhooks.serializers import (
    DestinoSerializer,
    EntregaSerializer,
    NovoDestinoSerializer,
    PaginaDeDestinosSerializer,
    PaginaDeEntregasSerializer,
    SegredoSerializer,
    as_json,
    secret_of,
)

JA_MOSTRADO = "O segredo só é mostrado nos dez minutos depois de criado ou trocado. Troque-o para ter outro."


_ID = {"type": "integer", "minimum": 1, "maximum": BIGINT_MAX}
WEBHOOK = OpenApiParameter("webhook", _ID, OpenApiParameter.PATH)
ENTREGA_PK = OpenApiParameter("entrega", _ID, OpenApiParameter.PATH)


class WebhooksView(PortalAPIView):
    @extend_schema(
        operation_id="listar_webhooks",
        summary="Os destinos de webhook de uma empresa",
        tags=["webhooks"],
        parameters=[CNPJ],
        responses={200: PaginaDeDestinosSerializer, **problems(404)},
        examples=[OpenApiExample("um destino", {"resultados": [DESTINO]}, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request, cnpj: str) -> Response:
        agente = agente_of(request, cnpj)
        pode = _may(request, agente)
        return Response({"resultados": [as_json(row, inteiro=pode) for row in selectors.of_agente(agente)]})

    @extend_schema(
        operation_id="criar_webhook",
        summary="Cria um destino; o segredo se lê em seguida, em segredo/",
        tags=["webhooks"],
        parameters=[CNPJ],
        request=NovoDestinoSerializer,
        responses={201: DestinoSerializer, **problems(400, 404, 409, 415, 422)},
        examples=[
            OpenApiExample("destino novo", NOVO, request_only=True),
            OpenApiExample("criado", DESTINO, response_only=True, status_codes=["201"]),
        ],
    )
    @once
    def post(self, request: Request, cnpj: str) -> Response:
        agente = agente_of(request, cnpj, Acao.ALTERAR)
        campos = validate(NovoDestinoSerializer, request.data)
        destino, _ = services.create(agente, Dados(**campos), ator=ator_of(request), now=clock.now())
        return Response(as_json(destino, inteiro=True), status=201)


class WebhookView(PortalAPIView):
    @extend_schema(
        operation_id="consultar_webhook",
        summary="Um destino de webhook",
        tags=["webhooks"],
        parameters=[CNPJ, WEBHOOK],
        responses={200: DestinoSerializer, **problems(404)},
        examples=[OpenApiExample("um destino", DESTINO, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request, cnpj: str, webhook: int) -> Response:
        agente, destino = _find(request, cnpj, webhook, Acao.VER)
        return Response(as_json(destino, inteiro=_may(request, agente)))

    @extend_schema(
        operation_id="remover_webhook",
        summary="Remove um destino; o que está na fila é cancelado",
        tags=["webhooks"],
        parameters=[CNPJ, WEBHOOK],
        responses={204: None, **problems(404)},
    )
    def delete(self, request: Request, cnpj: str, webhook: int) -> Response:
        _, destino = _find(request, cnpj, webhook, Acao.ALTERAR)
        services.remove(destino.pk, ator=ator_of(request), now=clock.now(), at=clock.instant())
        return Response(status=204)


class SegredoView(PortalAPIView):
    @extend_schema(
        operation_id="ler_segredo_de_webhook",
        summary="O segredo, nos dez minutos depois de criado ou trocado",
        tags=["webhooks"],
        parameters=[CNPJ, WEBHOOK],
        responses={200: SegredoSerializer, **problems(404)},
        examples=[OpenApiExample("segredo", SEGREDO, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request, cnpj: str, webhook: int) -> Response:
        _, destino = _find(request, cnpj, webhook, Acao.ALTERAR)
        segredo = secret_of(destino, now=clock.now())
        if segredo is None:
            raise NotFound(JA_MOSTRADO)
        return Response({"segredo": segredo})

    @extend_schema(
        operation_id="trocar_segredo_de_webhook",
        summary="Troca o segredo; por 24 horas o anterior também assina",
        tags=["webhooks"],
        parameters=[CNPJ, WEBHOOK],
        request=None,
        responses={200: DestinoSerializer, **problems(400, 404, 409, 422)},
        examples=[OpenApiExample("trocado", DESTINO, response_only=True, status_codes=["200"])],
    )
    @once
    def post(self, request: Request, cnpj: str, webhook: int) -> Response:
        _, destino = _find(request, cnpj, webhook, Acao.ALTERAR)
        services.rotate(destino.pk, ator=ator_of(request), now=clock.now())
        destino.refresh_from_db()
        return Response(as_json(destino, inteiro=True))


class EntregasView(PortalAPIView):
    @extend_schema(
        operation_id="listar_entregas_de_webhook",
        summary="As entregas de um destino, a mais nova primeiro",
        tags=["webhooks"],
        parameters=[CNPJ, WEBHOOK, PaginaSerializer],
        responses={200: PaginaDeEntregasSerializer, **problems(404, 422)},
        examples=[OpenApiExample("uma entrega", ENTREGA, response_only=True, status_codes=["200"])],
    )
    def get(self, request: Request, cnpj: str, webhook: int) -> Response:
        _, destino = _find(request, cnpj, webhook, Acao.VER)
        rows, pagina = paginate(request, destino.entregas.order_by("-pk"))
        return Response(pagina | {"resultados": EntregaSerializer(rows, many=True).data})


class TesteView(PortalAPIView):
    @extend_schema(
        operation_id="testar_webhook",
        summary="Põe um evento de teste na fila do destino",
        tags=["webhooks"],
        parameters=[CNPJ, WEBHOOK],
        request=None,
        responses={202: EntregaSerializer, **problems(400, 404, 409, 422)},
        examples=[OpenApiExample("na fila", ENTREGA["resultados"][0], response_only=True, status_codes=["202"])],
    )
    @once
    def post(self, request: Request, cnpj: str, webhook: int) -> Response:
        _, destino = _find(request, cnpj, webhook, Acao.ALTERAR)
        feita = services.send_test(destino.pk, ator=ator_of(request), now=clock.now(), at=clock.instant())
        return Response(EntregaSerializer(feita).data, status=202)


class LigarView(PortalAPIView):
    @extend_schema(
        operation_id="ligar_webhook",
        summary="Liga um destino; recebe o que acontecer a partir daí",
        tags=["webhooks"],
        parameters=[CNPJ, WEBHOOK],
        request=None,
        responses={200: DestinoSerializer, **problems(400, 404, 409, 422)},
        examples=[OpenApiExample("ligado", DESTINO, response_only=True, status_codes=["200"])],
    )
    @once
    def post(self, request: Request, cnpj: str, webhook: int) -> Response:
        return _switch(request, cnpj, webhook, ativo=True)


class DesligarView(PortalAPIView):
    @extend_schema(
        operation_id="desligar_webhook",
        summary="Desliga um destino; o que está na fila é cancelado",
        tags=["webhooks"],
        parameters=[CNPJ, WEBHOOK],
        request=None,
        responses={200: DestinoSerializer, **problems(400, 404, 409, 422)},
        examples=[OpenApiExample("desligado", DESLIGADO, response_only=True, status_codes=["200"])],
    )
    @once
    def post(self, request: Request, cnpj: str, webhook: int) -> Response:
        return _switch(request, cnpj, webhook, ativo=False)


class ReenvioView(PortalAPIView):
    @extend_schema(
        operation_id="reenviar_webhook",
        summary="Põe de volta na fila uma entrega que terminou, com o mesmo evento",
        tags=["webhooks"],
        parameters=[CNPJ, WEBHOOK, ENTREGA_PK],
        request=None,
        responses={202: EntregaSerializer, **problems(400, 404, 409, 422)},
        examples=[OpenApiExample("na fila", ENTREGA["resultados"][0], response_only=True, status_codes=["202"])],
    )
    @once
    def post(self, request: Request, cnpj: str, webhook: int, entrega: int) -> Response:
        _, destino = _find(request, cnpj, webhook, Acao.ALTERAR)
        services.resend(destino.pk, entrega, ator=ator_of(request), now=clock.now(), at=clock.instant())
        return Response(EntregaSerializer(destino.entregas.get(pk=entrega)).data, status=202)


def _find(request: Request, cnpj: str, webhook: int, acao: Acao) -> tuple[Agente, Destino]:
    agente = agente_of(request, cnpj, acao)
    return agente, selectors.find(agente, webhook)


def _switch(request: Request, cnpj: str, webhook: int, *, ativo: bool) -> Response:
    """One that is so already stays as it is, and the ledger with it."""
    _, destino = _find(request, cnpj, webhook, Acao.ALTERAR)
    services.switch(destino.pk, ativo=ativo, ator=ator_of(request), now=clock.now(), at=clock.instant())
    destino.refresh_from_db()
    return Response(as_json(destino, inteiro=True))


def _may(request: Request, agente: Agente) -> bool:
    return acesso.may(ator_of(request), Acao.ALTERAR, agente, on=today())


BASE = "agentes/<str:cnpj>/webhooks/"
urlpatterns: list[Any] = [
    path(BASE, WebhooksView.as_view(), name="webhooks"),
    path(f"{BASE}<int:webhook>/", WebhookView.as_view(), name="webhook"),
    path(f"{BASE}<int:webhook>/segredo/", SegredoView.as_view(), name="webhook_segredo"),
    path(f"{BASE}<int:webhook>/testar/", TesteView.as_view(), name="webhook_testar"),
    path(f"{BASE}<int:webhook>/ligar/", LigarView.as_view(), name="webhook_ligar"),
    path(f"{BASE}<int:webhook>/desligar/", DesligarView.as_view(), name="webhook_desligar"),
    path(f"{BASE}<int:webhook>/entregas/", EntregasView.as_view(), name="webhook_entregas"),
    path(f"{BASE}<int:webhook>/entregas/<int:entrega>/reenviar/", ReenvioView.as_view(), name="webhook_reenviar"),
]
