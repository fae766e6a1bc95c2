"""Hostile certificates through the validator: 0 exceptions, 0 accepted, none over 100 ms.

Every file of cryptography-vectors (x509), heavy certificates made here, and 20,000 mutants of a good one.
"""

import argparse
import base64
import datetime as dt
import random
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import cryptography_vectors

from certificados.domain.facts import Facts
from certificados.domain.judge import Contexto, judge
from certificados.domain.policy import BUILTIN
from certificados.domain.reader import MAX_BYTES, read
from portal.demo.arquivos_ruins import resign
from portal.demo.hierarquia import Hierarquia, pooled_key
from portal.icp.domain import der as asn1
from portal.icp.domain import tbs
from portal.icp.domain.armour import pem_blocks

AT = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
CNPJ = "12ABC34501DE35"
CONTEXT = Contexto(agente_cnpj=CNPJ, subject_em_uso=False, ativos_depois=1, chave_ja_usada=False)
LIMIT = 0.1  # seconds of processor time: what else runs on the machine is no fault of the validator


def vectors() -> Iterator[tuple[str, bytes]]:
    """Each file as it is, and each certificate inside a PEM as DER."""
    folder = Path(cryptography_vectors.__file__).parent / "x509"
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            data = file.read_bytes()
            yield file.name, data
            for number, block in enumerate(pem_blocks(data)):
                yield f"{file.name}#{number}", block.der


def heavy(hierarquia: Hierarquia) -> Iterator[tuple[str, bytes]]:
    """As much of one thing as fits into 64 KiB."""
    good = hierarquia.issue(cnpj=CNPJ, key=pooled_key("titular")).der
    room = MAX_BYTES - len(good) - 600
    attribute = bytes.fromhex("310a30080603550403") + b"\x0c\x01a"
    long_value = asn1.encode(0x0C, ("\u0345\u0301" * (room // 4)).encode())
    one_rdn = asn1.encode(asn1.SET, asn1.encode(asn1.SEQUENCE, bytes.fromhex("0603550403") + long_value))
    many_values = b"".join(
        asn1.encode(asn1.SET, asn1.encode(asn1.SEQUENCE, bytes.fromhex("0603550403") + asn1.encode(0x0C, value)))
        for value in [("\u0345\u0301" * 512).encode()] * (room // 2070)
    )
    rsa = asn1.encode(asn1.SEQUENCE, asn1.encode(2, b"\x7f" * (room // 2)) + asn1.encode(2, b"\x7f" * (room // 2 - 9)))
    spki = bytes.fromhex("300d06092a864886f70d0101010500") + asn1.encode(asn1.BIT_STRING, b"\0" + rsa)
    yield "many RDNs", changed(good, hierarquia, {5: attribute * (room // len(attribute))})
    yield "one giant value of combining marks", changed(good, hierarquia, {5: one_rdn})
    yield "many values of combining marks", changed(good, hierarquia, {5: many_values})
    yield "giant key and exponent", changed(good, hierarquia, {6: spki})
    yield "giant serial number", changed(good, hierarquia, {1: b"\x7f" * room})
    for name, oid, item in (
        ("many alternative names", "0603551d11", b"\x82\x00"),
        ("many other names", "0603551d11", bytes.fromhex("a00b0605604c010303a0020400")),
        ("many purposes", "0603551d25", bytes.fromhex("06022a03")),
        ("many policies", "0603551d20", bytes.fromhex("300406022a03")),
    ):
        value = asn1.encode(asn1.OCTET_STRING, asn1.encode(asn1.SEQUENCE, item * (room // len(item))))
        extension = asn1.encode(asn1.SEQUENCE, bytes.fromhex(oid) + value)
        yield name, changed(good, hierarquia, {7: asn1.encode(asn1.SEQUENCE, extension)})
    yield "base64 alone", base64.b64encode(b"\x30" * (room * 3 // 4))
    yield "many PEM blocks", b"-----BEGIN CERTIFICATE-----" * (MAX_BYTES // 27)
    yield "many certificates", good * (MAX_BYTES // len(good))
    yield "begin without end", b"-----BEGIN " * (MAX_BYTES // 11)
    yield "almost an XML key", b"PRIVATE KEY" + b"<RSAKeyValue>" * (MAX_BYTES // 13 - 1)


def changed(der: bytes, hierarquia: Hierarquia, contents: dict[int, bytes]) -> bytes:
    """Some parts of the TBS replaced and signed again, so that only the rules stand in the way."""
    parts = asn1.elements(asn1.only(tbs.split(der)[0], asn1.SEQUENCE))
    raw = b"".join(asn1.encode(tag, contents.get(i, content)) for i, (tag, content) in enumerate(parts))
    return resign(asn1.encode(asn1.SEQUENCE, raw), hierarquia.ac)


def mutants(good: bytes, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Bits flipped, bytes replaced, cut out, doubled or put in, up to four times."""
    dice = random.Random(seed)  # noqa: S311 - repeatable on purpose
    number = 0
    while number < count:
        data = bytearray(good)
        for _ in range(dice.choice((1, 1, 1, 2, 4))):
            mutate(data, dice)
        if data != good:
            number += 1
            yield f"mutant {number}", bytes(data)


def mutate(data: bytearray, dice: random.Random) -> None:
    at, kind = dice.randrange(len(data)), dice.randrange(5)
    if kind == 0:
        data[at] ^= 1 << dice.randrange(8)
    elif kind == 1:
        data[at] = dice.choice((0, 1, 0x30, 0x7F, 0x80, 0xFF, dice.randrange(256)))
    elif kind == 2 and len(data) > 16:
        del data[at : at + dice.randrange(1, 9)]
    elif kind == 3:
        data[at:at] = data[at : at + dice.randrange(1, 33)]
    else:
        data[at:at] = dice.randbytes(dice.randrange(1, 9))


def run(name: str, cases: Iterator[tuple[str, bytes]], hierarquia: Hierarquia) -> int:
    """Judge all, print the figures, return how many were accepted."""
    trust, count, accepted, slow = hierarquia.trust, 0, [], []
    slowest = (0.0, "")
    for case, data in cases:
        start = time.thread_time()
        relatorio = judge(Facts.of(read(data)), arquivo=case, at=AT, policy=BUILTIN[0], trust=trust, contexto=CONTEXT)
        relatorio.to_dict()
        took = time.thread_time() - start
        count, slowest = count + 1, max(slowest, (took, case))
        accepted += [case] if relatorio.aceito else []
        slow += [case] if took > LIMIT else []
    print(
        f"{name:28}{count:>8}{len(accepted):>10}{len(slow):>13}{slowest[0] * 1000:>11.1f} ms  {slowest[1]}", flush=True
    )
    return len(accepted)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutantes", type=int, default=20_000)
    parser.add_argument("--semente", type=int, default=20261121)
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # the corpus has what the library warns of
    hierarquia = Hierarquia.create(at=AT)
    good = hierarquia.issue(cnpj=CNPJ, key=pooled_key("titular"))
    print(f"seed {options.semente}\n{'':28}{'judged':>8}{'accepted':>10}{'over 100 ms':>13}{'slowest (CPU)':>14}")
    run("heavy, rightly signed", heavy(hierarquia), hierarquia)  # some are only large, and lawful
    accepted = run("cryptography-vectors", vectors(), hierarquia)
    accepted += run("mutants", mutants(good.der, options.mutantes, options.semente), hierarquia)
    return 1 if accepted else 0


if __name__ == "__main__":
    sys.exit(main())
