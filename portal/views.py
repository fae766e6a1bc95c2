"""The start page and what belongs to no app."""

import logging

from django.contrib.auth.decorators import login_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portal import trilha as trilha_
from portal.agentes.http import ator_of, today

logger = logging.getLogger(__name__)


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Operations staff work in the admin; everybody else starts at the list of companies."""
    return redirect("admin:index" if request.user.is_staff else "adesao:lista")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For the load balancer: whether the database answers, and nothing about it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("o banco de dados não responde")
        return JsonResponse({"situacao": "indisponivel"}, status=503)
    return JsonResponse({"situacao": "ok"})


@require_safe
def manual(request: HttpRequest) -> HttpResponse:
    return render(request, "manual.html")


@require_safe
@login_required
def trilha(request: HttpRequest) -> HttpResponse:
    filtro = trilha_.Filtro.of(request.GET)
    return render(request, "trilha.html", trilha_.read(ator_of(request), filtro, on=today()))
