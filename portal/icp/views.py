"""The public list of accepted authorities."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal import clock
from portal.icp import selectors


@require_safe
def certificadoras(request: HttpRequest) -> HttpResponse:
    busca = request.GET.get("busca", "").strip()[:100]
    cadeias = selectors.by_root(busca)
    context = {"cadeias": cadeias, "busca": busca, "agora": clock.now(), "raizes_proprias": settings.RAIZES_ICP_BRASIL}
    return render(request, "certificadoras.html", context)
