"""The market that PERFIL names (portal.mercado), and what of it Django asks its settings for."""

from pathlib import Path

from portal import env as e
from portal.mercado.perfis import PERFIS

_FOLDER = Path(__file__).resolve().parent / "mercado"

PERFIL = e.choice("PERFIL", "ccee", tuple(PERFIS))
MERCADO = PERFIS[PERFIL]
LANGUAGE_CODE = MERCADO.idioma
LANGUAGES = list(MERCADO.idiomas)
LOCALE_PATHS = [_FOLDER / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TEMPLATES_DO_MERCADO = [_FOLDER / "templates" / MERCADO.templates] if MERCADO.templates else []
ROOT_URLCONF = MERCADO.urls
ATENDIMENTO = {"telefones": list(MERCADO.telefones), "email": MERCADO.email}
