"""Pages whose bytes depend on nothing but what they say: the same document gives the same file on any day."""

import io
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary
from reportlab.platypus import Flowable, SimpleDocTemplate

from portal.pdf import AUTOR, MARGEM, Paginado, latin


class _Datado(Paginado):
    """The file's own date is the instant of issue, not that of writing.

    It has an empty form, marked as one to sign: adding the form itself would be a change beside the signatures.
    """

    def __init__(self, *args: Any, instante: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        local = _local(instante)
        hours, minutes = divmod(round(local.utcoffset().total_seconds() / 60), 60)  # type: ignore[union-attr]  # it is aware
        self._doc._timeStamp = SimpleNamespace(YMDhms=local.timetuple()[:6], dhh=hours, dmm=minutes)
        self.setCatalogEntry("AcroForm", PDFDictionary({"Fields": PDFArray([]), "SigFlags": 3}))


def build(story: Sequence[Flowable], *, titulo: str, assunto: str, rodape: str, instante: datetime) -> bytes:
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target, pagesize=A4, leftMargin=MARGEM, rightMargin=MARGEM, topMargin=16 * mm, bottomMargin=20 * mm,
        title=titulo, subject=assunto, author=AUTOR, creator=AUTOR, lang="pt-BR", invariant=1,
    )  # fmt: skip
    document.build(list(story), canvasmaker=partial(_Datado, rodape=latin(rodape), instante=instante))
    return target.getvalue()


def _local(instante: datetime) -> datetime:
    return instante.astimezone(ZoneInfo(settings.FUSO))


def moment(instante: datetime | None) -> str:
    """Civil time of Brasília, with the offset said: the reader may be anywhere."""
    if instante is None:
        return ""
    return f"{_local(instante):%d/%m/%Y às %H:%M:%S} (horário de Brasília)"
