"""Endpoints of companies and of the whole request in one call."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from adesao import listagem, services
from adesao.domain import senha as regras
from adesao.exemplos import SOLICITACAO
from adesao.serializers import (
    AgenteComCertificadosSerializer,
    AgenteSerializer,
    FiltroSerializer,
    PaginaDeAgentesSerializer,
    SolicitacaoConcluidaSerializer,
    SolicitacaoRecusadaSerializer,
    SolicitacaoSerializer,
)
from certificados.selectors import of_agente
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Acao
from portal.agentes.api import CNPJ, PortalAPIView, problem, problems, validate, validate_query
from portal.agentes.http import agente_of, ator_of
from portal.agentes.idempotencia.vez import once
from portal.agentes.models import Agente
from portal.agentes.selectors import papeis_by_agente


class AgentesView(PortalAPIView):
    @extend_schema(
        operation_id="listar_agentes",
        summary="As empresas que você representa",
        tags=["agentes"],
        parameters=[FiltroSerializer],
        responses={200: PaginaDeAgentesSerializer, **problems(422)},
    )
    def get(self, request: Request) -> Response:
        filtro, ator, now = validate_query(FiltroSerializer, request), ator_of(request), clock.now()
        on = clock.local_date(now)
        pagina = listagem.page(acesso.visible_agentes(ator, on=on), now=now, **filtro)
        papeis = papeis_by_agente(ator, [agente.pk for agente in pagina.linhas], on=on)
        resultados = AgenteSerializer(pagina.linhas, many=True, context={"now": now, "papeis": papeis}).data
        return Response(
            {
                "total": pagina.total,
                "pagina": pagina.pagina,
                "paginas": pagina.paginas,
                "resultados": resultados,
            }
        )


class AgenteView(PortalAPIView):
    @extend_schema(
        operation_id="consultar_agente",
        summary="Uma empresa e seus certificados em uso",
        tags=["agentes"],
        parameters=[CNPJ],
        responses={200: AgenteComCertificadosSerializer, **problems(404)},
    )
    def get(self, request: Request, cnpj: str) -> Response:
        found, now = agente_of(request, cnpj), clock.now()
        agente: Any = listagem.annotated(Agente.objects.filter(pk=found.pk), now=now).get()
        agente.certificados = of_agente(found)
        papeis = papeis_by_agente(ator_of(request), [found.pk], on=clock.local_date(now))
        context = {"now": now, "papeis": papeis}
        return Response(AgenteComCertificadosSerializer(agente, context=context).data)


class SolicitacoesView(PortalAPIView):
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="concluir_solicitacao",
        summary="A solicitação inteira: senha, inclusões e exclusões, todas ou nenhuma",
        tags=["agentes"],
        parameters=[CNPJ],
        request={"multipart/form-data": SolicitacaoSerializer},
        examples=SOLICITACAO,
        responses={
            201: SolicitacaoConcluidaSerializer,
            **problems(400, 404, 409, 413, 415),
            **problem(422, SolicitacaoRecusadaSerializer),
        },
    )
    @once
    def post(self, request: Request, cnpj: str) -> Response:
        agente, now = agente_of(request, cnpj, Acao.ALTERAR), clock.now()
        campos = validate(SolicitacaoSerializer, request.data)
        arquivos = [(arquivo.name, arquivo.content) for arquivo in campos["certificados"]]
        feita: Any = services.submit(
            agente,
            senha=campos["senha"],
            arquivos=arquivos,
            excluir=campos["excluir"],
            ator=ator_of(request),
            now=now,
        )
        feita.certificados = of_agente(agente)
        feita.avisos = regras.examine(campos["senha"], cnpj=agente.cnpj).avisos
        return Response(SolicitacaoConcluidaSerializer(feita, context={"now": now}).data, status=201)


urlpatterns = [
    path("agentes/", AgentesView.as_view(), name="agentes"),
    path("agentes/<str:cnpj>/", AgenteView.as_view(), name="agente"),
    path("agentes/<str:cnpj>/solicitacoes/", SolicitacoesView.as_view(), name="solicitacoes"),
]
