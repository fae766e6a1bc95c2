"""The signing kit of the demonstration: an e-CPF for each person, issued by its synthetic authority.

Keys and password are made on the machine that runs it, and stay under PORTAL_VAR.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from portal.demo import guarda
from portal.demo.hierarquia import Emitido, Extension, Hierarquia, pooled_key
from portal.demo.signatarios import Signatario
from portal.icp.domain import der
from portal.kernel.guard import attempt

PESSOA, RESPONSAVEL_NOME, EMPRESA, RESPONSAVEL = (f"2.16.76.1.3.{number}" for number in (1, 2, 3, 4))
ASSINAR = x509.KeyUsage(True, True, True, False, False, False, False, False, False)  # with non-repudiation
USOS = (ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.EMAIL_PROTECTION)
FOLGA = timedelta(days=30)
SENHA = "senha.txt"


def folder(var: Path) -> Path:
    return var / "demo" / "assinatura"


def write(target: Path, pessoas: Iterable[Signatario], hierarquia: Hierarquia, *, now: datetime) -> str:
    """`nome`.p12 (what signing programs import), .cer and .key for each; those still good are kept. The password."""
    target.mkdir(parents=True, exist_ok=True)
    password = _password(target / SENHA)
    for pessoa in pessoas:
        stem = target / pessoa.arquivo
        if not _is_good(stem.with_suffix(".cer"), hierarquia, now=now):
            issued = issue_person(hierarquia, nome=pessoa.nome, cpf=pessoa.cpf)
            guarda.save(issued, stem)
            _save_p12(issued, hierarquia, pessoa.nome, stem.with_suffix(".p12"), password)
    return password


def load(target: Path, quem: str) -> tuple[Emitido, list[x509.Certificate]]:
    """Key, certificate and the authorities above it, out of the person's .p12."""
    data = (target / f"{Path(quem.lower()).name}.p12").read_bytes()
    key, cert, above = pkcs12.load_key_and_certificates(data, _password(target / SENHA).encode())
    if not isinstance(key, RSAPrivateKey) or cert is None:
        raise ValueError(f"{quem}.p12 não tem chave RSA e certificado")
    return Emitido(cert.public_bytes(Encoding.DER), key, cert), list(above)


def issue_person(
    hierarquia: Hierarquia,
    *,
    nome: str,
    cpf: str,
    cnpj: str = "",
    not_before: datetime | None = None,
    days: float = 365,
    key_usage: x509.KeyUsage = ASSINAR,
    eku: tuple[x509.ObjectIdentifier, ...] = USOS,
    extensions: Sequence[Extension] = (),
) -> Emitido:
    """An e-CPF, or with `cnpj` that company's e-CNPJ with the person as its responsible; `cpf` "" leaves it out."""
    holder = f"{nome}:{cnpj or cpf}"
    subject = ((NameOID.COUNTRY_NAME, "BR"), (NameOID.ORGANIZATION_NAME, "ICP-Demonstracao"))
    return hierarquia.issue(
        nome=nome,
        subject=(*subject, (NameOID.COMMON_NAME, holder)),
        san=_names(nome, cpf, cnpj),
        key=pooled_key(f"pessoa {holder}"),
        key_usage=key_usage,
        eku=eku,
        extensions=extensions,
        not_before=not_before,
        days=days,
    )


def _names(nome: str, cpf: str, cnpj: str) -> list[x509.GeneralName]:
    """As DOC-ICP-04 lays them out: birth date, CPF, NIS, RG. Zeros stand for what is not informed."""
    person = f"01011980{cpf}{'0' * 11}{'0' * 15}"
    pairs = [(PESSOA, person)] if not cnpj else [(RESPONSAVEL_NOME, nome), (EMPRESA, cnpj), (RESPONSAVEL, person)]
    if not cpf:
        pairs = [pair for pair in pairs if pair[1] != person]
    mail: list[x509.GeneralName] = [x509.RFC822Name("pessoa@demonstracao.test")]
    encoded = ((oid, der.encode(der.OCTET_STRING, text.encode("latin-1"))) for oid, text in pairs)
    return mail + [x509.OtherName(x509.ObjectIdentifier(oid), value) for oid, value in encoded]


def _password(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(12))
    return path.read_text()


def _save_p12(issued: Emitido, hierarquia: Hierarquia, nome: str, path: Path, password: str) -> None:
    chain = [hierarquia.ac.cert, hierarquia.raiz.cert]
    encryption = BestAvailableEncryption(password.encode())
    path.touch(mode=0o600)
    path.write_bytes(pkcs12.serialize_key_and_certificates(nome.encode(), issued.key, issued.cert, chain, encryption))


def _is_good(path: Path, hierarquia: Hierarquia, *, now: datetime) -> bool:
    cert = attempt(lambda: x509.load_der_x509_certificate(path.read_bytes()), None)
    if cert is None or attempt(lambda: cert.verify_directly_issued_by(hierarquia.ac.cert), False) is False:
        return False
    return cert.not_valid_before_utc <= now <= cert.not_valid_after_utc - FOLGA and path.with_suffix(".p12").exists()
