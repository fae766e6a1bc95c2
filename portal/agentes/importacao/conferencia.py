"""The lines of a file against each other and against what is registered: what would change, or every fault."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower

from portal.agentes.importacao.planilha import Erro, Linha
from portal.agentes.models import Agente, Representacao, Usuario
from portal.kernel.cnpj import mask
from portal.kernel.text import searchable

LOTE = 500  # values in one query
AGENTE = ("sigla", "razao_social", "classe")
PESSOA = ("nome", "email")


@dataclass(slots=True)
class Plano:
    """What the import will write; `relato` has one sentence per line of the file."""

    agentes: dict[str, Agente] = field(default_factory=dict)  # by CNPJ: those to write
    pessoas: dict[str, Usuario] = field(default_factory=dict)  # by user name: those to write
    representacoes: list[Representacao] = field(default_factory=list)
    mudancas: dict[str, dict[str, str]] = field(default_factory=dict)  # by CNPJ or user name: field -> new value
    relato: list[str] = field(default_factory=list)


def inconsistencies(linhas: Sequence[Linha]) -> list[Erro]:
    """Faults that the file shows by itself: repeated lines, and one company or person described in two ways."""
    erros = list(_repeated(linhas))
    erros += _conflicts(linhas, lambda one: one.cnpj, AGENTE, "o mesmo CNPJ")
    erros += _conflicts(linhas, lambda one: one.usuario, PESSOA, "o mesmo usuário")
    erros += _conflicts(linhas, lambda one: searchable(one.sigla), ("cnpj",), "a mesma sigla")
    erros += _conflicts(linhas, lambda one: one.email, ("usuario",), "o mesmo e-mail")
    return erros


def _repeated(linhas: Sequence[Linha]) -> Iterator[Erro]:
    first: dict[tuple[str, str, str], int] = {}
    for linha in linhas:
        key = (linha.usuario, linha.cnpj, linha.papel)
        if key in first:
            yield Erro(linha.numero, "", f"repete a representação da linha {first[key]}; apague uma das duas.")
        first.setdefault(key, linha.numero)


def _conflicts(
    linhas: Sequence[Linha], key: Callable[[Linha], str], fields: Iterable[str], what: str
) -> Iterator[Erro]:
    first: dict[str, Linha] = {}
    for linha in linhas:
        before = first.setdefault(key(linha), linha)
        for name in fields:
            if getattr(before, name) != getattr(linha, name):
                text = f"{what} tem outro valor na linha {before.numero}; deixe as duas iguais ou corrija uma."
                yield Erro(linha.numero, name, text)


class Conferencia:
    """Looks up everything the file names in a few queries, whatever its size, and then decides line by line."""

    def __init__(self, linhas: Sequence[Linha], *, today: date) -> None:
        self.linhas, self.today = linhas, today
        self.plano = Plano()
        self.erros: list[Erro] = []
        agentes = list(_find(Agente.objects.all(), "cnpj__in", [one.cnpj for one in linhas]))
        siglas = _find(Agente.objects.all(), "sigla_busca__in", [searchable(one.sigla) for one in linhas])
        self.agentes = {agente.cnpj: agente for agente in agentes}
        self.siglas = {agente.sigla_busca: agente.cnpj for agente in siglas}
        people = Usuario.objects.annotate(login=Lower("username"), correio=Lower("email"))
        found = list(_find(people, "login__in", [one.usuario for one in linhas]))
        self.pessoas = {usuario.login: usuario for usuario in found}
        self.correios = {one.correio: one.login for one in _find(people, "correio__in", [x.email for x in linhas])}
        self.abertas = self._open_ones()

    def _open_ones(self) -> set[tuple[int, int, str]]:
        rows = Representacao.objects.filter(Q(ate=None) | Q(ate__gte=self.today))
        ids = [usuario.pk for usuario in self.pessoas.values()]
        return {(row.usuario_id, row.agente_id, row.papel) for row in _find(rows, "usuario_id__in", ids)}

    def run(self) -> tuple[Plano, list[Erro]]:
        for linha in self.linhas:
            done = [self._agente(linha), self._pessoa(linha), self._representacao(linha)]
            words = "; ".join(word for word in done if word) or "nada a mudar"
            self.plano.relato.append(f"linha {linha.numero}: {linha.sigla}, {linha.usuario}: {words}")
        return self.plano, self.erros

    def _agente(self, linha: Linha) -> str:
        owner = self.siglas.get(searchable(linha.sigla), linha.cnpj)
        if owner != linha.cnpj:
            self._fault(
                linha, "sigla", f"“{linha.sigla}” já é a sigla do CNPJ {mask(owner)}; corrija a sigla ou o CNPJ."
            )
        agente = self.agentes.setdefault(linha.cnpj, Agente(cnpj=linha.cnpj))
        if not self._change(agente, linha, AGENTE, linha.cnpj):
            return ""
        self.plano.agentes[linha.cnpj] = agente
        return "agente alterado" if agente.pk else "agente incluído"

    def _pessoa(self, linha: Linha) -> str:
        owner = self.correios.get(linha.email, linha.usuario)
        if owner != linha.usuario:
            self._fault(
                linha, "email", f"“{linha.email}” já é o e-mail do usuário “{owner}”; corrija o e-mail ou o usuário."
            )
        usuario = self.pessoas.setdefault(linha.usuario, Usuario(username=linha.usuario))
        if usuario.is_staff or usuario.is_superuser:
            self._fault(linha, "usuario", f"“{linha.usuario}” é da operação e não pode representar agentes.")
        if not usuario.is_active:
            self._fault(linha, "usuario", f"“{linha.usuario}” está desativado; reative-o em Pessoas antes de importar.")
        if not self._change(usuario, linha, PESSOA, linha.usuario):
            return ""
        self.plano.pessoas[linha.usuario] = usuario
        return "pessoa alterada" if usuario.pk else "pessoa incluída e convidada"

    def _representacao(self, linha: Linha) -> str:
        usuario, agente = self.pessoas[linha.usuario], self.agentes[linha.cnpj]
        if (usuario.pk, agente.pk, linha.papel) in self.abertas:
            return ""
        row = Representacao(usuario=usuario, agente=agente, papel=linha.papel, desde=self.today)
        self.plano.representacoes.append(row)
        return "representação incluída"

    def _change(self, row: Any, linha: Linha, fields: Iterable[str], key: str) -> bool:
        """Set the fields that differ; True where there was one. The second line about the same row finds none."""
        changed = {name: getattr(linha, name) for name in fields if getattr(row, name) != getattr(linha, name)}
        for name, value in changed.items():
            setattr(row, name, value)
        if changed:
            self.plano.mudancas[key] = changed
        return bool(changed)

    def _fault(self, linha: Linha, coluna: str, texto: str) -> None:
        self.erros.append(Erro(linha.numero, coluna, texto))


def _find(rows: Any, lookup: str, values: Iterable[Any]) -> Iterator[Any]:
    wanted = sorted(set(values))
    for start in range(0, len(wanted), LOTE):
        yield from rows.filter(**{lookup: wanted[start : start + LOTE]})
