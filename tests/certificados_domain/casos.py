"""One hierarchy, one instant, and short ways to judge what it issues."""

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from certificados.domain.facts import Facts
from certificados.domain.judge import Contexto, judge
from certificados.domain.policy import BUILTIN, Policy
from certificados.domain.reader import read
from certificados.domain.report import Relatorio
from portal.demo.arquivos_ruins import resign
from portal.demo.hierarquia import Hierarquia, pooled_key
from portal.icp.domain import der as asn1
from portal.icp.domain import tbs
from portal.icp.domain.trust import TrustStore

AT = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
CNPJ = "12ABC34501DE35"
FILIAL = "12ABC345000269"  # same first 8 positions
OUTRO = "00000000000191"
POLICY = BUILTIN[0]
DATA = Path(__file__).resolve().parents[2] / "../shared/data/icp-brasil"
KEY = pooled_key("titular")  # one key for all that does not turn on the key

DONE = Contexto(agente_cnpj=CNPJ, subject_em_uso=False, ativos_depois=1, chave_ja_usada=False)


@lru_cache
def hierarquia() -> Hierarquia:
    return Hierarquia.create(at=AT)


@lru_cache
def trust() -> TrustStore:
    return hierarquia().trust


@lru_cache
def good() -> bytes:
    return hierarquia().issue(cnpj=CNPJ, key=KEY).der


@dataclass(frozen=True)
class Caso:
    """What is judged: all good unless said otherwise."""

    data: bytes = field(default_factory=good)
    contexto: Contexto = DONE
    policy: Policy = POLICY
    at: dt.datetime = AT
    trust: TrustStore = field(default_factory=trust)

    def judge(self) -> Relatorio:
        return judge(
            Facts.of(read(self.data)),
            arquivo="x.cer",
            at=self.at,
            policy=self.policy,
            trust=self.trust,
            contexto=self.contexto,
        )


def issue(**kwargs: object) -> bytes:
    """A good certificate but for what is given."""
    return hierarquia().issue(**{"cnpj": CNPJ, "key": KEY, **kwargs}).der  # type: ignore[arg-type]  # test sugar


def with_parts(der: bytes, change: dict[int, bytes]) -> bytes:
    """The certificate signed again with some parts of its TBS replaced (0 is the version)."""
    parts = asn1.elements(asn1.only(tbs.split(der)[0], asn1.SEQUENCE))
    raw = b"".join(change.get(i, asn1.encode(*part)) for i, part in enumerate(parts))
    return resign(asn1.encode(asn1.SEQUENCE, raw), hierarquia().ac)


def with_rsa(modulus: int, exponent: int) -> bytes:
    """A good certificate but for its key, of numbers that no library would make."""

    def integer(value: int) -> bytes:
        return asn1.encode(asn1.INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))

    key = asn1.encode(asn1.SEQUENCE, integer(modulus) + integer(exponent))
    algorithm = bytes.fromhex("300d06092a864886f70d0101010500")
    spki = asn1.encode(asn1.SEQUENCE, algorithm + asn1.encode(asn1.BIT_STRING, b"\0" + key))
    return with_parts(good(), {6: spki})


def codes(relatorio: Relatorio, situacao: str = "falha") -> set[str]:
    return {r.codigo for r in relatorio.verdict.resultados if r.situacao == situacao}


def found(relatorio: Relatorio, codigo: str) -> str:
    return next(r.encontrado for r in relatorio.verdict.resultados if r.codigo == codigo)
