"""Whether the parts answer that every page needs."""

import logging

from django.conf import settings
from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)
TIMEOUT = 2  # seconds; shorter than any load balancer's patience


def missing() -> list[str]:
    """Names of the parts that do not answer, in Portuguese; why is in the log alone."""
    parts = {"banco de dados": _database}
    if settings.REDIS_URL:
        parts["Redis"] = _redis
    return [name for name, answers in parts.items() if not answers()]


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("o banco de dados não responde")
        return False
    return True


def _redis() -> bool:
    from redis import Redis, RedisError  # noqa: PLC0415 - 300 ms, where there is no Redis for nothing
    from redis.backoff import NoBackoff  # noqa: PLC0415 - as above
    from redis.retry import Retry  # noqa: PLC0415 - as above

    # Its own connection with one short attempt: the library's default is ten, with pauses.
    client = Redis.from_url(
        settings.REDIS_URL, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT, retry=Retry(NoBackoff(), 0)
    )
    try:
        with client:
            return bool(client.ping())
    except RedisError:
        logger.exception("o Redis não responde")
        return False
