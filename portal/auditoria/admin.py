from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from portal.admin import Consulta, show_json
from portal.auditoria.models import Evento
from portal.kernel.cnpj import compact


@admin.register(Evento)
class EventoAdmin(Consulta):
    """Read only, also for a superuser: the database refuses as well."""

    list_display = ("numero", "at", "tipo", "ator", "cnpj", "objeto")
    list_filter = ("tipo",)
    date_hierarchy = "at"
    search_fields = ("ator", "objeto", "cnpj", "tipo")
    search_help_text = "Quem, objeto, tipo ou CNPJ (com ou sem máscara)"
    fields = ("numero", "at", "tipo", "ator", "cnpj", "objeto", "dados_legiveis", "anterior", "hash")

    @admin.display(description="dados")
    def dados_legiveis(self, evento: Evento) -> str:
        return show_json(evento.dados)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Evento], search_term: str
    ) -> tuple[QuerySet[Evento], bool]:
        cnpj = compact(search_term)
        return super().get_search_results(request, queryset, cnpj if len(cnpj) == 14 else search_term)
