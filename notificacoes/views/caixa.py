"""The demonstration's outbox, and the sandbox's for operations; for anybody else these addresses do not exist."""

import re
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from notificacoes.models import Mensagem
from portal.context import outbox_is_open

View = Callable[..., HttpResponse]


def only_who_may(view: View) -> View:
    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: int) -> HttpResponse:
        if not outbox_is_open(request):
            raise Http404
        return view(request, **kwargs)

    return wrapped


@require_safe
@only_who_may
def caixa_de_saida(request: HttpRequest) -> HttpResponse:
    pagina = Paginator(Mensagem.objects.defer("texto"), 30).get_page(request.GET.get("pagina"))
    return render(request, "notificacoes/caixa_de_saida.html", {"pagina": pagina})


@require_safe
@only_who_may
def mensagem(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Mensagem, pk=pk)
    return render(request, "notificacoes/mensagem.html", {"mensagem": row, "partes": own_links(row.texto)})


def own_links(text: str) -> list[tuple[str, str]]:
    """(text, path) pieces in order; path is '' unless the piece is an address of this portal."""
    address = re.escape(settings.ENDERECO_PUBLICO)
    pieces = re.split(rf"({address}/[^\s<>\"]*)", text)
    return [
        (piece, piece.removeprefix(settings.ENDERECO_PUBLICO) if number % 2 else "")
        for number, piece in enumerate(pieces)
    ]
