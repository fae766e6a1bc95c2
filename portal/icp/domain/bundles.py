"""Files of certification authorities: PEM, DER, P7B and ZIP of those."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cryptography import x509

from portal.icp.domain.armour import der_of, pem_blocks, pkcs7_certificates, utf8
from portal.icp.domain.trust import TrustStore, is_self_signed
from portal.kernel.guard import attempt
from portal.kernel.text import visible

MAX_FILE = 20 * 1024 * 1024  # bytes; the authority's ZIP of everything is about 1 MB
MAX_MEMBERS = 2000
MAX_MEMBER = 1024 * 1024  # bytes, decompressed
MAX_UNZIPPED = 64 * 1024 * 1024  # bytes, all members together


class BundleError(ValueError):
    """A path that gives no trust store, in words for the person."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a file held; unpacks as (certificates, problems)."""

    certificates: tuple[tuple[bytes, x509.Certificate], ...]
    problems: tuple[str, ...]

    def __iter__(self) -> Iterator[object]:
        yield self.certificates
        yield self.problems


def read_authorities(data: bytes, nome: str) -> Bundle:
    """Each certificate once, in the order found; what cannot be read is a problem, never an error."""
    certificates: dict[bytes, x509.Certificate] = {}
    problems: list[str] = []
    for member, content in _members(data, nome, problems):
        found = _certificates(content)
        if not found:
            problems.append(f"{visible(member)}: não contém nenhum certificado.")
        for cert in found:
            if cert is None or attempt(cert.public_key, None) is None:
                problems.append(f"{visible(member)}: um certificado não pôde ser lido e foi ignorado.")
            else:
                certificates[der_of(cert)] = cert
    return Bundle(tuple(certificates.items()), tuple(problems))


def load_path(path: str | Path) -> TrustStore:
    """A trust store from a file or folder: the self-signed are its anchors. Raises BundleError."""
    certificates: list[x509.Certificate] = []
    for file in _files(Path(path)):
        try:
            found = read_authorities(file.read_bytes(), file.name)
        except OSError as error:
            raise BundleError(f"Não foi possível ler “{visible(str(file))}”: {error.strerror}.") from error
        certificates += [cert for _, cert in found.certificates]
    anchors = [cert for cert in certificates if is_self_signed(cert)]
    if not anchors:
        raise BundleError(f"Nenhuma autoridade raiz (autoassinada) foi encontrada em “{visible(str(path))}”.")
    return TrustStore.build(anchors, [cert for cert in certificates if cert not in anchors])


def _files(path: Path) -> Iterable[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith("."))


def _members(data: bytes, nome: str, problems: list[str]) -> Iterator[tuple[str, bytes]]:
    if len(data) > MAX_FILE:
        problems.append(f"{visible(nome)}: arquivo grande demais (limite de {MAX_FILE // 1024**2} MB).")
    elif data.startswith(b"PK\x03\x04"):
        yield from _unzipped(data, nome, problems)
    else:
        yield nome, data


def _unzipped(data: bytes, nome: str, problems: list[str]) -> Iterator[tuple[str, bytes]]:
    archive = attempt(lambda: zipfile.ZipFile(io.BytesIO(data)), None)
    if archive is None:
        problems.append(f"{visible(nome)}: o ZIP está corrompido.")
        return
    members = [info for info in archive.infolist() if not info.is_dir()]
    total = 0
    for count, info in enumerate(members):
        if count == MAX_MEMBERS or total > MAX_UNZIPPED:
            problems.append(f"{visible(nome)}: ZIP grande demais; lidos {count} de {len(members)} arquivos.")
            return
        content = attempt(partial(_bounded, archive, info), None)
        total += MAX_MEMBER if content is None else len(content)
        if content is None:
            problems.append(f"{visible(info.filename)}: não pôde ser extraído ou passa de 1 MB.")
        else:
            yield info.filename, content


def _bounded(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    # The declared size is the archive's own claim: read one byte past the limit instead of believing it.
    with archive.open(info) as member:
        content = member.read(MAX_MEMBER + 1)
    return content if len(content) <= MAX_MEMBER else None


def _certificates(content: bytes) -> list[x509.Certificate | None]:
    """None stands for one that is there and cannot be parsed."""
    text = utf8(content)
    if b"-----BEGIN " not in text:
        return _from_der(content)
    found: list[x509.Certificate | None] = []
    for label, der in pem_blocks(text):
        if label in ("PKCS7", "CMS"):
            found += attempt(partial(pkcs7_certificates, der), [None])
        elif label.endswith("CERTIFICATE"):
            found.append(attempt(partial(x509.load_der_x509_certificate, der), None))
    return found


def _from_der(der: bytes) -> list[x509.Certificate | None]:
    cert = attempt(lambda: x509.load_der_x509_certificate(der), None)
    return [cert] if cert is not None else [*attempt(lambda: pkcs7_certificates(der), [])]
