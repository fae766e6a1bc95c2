"""The profile of the certificate: key, signature, dates, purpose."""

import datetime as dt

from certificados.domain.rules.base import (
    CASA,
    MANUAL,
    RuleOfUpload,
    Upload,
    aviso,
    falha,
    moment,
    of_certificate,
    ok,
)
from portal.kernel.rules import ILEGIVEL, Finding, Rule

SERVER_AUTH = "1.3.6.1.5.5.7.3.1"
_PURPOSES = {
    SERVER_AUTH: "servidor web",
    "1.3.6.1.5.5.7.3.2": "cliente web",
    "1.3.6.1.5.5.7.3.3": "assinatura de código",
    "1.3.6.1.5.5.7.3.4": "e-mail",
    "1.3.6.1.5.5.7.3.8": "carimbo do tempo",
    "1.3.6.1.5.5.7.3.9": "resposta OCSP",
    "2.5.29.37.0": "qualquer uso",
}
_TLS_KEY_USAGE = frozenset({0, 2})  # digitalSignature, keyEncipherment: RFC 5280 §4.2.1.3
_SIGNATURES = {"1.2.840.113549.1.1.11": "SHA 2 (256)", "1.2.840.113549.1.1.13": "SHA 2 (512)"}


def _chave_rsa(upload: Upload) -> Finding:
    facts, policy = upload.facts, upload.policy
    if facts.key_kind is None:
        return falha(ILEGIVEL)
    if facts.key_bits is None or facts.key_exponent is None:
        return falha(f"chave {facts.key_kind}")
    found, exponent = f"RSA {facts.key_bits}", facts.key_exponent
    if facts.key_bits != policy.rsa_bits:
        return falha(found)
    if exponent <= 1 or exponent % 2 == 0:
        return falha(f"{found}, com expoente público {_number(exponent)}, que não protege nada")
    if exponent < policy.rsa_exponent_min:
        return aviso(
            f"{found}, com expoente público {exponent}",
            f"Na próxima emissão, gere a chave com expoente {policy.rsa_exponent_min}.",
        )
    return ok(found)


def _number(value: int) -> str:
    # Turning a giant integer into decimal is slow, and Python refuses it.
    return str(value) if value.bit_length() <= 64 else f"de {value.bit_length()} bits"


def _assinatura_sha2(upload: Upload) -> Finding:
    facts = upload.facts
    if facts.signature_oid is None or facts.signature_name is None:
        return falha(ILEGIVEL)
    if not facts.signatures_equal:
        return falha(f"{facts.signature_name} por fora e outro algoritmo ou parâmetro por dentro")
    accepted = facts.signature_oid in upload.policy.assinaturas
    return ok(facts.signature_name) if accepted else falha(facts.signature_name)


def _assinaturas(upload: Upload) -> str:
    return " ou ".join(_SIGNATURES.get(oid, oid) for oid in upload.policy.assinaturas) + ", com RSA"


def _validade(upload: Upload) -> Finding:
    facts = upload.facts
    if facts.valid_from is None or facts.valid_until is None:
        return falha(ILEGIVEL)
    span = facts.valid_until - facts.valid_from
    if span < dt.timedelta(0):
        return falha("o fim da validade é anterior ao início")
    found = _span(span)
    return ok(found) if span < dt.timedelta(days=upload.policy.max_dias) else falha(found)


def _span(span: dt.timedelta) -> str:
    days = "1 dia" if span.days == 1 else f"{span.days} dias"
    hours, seconds = divmod(span.seconds, 3600)
    return f"{days} e {hours:02d}:{seconds // 60:02d}:{seconds % 60:02d}" if span.seconds else days


def _vigente(upload: Upload) -> Finding:
    start, end = upload.facts.valid_from, upload.facts.valid_until
    if start is None or end is None:
        return falha(ILEGIVEL)
    if upload.at > end:
        return falha(f"expirou em {moment(end)}", "Envie o certificado renovado, ainda dentro da validade.")
    if upload.at < start:
        return falha(
            f"só começa a valer em {moment(start)}",
            f"Envie-o de novo a partir de {moment(start)} (Brasília).",
        )
    return ok(f"válido de {moment(start)} a {moment(end)}")


def _servidor_web(upload: Upload) -> Finding:
    facts = upload.facts
    if facts.ilegiveis & {"eku", "is_ca", "key_usage"}:
        return falha("extensões do certificado malformadas ou repetidas")
    if facts.is_ca:
        return falha("certificado de autoridade certificadora", "Envie o certificado do seu servidor.")
    if facts.eku is None:
        return falha("sem uso estendido de chave (extended key usage)")
    found = ", ".join(_PURPOSES.get(oid, oid) for oid in facts.eku[:8]) or "nenhum uso"
    if SERVER_AUTH not in facts.eku:
        return falha(f"usos: {found}")
    if facts.key_usage is not None and not facts.key_usage & _TLS_KEY_USAGE:
        return falha(f"usos: {found}, mas a chave não pode assinar nem cifrar em TLS (key usage)")
    return ok(f"usos: {found}")


RULES: tuple[RuleOfUpload, ...] = (
    Rule(
        codigo="chave-rsa-2048",
        titulo="Tamanho da chave: RSA 2048 bits",
        fonte=MANUAL,
        exigido=lambda upload: f"RSA {upload.policy.rsa_bits}",
        como_resolver=(
            "Gere uma nova chave RSA de 2048 bits com expoente 65537 e peça um novo certificado para ela: "
            "openssl req -new -newkey rsa:2048 -keyout chave.key -out pedido.csr."
        ),
        check=of_certificate(_chave_rsa),
    ),
    Rule(
        codigo="assinatura-sha2",
        titulo="Algoritmo do certificado: SHA 2 (256) ou SHA 2 (512)",
        fonte=MANUAL,
        exigido=_assinaturas,
        como_resolver="Peça à sua autoridade certificadora um certificado assinado com SHA-256 ou SHA-512 e RSA.",
        check=of_certificate(_assinatura_sha2),
    ),
    Rule(
        codigo="validade-menor-395-dias",
        titulo="Data de expiração menor que 395 dias",
        fonte=MANUAL,
        exigido=lambda upload: f"menos de {upload.policy.max_dias} dias entre início e fim",
        como_resolver="Peça à sua autoridade certificadora um certificado com validade de até um ano.",
        check=of_certificate(_validade),
    ),
    Rule(
        codigo="vigente",
        titulo="Certificado dentro do prazo de validade",
        fonte=CASA,
        exigido=lambda upload: f"válido em {moment(upload.at)} (horário de Brasília)",
        como_resolver="Envie um certificado dentro do prazo de validade.",
        check=of_certificate(_vigente),
    ),
    Rule(
        codigo="servidor-web-ssl",
        titulo="Certificado para Servidor Web – SSL",
        fonte=MANUAL,
        exigido="uso estendido de chave com servidor web (serverAuth), e não ser de autoridade certificadora",
        como_resolver="Peça à sua autoridade certificadora um certificado do tipo servidor web (SSL/TLS).",
        check=of_certificate(_servidor_web),
    ),
)
