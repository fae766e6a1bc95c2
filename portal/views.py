"""The start page and what belongs to no app."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Operations staff work in the admin; everybody else starts at the list of companies."""
    return redirect("admin:index" if request.user.is_staff else "adesao:lista")


def health(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"situacao": "ok"})
