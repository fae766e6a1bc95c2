"""The start page and what belongs to no app."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portal import saude
from portal import trilha as trilha_
from portal.agentes.http import ator_of, today


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Operations staff work in the admin; everybody else starts at the list of companies."""
    return redirect("admin:index" if request.user.is_staff else "adesao:lista")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For the load balancer: whether this process can serve; else which part does not answer, and nothing about it."""
    missing = saude.missing()
    if missing:
        return JsonResponse({"situacao": "indisponivel", "falta": missing}, status=503)
    return JsonResponse({"situacao": "ok"})


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """For who restarts processes: this one answers. It asks nothing else: restarting it would not mend a database."""
    return JsonResponse({"situacao": "ok"})


@require_safe
def manual(request: HttpRequest) -> HttpResponse:
    return render(request, "manual.html")


@require_safe
@login_required
def trilha(request: HttpRequest) -> HttpResponse:
    filtro = trilha_.Filtro.of(request.GET)
    return render(request, "trilha.html", trilha_.read(ator_of(request), filtro, on=today()))
