"""“Avisar as empresas”: after a simulation, what would be sent and to how many; then, confirmed, sent."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from certificados.forms import PoliticaTomlForm
from certificados.simulacao import Policy, PoliticaRuim
from notificacoes import services
from notificacoes.mensagens import amostra
from notificacoes.services import politicas
from portal import clock
from portal.admin import AnyModelAdmin, actor, form_page
from portal.kernel.errors import DomainError

TITULO = "Avisar de uma mudança das regras"
TEXTO = (
    "Avisa os representantes CCEE das empresas cujos certificados em uso uma política futura não aceitaria. O próximo "
    "passo mostra a mensagem e quantas seriam enviadas; nada sai antes de ser confirmado."
)
RIGHTS = ("certificados.change_politica", "notificacoes.change_envio")


class AvisoDePolitica(AnyModelAdmin):
    """For the admin of Envio: only here are both certificates and messages known."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.announce_policy)
        return [path("politica/", view, name="notificacoes_envio_politica"), *super().get_urls()]

    def announce_policy(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perms(RIGHTS):
            raise PermissionDenied
        form = PoliticaTomlForm(request.POST, request.FILES) if request.method == "POST" else PoliticaTomlForm()
        if not form.is_valid():
            return form_page(self, request, form, title=TITULO, botao="Ver o que seria enviado", texto=TEXTO)
        try:
            if "confirmar" in request.POST and self._announce(request, form.policy):
                return HttpResponseRedirect(reverse("admin:notificacoes_envio_changelist"))
            return self._preview(request, form)
        except PoliticaRuim as error:
            form.add_error(None, list(error.problemas))
            return form_page(self, request, form, title=TITULO, botao="Ver o que seria enviado", texto=TEXTO)

    def _announce(self, request: HttpRequest, policy: Policy) -> bool:
        """Whether it was done; if not, the person has been told why."""
        try:
            done = services.announce_policy(policy, marca=request.POST["confirmar"], by=actor(request), now=clock.now())
        except DomainError as error:
            messages.error(request, error.detail)
            return False
        numbers = f"empresas: {len(done.fatos)}; pessoas: {len(done.pessoas)}"
        messages.success(request, f"O aviso está a caminho ({numbers}). A próxima varredura o põe na fila de e-mails.")
        return True

    def _preview(self, request: HttpRequest, form: PoliticaTomlForm) -> HttpResponse:
        previsao = politicas.forecast(form.policy, now=clock.now())
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": TITULO,
            "politica": form.policy,
            "previsao": previsao,
            "amostra": _sample(previsao),
            "toml": form.texto,
        }
        return render(request, "admin/certificados/avisar.html", context)


def _sample(previsao: politicas.Previsao) -> amostra.Amostra | None:
    """To the first person: of a hundred companies, the entries of theirs alone are read into the text."""
    if not previsao.pessoas:
        return None
    pessoa = next(iter(previsao.pessoas))
    return amostra.of_policy(previsao.told_to(pessoa), pessoa, now=clock.now())
