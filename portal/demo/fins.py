"""How contracts of the demonstration end: by the mechanisms of the clauses, as people use them."""

from datetime import date, datetime, timedelta
from typing import Any

from contratos import services
from contratos.domain import acordo
from contratos.models import Atividade, Contrato, Documento, Fluxo
from contratos.selectors import signatories
from portal import clock
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.calendario.selectors import calendar
from portal.demo import assinador, kit
from portal.demo.hierarquia import Hierarquia
from portal.demo.signatarios import SIGNATARIOS, Signatario

ATO = {"ato_tipo": "Despacho", "ato_numero": "3.105/2026"}
PUBLICADO = timedelta(days=2)
ANTES = timedelta(days=40)  # longer than from any day of a month to the last on which agreements were taken before it
VENDEDORA, SUCESSORA, COMPRADORA = SIGNATARIOS[0], SIGNATARIOS[1], SIGNATARIOS[-1]


def cancel(contrato: Contrato, *, ccee: Ator, now: datetime) -> None:
    """3.109: ANEEL's decision, then the registration."""
    published = clock.local_date(now - PUBLICADO).isoformat()
    stated = {**ATO, "ato_publicado_em": published, "amigavel": "não"}
    fluxo = services.request(contrato, "cancelamento_registro", evidencia=stated, ator=ccee, now=now)
    _close(fluxo, "K2", {"registro": "Cancelado nos sistemas."}, ator=ccee, now=now)


def dissolve(
    contrato: Contrato, *, ccee: Ator, vendedor: Ator, comprador: Ator, hierarquia: Hierarquia, now: datetime
) -> None:
    """3.86.1: today, with a new contract for the whole supply; all three sign."""
    today, sucessora = clock.local_date(now), Agente.objects.get(cnpj=SUCESSORA.cnpj)
    stated = {
        **ATO,
        "ato_publicado_em": clock.local_date(now - PUBLICADO).isoformat(),
        "sucessao_tipo": "distrato",
        "sucedida": "vendedor",
        "sucessora": sucessora.sigla,
        "efeito_em": today.isoformat(),
        "novo_inicio": today.isoformat(),
        "novo_fim": contrato.suprimento_fim.isoformat(),
        "muda_titularidade": "sim",
        "documentos": "Ata da incorporação.",
    }
    fluxo = services.request(contrato, "sucessao", evidencia=stated, ator=ccee, now=now)
    if not signatories(sucessora, on=today).exists():
        person: dict[str, Any] = {"nome": SUCESSORA.nome, "cpf": SUCESSORA.cpf, "email": "", "desde": today}
        services.designate(contrato, sucessora, **person, ator=ccee, now=now)
    _close(fluxo, "X2", {"parecer": "Documentos conferidos."}, ator=ccee, now=now, resultado="de_acordo")
    for pessoa, ator in ((VENDEDORA, vendedor), (COMPRADORA, comprador), (SUCESSORA, ccee)):
        _sign(fluxo, pessoa, ator=ator, hierarquia=hierarquia, now=now)
    _close(fluxo, "X4", {}, ator=ccee, now=now)


def agree_to_end(contrato: Contrato, *, vendedor: Ator, comprador: Ator, now: datetime) -> None:
    """3.103: on a day of last month on which agreements were taken, to end with this month."""
    start = clock.local_date(now).replace(day=1)
    then = now - (clock.local_date(now) - _open_day(start))
    stated = {"acordo_tipo": "rescisao", "mes_inicio": start.isoformat()}
    who: dict[str, Any] = {"ator": comprador, "now": then, "solicitante": contrato.comprador}
    fluxo = services.request(contrato, "acordo_bilateral", evidencia=stated, **who)
    _close(fluxo, "B2", {}, ator=vendedor, now=then)
    services.advance(now=now)


def _open_day(start: date) -> date:
    """The last of the month before: there is one in every month of the calendar's years."""
    days = (start - timedelta(days=back) for back in range(1, 32))
    return next(day for day in days if not acordo.window_problem(day, start, calendar()))


def _sign(fluxo: Fluxo, pessoa: Signatario, *, ator: Ator, hierarquia: Hierarquia, now: datetime) -> None:
    documento = Documento.objects.get(fluxo=fluxo, replaced_at=None)
    issued = kit.issue_person(hierarquia, nome=pessoa.nome, cpf=pessoa.cpf)
    pdf = bytes(documento.assinado or documento.emitido)
    services.receive(documento, assinador.sign_pdf(pdf, issued, [hierarquia.ac.cert], at=now), ator=ator, now=now)


def _close(
    fluxo: Fluxo, codigo: str, evidencia: dict[str, str], *, ator: Ator, now: datetime, resultado: str = ""
) -> None:
    row = Atividade.objects.get(fluxo=fluxo, codigo=codigo)
    services.close_activity(row.pk, ator=ator, now=now, evidencia=evidencia, resultado=resultado)
