"""One signature, whatever it came in: is it whole, from ICP-Brasil, in time, and by somebody who may sign?"""

from collections.abc import Iterator
from datetime import timedelta

from cryptography import x509
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel, StandardCMSSignatureStatus

from contratos.assinatura.exame import Criterio, Exame, Lida, aware, examine, in_force, nearest, signer
from contratos.assinatura.folha import moment as shown
from contratos.assinatura.mensagens import refuse
from contratos.assinatura.modelos import Assinatura, Codigo, Designado, Recusa
from contratos.assinatura.pessoas import Falta, whose
from contratos.assinatura.titular import Titular, holder
from portal.icp.domain.tbs import Tbs, extended_key_usage
from portal.icp.domain.trust import NoPath, fingerprint
from portal.kernel.guard import attempt

FUTURO = timedelta(hours=1)  # a computer's clock may be a little ahead
SERVIDOR = "1.3.6.1.5.5.7.3.1"
_WEAK = {AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE, AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE}


def judge(lida: Lida, criterio: Criterio) -> list[Assinatura] | list[Recusa]:
    """The signature, or all that is wrong with it.

    pyHanko's `bottom_line` decides; what is found beside it only explains, or refuses more.
    """
    cert = signer(lida)
    if cert is None:
        text = "A assinatura não traz o certificado de quem assinou, ou traz certificados demais."
        return [refuse(Codigo.ILEGIVEL, text, assinante=lida.rotulo)]
    titular = holder(cert)
    nome = titular.nome or lida.rotulo
    exame = examine(lida, cert, criterio)
    if exame is None:
        return [refuse(Codigo.ADULTERADO, "A estrutura da assinatura está corrompida.", assinante=nome)]
    person = whose(titular, criterio.designados)
    breaches = list(_breaches(exame, lida, criterio, person))
    if breaches or not exame.status.bottom_line or not isinstance(person, Designado):
        indication = exame.status.trust_problem_indic
        breaches = breaches or [(Codigo.NAO_CONFIRMADA, f"O exame terminou em {indication or 'recusa'}.")]
        return [refuse(codigo, text, assinante=nome) for codigo, text in breaches]
    return [_accepted(exame, lida, criterio, titular, person)]


def _breaches(exame: Exame, lida: Lida, criterio: Criterio, person: Designado | Falta) -> Iterator[Falta]:
    """All of them at once, except that nothing is said of the person where the content was tampered with."""
    broken = _integrity(exame.status, lida)
    if broken:
        yield broken
        return
    yield from _certificate(exame, criterio)
    yield from _time(exame, criterio)
    if not isinstance(person, Designado):
        yield person


def _integrity(status: StandardCMSSignatureStatus, lida: Lida) -> Falta | None:
    if not status.valid:
        return Codigo.ADULTERADO, "O valor da assinatura não confere com o certificado que a acompanha."
    if not status.intact:
        return lida.alheio, "O conteúdo do arquivo não é o que foi assinado."
    if isinstance(status, PdfSignatureStatus) and not status.docmdp_ok:
        # The file as a whole was found to add signatures only (pades): what is left is a lock, or bad coverage.
        if status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION:
            return Codigo.DOCUMENTO_FECHADO, "Esta assinatura proíbe as que vieram depois dela."
        return Codigo.ADULTERADO, "A assinatura não cobre o arquivo por inteiro."
    return None


def _certificate(exame: Exame, criterio: Criterio) -> Iterator[Falta]:
    cert, status = exame.cert, exame.status
    try:
        criterio.confianca.path(cert, at=nearest(cert, exame.moment))
    except NoPath as error:
        yield Codigo.RAIZ_ESTRANHA, error.reason
    if status.revoked and status.revocation_details:
        when = shown(status.revocation_details.revocation_date)
        yield Codigo.REVOGADO, f"O certificado, ou uma autoridade acima dele, foi revogado em {when}."
    if status.trust_problem_indic in _WEAK:
        yield Codigo.ALGORITMO_FRACO, f"A assinatura usa {status.md_algorithm} e {status.pkcs7_signature_mechanism}."
    if status.trust_problem_indic is AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE or _is_server(cert):
        yield Codigo.USO_INDEVIDO, "O certificado não declara o uso “não repúdio” ou é de servidor."


def _time(exame: Exame, criterio: Criterio) -> Iterator[Falta]:
    cert, status, declared = exame.cert, exame.status, aware(exame.status.signer_reported_dt)
    until = f"O certificado vale de {shown(cert.not_valid_before_utc)} a {shown(cert.not_valid_after_utc)}"
    if not in_force(cert, exame.moment):
        yield Codigo.VENCIDO, f"{until}, e o arquivo chegou em {shown(exame.moment)}."
    elif declared and not in_force(cert, declared):
        yield Codigo.VENCIDO, f"{until}, e a assinatura diz ter sido feita em {shown(declared)}."
    if declared and declared > criterio.at + FUTURO:
        yield Codigo.HORA_INCOERENTE, f"A assinatura diz ter sido feita em {shown(declared)}."
    stamps = (status.timestamp_validity, status.content_timestamp_validity)
    if any(stamp and not (stamp.valid and stamp.intact and stamp.trusted) for stamp in stamps):
        yield Codigo.CARIMBO_INVALIDO, "O carimbo do tempo não pôde ser confirmado."


def _is_server(cert: x509.Certificate) -> bool:
    usages = attempt(lambda: extended_key_usage(Tbs.of(cert.tbs_certificate_bytes).extensions()), None)
    return SERVIDOR in (usages or ())


def _accepted(exame: Exame, lida: Lida, criterio: Criterio, titular: Titular, person: Designado) -> Assinatura:
    cert, status = exame.cert, exame.status
    path = criterio.confianca.path(cert, at=exame.moment)
    return Assinatura(
        designado=person,
        nome=titular.nome,
        cpf=titular.cpf or "",
        cnpj=titular.cnpj,
        titular=cert.subject.rfc4514_string(),
        emissor=criterio.confianca.name_of(path[0]),
        numero_serie=f"{cert.serial_number:x}",
        certificado_sha256=fingerprint(cert),
        raiz_sha256=fingerprint(path[-1]),
        valido_de=cert.not_valid_before_utc,
        valido_ate=cert.not_valid_after_utc,
        declarada_em=aware(status.signer_reported_dt),
        carimbada_em=exame.stamped,
        verificada_em=exame.moment,
        formato=lida.formato,
        politica=lida.politica,
        resumo=status.md_algorithm,
        impressao=exame.impressao,
    )
