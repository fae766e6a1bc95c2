"""What the flows wrote: to be looked up, never to be edited."""

from django.contrib import admin

from contratos.domain.procedimentos import MARCOS, PROCEDIMENTOS
from contratos.models import Atividade, ConjuntoDeMarcos, Documento, Fluxo, Garantia, Outorga, Signatario
from portal.admin import Consulta


@admin.register(Fluxo)
class FluxoAdmin(Consulta):
    list_display = ("contrato", "nome", "estado", "opened_at", "closed_at")
    list_filter = ("procedimento", "estado")
    list_select_related = ("contrato",)
    search_fields = ("contrato__numero",)
    search_help_text = "Número do contrato"
    fields = (
        "contrato", "nome", "estado", "ancoras", "solicitante", "marcos", "opened_at", "opened_by", "closed_at",
    )  # fmt: skip

    @admin.display(description="procedimento", ordering="procedimento")
    def nome(self, fluxo: Fluxo) -> str:
        return "Marcos" if fluxo.procedimento == MARCOS else PROCEDIMENTOS[fluxo.procedimento].nome


@admin.register(Atividade)
class AtividadeAdmin(Consulta):
    list_display = ("__str__", "contrato", "responsavel", "vence_em", "situacao", "closed_at")
    list_filter = ("situacao", "responsavel")
    list_select_related = ("fluxo__contrato",)
    date_hierarchy = "vence_em"
    search_fields = ("fluxo__contrato__numero", "nome")
    search_help_text = "Número do contrato ou nome da atividade"
    fields = (
        "fluxo", "codigo", "rodada", "nome", "responsavel", "prazo", "vence_em", "situacao", "resultado", "motivo",
        "opened_at", "closed_at", "closed_by", "evidencia",
    )  # fmt: skip

    @admin.display(description="contrato", ordering="fluxo__contrato__numero")
    def contrato(self, atividade: Atividade) -> str:
        return atividade.fluxo.contrato.numero


@admin.register(Documento)
class DocumentoAdmin(Consulta):
    list_display = ("titulo", "contrato", "issued_at", "completed_at", "protocolo")
    list_filter = ("tipo",)
    list_select_related = ("contrato",)
    search_fields = ("contrato__numero", "protocolo", "sha256")
    search_help_text = "Número do contrato, protocolo ou SHA-256"
    fields = ("contrato", "titulo", "sha256", "issued_at", "issued_by", "replaced_at", "completed_at", "protocolo")


@admin.register(Garantia)
class GarantiaAdmin(Consulta):
    list_display = ("nome", "contrato", "aplicavel", "valor", "vale_ate", "presented_at")
    list_filter = ("aplicavel",)
    list_select_related = ("contrato",)
    date_hierarchy = "vale_ate"
    search_fields = ("contrato__numero", "nome", "instrumento")
    search_help_text = "Número do contrato, garantia ou instrumento"
    fields = (
        "contrato", "nome", "aplicavel", "motivo", "valor", "vale_de", "vale_ate", "instrumento", "presented_at",
        "presented_by",
    )  # fmt: skip


@admin.register(Signatario)
class SignatarioAdmin(Consulta):
    """Stated by the agents on their own page; who stated each one is kept (3.13.2)."""

    list_display = ("nome", "agente", "desde", "ate", "stated_by")
    list_select_related = ("agente",)
    search_fields = ("nome", "agente__sigla_busca", "agente__cnpj")
    search_help_text = "Nome, sigla ou CNPJ"
    fields = ("agente", "nome", "cpf", "email", "desde", "ate", "stated_at", "stated_by")


@admin.register(Outorga)
class OutorgaAdmin(Consulta):
    list_display = ("usina", "agente", "ato", "informed_at")
    list_select_related = ("agente", "ato")
    search_fields = ("usina", "ceg", "agente__sigla_busca")
    search_help_text = "Usina, CEG ou sigla"
    fields = ("agente", "usina", "ceg", "fonte", "ato", "informed_at", "informed_by")


@admin.register(ConjuntoDeMarcos)
class ConjuntoDeMarcosAdmin(Consulta):
    list_display = ("__str__", "leilao", "published_at", "published_by")
    list_select_related = ("leilao",)
    fields = ("leilao", "versao", "marcos", "published_at", "published_by")
