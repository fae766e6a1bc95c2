"""Milestones in use: published for everybody, replaced by a new version, adopted by a flow only when CCEE says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from contratos import services
from contratos.domain.andamento import JaEncerrada
from contratos.domain.procedimentos import Responsavel
from contratos.domain.procedimentos.marcos import PADRAO, Marco, Tipo
from contratos.models import ConjuntoDeMarcos, Fluxo
from portal.agentes.models import Usuario
from portal.auditoria.models import Evento
from portal.kernel.errors import DomainError, Forbidden
from tests.contratos.cena import MARCOS, Cena

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Usuario], Client]
VISTORIA = Marco("M8", "Vistoriar a usina", Tipo.OUTRO, Responsavel.CCEE, 22, ("M7",))
URL = "/contratos/marcos/publicar/"


def publish(cena: Cena, *marcos: Marco) -> ConjuntoDeMarcos:
    return services.publish_milestones(marcos, by="olga.ccee", now=cena.now)


def running(cena: Cena) -> Fluxo:
    cena.open()
    cena.close("N1")
    cena.close("M2")
    return Fluxo.objects.get(procedimento="marcos")


def without(codigo: str) -> tuple[Marco, ...]:
    return tuple(
        replace(marco, depois=tuple(c for c in marco.depois if c != codigo))
        for marco in PADRAO
        if marco.codigo != codigo
    )


def posted(marcos: tuple[Marco, ...]) -> dict[str, Any]:
    data: dict[str, Any] = {"m-TOTAL_FORMS": len(marcos), "m-INITIAL_FORMS": len(marcos), "leilao": ""}
    for index, marco in enumerate(marcos):
        row = {"codigo": marco.codigo, "nome": marco.nome, "tipo": marco.tipo.value, "ate_du": marco.ate_du}
        row |= {"responsavel": marco.responsavel.value, "depois": ", ".join(marco.depois)}
        data |= {f"m-{index}-{name}": value for name, value in row.items()}
    return data


@pytest.mark.clausula("3.12")
def test_a_running_flow_keeps_its_set_until_it_adopts_the_new_one(cena: Cena) -> None:
    fluxo = running(cena)

    publish(cena, *PADRAO, VISTORIA)

    fluxo.refresh_from_db()
    assert fluxo.marcos is not None
    assert fluxo.marcos.versao == 1
    assert not fluxo.atividades.filter(codigo="M8").exists()


@pytest.mark.clausula("3.12")
def test_adopting_keeps_what_is_done_opens_what_is_new_and_ends_what_left(cena: Cena) -> None:
    fluxo = running(cena)
    done = cena.row("M2", fluxo)
    new = publish(cena, *without("M3c"), VISTORIA)

    services.adopt_milestones(fluxo, ator=cena.ccee, now=cena.now)

    fluxo.refresh_from_db()
    assert fluxo.marcos == new
    kept = cena.row("M2", fluxo)
    assert (kept.situacao, kept.closed_at, kept.evidencia) == ("concluida", done.closed_at, done.evidencia)
    left = cena.row("M3c", fluxo)
    assert left.situacao == "cancelada"
    assert "versão 2" in left.motivo
    assert cena.row("M8", fluxo).situacao == "aguardando"
    entry = Evento.objects.filter(tipo="contrato.marcos_adotados").latest("numero")
    change = {"versao": {"de": 1, "para": 2}, "saem": ["M3c"], "entram": ["M8"], "mudam": {}}
    assert entry.dados == {**change, "numero_do_fluxo": fluxo.pk}


@pytest.mark.clausula("3.12")
def test_adopting_moves_the_due_dates_that_are_open_and_the_ledger_keeps_the_old_ones(cena: Cena) -> None:
    fluxo = running(cena)
    before = cena.row("M3v", fluxo).vence_em
    later = tuple(replace(m, ate_du=10) if m.codigo in ("M2", "M3v") else m for m in PADRAO)
    later = tuple(replace(m, ate_du=5) if m.codigo == "M2" else m for m in later)
    publish(cena, *later)

    services.adopt_milestones(fluxo, ator=cena.ccee, now=cena.now)

    moved = cena.row("M3v", fluxo)
    assert before == date(2026, 12, 3)
    assert (moved.vence_em, moved.prazo) == (date(2026, 12, 4), "max(P,H)+10du")
    entry = Evento.objects.filter(tipo="contrato.prazo_alterado", dados__atividade="M3v").latest("numero")
    assert entry.dados["prazo_anterior"] == "2026-12-03"
    assert entry.dados["por"] == "adoção dos marcos, versão 2"


@pytest.mark.clausula("3.12")
def test_the_ledger_keeps_whose_each_milestone_was_and_what_it_was_called(cena: Cena) -> None:
    fluxo = running(cena)
    asked = replace(PADRAO[2], nome="Responder", responsavel=Responsavel.COMPRADOR)
    publish(cena, *(asked if marco.codigo == "M3v" else marco for marco in PADRAO))

    services.adopt_milestones(fluxo, ator=cena.ccee, now=cena.now)

    entry = Evento.objects.filter(tipo="contrato.marcos_adotados").latest("numero")
    nome = {"de": "Responder às informações (vendedor)", "para": "Responder"}
    whose = {"de": "vendedor", "para": "comprador"}
    assert entry.dados["mudam"] == {"M3v": {"rodada": 1, "nome": nome, "responsavel": whose}}


@pytest.mark.clausula("3.12")
def test_a_milestone_that_left_and_comes_back_is_asked_for_anew(cena: Cena) -> None:
    fluxo = running(cena)
    publish(cena, *without("M3c"))
    services.adopt_milestones(fluxo, ator=cena.ccee, now=cena.now)
    publish(cena, *PADRAO)

    services.adopt_milestones(fluxo, ator=cena.ccee, now=cena.now)

    back = cena.row("M3c", fluxo)
    assert (back.rodada, back.situacao) == (2, "aberta")
    assert cena.row("M4", fluxo).situacao == "aguardando"
    entry = Evento.objects.filter(tipo="contrato.marcos_adotados").latest("numero")
    assert entry.dados["entram"] == ["M3c"]


@pytest.mark.clausula("3.12")
def test_after_adopting_the_contract_still_becomes_available_for_signature(cena: Cena) -> None:
    fluxo = running(cena)
    publish(cena, *without("M3c"), VISTORIA)
    services.adopt_milestones(fluxo, ator=cena.ccee, now=cena.now)

    for codigo in ("M3v", "M4", "M5v", "M5c", "M6", "M7", "M8"):
        cena.close(codigo, fluxo=fluxo)

    assert cena.fresh().assinatura == "disponivel_assinatura"


def test_adopting_a_set_of_which_all_is_done_ends_the_flow_and_the_step_above_it(cena: Cena) -> None:
    publish(cena, *PADRAO, VISTORIA)
    fluxo = running(cena)
    for codigo in MARCOS[1:]:
        cena.close(codigo, fluxo=fluxo)
    publish(cena, *PADRAO)

    services.adopt_milestones(fluxo, ator=cena.ccee, now=cena.now)

    fluxo.refresh_from_db()
    assert fluxo.closed_at is not None
    assert cena.row("N2").situacao == "concluida"


def test_only_a_running_flow_of_milestones_adopts_and_only_what_is_new_to_it(cena: Cena) -> None:
    fluxo = running(cena)
    with pytest.raises(DomainError, match="já segue"):
        services.adopt_milestones(fluxo, ator=cena.ccee, now=cena.now)
    with pytest.raises(DomainError, match="fluxo de marcos"):
        services.adopt_milestones(Fluxo.objects.get(sob=None), ator=cena.ccee, now=cena.now)
    with pytest.raises(Forbidden):
        services.adopt_milestones(fluxo, ator=cena.ana, now=cena.now)
    services.cancel_flow(fluxo, motivo="engano", ator=cena.ccee, now=cena.now)
    with pytest.raises(JaEncerrada):
        services.adopt_milestones(fluxo, ator=cena.ccee, now=cena.now)


@pytest.mark.clausula("3.11", "3.12")
def test_everybody_reads_the_set_in_force_and_those_before_it(cena: Cena, client: Client) -> None:
    before = client.get("/contratos/marcos/").content.decode()
    publish(cena, *PADRAO, VISTORIA)
    after = client.get("/contratos/marcos/").content.decode()

    assert "do portal, que vale enquanto a CCEE não publicar outra" in before
    assert "Vistoriar a usina" in after
    assert "Substituída." in after


@pytest.mark.clausula("3.12")
def test_ccee_publishes_on_a_page_and_has_a_flow_adopt_it(cena: Cena, client_of: ClientOf) -> None:
    fluxo = running(cena)
    assert cena.ccee.usuario
    browser = client_of(cena.ccee.usuario)

    answer = browser.post(URL, posted((*PADRAO, VISTORIA)))
    listed = browser.get("/contratos/marcos/adotar/").content.decode()
    adopted = browser.post("/contratos/marcos/adotar/", {"fluxo": fluxo.pk})

    assert (answer.status_code, adopted.status_code) == (302, 302)
    assert "CCEAR-1" in listed
    fluxo.refresh_from_db()
    assert fluxo.marcos is not None
    assert fluxo.marcos.versao == 2


@pytest.mark.clausula("3.11", "3.13")
def test_what_is_wrong_with_a_set_is_told_at_its_row_and_nothing_typed_is_lost(cena: Cena, client_of: ClientOf) -> None:
    short = tuple(replace(m, ate_du=4, tipo=Tipo.OUTRO) if m.codigo == "M1" else m for m in PADRAO)
    wrong = tuple(
        replace(m, ate_du=10) if m.codigo == "M3v" else replace(m, ate_du=30) if m.codigo == "M7" else m for m in short
    )
    assert cena.ccee.usuario

    page = client_of(cena.ccee.usuario).post(URL, posted(wrong))

    text = page.content.decode()
    assert page.status_code == 422
    assert "Falta o marco obrigatório de registro do ato autorizativo (3.13)." in text
    assert "M7 termina no 30º dia útil; o total é de 25 (3.11)." in text
    assert page.context["form"].linhas[8].errors["ate_du"]
    assert 'value="30"' in text
    assert not ConjuntoDeMarcos.objects.filter(versao__gt=1).exists()


def test_a_row_half_filled_and_a_set_that_changes_nothing_are_refused(cena: Cena, client_of: ClientOf) -> None:
    assert cena.ccee.usuario
    browser = client_of(cena.ccee.usuario)
    half = posted(PADRAO) | {"m-0-nome": ""}

    seen = [browser.post(URL, half), browser.post(URL, posted(PADRAO)), browser.post(URL, {"m-TOTAL_FORMS": "x"})]

    assert [page.status_code for page in seen] == [422, 422, 422]
    assert "apague a linha inteira" in seen[0].content.decode()
    assert "igual ao que já está publicado" in seen[1].content.decode()


def test_no_flow_chosen_is_said(cena: Cena, client_of: ClientOf) -> None:
    assert cena.ccee.usuario

    seen = client_of(cena.ccee.usuario).post("/contratos/marcos/adotar/", {"fluxo": "x"})

    assert seen.status_code == 422
