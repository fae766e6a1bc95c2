"""One settings file; every value comes from the environment (portal.env), documented in README.md."""

import hashlib
import hmac
from pathlib import Path
from typing import Any

from portal import env as e
from portal.settings_ambiente import *  # noqa: F403 - Django reads them as its own
from portal.settings_ambiente import AMBIENTE, EXPOSTO, PRODUCAO
from portal.settings_contratos import *  # noqa: F403 - as above
from portal.settings_correio import *  # noqa: F403 - as above
from portal.settings_gateway import *  # noqa: F403 - as above
from portal.settings_listas import *  # noqa: F403 - as above
from portal.settings_mercado import *  # noqa: F403 - as above
from portal.settings_mercado import MERCADO, TEMPLATES_DO_MERCADO
from portal.settings_saida import *  # noqa: F403 - as above

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = e.boolean("DEBUG", False)
if EXPOSTO and DEBUG:
    e.refuse(f"DEBUG não pode estar ligado com AMBIENTE={AMBIENTE}.")

PORTAL_VAR = Path(e.env.str("PORTAL_VAR", "") or BASE_DIR / "var").resolve()
PORTA = e.number("PORTA", 8000)
FUSO = e.timezone_name(MERCADO.fuso)
DATA_DE_REFERENCIA = e.reference_instant(FUSO, production=PRODUCAO)
RAIZES_ICP_BRASIL: str = e.env.str("RAIZES_ICP_BRASIL", "")

SECRET_KEY = e.secret_key(PORTAL_VAR, production=EXPOSTO)
# Current pepper first, then retired ones that old hashes still need (docs/decisions/005).
PIMENTAS: list[str] = e.env.list("PIMENTA", default=[]) or [
    hmac.new(SECRET_KEY.encode(), b"pimenta-senha-sistemica", hashlib.sha256).hexdigest()
]
ALLOWED_HOSTS: list[str] = [
    h for h in e.required("ALLOWED_HOSTS", when=EXPOSTO, default="127.0.0.1,localhost,[::1]").split(",") if h
]
# Where the links of mails lead; in production the first host served, unless said otherwise.
ENDERECO_PUBLICO: str = e.env.str("ENDERECO_PUBLICO", "").rstrip("/") or (
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if EXPOSTO else f"http://127.0.0.1:{PORTA}"
)
CSRF_TRUSTED_ORIGINS = [ENDERECO_PUBLICO]

INSTALLED_APPS = [
    "portal.apps.PortalConfig",
    "portal.auditoria",
    "portal.calendario",
    "portal.agentes",
    "portal.icp",
    "certificados",
    "adesao",
    "contratos",
    "portal.gateway",
    "portal.contas",
    "notificacoes",
    "portal.webhooks",
    "portal.admin.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "bootstrap",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
MIDDLEWARE = [
    "portal.middleware.SecurityHeaders",
    *MERCADO.na_frente,
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    *MERCADO.depois_da_sessao,
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.middleware.SecondFactorForStaff",
    "portal.middleware.DomainErrors",
]
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [*TEMPLATES_DO_MERCADO, BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.portal",
            ],
            "builtins": ["portal.templatetags.portal"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

_database = e.database(PORTAL_VAR, production=EXPOSTO)
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    _database |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    _database.setdefault("OPTIONS", {})["options"] = "-c lock_timeout=10s -c statement_timeout=30s"
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = e.redis()
CACHES: dict[str, Any] = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"serializer": "portal.cache.JsonSerializer"},
        }
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# Celery: Redis where there is one, else a queue of files under PORTAL_VAR for the embedded worker.
_queue = PORTAL_VAR / "fila"
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"visibility_timeout": 900}
    if REDIS_URL
    else {
        "data_folder_in": str(_queue),
        "data_folder_out": str(_queue),
        "control_folder": str(_queue / "controle"),
    }
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = FUSO

METRICAS_CHAVE: str = e.env.str("METRICAS_CHAVE", "")  # demanded of who reads /metricas

LANGUAGE_COOKIE_SECURE = EXPOSTO
TIME_ZONE = FUSO
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = PORTAL_VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Outside production files are looked up when asked for; nothing is collected or scanned at the start.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCAO
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is kept as a file
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCAO
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
FILE_UPLOAD_HANDLERS = ["portal.uploads.BoundedUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # fields; files have their own limit in portal.uploads
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# People
AUTH_USER_MODEL = "agentes.Usuario"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "portal.agentes.adapter.Adapter"
SOCIALACCOUNT_ADAPTER = "portal.agentes.adapter.SocialAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Django's own: allauth's keeps a second copy of the address, which would outlive a correction by operations.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a class
ACCOUNT_FORMS = {"login": "portal.agentes.forms.LoginForm"}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,8/10m/key",
    "reset_password": "10/m/ip,3/10m/key",
}
# How many proxies of ours append to X-Forwarded-For; outside production the address is the socket's.
ALLAUTH_TRUSTED_PROXY_COUNT = e.number("PROXIES", 1) if EXPOSTO else 0
MFA_ADAPTER = "portal.agentes.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "login_webauthn": "portal.agentes.forms.LoginKeyForm",
    "authenticate_webauthn": "portal.agentes.forms.SecondFactorKeyForm",
    "reauthenticate_webauthn": "portal.agentes.forms.ConfirmKeyForm",
    "add_webauthn": "portal.agentes.forms.AddKeyForm",
    "edit_webauthn": "portal.agentes.forms.EditKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = MERCADO.produto
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from operations, never typed at a public sign-up
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not EXPOSTO
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"APPS": e.oidc_apps()}}

# Sessions, cookies and headers
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = EXPOSTO
SESSION_COOKIE_NAME = "__Host-sessao" if EXPOSTO else "sessao"
CSRF_COOKIE_NAME = "__Host-csrf" if EXPOSTO else "csrf"
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = EXPOSTO
SECURE_REDIRECT_EXEMPT = [r"^saude/(viva/)?$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if EXPOSTO else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = EXPOSTO
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if EXPOSTO else None
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "portal.agentes.authentication.ChaveAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "portal.agentes.esquema.Esquema",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": e.env.str("API_LIMITE", "600/min")},
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,  # whose X-Forwarded-For is believed: who is not signed in, by address
    "EXCEPTION_HANDLER": "portal.errors.api_exception_handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Plataforma de Integração — API",
    "DESCRIPTION": "Agentes, solicitações de adesão, certificados e conferência. Erros em application/problem+json.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1/",
    "COMPONENT_SPLIT_REQUEST": True,
    # The gateway's address is no view of Django REST framework. Enumerations stay beside their field.
    "POSTPROCESSING_HOOKS": ["portal.gateway.esquema.add"],
}
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"linha": {"()": "portal.logs.OneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "linha"}},
    "root": {"handlers": ["console"], "level": e.env.str("NIVEL_DE_LOG", "INFO")},
    "loggers": {"django": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
