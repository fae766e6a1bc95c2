import os
import sys

from django.core.wsgi import get_wsgi_application

BOOT_ERROR = 3  # gunicorn gives up at this exit code of a worker; at any other it tries for ever

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
try:
    application = get_wsgi_application()

    from portal import checks  # noqa: E402, RUF100 - needs the models that the line above loads

    checks.check_roots()
    checks.check_demo_accounts()
except SystemExit as refusal:
    sys.stderr.write(f"{refusal}\n")
    sys.exit(BOOT_ERROR)
