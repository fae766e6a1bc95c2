from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from portal import clock
from portal.admin import Manutencao, actor
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
    """What was registered stays; only its end is changed."""

    ator: Any = None  # set by the admin: nobody gives themselves a company

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("usuario", "agente", "papel", "desde"):
                if name in self.fields:
                    self.fields[name].disabled = True

    def clean_usuario(self) -> Any:
        usuario = self.cleaned_data["usuario"]
        if not self.instance.pk and usuario == self.ator:
            raise forms.ValidationError("Ninguém inclui a própria representação: peça a outra pessoa da operação.")
        if not self.instance.pk and usuario.is_staff:
            raise forms.ValidationError("Uma conta da operação não pode representar agentes.")
        return usuario

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        desde, ate = data.get("desde"), data.get("ate")
        if desde and ate and ate < desde:
            self.add_error("ate", "O último dia não pode ser antes do primeiro.")
        if not ate and self._is_open_elsewhere(data):
            self.add_error("papel", "Esta pessoa já tem esta representação em aberto.")
        return data

    def _is_open_elsewhere(self, data: dict[str, Any]) -> bool:
        key = {"usuario": data.get("usuario"), "agente": data.get("agente"), "papel": data.get("papel"), "ate": None}
        same = Representacao.objects.exclude(pk=self.instance.pk)
        return all(key[name] for name in ("usuario", "agente", "papel")) and same.filter(**key).exists()


class RepresentacaoInline(admin.TabularInline):  # type: ignore[type-arg]  # generic for mypy only
    model = Representacao
    form = RepresentacaoForm
    autocomplete_fields = ("usuario",)
    extra = 0
    can_delete = False
    verbose_name_plural = "representações (para encerrar, informe o último dia)"

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.ator = request.user  # type: ignore[attr-defined]  # RepresentacaoForm's
        return formset


@admin.register(Agente)
class AgenteAdmin(Manutencao):
    form = AgenteForm
    fields = ("cnpj", "sigla", "razao_social", "classe", "situacao")
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
    for form in formset.forms:
        if form.has_changed():
            is_new = form.instance.pk is None
            services.save_representacao(form.instance, by=actor(request), now=clock.now())
            if is_new:
                formset.new_objects.append(form.instance)
            else:
                formset.changed_objects.append((form.instance, form.changed_data))


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

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.ator = request.user  # type: ignore[attr-defined]  # RepresentacaoForm's
        return form

    def save_model(self, request: HttpRequest, obj: Representacao, form: Any, change: bool) -> None:
        services.save_representacao(obj, by=actor(request), now=clock.now())
