"""A future policy tried on the register: the table of who would fail, a page at a time, and all of it as CSV."""

import hashlib
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from certificados.domain.report import file_name
from certificados.domain.rules import TITULOS
from certificados.forms import PoliticaTomlForm
from certificados.selectors import in_service
from certificados.simulacao import Empresa, PoliticaRuim, Reprovado, Simulacao
from portal import clock, planilha
from portal.admin import AnyModelAdmin, form_page
from portal.icp.selectors import aceitas
from portal.kernel.cnpj import mask
from portal.kernel.rules import Resultado

POR_PAGINA = 50  # companies
GUARDADO = 600  # seconds for which the totals of the same simulation are not counted again
CABECALHO = (
    "CNPJ", "Sigla", "Arquivo", "SHA-256", "Reprovado desde", "Em uso até", "Certificados bons que restam", "Regra",
    "Encontrado", "Exigido", "Como resolver",
)  # fmt: skip


class Simulador(AnyModelAdmin):
    """For the admin of Politica. Whoever may change rule sets may try them; nothing is written here."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.simulate)
        return [path("simular/", view, name="certificados_politica_simular"), *super().get_urls()]

    def simulate(self, request: HttpRequest) -> HttpResponseBase:
        if not request.user.has_perm("certificados.change_politica"):
            raise PermissionDenied
        form = PoliticaTomlForm(request.POST, request.FILES) if request.method == "POST" else PoliticaTomlForm()
        if not form.is_valid():
            return form_page(self, request, form, title="Simular uma política", botao="Simular", texto=TEXTO)
        try:
            simulacao = Simulacao(form.policy, now=clock.now())
        except PoliticaRuim as error:
            form.add_error(None, list(error.problemas))
            return form_page(self, request, form, title="Simular uma política", botao="Simular", texto=TEXTO)
        return _csv(simulacao) if "exportar" in request.POST else self._page(request, simulacao, form.texto)

    def _page(self, request: HttpRequest, simulacao: Simulacao, texto: str) -> HttpResponse:
        after = request.POST.get("depois", "")
        start = int(after) if after.isascii() and after.isdecimal() and len(after) < 19 else 0
        found = list(islice(simulacao.companies(after=start), POR_PAGINA + 1))
        totais = _totals(simulacao, complete=not start and len(found) <= POR_PAGINA)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": "Simular uma política",
            "politica": simulacao.policy,
            "inicio": simulacao.periodo.inicio,
            "totais": totais,
            "por_regra": [(TITULOS.get(codigo, codigo), quantos) for codigo, quantos in totais["regras"].items()],
            "empresas": found[:POR_PAGINA],
            "primeira": not start,
            "depois": found[POR_PAGINA - 1].agente.pk if len(found) > POR_PAGINA else None,
            "toml": texto,
            "pode_avisar": request.user.has_perm("notificacoes.change_envio"),
        }
        return render(request, "admin/certificados/simulacao.html", context)


TEXTO = (
    "Confere todos os certificados em uso pelas regras de uma política que ainda não vale e mostra quais deixariam de "
    "ser aceitos. Não grava nada e não muda nenhum certificado."
)


def _totals(simulacao: Simulacao, *, complete: bool) -> dict[str, Any]:
    """Of the whole register; counted once for each state of it, because every certificate is judged for them."""
    key = _key(simulacao)
    known: dict[str, Any] | None = cache.get(key)
    if known is None:
        for _ in () if complete else simulacao.companies():
            pass
        known = simulacao.totais.to_dict()
        cache.set(key, known, GUARDADO)
    return known


def _key(simulacao: Simulacao) -> str:
    """A certificate that has left service never comes back: these figures say which ones are in it."""
    register = in_service().aggregate(how_many=Count("pk"), last=Max("pk"), total=Sum("pk"))
    trusted = aceitas().aggregate(how_many=Count("pk"), last=Max("pk"), total=Sum("pk"))
    known = [simulacao.policy.to_dict(), simulacao.periodo.inicio.date().isoformat(), register, trusted]
    digest = hashlib.sha256(json.dumps(known, sort_keys=True, default=str).encode()).hexdigest()
    return f"simulacao:{digest}"


def _csv(simulacao: Simulacao) -> StreamingHttpResponse:
    rows = (
        _row(empresa, one, falha)
        for empresa in simulacao.companies()
        for one in empresa.reprovados
        for falha in one.falhas
    )
    headers = {"Content-Disposition": f'attachment; filename="simulacao-{simulacao.policy.codigo}.csv"'}
    content: Iterator[bytes] = planilha.stream(CABECALHO, rows)
    return StreamingHttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _row(empresa: Empresa, one: Reprovado, falha: Resultado) -> tuple[str, ...]:
    since, until = clock.local_date(one.desde), clock.local_date(one.valid_until)
    return (
        mask(empresa.agente.cnpj),
        empresa.agente.sigla,
        file_name(one.arquivo),
        one.sha256,
        f"{since:%d/%m/%Y}",
        f"{until:%d/%m/%Y}",
        str(empresa.bons),
        falha.codigo,
        falha.encontrado,
        falha.exigido,
        falha.como_resolver,
    )
