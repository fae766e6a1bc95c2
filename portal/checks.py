"""What production refuses to start with, beyond single settings: foreign trust anchors, demonstration accounts."""

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.checks import CheckMessage, register
from django.db import DatabaseError

from portal.agentes.models import Classe, Usuario
from portal.env import refuse
from portal.icp.domain.bundles import BundleError, load_path
from portal.icp.domain.trust import PINNED_ROOTS, fingerprint

# Known to everybody who reads README.md, so no such account may exist where it matters.
CONTAS_DE_DEMONSTRACAO = (
    "ana.ccee", "bruno.legal", "carla.contabil", "davi.ccee", "eva.ccee", "operacao", "operacao.leitura", "aneel",
)  # fmt: skip
CONTAS_DE_OTE = ("operator", "jana.spravce", "petr.majitel", "eva.bez", "operator.cteni")  # of its demonstration
SENHA_DE_DEMONSTRACAO = "demo-portal-2026"


@register()
def before_start(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """`manage.py check` and every command but those that touch no database; a database that is away is no finding."""
    check_roots()
    check_classes()
    try:
        check_demo_accounts()
    except DatabaseError:
        return []
    return []


def check_roots() -> None:
    """RAIZES_ICP_BRASIL must be readable, and in production name pinned roots only. Ends the process if not."""
    if not settings.RAIZES_ICP_BRASIL:
        return
    try:
        anchors = load_path(settings.RAIZES_ICP_BRASIL).anchors
    except BundleError as error:
        refuse(f"RAIZES_ICP_BRASIL: {error}")
    foreign = [one for one in anchors if fingerprint(one) not in PINNED_ROOTS]
    if settings.EXPOSTO and foreign:
        refuse(
            f"RAIZES_ICP_BRASIL tem {len(foreign)} raiz que não é da ICP-Brasil (SHA-256 {fingerprint(foreign[0])})."
        )


def check_classes() -> None:
    """Ends the process where a class of agentes is named that there is not."""
    if unknown := sorted(set(settings.CLASSES_USUARIAS_DE_RESERVA) - set(Classe.values)):
        refuse(f"CLASSES_USUARIAS_DE_RESERVA: não há {', '.join(unknown)}; use {', '.join(Classe.values)}.")


def check_demo_accounts() -> None:
    """Ends the process in production where one of those accounts exists with the published password."""
    if not settings.EXPOSTO:
        return
    known = (*CONTAS_DE_DEMONSTRACAO, *CONTAS_DE_OTE)
    accounts = Usuario.objects.filter(username__in=known).values_list("username", "password")
    found = [name for name, password in accounts if check_password(SENHA_DE_DEMONSTRACAO, password)]
    if found:
        refuse(f"o banco tem contas de demonstração ({', '.join(found)}): use um banco vazio em produção.")
