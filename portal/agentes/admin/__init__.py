"""What operations do with companies, people, representations and keys."""

from portal.agentes.admin import agentes, chaves, pessoas

__all__ = ["agentes", "chaves", "pessoas"]
