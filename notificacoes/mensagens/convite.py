"""The link to choose a first password, or a new one. Made when it is sent, so its term runs from there; serves once."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.http import int_to_base36
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from notificacoes.domain.folha import Ficha, Link, Paragrafo
from notificacoes.mensagens import papel
from notificacoes.mensagens.carta import Carta, Desistencia
from notificacoes.mensagens.lote import Lote
from notificacoes.models import Envio
from portal.agentes.models import Usuario
from portal.kernel.text import visible

PRIMEIRA = gettext_noop("Você foi cadastrado(a) no portal da Plataforma de Integração. Falta só escolher a sua senha.")
OUTRA = gettext_noop(
    "Recebemos um pedido para redefinir a sua senha do portal da Plataforma de Integração. Se não foi você, ignore "
    "esta mensagem: a senha atual continua valendo."
)


def write(envio: Envio, lote: Lote) -> Carta | Desistencia:
    convite = lote.convites.get(envio.dados["convite"])
    if convite is None or convite.sent_at or convite.dropped_at:
        return papel.cancelled("o convite já foi enviado ou retirado")
    usuario = lote.convidados[envio.destinatario_id]
    known = usuario.has_usable_password()
    days = settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)
    return papel.write(
        envio,
        lote,
        assunto=_("Redefina a sua senha") if known else _("Convite: escolha a sua senha"),
        blocos=[
            Paragrafo(_(OUTRA) if known else _(PRIMEIRA)),
            Ficha(
                titulo="",
                frases=(_("O link serve uma única vez e vence em %(dias)s dias.") % {"dias": days},),
                dados=((_("O seu usuário"), visible(usuario.username)),),
                links=(Link(_("Escolher a senha"), papel.link(_password_path(usuario))),),
            ),
        ],
    )


def _password_path(usuario: Usuario) -> str:
    token = default_token_generator.make_token(usuario)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": int_to_base36(usuario.pk), "key": token})
