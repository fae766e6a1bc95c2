"""Django on an empty database of its own, gone with the process."""

import atexit
import importlib
import os
import shutil
import tempfile

import django
from django.core.management import call_command

BANCOS = ("postgresql", "sqlite")


def start(banco: str) -> None:
    # Also started by a test: a worker of xdist would hand down its own servers.
    for name in ("DATABASE_URL", "REDIS_URL", "DATA_DE_REFERENCIA", "RAIZES_ICP_BRASIL", "PYTEST_XDIST_WORKER"):
        os.environ.pop(name, None)
    if banco == "postgresql":
        importlib.import_module("tests.servidores")  # starts the servers and says where they are
    else:
        _sqlite()
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    os.environ["NIVEL_DE_LOG"] = "ERROR"
    django.setup()
    call_command("migrate", verbosity=0)


def _sqlite() -> None:
    folder = tempfile.mkdtemp(prefix="portal-bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ |= {"DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3", "PORTAL_VAR": folder, "AMBIENTE": "demo"}
