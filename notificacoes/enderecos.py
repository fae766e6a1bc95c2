"""The mail domain that is ours."""

from email.utils import parseaddr

from django.conf import settings


def domain() -> str:
    """Of the sender; also the right-hand side of every Message-ID."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
