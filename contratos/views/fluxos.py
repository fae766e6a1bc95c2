"""Flows opened, cancelled, and the dates that their deadlines count from; requests of a party."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from contratos import acesso, services
from contratos.forms.atividade import MotivoForm
from contratos.forms.fluxo import AncorasForm
from contratos.models import Contrato
from contratos.paginas import abertura, pedidos
from contratos.services.pedidos import find
from contratos.views.comum import ask, attempt, done, of_contract, posted
from portal import clock
from portal.agentes.http import ator_of

FORMULARIO = ["GET", "HEAD", "POST"]


@require_http_methods(FORMULARIO)
@of_contract
def abrir(request: HttpRequest, contrato: Contrato) -> HttpResponse:
    ator, now = ator_of(request), clock.now()
    acesso.require_ccee(ator, contrato, now=now)
    form = abertura.form_of(contrato, posted(request))
    if form.is_bound and attempt(
        form, lambda dados: services.open_flow(contrato, ator=ator, now=now, **abertura.chosen(form))
    ):
        return done(request, contrato, "Fluxo aberto.", "#andamento")
    return ask(request, contrato, form, titulo="Abrir fluxo", botao="Abrir fluxo", texto=abertura.TEXTO)


@require_http_methods(FORMULARIO)
@of_contract
def ancoras(request: HttpRequest, contrato: Contrato, pk: int) -> HttpResponse:
    ator, now = ator_of(request), clock.now()
    acesso.require_ccee(ator, contrato, now=now)
    fluxo = abertura.find(contrato, pk)
    form = AncorasForm(abertura.letters(fluxo), posted(request), initial=fluxo.ancoras)
    if form.is_bound and attempt(form, lambda _: services.set_anchors(fluxo, form.ancoras(), ator=ator, now=now)):
        return done(request, contrato, "Datas registradas; os prazos em aberto foram recontados.", "#andamento")
    titulo = "Datas de que os prazos se contam"
    return ask(request, contrato, form, titulo=titulo, botao="Registrar", texto=abertura.TEXTO_DAS_DATAS)


@require_http_methods(FORMULARIO)
@of_contract
def cancelar(request: HttpRequest, contrato: Contrato, pk: int) -> HttpResponse:
    ator, now, fluxo = ator_of(request), clock.now(), abertura.find(contrato, pk)
    abertura.require_cancel(fluxo, ator, now=now)
    form = MotivoForm(posted(request))
    form.fields["motivo"].required = True
    if form.is_bound and attempt(
        form, lambda dados: services.cancel_flow(fluxo, motivo=dados["motivo"], ator=ator, now=now)
    ):
        return done(request, contrato, "Fluxo cancelado.", "#andamento")
    return ask(request, contrato, form, titulo="Cancelar o fluxo", botao="Cancelar o fluxo")


@require_POST
@of_contract
def decurso(request: HttpRequest, contrato: Contrato, pk: int) -> HttpResponse:
    services.confirm_lapse(abertura.find(contrato, pk), ator=ator_of(request), now=clock.now())
    return done(request, contrato, "Solicitação cancelada por decurso de prazo.", "#andamento")


@require_http_methods(FORMULARIO)
@of_contract
def pedir(request: HttpRequest, contrato: Contrato, codigo: str) -> HttpResponse:
    ator, now, pedido = ator_of(request), clock.now(), find(codigo)
    parte = pedidos.requester(contrato, codigo, ator, now=now)
    form = pedidos.form_of(codigo, posted(request))
    if form.is_bound and attempt(
        form,
        lambda dados: services.request(contrato, codigo, evidencia=dados, ator=ator, now=now, solicitante=parte),
    ):
        return done(request, contrato, pedido.feito, "#andamento")
    titulo = f"{pedido.rotulo} ({parte.sigla})" if parte else pedido.rotulo
    return ask(request, contrato, form, titulo=titulo, botao=pedido.rotulo, texto=pedido.texto)
