"""The only writers of the adesão: the draft (rascunho) and its conclusion (conclusao)."""

from adesao.services.conclusao import conclude, submit
from adesao.services.rascunho import attach, cancel, convert, detach, open_request, replace, stage_exclusions, stage_senha

__all__ = [
    "attach",
    "cancel",
    "conclude",
    "convert",
    "detach",
    "open_request",
    "replace",
    "stage_exclusions",
    "stage_senha",
    "submit",
]
