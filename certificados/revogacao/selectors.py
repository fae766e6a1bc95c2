"""Reading: which lists are due, which certificates they are asked about, which have gone stale."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from certificados.models import Certificado, ListaRevogacao, PontoDeLista
from certificados.selectors import in_service

NUNCA_LIDA = timedelta(hours=24)  # a list that was never read is no news to operations before


def unnoted() -> QuerySet[Certificado]:
    """In service, and nobody has looked yet which lists they name."""
    return in_service().filter(~Exists(PontoDeLista.objects.filter(certificado=OuterRef("pk"))))


def _points() -> QuerySet[PontoDeLista]:
    return PontoDeLista.objects.filter(certificado__slot__isnull=False, lista__isnull=False)


def _needy(*, before: datetime) -> QuerySet[PontoDeLista]:
    """Of certificates that none of the lists they name was asked about since."""
    asked = PontoDeLista.objects.filter(certificado=OuterRef("certificado"), checked_at__gt=before)
    return _points().filter(~Exists(asked))


def _wanted(*, before: datetime) -> Q:
    """Certificates in service need it, or name it and operations ask for it."""
    needy, named = (rows.filter(lista=OuterRef("pk")) for rows in (_needy(before=before), _points()))
    return Q(Exists(needy)) | Q(Exists(named), pedida_at__isnull=False)


def turn(*, retry: datetime, rested: datetime) -> Q:
    """A list that failed rests until `retry`; one that was read, until `rested`: a certificate came in since."""
    asked = Q(tried_at=None) | Q(pedida_at__isnull=False)
    return asked | Q(tried_at__lte=retry) | Q(tried_at__lte=rested, read_at=F("tried_at"))


def due(turn: Q, *, before: datetime) -> list[int]:
    """Lists to read now: those that operations ask for, then those that certificates name first."""
    rows = ListaRevogacao.objects.filter(turn).filter(_wanted(before=before)).annotate(ordem=Min("pontos__ordem"))
    first = F("pedida_at").asc(nulls_last=True), "ordem", F("tried_at").asc(nulls_first=True), "pk"
    return list(rows.order_by(*first).values_list("pk", flat=True))


def is_due(lista: int, *, before: datetime) -> bool:
    """Still: another address of the same list may have been read meanwhile."""
    return ListaRevogacao.objects.filter(_wanted(before=before), pk=lista).exists()


def in_use() -> QuerySet[ListaRevogacao]:
    """That certificates in service name."""
    return ListaRevogacao.objects.filter(Exists(_points().filter(lista=OuterRef("pk"))))


def all_checked(lista: ListaRevogacao) -> bool:
    """Each certificate that names it was looked for in it once: an unchanged list says nothing new."""
    return not _points().filter(lista=lista, checked_at=None).exists()


def naming(lista: ListaRevogacao) -> QuerySet[Certificado]:
    """In service. Told apart by a sub-query: one that names a list twice is still one."""
    return in_service().filter(Exists(PontoDeLista.objects.filter(certificado=OuterRef("pk"), lista=lista)))


def addresses(lista: ListaRevogacao) -> list[str]:
    """Where else its certificates say that it is: a list names its own address, and that may be another of them."""
    beside = _points().filter(lista=lista, certificado=OuterRef("certificado"))
    rows = PontoDeLista.objects.filter(Exists(beside), lista__isnull=False).order_by()
    return list(rows.values_list("lista__url", flat=True).distinct())


def stale(now: datetime) -> QuerySet[ListaRevogacao]:
    """Past their end, or never read, and without another that is current for the same certificates.

    With `certificados`: how many in service depend on it.
    """
    current = PontoDeLista.objects.filter(certificado=OuterRef("certificado"), lista__next_update__gte=now)
    points = _points().filter(~Exists(current), ordem=0)
    old = Q(next_update__lt=now) | Q(next_update=None, created_at__lt=now - NUNCA_LIDA)
    rows = ListaRevogacao.objects.filter(old, Exists(points.filter(lista=OuterRef("pk"))))
    in_use = Count("pontos", filter=Q(pontos__certificado__slot__isnull=False, pontos__ordem=0))
    return rows.annotate(certificados=in_use).order_by("pk")


def without_list(*, since: datetime) -> QuerySet[Certificado]:
    """In service, naming lists none of which was current at that instant or later."""
    named = PontoDeLista.objects.filter(certificado=OuterRef("pk"), lista__isnull=False)
    known = Q(lista__next_update__gte=since) | Q(lista__next_update=None, lista__created_at__gte=since)
    return in_service().filter(Exists(named), ~Exists(named.filter(known)))


def oldest_reading(now: datetime) -> timedelta | None:
    """Since the certificate in service that was looked for longest ago; None where none names a list."""
    last = Coalesce(Max("checked_at"), Max("certificado__included_at"))
    rows = _points().order_by().values("certificado").annotate(at=last)
    oldest = rows.aggregate(oldest=Min("at"))["oldest"]
    return None if oldest is None else max(now - oldest, timedelta())


def is_on() -> bool:
    return bool(settings.LCR_CONSULTA)
