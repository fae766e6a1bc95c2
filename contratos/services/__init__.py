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
from contratos.services.historicos import answer_history, declare_history
from contratos.services.itaipu import open_publications
from contratos.services.modulacoes import modulate_due, open_months
from contratos.services.nome_alterado import open_name_changes
from contratos.services.pedidos import request
from contratos.services.proinfa_publicacao import publish_quotas
from contratos.services.proinfa_rotina import open_proinfa
from contratos.services.recontagem import recompute_open
from contratos.services.registros import register_contract
from contratos.services.rodadas import continue_years, run_year, start_year
from contratos.services.sazonalizacoes import inform_year, open_years
from contratos.services.signatarios import designate, dismiss

__all__ = [
    "AssinaturaRecusada",
    "accept_paper",
    "adopt_milestones",
    "advance",
    "answer_history",
    "cancel_flow",
    "close_activity",
    "close_ticket",
    "confirm_lapse",
    "continue_years",
    "declare_history",
    "designate",
    "dismiss",
    "end",
    "fulfil",
    "inform_year",
    "mark_unsigned",
    "modulate_due",
    "open_flow",
    "open_months",
    "open_name_changes",
    "open_proinfa",
    "open_publications",
    "open_years",
    "publish_milestones",
    "publish_quotas",
    "receive",
    "recompute_open",
    "record_export",
    "register",
    "register_contract",
    "register_ticket",
    "request",
    "resume",
    "run_year",
    "save_contract",
    "save_guarantee",
    "save_record",
    "save_text",
    "send_conuers",
    "set_anchors",
    "start_year",
    "suspend",
    "validate",
    "waive_activity",
]
