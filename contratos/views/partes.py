"""What a party states of its side: guarantees, signatories, conditions of the edital."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from contratos import acesso, services
from contratos.forms.parte import CumprimentoForm, GarantiaForm, SignatarioForm
from contratos.models import Contrato, ExigenciaDoEdital
from contratos.paginas import leitor, partes
from contratos.services.exigencias import require_debtor
from contratos.views.comum import ask, attempt, done, of_contract, posted
from portal import clock
from portal.agentes.http import ator_of

FORMULARIO = ["GET", "HEAD", "POST"]


@require_http_methods(FORMULARIO)
@of_contract
def garantia(request: HttpRequest, contrato: Contrato, pk: int | None = None) -> HttpResponse:
    ator, now = ator_of(request), clock.now()
    acesso.require_party(ator, contrato, contrato.vendedor, now=now)
    row = partes.guarantee(contrato, pk)
    form = GarantiaForm(row, posted(request), ccee=acesso.is_ccee(ator))
    if form.is_bound and attempt(form, lambda dados: services.save_guarantee(row, dados, ator=ator, now=now)):
        return done(request, contrato, "Garantia registrada.", "#garantias")
    titulo = f"Garantia: {row.nome}" if pk else "Nova garantia"
    return ask(request, contrato, form, titulo=titulo, botao="Registrar garantia", texto=partes.TEXTO_DA_GARANTIA)


@require_http_methods(FORMULARIO)
@of_contract
def signatario(request: HttpRequest, contrato: Contrato) -> HttpResponse:
    ator, now = ator_of(request), clock.now()
    sides = partes.sides(contrato, leitor.of(ator, now=now))
    form = SignatarioForm(sides, posted(request), initial=partes.initial(sides, now))
    if form.is_bound and attempt(
        form, lambda dados: services.designate(contrato, **partes.designation(contrato, dados), ator=ator, now=now)
    ):
        return done(request, contrato, "Signatário indicado.", "#partes")
    return ask(request, contrato, form, titulo="Indicar signatário", botao="Indicar", texto=partes.TEXTO_DO_SIGNATARIO)


@require_POST
@of_contract
def encerrar_signatario(request: HttpRequest, contrato: Contrato, pk: int) -> HttpResponse:
    gone = services.dismiss(contrato, pk, ator=ator_of(request), now=clock.now())
    return done(request, contrato, f"{gone.nome} deixa de assinar pela parte.", "#partes")


@require_http_methods(FORMULARIO)
@of_contract
def exigencia(request: HttpRequest, contrato: Contrato, pk: int) -> HttpResponse:
    ator, now = ator_of(request), clock.now()
    row = get_object_or_404(ExigenciaDoEdital, pk=pk, leilao=contrato.leilao_id)
    require_debtor(contrato, row, ator=ator, now=now)
    form = CumprimentoForm(posted(request))
    if form.is_bound and attempt(form, lambda dados: services.fulfil(contrato, row, **dados, ator=ator, now=now)):
        return done(request, contrato, "Exigência dada por cumprida.", "#exigencias")
    return ask(request, contrato, form, titulo="Exigência do edital", botao="Dar por cumprida", texto=row.texto)
