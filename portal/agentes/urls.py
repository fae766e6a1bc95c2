"""allauth's views under Portuguese addresses and their own names. What is not listed does not exist: no sign-up page,
no page on which a person changes their e-mail address (operations do, after proof of identity)."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import include, path, re_path

from portal.agentes.http import whole_act

senha = [
    path("", account.password_change, name="account_change_password"),
    path("definir/", account.password_set, name="account_set_password"),
    path("recuperar/", account.password_reset, name="account_reset_password"),
    path("recuperar/enviado/", account.password_reset_done, name="account_reset_password_done"),
    path("nova/pronto/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^nova/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
seguranca = [
    path("", mfa.index, name="mfa_index"),
    path("codigo/", mfa.authenticate, name="mfa_authenticate"),
    path("confirmar/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("aplicativo/", whole_act(totp.activate_totp), name="mfa_activate_totp"),
    path("aplicativo/desativar/", whole_act(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("reserva/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("reserva/gerar/", whole_act(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("reserva/baixar/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("chaves/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("chaves/incluir/", whole_act(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("chaves/entrar/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("chaves/confirmar/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("chaves/<int:pk>/excluir/", whole_act(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("chaves/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]
externo = [
    path("cancelado/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("erro/", social.login_error, name="socialaccount_login_error"),
    path("<slug:provider_id>/", oidc.login, name="openid_connect_login"),
    path("<slug:provider_id>/retorno/", oidc.callback, name="openid_connect_callback"),
]
urlpatterns = [
    path("entrar/", account.login, name="account_login"),
    path("sair/", account.logout, name="account_logout"),
    path("conta/confirmar/", account.reauthenticate, name="account_reauthenticate"),
    path("conta/senha/", include(senha)),
    path("conta/seguranca/", include(seguranca)),
    path("conta/externo/", include(externo)),
]
