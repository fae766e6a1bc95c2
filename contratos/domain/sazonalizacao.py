"""Who seasonalises a contract, within what, and what happens where nobody does (3.48 to 3.59)."""

from dataclasses import dataclass
from enum import StrEnum

from contratos.domain.contrato import Especie


class Regra(StrEnum):
    PARTES = "partes"
    PERFIL = "perfil"
    DISPONIBILIDADE = "disponibilidade"
    FLAT = "flat"
    AJUSTE = "ajuste"
    COTAS = "cotas"


REGRAS = {
    Regra.PARTES: "comprador informa e vendedor valida; na falta, a CCEE pelo perfil de carga (3.48, 3.49)",
    Regra.PERFIL: "sempre a CCEE, pelo perfil de carga (3.50)",
    Regra.DISPONIBILIDADE: "o vendedor, entre 80% e 120% da disponibilidade declarada (3.51)",
    Regra.FLAT: "a CCEE, flat (3.52)",
    Regra.AJUSTE: "comprador informa e vendedor valida; na falta, flat (3.55 a 3.58)",
    Regra.COTAS: "a CCEE, conforme as Regras de Comercialização (3.75)",
}
# An auction may say otherwise for a product: rows of models.RegraDeSazonalizacao.
DE_CADA_ESPECIE = {
    Especie.CCEAR_QUANTIDADE: Regra.PARTES,
    Especie.CCEAR_DISPONIBILIDADE: Regra.FLAT,
    Especie.CA: Regra.AJUSTE,
    Especie.CCGF: Regra.COTAS,
    Especie.CCEN: Regra.COTAS,
}
CABEM = {
    Especie.CCEAR_QUANTIDADE: frozenset({Regra.PARTES, Regra.PERFIL, Regra.DISPONIBILIDADE}),
    Especie.CCEAR_DISPONIBILIDADE: frozenset({Regra.FLAT}),
    Especie.CA: frozenset({Regra.AJUSTE}),
    Especie.CCGF: frozenset({Regra.COTAS}),
    Especie.CCEN: frozenset({Regra.COTAS}),
}


class Origem(StrEnum):
    """Where the months of a year come from."""

    PARTES = "partes"
    PERFIL = "perfil"
    FLAT = "flat"
    VENDEDOR = "vendedor"
    DECLARADA = "declarada"
    CCEE = "ccee"


ORIGENS = {
    Origem.PARTES: "Informada pelo comprador e validada pelo vendedor",
    Origem.PERFIL: "Calculada pela CCEE, pelo perfil de carga",
    Origem.FLAT: "Calculada pela CCEE, flat",
    Origem.VENDEDOR: "Informada pelo vendedor",
    Origem.DECLARADA: "Disponibilidade declarada no contrato",
    Origem.CCEE: "Informada pela CCEE",
}


@dataclass(frozen=True, slots=True)
class Calculo:
    """Which rule made a result, so that it can be made again: `versao` changes with whatever changes its numbers."""

    origem: StrEnum
    clausula: str
    versao: int = 1

    def __str__(self) -> str:
        return f"{self.origem} {self.versao} (cláusula {self.clausula})"


PELAS_PARTES = {Regra.PARTES: Calculo(Origem.PARTES, "3.48"), Regra.AJUSTE: Calculo(Origem.PARTES, "3.55")}
PELO_PERFIL = {Regra.PARTES: Calculo(Origem.PERFIL, "3.49"), Regra.PERFIL: Calculo(Origem.PERFIL, "3.50")}
PELO_FLAT = {Regra.AJUSTE: Calculo(Origem.FLAT, "3.58"), Regra.FLAT: Calculo(Origem.FLAT, "3.52")}
PELO_VENDEDOR, PELO_DECLARADO = Calculo(Origem.VENDEDOR, "3.51"), Calculo(Origem.DECLARADA, "3.51.1")
PELA_CCEE = Calculo(Origem.CCEE, "3.75")
