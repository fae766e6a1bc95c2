"""What a file must be to stand in a pair. The texts are patterns, so that each can be shown in another language."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from certificados.domain.facts import Facts
from certificados.domain.formats import Formato
from portal.icp.domain.trust import NoPath, TrustStore
from portal.kernel.rules import Finding, Rule, Situacao, Verdict, examine
from portal.mercado.texto import texto

PAGINA = "Página do operador, seção 2"
CASA = "Regra da casa"
ASSINA, NAO_REPUDIA, CIFRA_CHAVE, CIFRA_DADOS, COMBINA = range(5)  # bits of key usage, RFC 5280 §4.2.1.3
SERVE = {"assinatura": {ASSINA, NAO_REPUDIA}, "cifra": {CIFRA_CHAVE, CIFRA_DADOS, COMBINA}}
SECRETOS = (Formato.CHAVE_PRIVADA, Formato.PKCS12)
FRACAS = ("1.2.840.113549.1.1.2", "1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5", "1.2.840.10045.4.1")

EXPOSTA = texto(
    "Não envie este arquivo a ninguém. Considere a chave exposta: peça à autoridade a revogação do certificado, gere "
    "outra chave e registre só a parte pública do novo."
)
EXPORTE = texto("Exporte o certificado sem a chave privada, em um arquivo .cer, .crt ou .pem, e envie esse arquivo.")
ILEGIVEL = texto("Não foi possível ler esta informação: o conteúdo do arquivo está malformado.")
SEM_CERTIFICADO = texto("Nenhum certificado pôde ser lido deste arquivo.")


@dataclass(frozen=True, slots=True)
class Envio:
    """One file of a pair at one instant (`at` aware). `ocupado`: in service for another account or pair."""

    facts: Facts
    uso: str
    at: dt.datetime
    confianca: TrustStore
    rsa_bits: int
    ocupado: bool = False


Check = Callable[[Envio], Finding]


def judge(envio: Envio) -> Verdict:
    """Every rule, so that a person learns all breaches at once."""
    return examine(envio, REGRAS)


def ok(encontrado: str) -> Finding:
    return Finding(Situacao.OK, encontrado)


def falha(encontrado: str, como_resolver: str = "") -> Finding:
    return Finding(Situacao.FALHA, encontrado, como_resolver)


def of_certificate(check: Check) -> Check:
    """Examine only where there is a certificate; the file's own rule has already said what is wrong."""

    def guarded(envio: Envio) -> Finding:
        if not envio.facts.legivel:
            return Finding(Situacao.NAO_AVALIADA, SEM_CERTIFICADO)
        return check(envio)

    return guarded


def _parte_publica(envio: Envio) -> Finding:
    leitura = envio.facts.leitura
    if leitura.formato in SECRETOS:
        return falha(texto("o arquivo contém uma chave privada"), EXPOSTA)
    if leitura.der is None or leitura.certificate is None:
        return falha(texto("o arquivo não é um certificado que se possa ler"))
    if leitura.count != 1 or leitura.trailing:
        return falha(texto("o arquivo tem mais do que um certificado"), texto("Exporte só o seu, sem a cadeia."))
    return ok(texto("um certificado, sem chave privada"))


def _vigente(envio: Envio) -> Finding:
    start, end = envio.facts.valid_from, envio.facts.valid_until
    if start is None or end is None:
        return falha(ILEGIVEL)
    if envio.at > end:
        return falha(texto("expirou em %(quando)s", quando=end))
    if envio.at < start:
        return falha(texto("só começa a valer em %(quando)s", quando=start), texto("Registre-o a partir dessa data."))
    return ok(texto("válido de %(de)s a %(ate)s", de=start, ate=end))


