"""Transport only: what came is well-formed. Whether it will do, the services say."""

from django import forms
from django.db.models import QuerySet

from portal.agentes.models import Agente

DE_OUTRO = "Não encontramos esta empresa entre as que você representa."


class EmpresaField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    def label_from_instance(self, obj: Agente) -> str:
        return f"Só {obj.sigla}"


class AgendaForm(forms.Form):
    empresa = EmpresaField(
        Agente.objects.none(),
        label="O que a agenda traz",
        required=False,
        empty_label="Todas as minhas empresas, também as que vierem",
        error_messages={"invalid_choice": DE_OUTRO, "invalid_pk_value": DE_OUTRO},
    )

    def __init__(self, data: object = None, *, empresas: QuerySet[Agente]) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a QueryDict or None
        self.fields["empresa"].queryset = empresas.order_by("sigla_busca")  # type: ignore[attr-defined]  # a model field
