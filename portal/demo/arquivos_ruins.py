"""One bad file per rule, to try the portal with: the name begins with the code of the rule it breaks."""

import base64
import datetime as dt
from functools import partial

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs7,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from portal.demo.hierarquia import Emitido, Hierarquia, pooled_key
from portal.icp.domain import der as asn1
from portal.icp.domain import tbs

OTHER_CNPJ = "00000000000191"  # a well-known public bank, never an agent of the demonstration

_SHA256_WITH_RSA = bytes.fromhex("300d06092a864886f70d01010b0500")
_PAGE = b"<!DOCTYPE html><html lang=pt-BR><title>Entrar</title><p>Sua sess&atilde;o expirou.</p></html>"


def bad_files(hierarquia: Hierarquia, cnpj: str, at: dt.datetime) -> dict[str, bytes]:
    """File name -> content. The last rules need the platform: their names say in what order to send."""
    good = hierarquia.issue(cnpj=cnpj, nome="Arquivo de Teste Ltda", key=pooled_key("teste"))
    return {
        **_wrong_formats(hierarquia, good),
        **_wrong_profiles(hierarquia, cnpj, at),
        **_wrong_for_the_agent(hierarquia, cnpj),
    }


def _wrong_formats(hierarquia: Hierarquia, good: Emitido) -> dict[str, bytes]:
    key = pooled_key("descartavel")
    password = BestAvailableEncryption(b"demonstracao")
    pem = Encoding.PEM
    return {
        "formato-der__texto-pem.cer": good.cert.public_bytes(pem),
        "formato-der__base64-sem-cabecalho.cer": base64.encodebytes(good.der),
        "formato-der__pacote.p7b": pkcs7.serialize_certificates([good.cert, hierarquia.ac.cert], Encoding.DER),
        "formato-der__pedido.csr": _csr(key),
        "formato-der__chave-privada.key": key.private_bytes(pem, PrivateFormat.PKCS8, NoEncryption()),
        "formato-der__chave-privada-cifrada.key": key.private_bytes(pem, PrivateFormat.PKCS8, password),
        "formato-der__com-chave-privada.pfx": pkcs12.serialize_key_and_certificates(
            b"demo", key, hierarquia.issue(key=key).cert, None, password
        ),
        "formato-der__pagina.html.cer": _PAGE,
        "formato-der__vazio.cer": b"",
        "certificado-unico__bytes-a-mais.cer": good.der + b"\n",
        "certificado-unico__com-a-cadeia.cer": good.der + hierarquia.ac.der,
        "x509-v3__versao-1.cer": as_version_1(good, hierarquia.ac),
    }


def _wrong_profiles(hierarquia: Hierarquia, cnpj: str, at: dt.datetime) -> dict[str, bytes]:
    issue, day = hierarquia.issue, dt.timedelta(days=1)
    other = Hierarquia.create(at=hierarquia.at, nome="-homologacao")
    return {
        "chave-rsa-2048__rsa-4096.cer": issue(cnpj=cnpj, bits=4096).der,
        "chave-rsa-2048__rsa-1024.cer": issue(cnpj=cnpj, bits=1024).der,
        "assinatura-sha2__sha-384.cer": issue(cnpj=cnpj, hash=hashes.SHA384()).der,
        "validade-menor-395-dias__395-dias.cer": issue(cnpj=cnpj, days=395).der,
        "vigente__expirado.cer": issue(cnpj=cnpj, not_before=at - 40 * day, days=30).der,
        "vigente__ainda-nao-vale.cer": issue(cnpj=cnpj, not_before=at + 10 * day).der,
        "servidor-web-ssl__so-cliente.cer": issue(cnpj=cnpj, eku=[ExtendedKeyUsageOID.CLIENT_AUTH]).der,
        "servidor-web-ssl__autoridade.cer": issue(cnpj=cnpj, is_ca=True).der,
        "cadeia-icp-brasil__homologacao.cer": other.issue(cnpj=cnpj).der,
        "cadeia-icp-brasil__sem-politica.cer": issue(cnpj=cnpj, policy=None).der,
    }


def _wrong_for_the_agent(hierarquia: Hierarquia, cnpj: str) -> dict[str, bytes]:
    issue = hierarquia.issue
    same = partial(issue, cnpj=cnpj, nome="Mesmo Requerente Ltda", host="mesmo.exemplo.com.br")
    key = pooled_key("repetida")
    return {
        "cnpj-do-agente__outra-empresa.cer": issue(cnpj=OTHER_CNPJ).der,
        "cnpj-do-agente__sem-cnpj.cer": issue().der,
        "subject-unico__1-envie-primeiro.cer": same(key=pooled_key("mesmo-1")).der,
        "subject-unico__2-mesmo-requerente.cer": same(key=pooled_key("mesmo-2")).der,
        **{
            f"limite-por-cnpj__{n}-de-3.cer": issue(
                cnpj=cnpj, host=f"limite{n}.exemplo.com.br", key=pooled_key(f"limite-{n}")
            ).der
            for n in (1, 2, 3)
        },
        **{
            f"chave-reutilizada__{n}-de-2.cer": issue(cnpj=cnpj, host=f"chave{n}.exemplo.com.br", key=key).der
            for n in (1, 2)
        },
    }


def as_version_1(issued: Emitido, ac: Emitido) -> bytes:
    """The same certificate signed again without its version field, extensions and all."""
    raw, _ = tbs.split(issued.der)
    content = asn1.only(raw, asn1.SEQUENCE)
    _, end = asn1.bounds(content)  # the version comes first, an EXPLICIT [0]
    return resign(asn1.encode(asn1.SEQUENCE, content[end:]), ac)


def resign(raw: bytes, ac: Emitido) -> bytes:
    """A certificate of any TBS bytes with a right signature (SHA-256): what no builder would make."""
    signature = ac.key.sign(raw, padding.PKCS1v15(), hashes.SHA256())
    return asn1.encode(asn1.SEQUENCE, raw + _SHA256_WITH_RSA + asn1.encode(asn1.BIT_STRING, b"\0" + signature))


def _csr(key: rsa.RSAPrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "pedido.exemplo.com.br")])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    return request.public_bytes(Encoding.DER)
