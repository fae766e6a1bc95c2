"""A CCEAR's registration cancelled, a contract ended by agreement, months settled again; by the pages."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pytest_django import Settings

from contratos import services
from contratos.domain.contrato import Especie
from contratos.models import AcordoBilateral, AtoRegulatorio, Contrato, Fluxo, TipoDeLeilao
from portal.agentes.acesso import Ator
from portal.auditoria.models import Evento
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena
from tests.contratos.paginas import as_actor, text

pytestmark = pytest.mark.django_db
CONTRATO = "/contratos/CCEAR-1/"
DECISAO = {
    "ato_tipo": "Despacho",
    "ato_numero": "77/2029",
    "ato_publicado_em": "2029-02-20",
    "decisao_em": "2029-02-13",
    "amigavel": "não",
    "ultimo_mes_liquidado": "2029-03",
}
HOJE = datetime(2029, 4, 12, 15, tzinfo=UTC)


@pytest.fixture
def registrado(cena: Cena, settings: Settings) -> Cena:
    Contrato.objects.update(assinatura="assinado", registro="registrado")
    cena.contrato.refresh_from_db()
    on(cena, settings, HOJE)
    return cena


def on(cena: Cena, settings: Settings, now: datetime) -> None:
    settings.DATA_DE_REFERENCIA = cena.now = now


def decide(ator: Ator, **other: str) -> Any:
    return as_actor(ator).post(f"{CONTRATO}pedidos/cancelamento_registro/", {**DECISAO, **other})


def cancel(cena: Cena) -> Any:
    path = f"{CONTRATO}atividades/{cena.row('K2').pk}/"
    return as_actor(cena.ccee).post(path, {"registro": "Cancelado no sistema."})


def agreed(cena: Cena, mes: date = date(2029, 5, 1)) -> AcordoBilateral:
    """Registered and validated; how it comes to that is tests/contratos/test_acordo.py's matter."""
    fluxo = Fluxo.objects.create(
        contrato=cena.contrato, procedimento="acordo_bilateral", opened_at=HOJE, closed_at=HOJE, estado="validado"
    )
    return AcordoBilateral.objects.create(
        contrato=cena.contrato, fluxo=fluxo, tipo="rescisao", mes_inicio=mes, situacao="validado",
        registered_at=HOJE, validated_at=HOJE,
    )  # fmt: skip


@pytest.mark.clausula("3.109", "3.110", "3.111")
def test_cancelled_after_the_decision_with_effect_on_its_publication_and_a_task_for_each_settled_month(
    registrado: Cena,
) -> None:
    registrado.open("aditamento_ato", ancoras={"L": date(2029, 4, 1)})
    decided, due = decide(registrado.ccee), registrado.row("K2").vence_em
    cancelled = cancel(registrado)

    assert (decided.status_code, cancelled.status_code) == (302, 302)
    assert due == date(2029, 2, 23)  # three business days after the publication
    contrato = registrado.fresh()
    assert (contrato.registro, contrato.cessa_em) == ("cancelado", date(2029, 2, 20))
    assert AtoRegulatorio.objects.get(numero="77/2029").decided_on == date(2029, 2, 13)
    left = contrato.fluxos.filter(closed_at=None).order_by("pk")
    assert [fluxo.atividades.get().nome for fluxo in left] == ["Recontabilizar 02/2029", "Recontabilizar 03/2029"]
    assert contrato.fluxos.get(procedimento="aditamento_ato").estado == "cessou: contrato cancelado"
    page = text(as_actor(registrado.ana).get(CONTRATO))
    assert "Sem efeito a partir de</dt><dd>20/02/2029" in page
    assert "Recontabilizar 03/2029" in page


@pytest.mark.clausula("3.109")
@pytest.mark.parametrize("quem", ["ana", "davi"])
def test_nobody_but_ccee_cancels(registrado: Cena, quem: str) -> None:
    refused = decide(getattr(registrado, quem))
    assert refused.status_code == 403
    assert "Cláusula 3.109: “Cancelar o registro” cabe à CCEE" in text(refused)
    assert not Fluxo.objects.exists()


