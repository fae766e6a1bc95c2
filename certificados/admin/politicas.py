from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from certificados import services
from certificados.admin.simulador import Simulador
from certificados.domain.policy import Policy
from certificados.models import Politica
from portal import clock
from portal.admin import Indented, Manutencao, actor


class PoliticaForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for mypy only
    dados = forms.JSONField(
        label="Regras",
        encoder=Indented,
        widget=forms.Textarea(attrs={"class": "politica", "spellcheck": "false"}),
        help_text="JSON. Datas AAAA-MM-DD; “severidades” só muda cnpj-do-agente e chave-reutilizada (“aviso” ou "
        "“falha”); “raizes” vazia aceita todas as raízes fixadas.",
    )

    class Meta:
        model = Politica
        fields = ("dados",)

    def clean_dados(self) -> dict[str, Any]:
        try:
            self.policy = Policy.from_dict(self.cleaned_data["dados"])
        except (ValueError, TypeError, AttributeError) as error:
            raise forms.ValidationError(
                str(error) if type(error) is ValueError else "Precisa ser um objeto JSON."
            ) from error
        others = Politica.objects.exclude(pk=self.instance.pk)
        if self.instance.pk and self.policy.codigo != self.instance.codigo:
            raise forms.ValidationError("O código não muda: para outras regras, inclua outra política.")
        if others.filter(codigo=self.policy.codigo).exists():
            raise forms.ValidationError(f"Já existe a política “{self.policy.codigo}”.")
        if others.filter(desde=self.policy.desde).exists():
            raise forms.ValidationError(f"Outra política já começa em {self.policy.desde:%d/%m/%Y}.")
        row = self.instance
        row.codigo, row.titulo, row.desde, row.ate = (
            self.policy.codigo,
            self.policy.titulo,
            self.policy.desde,
            self.policy.ate,
        )
        return self.policy.to_dict()


@admin.register(Politica)
class PoliticaAdmin(Simulador, Manutencao):
    form = PoliticaForm
    list_display = ("codigo", "titulo", "desde", "ate")
    search_fields = ("codigo", "titulo")
    change_list_template = "admin/certificados/politicas.html"

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new rule set starts from the latest."""
        latest = Politica.objects.order_by("-desde").first()
        return {"dados": latest.dados if latest else {}}

    def save_model(self, request: HttpRequest, obj: Politica, form: Any, change: bool) -> None:
        obj.pk = services.save_politica(form.policy, by=actor(request), now=clock.now()).pk
