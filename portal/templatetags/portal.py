"""Filters that every template has without asking."""

from datetime import datetime

from django import template

from portal import clock
from portal.kernel import cnpj as kernel_cnpj
from portal.kernel.text import visible

register = template.Library()
register.filter("mascara", kernel_cnpj.mask)
register.filter("visivel", visible)


@register.filter
def dias_ate(instant: datetime, now: datetime) -> int:
    """Civil days in São Paulo from `now` to `instant`; negative when past."""
    return (clock.local_date(instant) - clock.local_date(now)).days


@register.filter
def instante(iso: str) -> datetime:
    """An instant as JSON keeps it ("2026-12-03T23:59:59+00:00"), to be shown in São Paulo time by |date."""
    return datetime.fromisoformat(iso)
