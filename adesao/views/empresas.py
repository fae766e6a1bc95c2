"""Minhas Empresas, the list with its filters, the connections in force, and the first step of an adesão."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from adesao import cadastro, linhas, listagem, selectors
from adesao.forms import EmpresaForm, FiltroForm, PaginaForm
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Acao, Ator
from portal.agentes.http import ator_of, today
from portal.agentes.models import Agente
from portal.kernel.errors import Forbidden

POR_PAGINA = 25
SIGLAS = 200  # offered while typing
SO_REPRESENTANTE = (
    "Somente o representante CCEE de uma empresa pode iniciar a adesão. Você pode consultar as empresas que "
    "representa; peça a adesão ao representante CCEE."
)
NAO_ENCONTRADA = "Não encontramos esta empresa entre as que você representa. Confira a sigla ou o CNPJ."
SO_CONSULTA = "Desta empresa você só pode consultar: quem faz a adesão é o representante CCEE."


@require_safe
@login_required
def empresas(request: HttpRequest) -> HttpResponse:
    ator, now = ator_of(request), clock.now()
    own = acesso.represented(ator, on=today())
    pagina = listagem.page(own, pagina=PaginaForm(request.GET).numero(), now=now, size=POR_PAGINA)
    context = {
        "pagina": pagina,
        "linhas": linhas.lines(pagina.linhas, ator, now=now),
        "pendencias": linhas.pendencias(ator, now=now),
        "ve_todas": request.user.has_perm("agentes.view_todos"),
    }
    return render(request, "adesao/empresas.html", context)


@require_safe
@login_required
def lista(request: HttpRequest) -> HttpResponse:
    ator, now = ator_of(request), clock.now()
    form = FiltroForm(request.GET)
    numero, por, texto, status = form.filtro()
    found, anywhere = selectors.search(acesso.visible_agentes(ator, on=today()), por=por, texto=texto)
    pagina = listagem.page(found, pagina=numero, now=now, situacao=status, size=POR_PAGINA)
    context = {
        "form": form,
        "pagina": pagina,
        "linhas": linhas.lines(pagina.linhas, ator, now=now),
        "nada_em": selectors.CAMPOS[por] if anywhere else "",
        "filtrou": bool(texto or status),
        "pode_aderir": acesso.alteraveis(ator, on=today()).exists(),
    }
    return render(request, "adesao/lista.html", context)


@require_safe
@login_required
def conexoes(request: HttpRequest) -> HttpResponse:
    rows = selectors.connections(ator_of(request), now=clock.now())
    pagina = Paginator(rows, POR_PAGINA).get_page(PaginaForm(request.GET).numero())
    return render(request, "adesao/conexoes.html", {"pagina": pagina, "agora": clock.now()})


@require_safe
@login_required
def nova(request: HttpRequest) -> HttpResponse:
    ator = ator_of(request)
    if not acesso.alteraveis(ator, on=today()).exists():
        raise Forbidden(SO_REPRESENTANTE)
    form = EmpresaForm(request.GET if "empresa" in request.GET else None)
    agente = _chosen(form, ator) if form.is_bound and form.is_valid() else None
    if agente and selectors.has_adhered(agente):
        messages.info(request, f"{agente.sigla} já aderiu à Plataforma: atualize o cadastro por aqui.")
        return redirect("adesao:cadastro", agente.cnpj)
    carregada = cadastro.read(agente, ator, now=clock.now()) if agente else None
    siglas = selectors.adherable(ator, now=clock.now()).values_list("sigla", "razao_social")[:SIGLAS]
    context: dict[str, object] = {"form": form, "cadastro": carregada, "siglas": siglas, "erros": {}}
    return render(request, "adesao/nova.html", context, status=422 if form.errors else 200)


def _chosen(form: EmpresaForm, ator: Ator) -> Agente | None:
    """The company of step 1; why not stands next to the field, in the same words for unknown and not represented."""
    data, now = form.cleaned_data, clock.now()
    agente = selectors.find_company(ator, por=data["por"], texto=data["empresa"], now=now)
    if agente is None:
        form.add_error("empresa", NAO_ENCONTRADA)
    elif not acesso.may(ator, Acao.ALTERAR, agente, on=today()):
        form.add_error("empresa", SO_CONSULTA)
        return None
    return agente
