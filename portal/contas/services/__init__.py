"""The only writers of companies, accounts and pairs; each act with its ledger entry."""

from portal.contas.services.cadastro import change_account, open_account, open_company
from portal.contas.services.idioma import choose_language
from portal.contas.services.publicados import include_authority, include_own, set_in_force
from portal.contas.services.registro import Laudo, ParRecusado, register_pair, remove_pair

__all__ = [
    "Laudo",
    "ParRecusado",
    "change_account",
    "choose_language",
    "include_authority",
    "include_own",
    "open_account",
    "open_company",
    "register_pair",
    "remove_pair",
    "set_in_force",
]
