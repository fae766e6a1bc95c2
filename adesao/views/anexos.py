"""The files of a draft: attach, remove, convert, replace, download. Every button brings the whole form along."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from adesao import selectors, services
from adesao.models import Anexo, Solicitacao
from adesao.views.certificados import download
from adesao.views.comum import back, envio_of, form_of, show, sign_in
from portal import clock
from portal.agentes.acesso import Acao
from portal.agentes.http import agente_of, ator_of
from portal.kernel.errors import NotFound

ESCOLHA_ARQUIVO = "Escolha o arquivo .cer antes de enviar."
ESCOLHA_CERTIFICADO = "Escolha qual certificado dará lugar ao novo."


@require_POST
@sign_in
def anexar(request: HttpRequest, cnpj: str) -> HttpResponse:
    agente = agente_of(request, cnpj, Acao.ALTERAR)
    envio = envio_of(form_of(request, agente))
    feito = services.fill(agente, envio, ator=ator_of(request), now=clock.now())
    if not envio.arquivos:
        feito.erros.setdefault("certificados", []).append(ESCOLHA_ARQUIVO)
    refused = feito.draft.anexos.filter(aceito=False).exists()
    if feito.erros or refused:
        return show(request, agente, erros=feito.erros, avisos=feito.avisos, status=422)
    return back(request, agente)


@require_POST
@sign_in
def remover(request: HttpRequest, cnpj: str, pk: int) -> HttpResponse:
    agente, now = agente_of(request, cnpj, Acao.ALTERAR), clock.now()
    feito = services.fill(agente, envio_of(form_of(request, agente)), ator=ator_of(request), now=now)
    services.detach(feito.draft, pk, now=now)
    return _after(request, feito)


@require_POST
@sign_in
def converter(request: HttpRequest, cnpj: str, pk: int) -> HttpResponse:
    agente, now, ator = agente_of(request, cnpj, Acao.ALTERAR), clock.now(), ator_of(request)
    feito = services.fill(agente, envio_of(form_of(request, agente)), ator=ator, now=now)
    services.convert(feito.draft, pk, ator=ator, now=now)
    return _after(request, feito)


@require_POST
@sign_in
def substituir(request: HttpRequest, cnpj: str, pk: int) -> HttpResponse:
    """Mark the chosen certificate to go out, so that file `pk` can take its place."""
    agente, now = agente_of(request, cnpj, Acao.ALTERAR), clock.now()
    form = form_of(request, agente)
    feito = services.fill(agente, envio_of(form), ator=ator_of(request), now=now)
    services.get_anexo(feito.draft, pk)
    chosen = form.chosen(pk)
    if chosen is None:
        return show(request, agente, erros={**feito.erros, "certificados": [ESCOLHA_CERTIFICADO]}, status=422)
    services.replace(feito.draft, chosen.pk, now=now)
    return _after(request, feito)


@require_safe
@sign_in
def arquivo(request: HttpRequest, cnpj: str, pk: int) -> HttpResponseBase:
    anexo = _own_anexo(request, cnpj, pk)
    if anexo.conteudo is None:
        raise NotFound("O conteúdo deste arquivo não foi guardado.")
    return download(bytes(anexo.conteudo), name=anexo.nome_arquivo, kind="application/octet-stream")


@require_safe
@sign_in
def convertido(request: HttpRequest, cnpj: str, pk: int) -> HttpResponseBase:
    nome, der = services.converted(_own_anexo(request, cnpj, pk))
    return download(der, name=nome)


def _own_anexo(request: HttpRequest, cnpj: str, pk: int) -> Anexo:
    """A draft is seen by the person who opened it, and by nobody else."""
    agente, usuario = agente_of(request, cnpj, Acao.ALTERAR), ator_of(request).usuario
    draft: Solicitacao | None = selectors.open_draft(agente, usuario) if usuario else None
    if draft is None:
        raise NotFound
    return services.get_anexo(draft, pk)


def _after(request: HttpRequest, feito: services.Preenchimento) -> HttpResponse:
    agente = feito.draft.agente
    if feito.erros:
        return show(request, agente, erros=feito.erros, avisos=feito.avisos, status=422)
    return back(request, agente)
