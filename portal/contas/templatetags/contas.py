"""How the pages of accounts say what the domain found."""

from django import template

from portal.contas.traducao import traduzir

register = template.Library()
register.filter("traduzido", traduzir)
