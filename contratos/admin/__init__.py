"""Contracts in the admin: auctions, texts and terms are kept here; flows are moved on the contract's own page."""

from contratos.admin import cadastros, contratos, fluxos

__all__ = ["cadastros", "contratos", "fluxos"]