@pytest.mark.clausula("3.109")
def test_without_the_act_there_is_nothing_to_cancel(registrado: Cena) -> None:
    refused = decide(registrado.ccee, ato_numero="")
    ahead = decide(registrado.ccee, ato_publicado_em="2029-05-01")

    assert refused.status_code == ahead.status_code == 422
    assert "só é cancelado pela CCEE e depois de decisão da ANEEL" in text(refused)
    assert "Informe este campo" in text(refused)
    assert "01/05/2029 ainda não chegou" in text(ahead)
    assert registrado.fresh().registro == "registrado"


@pytest.mark.clausula("3.109")
@pytest.mark.parametrize(
    ("para", "said"),
    [
        ("cancelado", "Cláusula 3.109: o registro de CCEAR só se cancela depois de decisão da ANEEL"),
        ("rescindido", "Cláusulas 3.103 e 3.112: um CCEAR se rescinde por acordo bilateral"),
        ("distratado", "Cláusula 3.86.1: o distrato se celebra junto com o novo contrato"),
    ],
)
def test_a_contract_of_an_auction_is_not_ended_by_hand_where_a_clause_lays_down_the_way(
    registrado: Cena, para: str, said: str
) -> None:
    client = as_actor(registrado.ccee)
    offered = text(client.get(f"{CONTRATO}finalizar/"))
    refused = client.post(f"{CONTRATO}finalizar/", {"para": para, "motivo": "Despacho 1"})

    assert f'value="{para}"' not in offered
    assert refused.status_code == 422
    assert said in text(refused)
    assert registrado.fresh().registro == "registrado"


@pytest.mark.clausula("3.109", "3.111")
def test_dates_that_cannot_be_are_told_beside_their_fields(registrado: Cena) -> None:
    refused = decide(registrado.ccee, decisao_em="2029-02-21", ultimo_mes_liquidado="2029-04")
    assert refused.status_code == 422
    assert "não pode ser posterior à publicação do ato (20/02/2029)" in text(refused)
    assert "04/2029 ainda não terminou" in text(refused)
    assert not AtoRegulatorio.objects.exists()


@pytest.mark.clausula("3.109")
def test_a_contract_that_is_not_registered_has_no_registration_to_cancel(registrado: Cena) -> None:
    Contrato.objects.update(registro="validado_ccee")
    refused = decide(registrado.ccee)
    assert refused.status_code == 422
    assert "Cláusula 3.109: o contrato está “Validado pela CCEE” e não tem registro em vigor" in text(refused)


@pytest.mark.clausula("3.109")
def test_the_decision_waits_for_no_suspension(registrado: Cena) -> None:
    services.suspend(
        registrado.contrato, de=date(2029, 4, 1), ate=None, motivo="liminar", ator=registrado.ccee, now=registrado.now
    )
    decide(registrado.ccee)
    assert cancel(registrado).status_code == 302
    assert registrado.fresh().registro == "cancelado"


@pytest.mark.clausula("3.112")
def test_an_amicable_end_is_cancelled_only_after_the_agreement_was_validated(registrado: Cena) -> None:
    decide(registrado.ccee, amigavel="sim")
    refused = cancel(registrado)
    agreed(registrado)
    AcordoBilateral.objects.update(situacao="registrado", validated_at=None)
    unvalidated = cancel(registrado)
    AcordoBilateral.objects.update(situacao="validado", validated_at=HOJE)

    assert refused.status_code == unvalidated.status_code == 422
    assert "Cláusula 3.112: a rescisão é amigável" in text(refused)
    assert "janelas das cláusulas 3.103 e 3.104" in text(refused)
    assert cancel(registrado).status_code == 302
    assert registrado.fresh().cessa_em == date(2029, 2, 20)


