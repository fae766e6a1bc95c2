"""Contracts in the admin: auctions, texts and terms are kept here; flows are moved on the contract's own page."""

from contratos.admin import cadastros, cbr, contratos, fluxos, modulacao, proinfa, registros, sazonalizacao

__all__ = ["cadastros", "cbr", "contratos", "fluxos", "modulacao", "proinfa", "registros", "sazonalizacao"]
