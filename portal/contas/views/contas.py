"""Accounts: those that a person sees, one of them, a new one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal import clock
from portal.contas import selectors, services
from portal.contas.domain.quem import refusal
from portal.contas.forms import ContaForm, EmpresaForm
from portal.contas.models import Empresa
from portal.contas.services import Laudo, ParRecusado
from portal.contas.views.comum import person, tell
from portal.kernel.errors import DomainError, Forbidden, NotFound


@require_safe
@login_required
def lista(request: HttpRequest) -> HttpResponse:
    usuario = person(request)
    contas = list(selectors.listed(usuario, now=clock.now()))
    administra = {row.empresa_id: row.empresa for row in contas if row.administra and row.usuario_id == usuario.pk}
    page = {"contas": contas, "administra": administra.values(), "regras": selectors.regras()}
    return render(request, "contas/lista.html", page)


@require_safe
@login_required
def conta(request: HttpRequest, pk: int) -> HttpResponse:
    now, usuario = clock.now(), person(request)
    row = selectors.find(usuario, pk)
    asks, regras = selectors.asks(usuario, row, now=now), selectors.regras()
    page = {
        "conta": row,
        "pares": selectors.pairs(row),
        "regras": regras,
        "agora": now,
        "recusa": refusal(asks, selectors.target(row), regras.quem),
        "exclui": asks.administra or asks.titular,
    }
    return render(request, "contas/conta.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def nova_conta(request: HttpRequest, pk: int) -> HttpResponse:
    empresa, usuario = get_object_or_404(Empresa, pk=pk), person(request)
    if not selectors.administers(usuario, empresa):
        raise NotFound
    form = ContaForm(request.POST or None)
    if form.is_valid():
        try:
            administra = form.cleaned_data["administra"]
            services.open_account(empresa, form.pessoa, administra=administra, por=usuario, now=clock.now())
            messages.success(request, _("A conta foi aberta. O convite para escolher a senha vai por e-mail."))
            return redirect("contas:lista")
        except DomainError as error:
            tell(form, error)
    return render(request, "contas/nova_conta.html", {"form": form, "empresa": empresa}, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def nova_empresa(request: HttpRequest) -> HttpResponse:
    usuario, laudos = person(request), list[Laudo]()
    if not usuario.has_perm(selectors.REGISTRA):
        raise Forbidden(_("Só o operador do mercado cadastra uma empresa nova."))
    form = EmpresaForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            parts = {**form.empresa, "pessoa": form.pessoa, "arquivos": form.arquivos}
            aberta = services.open_company(**parts, por=usuario, now=clock.now())
            messages.success(request, _("Empresa cadastrada, com o primeiro par de certificados já em vigor."))
            return redirect("contas:conta", aberta.pk)
        except DomainError as error:
            tell(form, error)
            laudos = list(error.laudos) if isinstance(error, ParRecusado) else []
    page = {"form": form, "laudos": laudos, "regras": selectors.regras()}
    return render(request, "contas/nova_empresa.html", page, status=_status(form))


def _status(form: ContaForm | EmpresaForm) -> int:
    return 422 if form.is_bound else 200
