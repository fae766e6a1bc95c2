"""Whoever follows the feed: a set that is kept with its cursor, as the documentation tells them to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef
from django.test import Client

from adesao.models import Credencial
from certificados.models import Certificado

URL = "/api/v1/diretorio/"
Par = tuple[str, str]


@dataclass
class Leitor:
    client: Client
    desde: str = ""
    tem: dict[Par, dict[str, Any]] = field(default_factory=dict)
    lidas: list[str] = field(default_factory=list)  # the cursors of all entries, in the order in which they came

    def read(self, limite: int = 500) -> dict[str, Any]:
        """One page."""
        asked: dict[str, Any] = {"desde": self.desde, "limite": limite}
        response = self.client.get(URL, asked)
        assert response.status_code == 200, response.content
        page: dict[str, Any] = response.json()
        for entrada in page["entradas"]:
            self.apply(entrada)
        self.desde = page["proximo"]
        return page

    def apply(self, entrada: dict[str, Any]) -> None:
        par = entrada["cnpj"], entrada["sha256"]
        if entrada["ativo"]:
            self.tem[par] = entrada
        else:
            self.tem.pop(par, None)
        self.lidas.append(entrada["cursor"])

    def read_all(self, limite: Callable[[], int] = lambda: 500) -> "Leitor":
        while self.read(limite())["mais"]:
            pass
        return self


def active() -> set[Par]:
    """By the rows of the register themselves, without what the feed is made by."""
    adhered = Exists(Credencial.objects.filter(agente=OuterRef("agente")))
    rows = Certificado.objects.filter(adhered, slot__gte=1, agente__situacao__in=["ativo", "candidato"])
    return set(rows.values_list("agente__cnpj", "sha256"))
