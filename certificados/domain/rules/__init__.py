"""Every rule, in the order of interfaces.md §3."""

from certificados.domain.rules import agente, arquivo, cadeia, perfil
from certificados.domain.rules.base import RuleOfUpload

RULES: tuple[RuleOfUpload, ...] = (*arquivo.RULES, *perfil.RULES, *cadeia.RULES, *agente.RULES)
