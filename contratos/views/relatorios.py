"""The reports to ANEEL (3.14, 3.16, 3.17, 3.5, 3.97), and the tickets that they name."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contratos import acesso, services
from contratos.paginas import chamados
from contratos.relatorio import leitura as relatorios
from portal import clock
from portal.agentes.http import ator_of
from portal.kernel.errors import DomainError

TIPOS = {"csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}


@require_safe
@login_required
def indice(request: HttpRequest) -> HttpResponse:
    context = {"relatorios": relatorios.index(), "ccee": acesso.is_ccee(ator_of(request))}
    return render(request, "contratos/relatorios/indice.html", context)


@require_safe
@login_required
def relatorio(request: HttpRequest, codigo: str, formato: str = "html") -> HttpResponse:
    found = relatorios.page(codigo, request.GET.dict(), ator=ator_of(request), now=clock.now())
    if formato == "html" or "relatorio" not in found:
        status = 422 if found["form"].errors else 200
        return render(request, "contratos/relatorios/relatorio.html", found, status=status)
    content = relatorios.as_csv(found["relatorio"]) if formato == "csv" else _pdf(found)
    name = content_disposition_header(as_attachment=True, filename=f"{found['nome']}.{formato}")
    return HttpResponse(content, content_type=TIPOS[formato], headers={"Content-Disposition": name or "attachment"})


def _pdf(found: dict[str, object]) -> bytes:
    from contratos.relatorio import pdf  # noqa: PLC0415 - reportlab takes a while to load, and few ask for it

    return pdf.write(found["relatorio"], str(found["leilao"]))  # type: ignore[arg-type]  # page() made it


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tickets(request: HttpRequest) -> HttpResponseBase:
    """Of CCEE's people: those that there are, and a form for another."""
    page = chamados.page(request.POST or None, ator=ator_of(request), now=clock.now())
    if request.method == "POST" and page["form"].is_valid():
        try:
            row = services.register_ticket(**page["form"].cleaned_data, ator=ator_of(request), now=clock.now())
        except DomainError as refusal:
            chamados.show(page["form"], refusal)
        else:
            messages.success(request, f"Chamado {row.numero} registrado.")
            return redirect("chamados")
    return render(request, "contratos/relatorios/chamados.html", page, status=422 if page["form"].errors else 200)


@require_POST
@login_required
def close_ticket(request: HttpRequest, pk: int) -> HttpResponseBase:
    ator, now = ator_of(request), clock.now()
    row = services.close_ticket(pk, encerrado_em=clock.local_date(now), ator=ator, now=now)
    messages.success(request, f"Chamado {row.numero} encerrado.")
    return redirect("chamados")