@pytest.mark.clausula("3.112")
def test_agreed_and_come_the_contract_is_rescinded_and_can_still_be_cancelled(
    registrado: Cena, settings: Settings
) -> None:
    decide(registrado.ccee, amigavel="sim", ato_publicado_em="2029-04-10")
    agreed(registrado)
    services.advance(now=registrado.now)
    before = registrado.fresh().registro
    on(registrado, settings, datetime(2029, 5, 2, 15, tzinfo=UTC))
    services.advance(now=registrado.now)
    again = services.advance(now=registrado.now)

    assert (before, registrado.fresh().registro, again) == ("registrado", "rescindido", 0)
    assert registrado.fresh().cessa_em == date(2029, 5, 1)
    assert cancel(registrado).status_code == 302
    contrato = registrado.fresh()
    assert (contrato.registro, contrato.cessa_em) == ("cancelado", date(2029, 4, 10))  # the publication came earlier


@pytest.mark.clausula("3.7")
def test_a_suspended_contract_is_not_rescinded_until_it_is_taken_up_again(registrado: Cena) -> None:
    agreed(registrado, date(2029, 4, 1))
    Contrato.objects.update(registro="suspenso", suspenso_de=date(2029, 4, 1))
    services.advance(now=registrado.now)
    while_suspended = registrado.fresh().registro
    services.resume(registrado.contrato, motivo="cessou", ator=registrado.ccee, now=registrado.now)
    services.advance(now=registrado.now)

    assert (while_suspended, registrado.fresh().registro) == ("suspenso", "rescindido")


@pytest.mark.clausula("3.106")
def test_what_was_agreed_is_not_settled_again_and_other_reasons_are_assessed(registrado: Cena) -> None:
    path, asked = f"{CONTRATO}pedidos/pedido_recontabilizacao/", {"mes": "2029-02", "justificativa": "Medição trocada"}
    client = as_actor(registrado.ana)
    refused = client.post(path, {**asked, "motivo": "acordo_bilateral"})
    early = client.post(path, {**asked, "motivo": "outro", "mes": "2029-04"})
    taken = client.post(path, {**asked, "motivo": "dado_errado"})

    assert refused.status_code == early.status_code == 422
    assert "Cláusula 3.106: não se aceita pedido de recontabilização de acordo bilateral" in text(refused)
    assert "Só se recontabiliza um mês que já terminou" in text(early)
    assert taken.status_code == 302
    assert (registrado.row("Q2").situacao, registrado.row("Q2").responsavel) == ("aberta", "ccee")


@pytest.mark.clausula("3.106")
@pytest.mark.parametrize(("resultado", "estado"), [("cabe", "a recontabilizar"), ("nao_cabe", "não recontabilizado")])
def test_ccee_says_whether_a_month_is_settled_again(registrado: Cena, resultado: str, estado: str) -> None:
    asked = {"mes": "2029-02", "justificativa": "Medição trocada", "motivo": "outro"}
    as_actor(registrado.davi).post(f"{CONTRATO}pedidos/pedido_recontabilizacao/", asked)
    path = f"{CONTRATO}atividades/{registrado.row('Q2').pk}/"
    as_actor(registrado.ccee).post(path, {"resultado": resultado, "parecer": "Submódulo 5.1"})
    assert Fluxo.objects.get().estado == estado


def test_the_cancellation_is_of_ccears_only_and_says_so(settings: Settings) -> None:
    cena = cenas.create(Especie.CA, TipoDeLeilao.AJUSTE)
    Contrato.objects.update(registro="registrado")
    on(cena, settings, HOJE)
    refused = decide(cena.ccee)

    assert refused.status_code == 422
    assert "Cláusula 3.109: “Cancelamento do registro de CCEAR” não cabe a este contrato" in text(refused)
    assert not Evento.objects.filter(tipo="contrato.fluxo_aberto").exists()
