"""The files to try the demonstration with, under `var/demo/`."""

from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certificados.models import Certificado
from portal import clock
from portal.demo import guarda
from portal.demo.arquivos_ruins import bad_files
from portal.demo.contas import EMPRESAS, Empresa
from portal.demo.hierarquia import Hierarquia
from portal.icp.domain.trust import fingerprint
from portal.kernel.cnpj import mask
from portal.kernel.guard import attempt

ALVO = next(empresa for empresa in EMPRESAS if not empresa.certificados)  # the bad files are this company's
SOON = timedelta(days=60)
MARCA = ".dia"  # the civil date on which the bad files were made: "expired" and the like follow the calendar
LEIA_ME = """Arquivos para experimentar o portal de demonstração. Nenhum tem valor legal.

valido__*.cer       certificados que o portal aceita, um por agente, com a chave privada ao lado (.key):
{validos}
<regra>__*          arquivos que quebram a regra do nome; os que trazem CNPJ são de {alvo}
hierarquia.pem      a hierarquia de demonstração que os emitiu:
                    ./dev manage verificar_certificado var/demo/*.cer --raizes var/demo/hierarquia.pem

A cada início o portal repõe um certificado válido no lugar do que já foi enviado.
"""


def write(folder: Path, hierarquia: Hierarquia, *, now: datetime) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pem = b"".join(one.public_bytes(Encoding.PEM) for one in hierarquia.authorities)
    (folder / "hierarquia.pem").write_bytes(pem)
    for empresa in EMPRESAS:
        _write_good(folder, empresa, hierarquia, now=now)
    _write_bad(folder, hierarquia, now=now)
    names = "\n".join(f"    {_stem(one)}.cer  {one.sigla}, CNPJ {mask(one.cnpj)}" for one in EMPRESAS)
    text = LEIA_ME.format(validos=names, alvo=f"{ALVO.sigla}, CNPJ {mask(ALVO.cnpj)}")
    (folder / "LEIA-ME.txt").write_text(text, encoding="utf-8")


def host_of(empresa: Empresa, host: str) -> str:
    return f"{host}.{empresa.sigla.lower().replace(' ', '-')}.exemplo.com.br"


def _stem(empresa: Empresa) -> str:
    return f"valido__{empresa.sigla.lower().replace(' ', '-')}"


def _write_good(folder: Path, empresa: Empresa, hierarquia: Hierarquia, *, now: datetime) -> None:
    """A new one where there is none, where it is about to end, and where it was sent to the portal already."""
    stem = folder / _stem(empresa)
    if _is_usable(stem.with_suffix(".cer"), hierarquia, now=now):
        return
    number = Certificado.objects.filter(agente__cnpj=empresa.cnpj).count() + 1
    host = host_of(empresa, f"novo{number}")
    guarda.save(hierarquia.issue(cnpj=empresa.cnpj, nome=empresa.razao_social, host=host), stem)


def _is_usable(path: Path, hierarquia: Hierarquia, *, now: datetime) -> bool:
    certificate = attempt(lambda: x509.load_der_x509_certificate(path.read_bytes()), None)
    if (
        certificate is None
        or attempt(lambda: certificate.verify_directly_issued_by(hierarquia.ac.cert), False) is False
    ):
        return False
    in_force = certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc - SOON
    return in_force and not Certificado.objects.filter(sha256=fingerprint(certificate)).exists()


def _write_bad(folder: Path, hierarquia: Hierarquia, *, now: datetime) -> None:
    stamp, today = folder / MARCA, clock.local_date(now).isoformat()
    if stamp.exists() and stamp.read_text() == today:
        return
    for name, content in bad_files(hierarquia, ALVO.cnpj, now).items():
        (folder / name).write_bytes(content)
    stamp.write_text(today)
