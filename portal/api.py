"""/api/v1/: the schema, its page, and each app's endpoints."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2, OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response


@cache
def schema() -> dict[str, Any]:
    """Public, the same for everybody, and built once: it takes a good part of a second."""
    generator: Any = SchemaGenerator
    document: dict[str, Any] = generator().get_schema(request=None, public=True)
    return document


class SchemaView(SpectacularAPIView):
    authentication_classes = []
    renderer_classes = [OpenApiJsonRenderer2, OpenApiJsonRenderer, OpenApiYamlRenderer]

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(schema())


class DocsView(SpectacularSwaggerSplitView):
    authentication_classes = []
    template_name = "api/docs.html"

    def _get_schema_url(self, request: HttpRequest) -> str:
        return reverse("api:schema")


app_name = "api"
urlpatterns = [
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    path("", include("adesao.api")),
    path("", include("certificados.api")),
    path("", include("contratos.api")),
    path("", include("notificacoes.api")),
    path("", include("portal.api_trilha")),
    path("", include("portal.gateway.enderecos")),
    path("", include("portal.gateway.api")),
    path("", include("portal.webhooks.api")),
]
