"""The yearly report of CBRs (3.35)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from contratos.relatorio import cbrs
from contratos.relatorio.leitura import as_csv
from contratos.views.relatorios import TIPOS
from portal import clock
from portal.agentes.http import ator_of


@require_safe
@login_required
def relatorio(request: HttpRequest, formato: str) -> HttpResponse:
    found = cbrs.page(request.GET.dict(), ator=ator_of(request), now=clock.now())
    if formato == "html" or "relatorio" not in found:
        status = 422 if found["form"].errors else 200
        return render(request, "contratos/relatorios/cbrs.html", found, status=status)
    content = as_csv(found["relatorio"]) if formato == "csv" else _pdf(found)
    name = content_disposition_header(as_attachment=True, filename=f"{found['nome']}.{formato}")
    return HttpResponse(content, content_type=TIPOS[formato], headers={"Content-Disposition": name or "attachment"})


def _pdf(found: dict[str, object]) -> bytes:
    from contratos.relatorio import pdf  # noqa: PLC0415 - reportlab takes a while to load, and few ask for it

    return pdf.write(found["relatorio"], str(found["ano"]), rotulo="Ano")  # type: ignore[arg-type]  # page() made it
