from django.contrib import admin

from portal.admin import Consulta
from portal.gateway.models import Passagem


@admin.register(Passagem)
class PassagemAdmin(Consulta):
    """Who came, who was refused and why: what support is asked for by telephone."""

    list_display = ("agente", "certificado", "seen_at", "refused_at", "motivo", "falhas")
    list_filter = ("motivo",)
    list_select_related = ("agente", "certificado")
    search_fields = ("agente__sigla_busca", "agente__cnpj", "sha256", "certificado__sha256")
    search_help_text = "Sigla ou CNPJ do agente, SHA-256 do certificado"
    date_hierarchy = "refused_at"
