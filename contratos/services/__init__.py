"""The only writers of contracts and of the flows that they go through."""

from contratos.services.adocao import adopt_milestones
from contratos.services.ancoras import set_anchors
from contratos.services.assinaturas import AssinaturaRecusada, accept_paper, receive
from contratos.services.atividades import close_activity, waive_activity
from contratos.services.cadastro import save_record
from contratos.services.chamados import close_ticket, register_ticket
from contratos.services.conjuntos import publish_milestones
from contratos.services.contratos import (
    end,
    mark_unsigned,
    register,
    resume,
    save_contract,
    save_text,
    suspend,
    validate,
)
from contratos.services.conuer import send_conuers
from contratos.services.decurso import advance, confirm_lapse
from contratos.services.exigencias import fulfil
from contratos.services.fluxos import cancel_flow, open_flow
from contratos.services.garantias import save_guarantee
from contratos.services.guarda import record_export
from contratos.services.itaipu import open_publications
from contratos.services.pedidos import request
from contratos.services.recontagem import recompute_open
from contratos.services.registros import register_contract
from contratos.services.sazonalizacoes import open_years
from contratos.services.signatarios import designate, dismiss

__all__ = [
    "AssinaturaRecusada",
    "accept_paper",
    "adopt_milestones",
    "advance",
    "cancel_flow",
    "close_activity",
    "close_ticket",
    "confirm_lapse",
    "designate",
    "dismiss",
    "end",
    "fulfil",
    "mark_unsigned",
    "open_flow",
    "open_publications",
    "open_years",
    "publish_milestones",
    "receive",
    "recompute_open",
    "record_export",
    "register",
    "register_contract",
    "register_ticket",
    "request",
    "resume",
    "save_contract",
    "save_guarantee",
    "save_record",
    "save_text",
    "send_conuers",
    "set_anchors",
    "suspend",
    "validate",
    "waive_activity",
]
