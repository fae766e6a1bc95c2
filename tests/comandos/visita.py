"""Every address that can be looked at, by an account of each kind of the demonstration, in the database that it is in.

A program of its own (see test_portal.py): the tests have another database than the demonstration.
"""

import re
import sys
from collections.abc import Iterator
from itertools import product
from typing import Any

from django.contrib import admin
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.test import Client

from adesao.models import Solicitacao
from certificados.models import Certificado
from contratos.models import Atividade, Contrato, Documento, Fluxo, Garantia, Signatario
from contratos.relatorio.leitura import RELATORIOS
from notificacoes.models import Mensagem
from portal.agentes.models import Usuario
from tests.permissoes.cena import routes

LEFT_OUT = re.compile(r"\(|^sair/|^metricas|<path:object_id>/(history/|delete/)?$|/add/$")  # alike for every model
ACCOUNTS = ("ana.ccee", "operacao", "aneel")  # of each kind one: changes, runs the portal, only looks
PIECE = re.compile(r"<(?:\w+:)?(\w+)>")
MODELS = {f"admin/{model._meta.app_label}/{model._meta.model_name}/": model for model in admin.site._registry}


def main() -> int:
    """Says what failed, a line each, then how much it looked at."""
    errors: list[str] = []
    got_request_exception.connect(lambda **_: errors.append(repr(sys.exc_info()[1])), weak=False)
    addresses, only_posted, looked, failed = sorted(set(_addresses())), set[str](), 0, []
    for usuario in Usuario.objects.filter(username__in=ACCOUNTS).order_by("pk"):
        client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
        client.force_login(usuario, backend="allauth.account.auth_backends.AuthenticationBackend")
        for url in addresses:
            if url in only_posted or (url.startswith("/admin/") and not usuario.is_staff):
                continue
            cache.clear()  # no rate limit between one look and the next
            status, looked = client.get(url).status_code, looked + 1
            only_posted |= {url} if status == 405 else set()
            failed += [f"{status} {url} por {usuario.username}: {errors[-1:]}"] if status >= 500 else []
    print("\n".join([*failed, f"{looked} respostas de {len(addresses)} endereços"]))  # noqa: T201 - its output
    return len(failed)


def _addresses() -> Iterator[str]:
    """Of contracts: those of the first CCEAR and the first CBR."""
    rows = Contrato.objects.filter(especie__in=["ccear_quantidade", "cbr"])
    contratos = {row.especie: row for row in rows.order_by("-pk")}
    for route in routes():
        if LEFT_OUT.search(route):
            continue
        for contrato in contratos.values() if ":numero>" in route else [contratos["ccear_quantidade"]]:
            for values in product(*(_samples(name, route, contrato) for name in PIECE.findall(route))):
                left = iter(values)
                yield "/" + PIECE.sub(lambda _, left=left: str(next(left)), route)  # type: ignore[misc]  # iter of ours


def _samples(name: str, route: str, contrato: Contrato) -> list[Any]:
    """What may stand there; nothing where the demonstration has no such thing."""
    inicio = contrato.suprimento_inicio
    known: dict[str, list[Any]] = {"numero": [contrato.numero], "cnpj": [contrato.vendedor.cnpj], "ano": [inicio.year]}
    known |= {
        "content_type_id": [],
        "provider_id": [],
        "mes": [f"{inicio:%Y-%m}"],
        "codigo": list(RELATORIOS) if "relatorios/" in route else ["cbr_registro", "situacao"],
    }
    if name == "object_id":
        models = [model for start, model in MODELS.items() if route.startswith(start)]
        return [pk for model in models for pk in model._default_manager.order_by("pk").values_list("pk", flat=True)[:1]]
    return list(known[name]) if name in known else _rows(name, route, contrato)


def _rows(name: str, route: str, contrato: Contrato) -> list[Any]:
    rows = {
        "/atividades/": Atividade.objects.filter(fluxo__contrato=contrato, situacao="aberta"),
        "/fluxos/": Fluxo.objects.filter(contrato=contrato),
        "/documentos/": Documento.objects.filter(contrato=contrato),
        "autenticidade/": Documento.objects.filter(completed_at__isnull=False),
        "/garantias/": Garantia.objects.filter(contrato=contrato),
        "/signatarios/": Signatario.objects.filter(agente=contrato.vendedor),
        "certificados/": Certificado.objects.filter(agente=contrato.vendedor),
        "/recibos/": Solicitacao.objects.filter(agente=contrato.vendedor).exclude(protocolo=None),
        "caixa-de-saida/": Mensagem.objects.all(),
    }
    found = [each for piece, each in rows.items() if piece in f"/{route}"]
    field = "protocolo" if name == "protocolo" else "pk"
    return list(found[0].order_by("pk").values_list(field, flat=True)[:1]) if found else []
