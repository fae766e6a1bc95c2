from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from portal import clock
from portal.admin import DATES, Manutencao, actor
from portal.agentes import acesso, services
from portal.agentes.models import Agente, Representacao
from portal.kernel.cnpj import CnpjInvalido, compact, mask, normalise
from portal.kernel.text import searchable, visible


class AgenteForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    cnpj = forms.CharField(label="CNPJ", max_length=20, help_text="Com ou sem máscara. Não muda depois de gravado.")

    def clean_cnpj(self) -> str:
        try:
            return normalise(self.cleaned_data["cnpj"])
        except CnpjInvalido as error:
            raise forms.ValidationError(error.detail) from error

    def clean_sigla(self) -> str:
        sigla = visible(self.cleaned_data["sigla"], 60)
        others = Agente.objects.exclude(pk=self.instance.pk).filter(sigla_busca=searchable(sigla)[:60])
        if others.exists():
            raise forms.ValidationError("Outro agente já usa esta sigla.")
        return sigla


class RepresentacaoForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    ator: Any = None  # set by the admin: nobody gives themselves a company

    def clean_usuario(self) -> Any:
        usuario = self.cleaned_data["usuario"]
        if usuario == self.ator:
            raise forms.ValidationError("Ninguém inclui a própria representação: peça a outra pessoa da operação.")
        if usuario.is_staff:
            raise forms.ValidationError("Uma conta da operação não pode representar agentes.")
        return usuario

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        desde, ate = data.get("desde", self.instance.desde), data.get("ate")
        if desde and ate and ate < desde:
            self.add_error("ate", "O último dia não pode ser antes do primeiro.")
        if not ate and self._is_open_elsewhere(data):
            self.add_error(
                "papel" if "papel" in self.fields else "ate", "Esta pessoa já tem esta representação em aberto."
            )
        return data

    def _is_open_elsewhere(self, data: dict[str, Any]) -> bool:
        """Fields that the page does not offer are as stored (or, beside a company, that company)."""
        row = self.instance
        key = {
            "usuario_id": data["usuario"].pk if data.get("usuario") else row.usuario_id,
            "agente_id": data["agente"].pk if data.get("agente") else row.agente_id,
            "papel": data.get("papel") or row.papel,
        }
        return all(key.values()) and Representacao.objects.exclude(pk=row.pk).filter(**key, ate=None).exists()


class RepresentacaoInline(admin.StackedInline):  # type: ignore[type-arg]  # generic for mypy only
    """Those there are, each with a link to the page that ends it; and new ones."""

    model = Representacao
    form = RepresentacaoForm
    fields = ("usuario", ("papel", "desde", "ate"))
    autocomplete_fields = ("usuario",)
    formfield_overrides = DATES
    verbose_name_plural = "representações — abra uma para encerrá-la"
    extra = 0
    can_delete = False
    show_change_link = True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.ator = request.user  # type: ignore[attr-defined]  # RepresentacaoForm's
        return formset


@admin.register(Agente)
class AgenteAdmin(Manutencao):
    form = AgenteForm
    fields = ("cnpj", "sigla", "razao_social", "classe", "situacao", "telefone")
    list_display = ("sigla", "cnpj_com_mascara", "razao_social", "classe", "situacao")
    list_filter = ("classe", "situacao")
    search_fields = ("sigla_busca", "razao_social_busca", "cnpj")
    search_help_text = "Sigla, razão social (com ou sem acentos) ou CNPJ (com ou sem máscara)"
    inlines = (RepresentacaoInline,)

    @admin.display(description="CNPJ", ordering="cnpj")
    def cnpj_com_mascara(self, agente: Agente) -> str:
        return mask(agente.cnpj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("cnpj",) if obj else ()  # certificates, credential and ledger hang on it

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        words = searchable(search_term).replace("\0", "")
        cnpj = compact(words)
        if not words:
            return queryset, False
        named = Q(sigla_busca__contains=words) | Q(razao_social_busca__contains=words)
        return queryset.filter(named | Q(cnpj__startswith=cnpj) if cnpj else named), False

    def save_model(self, request: HttpRequest, obj: Agente, form: Any, change: bool) -> None:
        services.save_agente(obj, by=actor(request), now=clock.now())

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        save_representacoes(request, formset)


def save_representacoes(request: HttpRequest, formset: Any) -> None:
    """The formset's own save() would write past the ledger; the admin's log still wants to know what it did."""
    formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
    for form in formset.extra_forms:
        if form.has_changed():
            services.save_representacao(form.instance, by=actor(request), now=clock.now())
            formset.new_objects.append(form.instance)


class EmVigor(admin.SimpleListFilter):
    title, parameter_name = "em vigor", "vigor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("sim", "Em vigor hoje"), ("nao", "Encerradas ou futuras")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Representacao]) -> QuerySet[Representacao]:
        today = acesso.in_force(clock.local_date(clock.now()))
        return {"sim": queryset.filter(today), "nao": queryset.exclude(today)}.get(self.value() or "", queryset)


@admin.register(Representacao)
class RepresentacaoAdmin(Manutencao):
    form = RepresentacaoForm
    list_display = ("usuario", "agente", "papel", "desde", "ate")
    list_filter = ("papel", EmVigor)
    list_select_related = ("usuario", "agente")
    autocomplete_fields = ("usuario", "agente")
    search_fields = ("usuario__nome", "usuario__username", "agente__sigla_busca", "agente__cnpj")
    search_help_text = "Nome ou usuário da pessoa, sigla ou CNPJ do agente"
    formfield_overrides = DATES

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("usuario", "agente", "papel", "desde") if obj else ()  # what was registered stays; its end is set

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.ator = request.user  # type: ignore[attr-defined]  # RepresentacaoForm's
        return form

    def save_model(self, request: HttpRequest, obj: Representacao, form: Any, change: bool) -> None:
        services.save_representacao(obj, by=actor(request), now=clock.now())
