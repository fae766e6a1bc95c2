"""Every act on contracts: how it is made ready, once or again, and the call that is the act."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from contratos import services
from contratos.domain.contrato import Registro
from contratos.domain.procedimentos.marcos import PADRAO
from contratos.models import (
    AtoRegulatorio,
    Chamado,
    ConjuntoDeMarcos,
    Contrato,
    Documento,
    ExigenciaDoEdital,
    Fluxo,
    Indisponibilidade,
    Minuta,
    Signatario,
)
from portal.agentes import services as agentes
from portal.agentes.models import Agente
from portal.calendario import services as calendario
from portal.calendario.models import Feriado
from tests import factories
from tests.contratos.cena import EVIDENCIA, MARCOS, Cena, H, P, another, auction
from tests.permissoes import atos_de_modulacao, atos_de_sazonalizacao, atos_do_proinfa

Act = Callable[[], object]
OUTRO_CPF = "12345678909"


def who(c: Cena) -> dict[str, Any]:
    return {"ator": c.ccee, "now": c.now}


def flow(c: Cena) -> Fluxo:
    return Fluxo.objects.filter(sob=None).first() or c.open()


def registered(c: Cena, registro: Registro) -> Contrato:
    c.contrato.registro = registro.value
    if registro is Registro.NAO_REGISTRADO:
        c.contrato.assinatura = "assinado"
    c.contrato.save()
    return c.contrato


def close_activity(c: Cena) -> Act:
    row = flow(c).atividades.get(codigo="N1")
    return partial(services.close_activity, row.pk, ator=c.ana, now=c.now, evidencia=EVIDENCIA)


def waive_activity(c: Cena) -> Act:
    row = flow(c).atividades.get(codigo="N1")
    return partial(services.waive_activity, row.pk, motivo="já consta do processo", **who(c))


def confirm_lapse(c: Cena) -> Act:
    """The request was never assessed, and its thirty days are over."""
    type(c.contrato).objects.filter(pk=c.contrato.pk).update(assinatura="assinado")
    if not (fluxo := Fluxo.objects.filter(procedimento="alteracao_solicitacao").first()):
        fluxo = c.open(
            "alteracao_solicitacao",
            ator=c.ana,
            solicitante=c.vendedor,
            ancoras={"T": date(2026, 9, 1)},
        )
        services.close_activity(
            fluxo.atividades.get(codigo="S1").pk, ator=c.ana, now=c.now - timedelta(days=60), evidencia=EVIDENCIA
        )
        services.advance(now=c.now)
    return partial(services.confirm_lapse, fluxo, **who(c))


def publish(c: Cena) -> Act:
    longer = (*PADRAO[:-1], replace(PADRAO[-1], ate_du=21))
    return partial(services.publish_milestones, longer, by=c.ccee.nome, now=c.now)


def save_text(c: Cena) -> Act:
    ato, _ = AtoRegulatorio.objects.get_or_create(tipo="Despacho", numero="9/2026", published_on=H)
    nova = Minuta(leilao=auction(c), especie=c.contrato.especie, titulo="CCEAR", texto="Outra.")
    return partial(services.save_text, nova, by=c.ccee.nome, now=c.now, ato=ato)


def save_contract(c: Cena) -> Act:
    c.contrato.produto += " B"
    return partial(services.save_contract, c.contrato, by=c.ccee.nome, now=c.now)


def register(c: Cena) -> Act:
    contrato = registered(c, Registro.VALIDADO_CCEE)
    dates: dict[str, Any] = {"inicio": contrato.suprimento_inicio, "fim": contrato.suprimento_fim}
    return partial(services.register, contrato, **dates, **who(c))


def suspend(c: Cena) -> Act:
    contrato = registered(c, Registro.REGISTRADO)
    return partial(services.suspend, contrato, de=H, ate=None, motivo="decisão judicial", **who(c))


def save_record(c: Cena) -> Act:
    leilao = auction(c)
    leilao.edital += " retificado"
    return partial(services.save_record, leilao, by=c.ccee.nome, now=c.now)


def mark_unsigned(c: Cena) -> Act:
    flow(c)
    return partial(services.mark_unsigned, c.contrato, motivo="o vendedor desistiu", **who(c))


def end(c: Cena) -> Act:
    c.contrato.suprimento_inicio, c.contrato.suprimento_fim = date(2006, 1, 1), date(2025, 12, 31)
    contrato = registered(c, Registro.REGISTRADO)
    return partial(services.end, contrato, Registro.ENCERRADO, motivo="Fim do suprimento", **who(c))


def recompute_open(c: Cena) -> Act:
    """One more of the days after the publication becomes a holiday."""
    services.set_anchors(flow(c), {"P": P}, **who(c))
    day = date(2026, 11, 23) + timedelta(days=Feriado.objects.filter(nome="Luto oficial").count())
    calendario.save_feriado(Feriado(data=day, nome="Luto oficial"), by=c.ccee.nome, now=c.now)
    return partial(services.recompute_open, by="portal", now=c.now)


def adopt(c: Cena) -> Act:
    """Where the first call has adopted what there was, there is a newer one for the second."""
    marcos = flow(c).contrato.fluxos.get(procedimento="marcos")
    last = ConjuntoDeMarcos.objects.filter(leilao=None).order_by("-versao").first()
    day = 21 if last is None or last.marcos[-1]["ate_du"] != 21 else 22
    services.publish_milestones((*PADRAO[:-1], replace(PADRAO[-1], ate_du=day)), by=c.ccee.nome, now=c.now)
    return partial(services.adopt_milestones, marcos, **who(c))


def register_ticket(c: Cena) -> Act:
    numero = f"2026-{Chamado.objects.count()}"
    facts: dict[str, Any] = {"numero": numero, "aberto_em": H, "descricao": "Não respondeu às informações"}
    return partial(services.register_ticket, c.contrato, c.vendedor, **facts, **who(c))


def close_ticket(c: Cena) -> Act:
    register_ticket(c)()
    return partial(services.close_ticket, Chamado.objects.latest("pk").pk, encerrado_em=H, **who(c))


def designate(c: Cena) -> Act:
    for person in Signatario.objects.filter(cpf=OUTRO_CPF, ate=None):
        services.dismiss(c.contrato, person.pk, **who(c))
    facts: dict[str, Any] = {"nome": "Rita", "cpf": OUTRO_CPF, "email": "", "desde": H}
    return partial(services.designate, c.contrato, c.vendedor, **facts, **who(c))


def dismiss(c: Cena) -> Act:
    person = designate(c)()
    assert isinstance(person, Signatario)
    return partial(services.dismiss, c.contrato, person.pk, **who(c))


def fulfil(c: Cena) -> Act:
    exigencia = ExigenciaDoEdital.objects.create(leilao=auction(c), texto="Certidões", de_quem="vendedor")
    return partial(services.fulfil, c.contrato, exigencia, comprovante="Certidão 1", **who(c))


def save_guarantee(c: Cena) -> Act:
    return partial(services.save_guarantee, c.contrato.garantias.get(), {"instrumento": "Apólice 9"}, **who(c))


def request(c: Cena) -> Act:
    for fluxo in c.contrato.fluxos.filter(procedimento="alteracao_solicitacao", closed_at=None):
        services.cancel_flow(fluxo, motivo="outra", ator=c.ana, now=c.now)
    c.contrato.assinatura = "assinado"
    c.contrato.save()
    act = partial(services.request, c.contrato, "alteracao_solicitacao", ator=c.ana, now=c.now)
    return partial(act, solicitante=c.vendedor, evidencia=EVIDENCIA)


def register_contract(c: Cena) -> Act:
    Agente.objects.filter(pk__in=[c.vendedor.pk, c.comprador.pk]).update(classe="distribuidor")
    stated = {
        "vendedor": c.vendedor.sigla,
        "comprador": c.comprador.sigla,
        "mercado_gwh": "120",
        "energia_mwh": "87600",
    }
    stated |= {"suprimento_inicio": "2027-01-01", "suprimento_fim": "2027-12-31"}
    return partial(services.register_contract, "suprimento_registro", evidencia=stated, ator=c.ana, now=c.now)


def send_conuers(c: Cena) -> Act:
    """To one more company, each time."""
    user = factories.create_agente(now=c.now)
    Agente.objects.filter(pk=user.pk).update(classe="consumidor_livre")
    return partial(services.send_conuers, now=c.now)


def open_publications(c: Cena) -> Act:
    """Of one more contract, each time."""
    other = another(c, f"ITAIPU-{Contrato.objects.count()}")
    Contrato.objects.filter(pk=other.pk).update(especie="itaipu")
    return partial(services.open_publications, now=c.now)


def open_name_changes(c: Cena) -> Act:
    """Another name, each time."""
    c.vendedor.razao_social = f"Sol {Contrato.objects.count()} {c.vendedor.razao_social}"[:190]
    agentes.save_agente(c.vendedor, by=c.ccee.nome, now=c.now)
    return partial(services.open_name_changes, now=c.now)


def issued(c: Cena) -> Documento:
    """Ready to be signed. Judging a real signature is tests/contratos/test_assinaturas.py's matter."""
    if not Documento.objects.exists():
        c.open()
        for codigo in ("N1", *MARCOS):
            c.close(codigo)
    return Documento.objects.get()


