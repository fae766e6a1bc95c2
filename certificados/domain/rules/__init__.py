"""Every rule, in the order of interfaces.md §3."""

from certificados.domain.rules import agente, arquivo, cadeia, perfil
from certificados.domain.rules.base import RuleOfUpload

RULES: tuple[RuleOfUpload, ...] = (*arquivo.RULES, *perfil.RULES, *cadeia.RULES, *agente.RULES)
TITULOS = {rule.codigo: rule.titulo for rule in RULES}  # what people call a rule; machines go by its code
