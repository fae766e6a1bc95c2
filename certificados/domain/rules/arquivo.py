"""The file: its format and what is in it."""

from certificados.domain.formats import Formato
from certificados.domain.reader import Leitura
from certificados.domain.rules.base import (
    CASA,
    MANUAL,
    RuleOfUpload,
    Upload,
    falha,
    of_certificate,
    ok,
)
from portal.kernel.rules import Finding, Rule

_EXPORT = (
    "No Windows, abra o certificado, vá em Detalhes > Copiar para arquivo e escolha "
    "“X.509 binário codificado por DER (*.cer)”."
)
_EXPOSED = (
    "Não envie este arquivo a ninguém. A chave privada deve ser considerada exposta: peça à autoridade "
    "certificadora a revogação do certificado, gere uma nova chave e envie só o novo certificado (.cer)."
)
# Format -> what was found, how to solve it.
_ANSWERS: dict[Formato, tuple[str, str]] = {
    Formato.PEM: (
        "certificado em texto (PEM ou base64)",
        f"Baixe o .cer já convertido e envie-o, ou converta: openssl x509 -in x.pem -outform der -out x.cer. {_EXPORT}",
    ),
    Formato.PKCS7: (
        "pacote de certificados (PKCS#7, .p7b)",
        "Baixe o .cer já convertido e envie-o, ou extraia o certificado do servidor: openssl pkcs7 "
        "-inform der -in x.p7b -print_certs -out x.pem e depois openssl x509 -in x.pem -outform der "
        f"-out x.cer. {_EXPORT}",
    ),
    Formato.PKCS12: ("certificado com chave privada (PKCS#12, .pfx ou .p12)", _EXPOSED),
    Formato.CHAVE_PRIVADA: ("chave privada", _EXPOSED),
    Formato.CSR: (
        "pedido de certificado (CSR)",
        "Este é o pedido, não o certificado. Envie o certificado que a autoridade certificadora emitiu a "
        f"partir dele. {_EXPORT}",
    ),
    Formato.HTML: (
        "página da internet (HTML)",
        "O que foi salvo é uma página, não o certificado. Baixe de novo o arquivo .cer no site da autoridade "
        "certificadora.",
    ),
    Formato.VAZIO: ("arquivo vazio", f"Exporte o certificado de novo. {_EXPORT}"),
}


def _formato_der(upload: Upload) -> Finding:
    leitura = upload.facts.leitura
    if leitura.formato == Formato.DER and leitura.der is not None:
        return ok("X.509 binário (DER)")
    found, remedy = _ANSWERS.get(leitura.formato, ("formato não reconhecido", ""))
    if leitura.formato in (Formato.PEM, Formato.PKCS7) and leitura.der is None:
        remedy = f"O arquivo está danificado: exporte o certificado de novo. {_EXPORT}"
    return falha(f"{found}: {leitura.detalhe}" if leitura.detalhe else found, remedy)


def _certificado_unico(upload: Upload) -> Finding:
    leitura = upload.facts.leitura
    if leitura.count != 1:
        return falha(f"{leitura.count} certificados no arquivo")
    if leitura.trailing:
        return falha(f"1 certificado e, depois dele, {_bytes(leitura)} a mais")
    return ok("1 certificado")


def _bytes(leitura: Leitura) -> str:
    return "1 byte" if leitura.trailing == 1 else f"{leitura.trailing} bytes"


def _x509_v3(upload: Upload) -> Finding:
    version = upload.facts.version
    if version is None:
        return falha("versão ilegível")
    return ok("versão 3") if version == 3 else falha(f"versão {version}")


RULES: tuple[RuleOfUpload, ...] = (
    Rule(
        codigo="formato-der",
        titulo="Chave pública em formato X.509 binário codificado por DER",
        fonte=MANUAL,
        exigido="X.509 binário (DER), arquivo .cer de até 64 KiB",
        como_resolver=f"Confira se escolheu o arquivo certo. {_EXPORT}",
        check=_formato_der,
    ),
    Rule(
        codigo="certificado-unico",
        titulo="Um único certificado por arquivo",
        fonte=CASA,
        exigido="1 certificado, sem nada depois dele",
        como_resolver=f"Exporte somente o certificado do servidor, sem a cadeia. {_EXPORT}",
        check=of_certificate(_certificado_unico),
    ),
    Rule(
        codigo="x509-v3",
        titulo="Certificado X.509 versão 3",
        fonte=CASA,
        exigido="versão 3",
        como_resolver="Peça à sua autoridade certificadora um certificado X.509 versão 3.",
        check=of_certificate(_x509_v3),
    ),
)
