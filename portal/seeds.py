"""What every database holds from its first migration on: groups, policies, trust store. Safe to run again."""

from typing import Any

from django.db import connection

from certificados import services as certificados
from portal import clock
from portal.agentes import services as agentes
from portal.agentes.grupos import LEITURA, OPERACAO, REGULADOR
from portal.calendario import services as calendario
from portal.icp import services as icp

MANTIDOS = (
    "agentes.agente",
    "agentes.usuario",
    "agentes.representacao",
    "agentes.chavedemaquina",
    "webhooks.destino",
    "icp.autoridadecertificadora",
    "certificados.politica",
    "calendario.feriado",
    "contas.autoridadepermitida",
    "contas.certificadodooperador",
    "contratos.leilao",
    "contratos.exigenciadoedital",
    "contratos.atoregulatorio",
    "contratos.contrato",
    "contratos.minuta",
    "contratos.indisponibilidade",
    "contratos.unidadeconsumidora",
    "contratos.anuncio",
    "contratos.elegivel",
    "contratos.potenciadocontrato",
    "contratos.usinadoproinfa",
    "contratos.representantedecotista",
    "contratos.regradesazonalizacao",
    "contratos.perfildecarga",
    "contratos.disponibilidadedeclarada",
)
CONSULTADOS = (
    "agentes.convite",
    "calendario.facultativo",
    "certificados.certificado",
    "contas.empresa",
    "contas.conta",
    "contas.par",
    "certificados.listarevogacao",
    "adesao.solicitacao",
    "adesao.lote",
    "auditoria.evento",
    "gateway.passagem",
    "webhooks.entrega",
    "notificacoes.aviso",
    "notificacoes.envio",
    "notificacoes.lembrete",
    "notificacoes.tarefa",
    "contratos.outorga",
    "contratos.garantia",
    "contratos.signatario",
    "contratos.conjuntodemarcos",
    "contratos.fluxo",
    "contratos.atividade",
    "contratos.documento",
    "contratos.acordobilateral",
    "contratos.aditamento",
    "contratos.cbr",
    "contratos.versaodocbr",
    "contratos.ccer",
    "contratos.ccg",
    "contratos.sucessao",
    "contratos.suprimento",
    "contratos.modulacao",
    "contratos.percentualdoacl",
    "contratos.historicodeconsumo",
    "contratos.cotadoproinfa",
    "contratos.cotadomes",
    "contratos.movimentodecota",
    "contratos.anodoproinfa",
    "contratos.cotaanual",
    "contratos.curvadoproinfa",
    "contratos.sazonalizacao",
    "contratos.rodada",
    "contratos.inflexibilidade",
)
# What operations may do to rows that only the portal adds: invite again, throw a switch of the calendar, take a
# certificate out of service and read its file, have a revocation list read, send a mail again, close a task.
ATOS = {
    "agentes.add_convite",
    "calendario.change_facultativo",
    "certificados.change_certificado",
    "certificados.change_listarevogacao",
    "contas.add_empresa",
    "contas.change_conta",
    "notificacoes.change_envio",
    "notificacoes.change_tarefa",
    "contratos.act_as_ccee",
    "contratos.add_conjuntodemarcos",
}


def rights() -> dict[str, set[str]]:
    """Nobody deletes: companies are switched off, representations end, certificates leave service."""
    view = {_code(model, "view") for model in (*MANTIDOS, *CONSULTADOS)}
    maintain = {_code(model, verb) for model in MANTIDOS for verb in ("add", "change")}
    return {
        OPERACAO: view | maintain | ATOS,
        LEITURA: view,
        REGULADOR: {"agentes.view_todos", "contratos.view_contrato"},
    }


def _code(model: str, verb: str) -> str:
    app, _, name = model.partition(".")
    return f"{app}.{verb}_{name}"


def run(*, using: str, **signal: Any) -> None:
    """Receiver of post_migrate, for an app that comes after ours: its tables and permissions are there by then."""
    if using != "default" or not _complete():
        return
    now = clock.now()
    agentes.seed_groups(rights())
    certificados.seed(now=now)
    icp.seed(now=now)
    calendario.seed(now=now)


def _complete() -> bool:
    """False half-way through `migrate <app> <name>`."""
    needed = {
        "auditoria_cadeia",
        "calendario_facultativo",
        "calendario_feriado",
        "icp_autoridadecertificadora",
        "certificados_politica",
        "agentes_usuario",
        "auth_group",
    }
    return needed <= set(connection.introspection.table_names())
