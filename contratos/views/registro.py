"""CCEE's own acts on the registration of a contract."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from contratos import acesso, services
from contratos.domain.contrato import Registro
from contratos.domain.fim import ends
from contratos.forms.fluxo import FimForm, RegistroForm, RetomadaForm, SuspensaoForm
from contratos.models import Contrato
from contratos.views.comum import ask, attempt, done, of_contract, posted
from portal import clock
from portal.agentes.http import ator_of

FORMS: Mapping[str, type[forms.Form]] = {
    "validar": forms.Form,
    "registrar": RegistroForm,
    "suspender": SuspensaoForm,
    "retomar": RetomadaForm,
    "finalizar": FimForm,
    "nao-assinado": RetomadaForm,
}
ATOS: Mapping[str, Callable[..., Contrato]] = {
    "validar": services.validate,
    "registrar": services.register,
    "suspender": services.suspend,
    "retomar": services.resume,
    "finalizar": lambda contrato, *, para, **others: services.end(contrato, Registro(para), **others),
    "nao-assinado": services.mark_unsigned,
}
PALAVRAS = {
    "validar": ("Validar o contrato", "Contrato validado pela CCEE.", "Cláusula 3.4: sem validação não há registro."),
    "registrar": (
        "Registrar o contrato",
        "Contrato registrado.",
        "Cláusula 3.15: o registro abrange todo o suprimento.",
    ),
    "suspender": (
        "Suspender o contrato",
        "Contrato suspenso.",
        "Cláusula 3.7: suspenso, o contrato não entra em mecanismos de redução ou rescisão.",
    ),
    "retomar": ("Retomar o contrato", "Suspensão encerrada.", ""),
    "finalizar": (
        "Encerrar o contrato",
        "Contrato encerrado.",
        "A situação é final: não se desfaz. Informe no motivo o documento que a prova.",
    ),
    "nao-assinado": (
        "Dar por não assinado",
        "O contrato fica como não assinado.",
        "Os fluxos em aberto param. Quem deu causa consta do relatório da cláusula 3.14, pelos prazos.",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@of_contract
def mudar(request: HttpRequest, contrato: Contrato, ato: str) -> HttpResponse:
    ator, now = ator_of(request), clock.now()
    acesso.require_ccee(ator, contrato, now=now)
    titulo, feito, texto = PALAVRAS[ato]
    form = FORMS[ato](posted(request), initial=_initial(contrato))
    if form.is_bound and attempt(form, lambda dados: ATOS[ato](contrato, ator=ator, now=now, **dados)):
        return done(request, contrato, feito)
    return ask(request, contrato, form, titulo=titulo, botao=titulo, texto=texto)


def _initial(contrato: Contrato) -> dict[str, Any]:
    return {"inicio": contrato.suprimento_inicio, "fim": contrato.suprimento_fim, "fins": ends(contrato.tipo)}
