"""A hierarchy shaped like ICP-Brasil's, built in memory, for the demonstration and for tests. No legal value."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from portal.icp.domain.trust import TrustStore

RAIZ = "Autoridade Certificadora Raiz de Demonstracao (sem valor legal)"
AC = "AC Demonstracao SSL (sem valor legal)"
POLICY = "2.16.76.1.2.1.0"  # under the arc of ICP-Brasil, not assigned to anybody

Attributes = Sequence[tuple[x509.ObjectIdentifier, str]]
Extension = tuple[x509.ExtensionType, bool]
Hash = hashes.SHA224 | hashes.SHA256 | hashes.SHA384 | hashes.SHA512

_SERVER_KEY_USAGE = x509.KeyUsage(True, False, True, False, False, False, False, False, False)
_CA_KEY_USAGE = x509.KeyUsage(False, False, False, False, False, True, True, False, False)


@dataclass(frozen=True, slots=True)
class Emitido:
    """A certificate with its key, which exists in memory only."""

    der: bytes
    key: RSAPrivateKey
    cert: x509.Certificate


@lru_cache(maxsize=256)
def pooled_key(name: str, bits: int = 2048, exponent: int = 65537) -> rsa.RSAPrivateKey:
    """Making a key takes up to a second: the same name gives the same key."""
    return rsa.generate_private_key(exponent, bits)


@dataclass(frozen=True, slots=True)
class Hierarquia:
    raiz: Emitido
    ac: Emitido
    at: dt.datetime

    @classmethod
    def create(cls, *, at: dt.datetime, nome: str = "") -> "Hierarquia":
        """A root and one issuing authority, valid from 5 years before `at` to 10 after.

        `nome` picks other keys under the same names: a homologation environment, so to speak.
        """
        raiz = _authority(RAIZ, pooled_key(f"raiz{nome}"), None, at=at)
        ac = _authority(AC, pooled_key(f"ac{nome}"), raiz, at=at)
        return cls(raiz, ac, at)

    @property
    def authorities(self) -> tuple[x509.Certificate, ...]:
        """The root first."""
        return self.raiz.cert, self.ac.cert

    @property
    def trust(self) -> TrustStore:
        return TrustStore.build([self.raiz.cert], [self.ac.cert])

    def issue(
        self,
        *,
        cnpj: str | None = None,
        nome: str = "Agente de Demonstracao Ltda",
        host: str = "integracao.exemplo.com.br",
        not_before: dt.datetime | None = None,
        days: float = 365,
        bits: int = 2048,
        exponent: int = 65537,
        key: RSAPrivateKey | None = None,
        hash: Hash | None = None,
        eku: Sequence[x509.ObjectIdentifier] | None = (ExtendedKeyUsageOID.SERVER_AUTH,),
        key_usage: x509.KeyUsage | None = _SERVER_KEY_USAGE,
        is_ca: bool | None = False,
        policy: str | None = POLICY,
        subject: Attributes | None = None,
        san: Sequence[x509.GeneralName] | None = None,
        extensions: Sequence[Extension] = (),
    ) -> Emitido:
        """A server certificate; None leaves an extension out."""
        key = key or pooled_key(f"{cnpj} {host}", bits, exponent)
        start = not_before or self.at - dt.timedelta(days=1)
        builder = _builder(
            x509.Name([x509.NameAttribute(*pair) for pair in subject or _subject(cnpj, nome, host)]),
            self.ac.cert.subject,
            key,
            start,
            start + dt.timedelta(days=days),
        )
        optional: list[tuple[x509.ExtensionType | None, bool]] = [
            (x509.SubjectAlternativeName(san or [x509.DNSName(host)]), False),
            (x509.ExtendedKeyUsage(eku) if eku else None, False),
            (key_usage, True),
            (None if is_ca is None else x509.BasicConstraints(is_ca, None), True),
            (_policies(policy), False),
            *extensions,
        ]
        for extension, critical in optional:
            if extension is not None:
                builder = builder.add_extension(extension, critical)
        return _sign(builder, key, self.ac, hash or hashes.SHA256())


def _subject(cnpj: str | None, nome: str, host: str) -> Attributes:
    serial = [(NameOID.SERIAL_NUMBER, cnpj)] if cnpj else []
    return [
        (NameOID.COUNTRY_NAME, "BR"),
        (NameOID.ORGANIZATION_NAME, nome),
        *serial,
        (NameOID.COMMON_NAME, host),
    ]


def _policies(policy: str | None) -> x509.CertificatePolicies | None:
    if policy is None:
        return None
    return x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier(policy), None)])


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: RSAPrivateKey,
    start: dt.datetime,
    end: dt.datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
    )


def _authority(nome: str, key: RSAPrivateKey, issuer: Emitido | None, *, at: dt.datetime) -> Emitido:
    names = [(NameOID.COUNTRY_NAME, "BR"), (NameOID.ORGANIZATION_NAME, "Demonstracao"), (NameOID.COMMON_NAME, nome)]
    subject = x509.Name([x509.NameAttribute(*pair) for pair in names])
    year = dt.timedelta(days=365)
    builder = _builder(subject, issuer.cert.subject if issuer else subject, key, at - 5 * year, at + 10 * year)
    builder = (
        builder.add_extension(x509.BasicConstraints(True, None), critical=True)
        .add_extension(_CA_KEY_USAGE, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return _sign(builder, key, issuer, hashes.SHA256())


def _sign(
    builder: x509.CertificateBuilder,
    key: RSAPrivateKey,
    issuer: Emitido | None,
    algorithm: Hash,
) -> Emitido:
    signer = issuer.key if issuer else key
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    cert = builder.add_extension(identifier, critical=False).sign(signer, algorithm)
    return Emitido(cert.public_bytes(Encoding.DER), key, cert)
