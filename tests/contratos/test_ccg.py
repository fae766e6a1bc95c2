"""CCGs: one for each flow, never two in force, and what it takes to replace one (3.36, 3.37, 3.98 to 3.102)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from contratos import services
from contratos.domain.contrato import Especie
from contratos.models import Ccg, Fluxo, TipoDeLeilao
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from portal.kernel.errors import DomainError
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena
from tests.contratos.garantias import (
    CONFERE,
    NOVA,
    PEDIDO,
    VENDEDOR,
    ask,
    celebrate,
    in_force,
    open_first,
    post,
    prepare,
    sign,
)
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db
PARECER = {"parecer": "Conferido.", "resultado": "sem_inconsistencia"}


@pytest.mark.clausula("3.36", "3.37", "3.101")
def test_signed_by_both_sides_and_the_bank_a_ccg_is_in_force(cena: Cena, assinantes: Hierarquia) -> None:
    fluxo = open_first(cena)
    drawn_up = Ccg.objects.get()
    prepare(cena, fluxo)
    sign(cena, assinantes, fluxo)
    before_the_bank = Ccg.objects.get().situacao
    cena.close("G6b", fluxo=fluxo)

    ccg = Ccg.objects.get()
    assert (drawn_up.situacao, before_the_bank, ccg.situacao) == ("em_elaboracao", "em_elaboracao", "em_vigor")
    assert (ccg.tipo_garantia, ccg.banco_gestor, ccg.celebrated_at) == ("Fiança bancária", "Caixa", cena.now)


@pytest.mark.clausula("3.100", "3.102")
def test_the_buyer_asks_and_the_steps_of_the_first_ccg_run_from_the_day_of_the_request(cena: Cena) -> None:
    in_force(cena)
    asked = as_actor(cena.davi).post(PEDIDO, VENDEDOR)

    fluxo = Fluxo.objects.get(procedimento="ccg_substituicao")
    dues = {row.codigo: row.vence_em for row in fluxo.atividades.all()}
    assert asked.status_code == 302
    assert (fluxo.ancoras["T"], fluxo.solicitante) == ("2026-11-23", cena.comprador)
    assert dues["G1"] == date(2026, 12, 1)
    assert {dues["G6c"], dues["G6v"], dues["G6b"]} == {date(2026, 12, 29)}
    assert cena.row("G1", fluxo).situacao == "aberta"


@pytest.mark.clausula("3.100")
def test_the_seller_does_not_ask_for_a_substitution(cena: Cena) -> None:
    in_force(cena)
    refused = as_actor(cena.ana).post(PEDIDO, VENDEDOR)

    assert refused.status_code == 403
    assert "“Substituir CCG” cabe ao representante CCEE de comprador" in text(refused)
    assert "Substituir CCG" not in text(as_actor(cena.ana).get("/contratos/CCEAR-1/"))
    assert "Substituir CCG" in text(as_actor(cena.davi).get("/contratos/CCEAR-1/"))


@pytest.mark.clausula("3.98")
@pytest.mark.parametrize(
    ("dados", "said"),
    [
        ({"substituicao_motivo": "juros"}, "3.98 (d) outro caso reconhecido pela ANEEL"),
        ({"substituicao_motivo": "aneel"}, "Cláusula 3.98 (d): outro caso só se admite quando a ANEEL o reconhece"),
        ({"substituicao_motivo": "aneel", "ato_numero": "9/2026"}, "o ato se identifica pelo tipo, pelo número"),
    ],
)
def test_only_the_reasons_of_the_clause_are_taken_and_the_last_one_with_its_act(
    cena: Cena, dados: dict[str, str], said: str
) -> None:
    in_force(cena)
    refused = as_actor(cena.davi).post(PEDIDO, dados)

    assert refused.status_code == 422
    assert said in text(refused)
    assert not Fluxo.objects.filter(procedimento="ccg_substituicao").exists()


@pytest.mark.clausula("3.98")
def test_another_case_is_taken_with_the_act_that_recognised_it(cena: Cena) -> None:
    in_force(cena)
    act = {"ato_tipo": "Despacho", "ato_numero": "9/2026", "ato_publicado_em": "2026-11-20"}
    taken = as_actor(cena.davi).post(PEDIDO, {"substituicao_motivo": "aneel", **act})
    assert taken.status_code == 302


@pytest.mark.clausula("3.98")
def test_where_no_ccg_is_in_force_there_is_none_to_replace(cena: Cena) -> None:
    open_first(cena)
    refused = as_actor(cena.davi).post(PEDIDO, VENDEDOR)

    assert refused.status_code == 422
    assert "Cláusula 3.98: o contrato não tem CCG em vigor" in text(refused)
    assert "depois que o CCG do contrato for assinado por todos" in text(refused)
    assert "Substituir CCG" not in text(as_actor(cena.davi).get("/contratos/CCEAR-1/"))


def test_a_cer_has_no_ccg_to_replace() -> None:
    cena = cenas.create(Especie.CER, TipoDeLeilao.RESERVA)
    with pytest.raises(DomainError, match="não cabe a este contrato"):
        services.request(cena.contrato, "ccg_substituicao", evidencia=VENDEDOR, ator=cena.ccee, now=cena.now)


@pytest.mark.clausula("3.99")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"valor": "999999,99"}, "a nova garantia é de R$ 999.999,99, e o edital e o contrato exigem R$ 1.000.000,00"),
        ({"vale_ate": "2026-11-23"}, "Cláusula 3.99: a nova garantia vence em 23/11/2026"),
        ({"valor_exigido": "0"}, "Informe o valor que o edital e o contrato exigem"),
        ({"valor": "1000000,001"}, "tem mais de duas casas decimais"),
        ({"valor": ""}, "Informe este campo"),
    ],
)
def test_a_guarantee_below_what_is_required_is_refused(cena: Cena, change: dict[str, str], said: str) -> None:
    in_force(cena)
    ask(cena)
    refused = post(cena, "G1", {**NOVA, **change})

    assert refused.status_code == 422
    assert said in text(refused)
    assert cena.row("G1").situacao == "aberta"


@pytest.mark.clausula("3.98")
def test_who_asks_for_another_bank_names_another_bank(cena: Cena) -> None:
    in_force(cena, "Caixa")
    ask(cena, {"substituicao_motivo": "banco"})
    refused = post(cena, "G1", {**NOVA, "banco_gestor": "CAIXA"})

    assert refused.status_code == 422
    assert "Cláusula 3.98 (c): o pedido é de substituir o banco gestor, e Caixa é o do CCG em vigor" in text(refused)


@pytest.mark.clausula("3.99")
def test_with_an_item_open_the_analysis_does_not_close_but_goes_back_to_the_buyer(cena: Cena) -> None:
    in_force(cena)
    fluxo = ask(cena)
    post(cena, "G1", NOVA)
    cena.close("G2", fluxo=fluxo)
    found = {**CONFERE, "confere_forma": "não"}
    refused = post(cena, "G3", {**PARECER, **found})
    sent_back = post(cena, "G3", {**PARECER, **found, "resultado": "inconsistencia"})

    assert refused.status_code == 422
    assert "Cláusula 3.99: a garantia não segue o edital e o contrato neste item" in text(refused)
    assert sent_back.status_code == 302
    assert (cena.row("G1", fluxo).rodada, cena.row("G1", fluxo).situacao) == (2, "aberta")
    with pytest.raises(DomainError, match="não pode ser dispensada"):
        services.waive_activity(cena.row("G1", fluxo).pk, motivo="pressa", ator=cena.ccee, now=cena.now)


@pytest.mark.clausula("3.101")
def test_the_new_ccg_revokes_the_one_before_at_the_same_instant(cena: Cena, assinantes: Hierarquia) -> None:
    old = in_force(cena)
    cena.later(days=1)
    new = celebrate(cena, assinantes, ask(cena))

    old.refresh_from_db()
    assert (old.situacao, new.situacao, new.substitui) == ("revogado", "em_vigor", old)
    assert old.revoked_at == new.celebrated_at == cena.now
    assert (new.valor, new.vale_ate) == (Decimal("1000000.00"), date(2030, 12, 31))
    told = Evento.objects.filter(tipo__in=["contrato.ccg_celebrado", "contrato.ccg_revogado"])
    assert told.count() == 4  # of each, an entry for either side
    page = text(as_actor(cena.davi).get("/contratos/CCEAR-1/"))
    assert "R$ 1.000.000,00" in page
    assert "revogado em 24/11/2026 às 12:00 pela celebração do seguinte" in page
    undo = as_actor(cena.davi).post(f"/contratos/CCEAR-1/fluxos/{new.fluxo_id}/cancelar/", {"motivo": "não quero"})
    assert undo.status_code == 409
    assert "Cláusula 3.101" in text(undo)


@pytest.mark.clausula("3.101")
def test_a_request_that_is_given_up_leaves_the_old_ccg_in_force(cena: Cena) -> None:
    old = in_force(cena)
    fluxo = ask(cena)
    given_up = as_actor(cena.davi).post(f"/contratos/CCEAR-1/fluxos/{fluxo.pk}/cancelar/", {"motivo": "desistimos"})
    again = as_actor(cena.davi).post(PEDIDO, VENDEDOR)

    old.refresh_from_db()
    assert (given_up.status_code, again.status_code) == (302, 302)
    assert old.situacao == "em_vigor"
    assert Ccg.objects.get(fluxo=fluxo).situacao == "abandonado"


def test_a_second_request_waits_for_the_first(cena: Cena) -> None:
    in_force(cena)
    ask(cena)
    refused = as_actor(cena.davi).post(PEDIDO, VENDEDOR)
    assert refused.status_code == 409
    assert "Já há um pedido em andamento para o contrato: Substituição do CCG" in text(refused)


@pytest.mark.clausula("3.101")
def test_the_database_itself_refuses_a_second_ccg_in_force(cena: Cena) -> None:
    in_force(cena)
    with pytest.raises(IntegrityError, match="ccg_um_em_vigor"), transaction.atomic():
        in_force(cena)


def test_a_bank_whose_signature_is_waived_does_not_keep_the_ccg_from_being_in_force(
    cena: Cena, assinantes: Hierarquia
) -> None:
    fluxo = open_first(cena)
    prepare(cena, fluxo)
    sign(cena, assinantes, fluxo)
    services.waive_activity(cena.row("G6b", fluxo).pk, motivo="assinado em via física", ator=cena.ccee, now=cena.now)
    assert Ccg.objects.get().situacao == "em_vigor"
