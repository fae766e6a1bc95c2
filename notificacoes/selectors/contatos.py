"""Whom operations call about a company."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Q, Value, When

from portal.agentes.models import Agente, Papel, Representacao

FIRST = (Papel.REPRESENTANTE_CCEE, Papel.REPRESENTANTE_LEGAL, Papel.REPRESENTANTE_CONTABIL)


@dataclass(frozen=True, slots=True)
class Contato:
    nome: str
    papel: str
    email: str
    telefone: str


def contacts(agente: Agente, *, on: date) -> list[Contato]:
    """The people of that day, representante CCEE first, then the company's own number."""
    order = Case(*(When(papel=p, then=Value(n)) for n, p in enumerate(FIRST)), output_field=IntegerField())
    rows = Representacao.objects.filter(Q(ate=None) | Q(ate__gte=on), agente=agente, desde__lte=on)
    people = rows.select_related("usuario").order_by(order, "usuario__nome")
    found = [
        Contato(row.usuario.nome, row.get_papel_display(), row.usuario.email, row.usuario.telefone) for row in people
    ]
    return [*found, Contato(agente.razao_social, "Empresa", "", agente.telefone)] if agente.telefone else found
