"""A signed document coming back."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from contratos import acesso, selectors, services
from contratos.forms.assinatura import AssinaturaForm, PapelForm
from contratos.models import Contrato
from contratos.paginas import documentos
from contratos.views.comum import ask, attempt, done, of_contract, posted
from portal import clock
from portal.agentes.http import ator_of

TEXTO = (
    "Quem assina é a pessoa do certificado, que tem de ser signatária de uma das partes; quem envia pode ser outra. "
    "O que se assina é exatamente o documento emitido: baixe-o no contrato e assine-o sem editar nem imprimir."
)
PAPEL = (
    "Só quando o sistema de assinatura esteve indisponível, com registro da CCEE, e com firma reconhecida "
    "(cláusula 3.13.1). Fora disso, assine digitalmente."
)


@require_http_methods(["GET", "HEAD", "POST"])
@of_contract
def enviar(request: HttpRequest, contrato: Contrato, pk: int) -> HttpResponse:
    ator, now = ator_of(request), clock.now()
    acesso.require_some_party(ator, contrato, now=now)
    documento = documentos.find(contrato, pk)
    form = AssinaturaForm(posted(request), request.FILES or None)
    if form.is_bound and attempt(
        form, lambda dados: services.receive(documento, dados["arquivo"].content, ator=ator, now=now)
    ):
        return done(request, contrato, "Assinatura conferida e aceita.", "#documentos")
    titulo = f"Enviar assinado: {documento.titulo}"
    return ask(request, contrato, form, titulo=titulo, botao="Enviar e conferir", texto=TEXTO)


@require_http_methods(["GET", "HEAD", "POST"])
@of_contract
def papel(request: HttpRequest, contrato: Contrato, pk: int) -> HttpResponse:
    ator, now = ator_of(request), clock.now()
    acesso.require_some_party(ator, contrato, now=now)
    documento = documentos.find(contrato, pk)
    form = PapelForm(selectors.of_sides(contrato, on=clock.local_date(now)), posted(request), request.FILES or None)
    if form.is_bound and attempt(form, lambda dados: documentos.accept_paper(documento, dados, ator=ator, now=now)):
        return done(request, contrato, "Assinatura em papel aceita.", "#documentos")
    return ask(request, contrato, form, titulo="Assinado em papel", botao="Enviar", texto=PAPEL)
