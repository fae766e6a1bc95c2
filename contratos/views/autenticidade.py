"""For anybody who holds a signed document."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from contratos.assinatura import protocolo as papel
from contratos.assinatura.numeros import normalise
from contratos.paginas import autenticidade as leitura
from portal.kernel.errors import DomainError


@require_safe
def conferir(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("protocolo", "").strip()
    if not typed:
        return render(request, "contratos/autenticidade/conferir.html")
    try:
        return redirect("autenticidade", leitura.read(normalise(typed)).numero)
    except DomainError as error:
        page = {"digitado": typed[:60], "erro": error.detail}
        return render(request, "contratos/autenticidade/conferir.html", page, status=error.status)


@require_safe
def autenticidade(request: HttpRequest, protocolo: str) -> HttpResponse:
    return render(request, "contratos/autenticidade/protocolo.html", {"protocolo": leitura.read(protocolo)})


@require_safe
def protocolo_pdf(request: HttpRequest, protocolo: str) -> HttpResponse:
    found = leitura.read(protocolo)
    headers = {"Content-Disposition": f'attachment; filename="{found.numero}.pdf"'}
    return HttpResponse(papel.write(found), content_type="application/pdf", headers=headers)