def _autoridade(envio: Envio) -> Finding:
    facts = envio.facts
    if facts.leitura.certificate is None:
        return falha(ILEGIVEL)
    try:
        path = envio.confianca.path(facts.leitura.certificate, at=_inside(facts, envio.at), tbs=facts.tbs)
    except NoPath:
        return falha(texto("a assinatura não leva a nenhuma das permitidas (emissor: %(nome)s)", nome=_issuer(facts)))
    return ok(envio.confianca.name_of(path[0]))


def _issuer(facts: Facts) -> str:
    return facts.certificadora or "?"


def _inside(facts: Facts, at: dt.datetime) -> dt.datetime:
    """An instant of the certificate's own validity: "expired" and "of another authority" stay two verdicts."""
    start, end = facts.valid_from or at, facts.valid_until or at
    return min(max(at, start), end)


def _pessoa(envio: Envio) -> Finding:
    if envio.facts.ilegiveis & {"is_ca", "key_usage"}:
        return falha(ILEGIVEL)
    if envio.facts.is_ca:
        return falha(texto("é um certificado de autoridade"), texto("Envie o seu, e não o da autoridade."))
    return ok(texto("certificado final"))


def _uso(envio: Envio) -> Finding:
    usage = envio.facts.key_usage
    if usage is None or usage & SERVE[envio.uso]:
        return ok(texto("permitido"))
    return falha(texto("os usos da chave (key usage) não permitem"))


def _forte(envio: Envio) -> Finding:
    facts = envio.facts
    if facts.key_kind is None or facts.signature_oid is None:
        return falha(ILEGIVEL)
    if facts.key_kind == "RSA" and (facts.key_bits or 0) < envio.rsa_bits:
        return falha(texto("RSA de %(bits)s bits", bits=facts.key_bits))
    if facts.signature_oid in FRACAS:
        return falha(texto("assinado com um algoritmo que já não protege"))
    return ok(texto("chave e assinatura fortes"))


def _livre(envio: Envio) -> Finding:
    if envio.ocupado:
        return falha(texto("já registrado"))
    return ok(texto("ainda não registrado"))


REGRAS: tuple[Rule[Envio], ...] = (
    Rule(
        "parte-publica",
        texto("Só a parte pública do certificado"),
        PAGINA,
        texto("um certificado X.509, sem chave privada"),
        EXPORTE,
        _parte_publica,
    ),
    Rule(
        "autoridade-permitida",
        texto("Emitido por uma autoridade permitida"),
        PAGINA,
        texto("uma autoridade da lista de autoridades permitidas"),
        texto("Peça o certificado a uma das autoridades da lista."),
        of_certificate(_autoridade),
    ),
    Rule(
        "vigente",
        texto("Dentro da validade"),
        PAGINA,
        lambda envio: texto("válido em %(quando)s", quando=envio.at),
        texto("Envie o certificado renovado."),
        of_certificate(_vigente),
    ),
    Rule(
        "de-pessoa",
        texto("Certificado de quem usa, e não de autoridade"),
        CASA,
        texto("certificado final"),
        texto("Confira se escolheu o arquivo certo."),
        of_certificate(_pessoa),
    ),
    Rule(
        "uso-da-chave",
        texto("A chave serve para o uso escolhido"),
        CASA,
        texto("usos da chave que o permitam, ou nenhum indicado"),
        texto("Peça à autoridade um certificado para este uso, ou envie o par na ordem certa."),
        of_certificate(_uso),
    ),
    Rule(
        "forca",
        texto("Chave e assinatura fortes"),
        CASA,
        lambda envio: texto("RSA de pelo menos %(bits)s bits ou curva elíptica, e SHA-2", bits=envio.rsa_bits),
        texto("Gere outra chave e peça outro certificado."),
        of_certificate(_forte),
    ),
    Rule(
        "ainda-livre",
        texto("Ainda não registrado em nenhuma conta"),
        CASA,
        texto("um certificado que nenhuma conta usa"),
        texto("Cada certificado identifica uma única conta. Envie outro, ou exclua antes o par em que ele está."),
        of_certificate(_livre),
    ),
)
