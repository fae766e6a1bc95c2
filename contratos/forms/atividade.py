"""The form that closes an activity: a field for each thing that its evidence states.

Nothing is required here: what is missing the service says, to whoever may close it.
"""

from collections.abc import Iterable
from typing import Any

from django import forms

from contratos.domain.evidencia import LONGEST, LONGEST_TABLE, Campo, Tipo

ENTRADAS: dict[Tipo, dict[str, str]] = {
    Tipo.DATA: {"type": "date"},
    Tipo.MES: {"type": "month"},
    Tipo.ANO: {"inputmode": "numeric", "autocomplete": "off"},
    Tipo.DECIMAL: {"inputmode": "decimal", "autocomplete": "off"},
}
RESULTADOS = {
    "deferida": "Deferida: emitir o formulário para assinatura",
    "inconsistencia": "Há inconsistência: devolver para correção",
    "sem_inconsistencia": "Sem inconsistência",
    "validado": "Validado",
    "de_acordo": "De acordo: emitir o termo para assinatura",
    "pendente": "Faltam documentos ou dados: devolver",
    "anuida": "Anuída",
    "negada": "Negada, com o motivo no parecer",
    "cabe": "Cabe recontabilizar",
    "nao_cabe": "Não cabe",
    "aceito": "Aceito",
    "incompleto": "Incompleto: devolver à parte, com o que falta",
    "devolvido": "Devolvido ao vendedor, com o motivo",
    "validada": "Validada: o ano fica definitivo",
    "devolvida": "Devolvida ao comprador, com o motivo",
    "procedente": "Procedente: recalcular e publicar",
    "improcedente": "Improcedente: a cota fica",
    "horas_validadas": "Validada: o mês fica definitivo",
    "horas_devolvidas": "Devolvida a quem a informou, com o motivo",
}


class CamposForm(forms.Form):
    def __init__(self, campos: Iterable[Campo], data: Any = None) -> None:
        super().__init__(data)
        for campo in campos:
            self.fields[campo.nome] = field_of(campo)


class EncerramentoForm(CamposForm):
    def __init__(self, campos: Iterable[Campo], resultados: Iterable[str], data: Any = None) -> None:
        super().__init__(campos, data)
        choices = [(codigo, RESULTADOS.get(codigo, codigo)) for codigo in resultados]
        if choices:
            self.fields["resultado"] = forms.ChoiceField(
                label="Resultado", choices=choices, widget=forms.RadioSelect, required=False
            )


class MotivoForm(forms.Form):
    motivo = forms.CharField(
        label="Motivo",
        max_length=300,
        required=False,
        help_text="Fica na trilha e é visto pelas partes.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def field_of(campo: Campo) -> forms.Field:
    label = f"{campo.rotulo} (opcional)" if campo.opcional else campo.rotulo
    if campo.tipo is Tipo.OPCAO:
        return forms.ChoiceField(
            label=label, choices=campo.opcoes, widget=forms.RadioSelect, required=False, help_text=campo.ajuda
        )
    if campo.tipo is Tipo.SIM_OU_NAO:
        options = (("sim", "Sim"), ("não", "Não"))
        return forms.ChoiceField(label=label, choices=options, widget=forms.RadioSelect, required=False)
    longest = LONGEST_TABLE if campo.tipo is Tipo.TABELA else LONGEST
    return forms.CharField(
        label=label, max_length=longest, required=False, help_text=campo.ajuda, widget=_widget(campo.tipo)
    )


def _widget(tipo: Tipo) -> forms.Widget:
    if tipo in (Tipo.LONGO, Tipo.TABELA):
        return forms.Textarea(attrs={"rows": 4 if tipo is Tipo.LONGO else 10, "spellcheck": "false"})
    return forms.TextInput(attrs=ENTRADAS.get(tipo, {"autocomplete": "off"}))
