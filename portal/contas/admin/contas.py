"""Companies, accounts and pairs as operations see them. What opens an account or registers a pair are the pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal import clock
from portal.admin import Consulta, Manutencao, actor
from portal.contas import services
from portal.contas.models import Conta, Empresa, Par


@admin.register(Empresa)
class EmpresaAdmin(Consulta):
    list_display = ("nome", "registro", "produtor", "created_at")
    list_filter = ("produtor",)
    search_fields = ("nome", "registro")


@admin.register(Conta)
class ContaAdmin(Manutencao):
    """Who holds the right of administration, and whose account is closed, operations decide."""

    list_display = ("usuario", "empresa", "administra", "ativa", "created_at", "created_by")
    list_filter = ("administra", "ativa")
    list_select_related = ("usuario", "empresa")
    search_fields = ("usuario__username", "usuario__nome", "empresa__nome", "empresa__registro")
    fields = ("usuario", "empresa", "administra", "ativa", "created_at", "created_by")
    readonly_fields = ("usuario", "empresa", "created_at", "created_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        chosen = {"administra": obj.administra, "ativa": obj.ativa}
        services.change_account(obj, **chosen, by=actor(request), now=clock.now())


@admin.register(Par)
class ParAdmin(Consulta):
    list_display = ("sha256", "conta", "slot", "valid_until", "included_by", "removed_at")
    list_select_related = ("conta__usuario", "conta__empresa")
    date_hierarchy = "valid_until"
    search_fields = ("sha256", "conta__usuario__username", "conta__empresa__registro")
