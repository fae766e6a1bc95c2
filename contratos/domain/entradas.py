"""Fields of a calculation's JSON: read one by one, so that all that is wrong is told at once."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from contratos.domain.montantes.exato import Recusado, micros
from contratos.domain.montantes.meses import last_day

MES = re.compile(r"\d{4}-\d{2}", re.ASCII)
NUMERO = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)
PRIMEIRO = date(2019, 3, 1)  # days of 23 and of 25 hours ended with the month before
ULTIMO = date(2199, 12, 31)
FORA = f"o cálculo vai de {PRIMEIRO:%Y-%m}, quando acabou o horário de verão, a {ULTIMO:%Y-%m}."


class Entrada:
    """Whatever cannot be read gives something of its kind, and its problem is kept until `check`."""

    def __init__(self, dados: object) -> None:
        if not isinstance(dados, Mapping):
            raise Recusado('A entrada é um objeto JSON, como {"energia_mwh": "50000", …}.')
        self.dados: Mapping[str, Any] = dados
        self.lidos: set[str] = set()
        self.problemas: dict[str, str] = {}

    def check(self) -> None:
        """After the last field: raises Recusado with each that is wrong, lacks or is unknown."""
        for nome in sorted(set(self.dados) - self.lidos):
            self.problemas[nome] = f"campo desconhecido. Os que há: {', '.join(sorted(self.lidos))}."
        if self.problemas:
            raise Recusado("\n".join(f"{nome}: {problem}" for nome, problem in self.problemas.items()))

    def number(self, nome: str, padrao: Decimal | None = None) -> Decimal:
        """With `padrao`, the field may lack."""
        if padrao is not None and nome not in self.dados:
            self.lidos.add(nome)
            return padrao
        return self._number(nome, self._get(nome))

    def amount(self, nome: str) -> Decimal:
        """Not negative, with six places at most."""
        return self._amount(nome, self._get(nome))

    def amounts(self, nome: str) -> list[Decimal]:
        values = self._get(nome)
        if isinstance(values, list) and values:
            return [self._weight(f"{nome}[{at}]", value) for at, value in enumerate(values)]
        self._refuse(nome, "informe a lista dos pesos, um por hora.", values)
        return []

    def months(self, nome: str) -> dict[date, Decimal]:
        values = self._get(nome)
        if isinstance(values, Mapping):
            return {self._day(nome, mes, MES): self._number(f"{nome}.{mes}", value) for mes, value in values.items()}
        self._refuse(nome, 'informe um objeto de mês e valor, como {"2027-03": "14000"}.', values)
        return {}

    def month(self, nome: str) -> date:
        return self._day(nome, self._get(nome), MES)

    def first_day(self, nome: str) -> date:
        return self._day(nome, self._get(nome))

    def last_day(self, nome: str) -> date:
        value = self._get(nome)
        day = self._day(nome, value)
        return last_day(day) if MES.fullmatch(str(value)) else day

    def _get(self, nome: str) -> Any:
        self.lidos.add(nome)
        if nome not in self.dados:
            self.problemas[nome] = "falta este campo."
        return self.dados.get(nome)

    def _number(self, nome: str, value: Any) -> Decimal:
        if not isinstance(value, bool) and NUMERO.fullmatch(str(value)):
            return Decimal(str(value))
        self._refuse(nome, 'informe um número com ponto decimal, como "12704.918033".', value)
        return Decimal(0)

    def _amount(self, nome: str, value: Any) -> Decimal:
        found = self._number(nome, value)
        try:
            micros(found)
        except Recusado as error:
            self._refuse(nome, str(error), value)
        return found

    def _weight(self, nome: str, value: Any) -> Decimal:
        found = self._number(nome, value)
        if found < 0:
            self._refuse(nome, "um peso não é negativo.", value)
        return found

    def _day(self, nome: str, value: Any, form: re.Pattern[str] | None = None) -> date:
        text = str(value)
        try:
            day = date.fromisoformat(f"{text}-01" if MES.fullmatch(text) else "" if form else text)
        except ValueError:
            self._refuse(nome, "informe o mês como 2027-03.", value)
            return PRIMEIRO
        if PRIMEIRO <= day <= ULTIMO:
            return day
        self._refuse(
            nome, f"o cálculo vai de {PRIMEIRO:%Y-%m}, quando acabou o horário de verão, a {ULTIMO:%Y-%m}.", value
        )
        return PRIMEIRO

    def _refuse(self, nome: str, problem: str, value: Any) -> None:
        """What lacks is told as lacking."""
        if nome not in self.problemas:
            self.problemas[nome] = f"{problem} Foi informado {value!r:.40}."
