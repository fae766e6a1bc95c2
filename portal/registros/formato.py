"""The file: JSON lines, a head that says what it is, a foot that says how many and the SHA-256 of all before it."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import IO, Any

from portal.kernel.errors import DomainError

FORMATO, VERSAO = "registros-do-portal", 1
PESSOA, EMPRESA = "pessoa", "empresa"
LONGA = 1024 * 1024  # characters of a line; a company with two certificates has 6,000
Registro = dict[str, Any]


class ArquivoInvalido(DomainError):
    code, title = "arquivo-invalido", "O arquivo de registros não pode ser importado"


class Escritor:
    """`write` the records, people first; then `close` it, which gives the SHA-256."""

    def __init__(self, target: IO[bytes], *, perfil: str, gerado_em: str) -> None:
        self._target, self._hash = target, hashlib.sha256()
        self.quantos: Counter[str] = Counter()
        self._line({"formato": FORMATO, "versao": VERSAO, "perfil": perfil, "gerado_em": gerado_em})

    def write(self, tipo: str, registro: Registro) -> None:
        self.quantos[tipo] += 1
        self._line({"tipo": tipo, **registro})

    def close(self) -> str:
        sha256 = self._hash.hexdigest()
        self._line({"tipo": "fim", "quantos": dict(sorted(self.quantos.items())), "sha256": sha256})
        return sha256

    def _line(self, value: Registro) -> None:
        line = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self._hash.update(line)
        self._target.write(line)


def verify(source: IO[bytes], *, perfil: str) -> str:
    """The SHA-256 of a whole, undamaged file of this version and market. Raises ArquivoInvalido."""
    source.seek(0)
    digest, quantos, foot = hashlib.sha256(), Counter[str](), None
    for number, line in enumerate(_lines(source), 1):
        if foot is not None:
            raise ArquivoInvalido(f"Há linhas depois do fim do arquivo (linha {number}). Exporte-o de novo.")
        value = _read(line, number)
        if number == 1:
            _judge_head(value, perfil)
        if value.get("tipo") == "fim":
            foot = value
            continue
        digest.update(line)
        quantos[str(value.get("tipo", ""))] += number > 1
    if foot is None:
        raise ArquivoInvalido("O arquivo está incompleto: falta a última linha. Copie-o ou exporte-o de novo.")
    expected = {name: count for name, count in quantos.items() if count}
    if foot.get("sha256") != digest.hexdigest() or foot.get("quantos") != expected:
        raise ArquivoInvalido(
            "O arquivo foi alterado ou danificado: o SHA-256 não confere. Copie-o ou exporte-o de novo."
        )
    return digest.hexdigest()


def records(source: IO[bytes], tipo: str) -> Iterator[Registro]:
    """Of one kind, in their order, of a file that was verified."""
    source.seek(0)
    for number, line in enumerate(_lines(source), 1):
        value = _read(line, number)
        if number > 1 and value.get("tipo") == tipo:
            yield value


def _lines(source: IO[bytes]) -> Iterator[bytes]:
    while line := source.readline(LONGA + 1):
        if len(line) > LONGA:
            raise ArquivoInvalido("O arquivo tem uma linha grande demais: não é um arquivo de registros do portal.")
        yield line


def _read(line: bytes, number: int) -> Registro:
    try:
        value = json.loads(line)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise ArquivoInvalido(f"A linha {number} não pode ser lida: o arquivo foi cortado ou não é do portal.")
    return value


def _judge_head(value: Registro, perfil: str) -> None:
    if value.get("formato") != FORMATO:
        raise ArquivoInvalido("Não é um arquivo de registros do portal. Gere um com “manage.py exportar_registros”.")
    if value.get("versao") != VERSAO:
        raise ArquivoInvalido(f"O arquivo é da versão {value.get('versao')} do formato, e aqui se lê a {VERSAO}.")
    if value.get("perfil") != perfil:
        raise ArquivoInvalido(f"O arquivo é do mercado “{value.get('perfil')}”, e este portal é do “{perfil}”.")
