"""Debian's nginx as deploy/gateway has it, with a service behind it and curl in front."""

import json
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from string import Template
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from portal import clock
from portal.demo.hierarquia import Emitido, pooled_key
from tests import servidores

DEPLOY = Path(__file__).resolve().parents[2] / "deploy/gateway"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"


@dataclass(frozen=True)
class Vez:
    """What curl got: the status, 0 where the connection was refused, and the body, read where it is JSON."""

    status: int
    corpo: Any


class Porta:
    def __init__(self, folder: Path, *, portal: str, chave: str) -> None:
        self.folder, self.port, service = folder, servidores.free_port(), servidores.free_port()
        save(folder / "servidor", _self_signed())
        values = {
            "PASTA": folder, "PORTAL": portal, "NOME_DO_PORTAL": "localhost", "CHAVE_DO_GATEWAY": chave,
            "SERVICO": f"127.0.0.1:{service}", "ESCUTA": f"127.0.0.1:{self.port}",
            "CERTIFICADO_DO_SERVIDOR": folder / "servidor.pem", "CHAVE_DO_SERVIDOR": folder / "servidor.key",
        }  # fmt: skip
        self.conf = folder / "nginx.conf"
        self.conf.write_text(Template((DEPLOY / "nginx.conf.template").read_text()).safe_substitute(values))
        command = [sys.executable, DEPLOY / "servico.py", str(service)]
        servidores.start(command, log=folder / "servico.log", stop_with=signal.SIGTERM)
        nginx = [NGINX, "-p", folder, "-c", self.conf, "-g", "user root;"]
        servidores.start(nginx, log=folder / "nginx.log", stop_with=signal.SIGTERM)
        for port in (service, self.port):
            knock = partial(_knock, port)
            servidores.wait_until(knock, OSError, log=folder / "nginx.log")

    def curl(self, *, usuario: str, senha: str, com: Emitido | None, headers: tuple[str, ...] = ()) -> Vez:
        command: list[Any] = ["curl", "--silent", "--insecure", "--max-time", "20", "--write-out", "\n%{http_code}"]
        command += [part for header in headers for part in ("--header", header)]
        if com is not None:
            name = self.folder / f"cliente-{com.cert.serial_number}"
            save(name, com)
            command += ["--cert", f"{name}.pem", "--key", f"{name}.key"]
        command += ["--user", f"{usuario}:{senha}", f"https://127.0.0.1:{self.port}/servico"]
        corpo, _, status = subprocess.run(command, capture_output=True, text=True).stdout.rpartition("\n")
        return Vez(int(status), json.loads(corpo) if corpo.startswith("{") else corpo)

    def log(self) -> str:
        return "".join(path.read_text() for path in self.folder.glob("*.log"))


def _knock(port: int) -> None:
    socket.create_connection(("127.0.0.1", port), timeout=1).close()


def save(name: Path, emitido: Emitido) -> None:
    key = emitido.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    name.with_suffix(".pem").write_bytes(emitido.cert.public_bytes(Encoding.PEM))
    name.with_suffix(".key").write_bytes(key)


def _self_signed() -> Emitido:
    key, name = pooled_key("porta"), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    start = clock.instant() - timedelta(days=1)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(start).not_valid_after(start + timedelta(days=30))
    cert = builder.sign(key, hashes.SHA256())
    return Emitido(cert.public_bytes(Encoding.DER), key, cert)
