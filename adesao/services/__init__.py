"""The only writers of the adesão: the draft (rascunho), its conclusion (conclusao), and many at once (lote)."""

from adesao.services.conclusao import conclude, submit
from adesao.services.lote import advance, lines, open_batch, share_senha
from adesao.services.preenchimento import Envio, Preenchimento, fill, fill_and_conclude
from adesao.services.rascunho import (
    attach,
    cancel,
    convert,
    converted,
    detach,
    discard_stale,
    get_anexo,
    open_request,
    replace,
    stage_exclusions,
    stage_senha,
)

__all__ = [
    "Envio",
    "Preenchimento",
    "advance",
    "attach",
    "cancel",
    "conclude",
    "convert",
    "converted",
    "detach",
    "discard_stale",
    "fill",
    "fill_and_conclude",
    "get_anexo",
    "lines",
    "open_batch",
    "open_request",
    "replace",
    "share_senha",
    "stage_exclusions",
    "stage_senha",
    "submit",
]