def receive(c: Cena) -> Act:
    """Refused: that is an entry too."""
    return partial(services.receive, issued(c), b"%PDF-1.7 nada", **who(c))


def accept_paper(c: Cena) -> Act:
    outage, _ = Indisponibilidade.objects.get_or_create(chamado="C-1", desde=c.now - timedelta(hours=2))
    return partial(
        services.accept_paper,
        issued(c),
        Signatario.objects.get(agente=c.vendedor),
        b"%PDF-1.7 papel",
        assinado_em=c.now - timedelta(hours=1),
        cartorio="2º Tabelião",
        indisponibilidade=outage,
        **who(c),
    )


ACTS: dict[str, Callable[[Cena], Act]] = {
    **atos_de_sazonalizacao.ACTS,
    "adopt_milestones": adopt,
    "register_ticket": register_ticket,
    "close_ticket": close_ticket,
    "record_export": lambda c: partial(services.record_export, c.contrato, **who(c)),
    "designate": designate,
    "dismiss": dismiss,
    "fulfil": fulfil,
    "save_guarantee": save_guarantee,
    "request": request,
    "register_contract": register_contract,
    "send_conuers": send_conuers,
    "open_name_changes": open_name_changes,
    "open_publications": open_publications,
    **atos_de_modulacao.ACTS,
    **atos_do_proinfa.ACTS,
    "save_contract": save_contract,
    "save_text": save_text,
    "open_flow": lambda c: partial(services.open_flow, c.contrato, "assinatura_novo", ancoras={"H": H}, **who(c)),
    "close_activity": close_activity,
    "waive_activity": waive_activity,
    "set_anchors": lambda c: partial(services.set_anchors, flow(c), {"P": H}, **who(c)),
    "cancel_flow": lambda c: partial(services.cancel_flow, flow(c), motivo="aberto por engano", **who(c)),
    "confirm_lapse": confirm_lapse,
    "publish_milestones": publish,
    "validate": lambda c: partial(services.validate, registered(c, Registro.NAO_REGISTRADO), **who(c)),
    "register": register,
    "recompute_open": recompute_open,
    "receive": receive,
    "accept_paper": accept_paper,
    "save_record": save_record,
    "mark_unsigned": mark_unsigned,
    "end": end,
    "suspend": suspend,
    "resume": lambda c: partial(services.resume, registered(c, Registro.SUSPENSO), motivo="cessou", **who(c)),
}
