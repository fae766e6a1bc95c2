"""What happens to a contract is told to both sides: in words, with what was before, and once."""

from datetime import date

import pytest

from contratos import services as contratos
from contratos.services.trilha import note
from notificacoes.domain import momentos
from notificacoes.models import Envio, Lembrete, Tipo
from notificacoes.services import plan
from portal.agentes.models import Papel, Representacao
from portal.auditoria.services import act
from portal.calendario import services as calendario
from portal.calendario.models import Feriado
from portal.calendario.selectors import calendar
from portal.kernel.business_days import Calendario
from tests import factories
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena, P
from tests.notificacoes.cartas import letter, parsed, text_of
from tests.notificacoes.cena import at, send, sweep
from tests.notificacoes.contratos import QUARTA, SEGUNDA, SEXTA, due, forget_the_ledger, latest, mail_of, only

pytestmark = pytest.mark.django_db

HOJE = date(2026, 11, 23)
ANA, DAVI = "ana.vendedora", "davi.comprador"


@pytest.fixture
def cena() -> Cena:
    return cenas.create()


@pytest.fixture
def quiet(cena: Cena) -> Cena:
    """Nothing is open for anybody: only what the ledger says is told."""
    cena.open()
    contratos.set_anchors(cena.row("N1").fluxo, {"P": P}, ator=cena.ccee, now=cena.now)
    contratos.recompute_open(by="portal", now=cena.now)
    Lembrete.objects.all().delete()
    plan(now=at(HOJE, 7))
    Lembrete.objects.all().delete()
    Envio.objects.all().delete()
    cena.vendedor.refresh_from_db()
    type(cena.row("N1")).objects.update(situacao="aguardando")
    forget_the_ledger()
    return cena


def make_holiday(cena: Cena, day: date = HOJE) -> None:
    calendario.save_feriado(Feriado(data=day, nome="Luto oficial"), by="olga.ccee", now=cena.now)
    contratos.recompute_open(by="portal", now=cena.now)


@pytest.mark.clausula("3.21")
def test_a_change_of_the_calendar_is_told_to_both_sides_with_before_after_and_why(quiet: Cena) -> None:
    make_holiday(quiet)

    assert sweep(at(HOJE)) == [ANA, DAVI]

    for person in (ANA, DAVI):
        words = text_of(parsed(letter(latest(person), now=at(HOJE)))).replace("\n", " ")
        assert "Enviar a outorga: terça-feira, 24/11/2026 → quarta-feira, 25/11/2026 " in words
        assert "prazos. Por quê: calendário alterado (23/11/2026 Luto oficial). " in words
        assert "http://127.0.0.1:8000/contratos/CCEAR-1/" in words


def test_it_is_told_once(quiet: Cena) -> None:
    make_holiday(quiet)
    sweep(at(HOJE))
    contratos.recompute_open(by="portal", now=quiet.now)
    assert sweep(at(HOJE, 13)) == []


def test_a_date_that_moved_twice_is_told_from_first_to_last_and_one_that_came_back_not_at_all(quiet: Cena) -> None:
    make_holiday(quiet)
    make_holiday(quiet, date(2026, 11, 24))
    plan(now=at(HOJE))
    assert "Enviar a outorga: terça-feira, 24/11/2026 (Luto oficial) → quinta-feira, 26/11/2026" in mail_of(
        ANA, at(HOJE)
    )
    sweep(at(HOJE))

    for day in (HOJE, date(2026, 11, 24)):
        row = Feriado.objects.get(data=day)
        row.dia_util = True
        calendario.save_feriado(row, by="olga.ccee", now=quiet.now)
        contratos.recompute_open(by="portal", now=quiet.now)
    for day in (date(2026, 11, 24), HOJE):
        row = Feriado.objects.get(data=day)
        row.dia_util = False
        calendario.save_feriado(row, by="olga.ccee", now=quiet.now)
        contratos.recompute_open(by="portal", now=quiet.now)

    assert sweep(at(HOJE, 13)) == []
    assert latest(ANA).motivo == "nada mais a avisar"


def test_a_corrected_anchor_is_told_and_a_first_one_is_not(quiet: Cena) -> None:
    fluxo = quiet.row("N1").fluxo
    contratos.set_anchors(fluxo, {"P": date(2026, 11, 24)}, ator=quiet.ccee, now=quiet.now)
    assert sweep(at(HOJE)) == [ANA, DAVI]
    assert "Por quê: âncora corrigida." in mail_of(ANA, at(HOJE))


def test_the_first_date_of_an_activity_is_no_change(cena: Cena) -> None:
    row = only(cena, "N1", QUARTA)
    type(row).objects.update(situacao="aguardando", vence_em=None)
    contratos.set_anchors(row.fluxo, {"P": P}, ator=cena.ccee, now=cena.now)
    type(row).objects.update(situacao="aguardando")

    assert sweep(at(HOJE)) == []


def test_a_flow_that_opens_is_told_with_what_it_asks_of_each(cena: Cena) -> None:
    forget_the_ledger()
    cena.open()

    assert sweep(at(HOJE)) == [ANA, DAVI]

    ana, davi = mail_of(ANA, at(HOJE)), mail_of(DAVI, at(HOJE))
    for words in (ana, davi):
        assert "Foi aberto o fluxo “Assinatura de CCEAR de novo empreendimento e de CER”." in words
    assert Envio.objects.filter(tipo=Tipo.CONTRATO).count() == 2  # one each, with all of it
    assert latest(ANA).lembretes.filter(situacao="enviada").exists()


@pytest.mark.clausula("3.13")
def test_a_document_that_is_ready_and_a_contract_that_is_signed_are_told(quiet: Cena) -> None:
    with act():
        note(quiet.contrato, "documento_emitido", by="olga", now=quiet.now, documento="Contrato", sha256="ab" * 32)
        note(quiet.contrato, "situacao", by="ana", now=quiet.now, assinatura="parcialmente_assinado")
        note(quiet.contrato, "situacao", by="ana", now=quiet.now, assinatura="assinado")

    assert sweep(at(HOJE)) == [ANA, DAVI]
    words = mail_of(DAVI, at(HOJE))
    assert "O documento “Contrato” está pronto para assinatura (SHA-256 abab" in words
    assert "Todas as partes assinaram: o contrato está assinado." in words
    assert "Contrato CCEAR-1: o documento “Contrato” está pronto para assinatura" in words


def test_one_who_acts_for_both_sides_reads_it_once(quiet: Cena) -> None:
    eva = factories.create_usuario("eva.dupla")
    for agente in (quiet.vendedor, quiet.comprador):
        factories.represent(eva, agente, Papel.REPRESENTANTE_CCEE)
    make_holiday(quiet)

    plan(now=at(HOJE))

    words = mail_of("eva.dupla", at(HOJE))
    assert words.count("Enviar a outorga: terça-feira, 24/11/2026 → ") == 1
    assert words.count("Por quê:") == 1


def test_who_no_longer_represents_is_told_nothing(quiet: Cena) -> None:
    make_holiday(quiet)
    plan(now=at(HOJE))
    Representacao.objects.filter(usuario__username=ANA).delete()
    assert send(at(HOJE, 13)) == [DAVI]


def test_the_reminder_says_when_what_whose_and_by_which_clause(cena: Cena) -> None:
    only(cena, "N1", QUARTA)
    plan(now=at(SEXTA))

    words = mail_of(ANA, at(SEXTA))

    assert words.startswith("[Plataforma de Integração] Enviar a outorga (CCEAR-1) vence em 3 dias úteis")
    assert "Enviar a outorga (contrato CCEAR-1) vence em 3 dias úteis, quarta-feira, 02/12/2026." in words
    assert "informando: usina; tipo do ato" in words
    assert "publicado no DOU em." in words
    assert "Cabe a: SOL DO SERTAO (vendedor)" in words
    assert "cláusula 3.9 do Submódulo 3.2, rev. 6.0; prazo P+2du" in words
    assert "Abrir o contrato CCEAR-1: http://127.0.0.1:8000/contratos/CCEAR-1/" in words


def test_the_other_side_is_told_whose_delay_it_is(cena: Cena) -> None:
    only(cena, "N1", SEXTA)
    plan(now=at(SEGUNDA))

    theirs, ours = mail_of(DAVI, at(SEGUNDA)), mail_of(ANA, at(SEGUNDA))

    assert "venceu há 1 dia útil, sexta-feira, 27/11/2026." in theirs
    assert "Cabe a SOL DO SERTAO, e não à sua empresa; os dois lados são avisados do atraso (cláusula 3.21)." in theirs
    assert "O que fazer: encerre a atividade na página do contrato" in ours


def test_a_signature_says_how_to_sign(cena: Cena) -> None:
    only(cena, "N3", QUARTA)
    plan(now=at(SEXTA))
    assert "assine-o com o certificado ICP-Brasil" in mail_of(ANA, at(SEXTA))


def test_hostile_names_stay_text(cena: Cena) -> None:
    row = due(only(cena, "N1", QUARTA), QUARTA)
    type(row).objects.filter(pk=row.pk).update(nome="<script>alert(1)</script>\r\nBcc: x@y.test")
    plan(now=at(SEXTA))

    mail = parsed(letter(latest(ANA), now=at(SEXTA)))

    assert "<script>" not in text_of(mail, "html")
    assert mail["Bcc"] is None


@pytest.mark.parametrize(
    ("vence", "words"),
    [
        (date(2026, 11, 23), "vence hoje, segunda-feira, 23/11/2026"),
        (date(2026, 11, 24), "vence amanhã, terça-feira, 24/11/2026"),
        (date(2026, 11, 26), "vence em 3 dias úteis, quinta-feira, 26/11/2026"),
        (date(2026, 11, 29), "vence em 6 dias, domingo, 29/11/2026"),
        (date(2026, 11, 19), "venceu há 1 dia útil, quinta-feira, 19/11/2026"),  # the 20th is a holiday
        (date(2026, 11, 22), "venceu há 1 dia útil, domingo, 22/11/2026"),
        (None, ""),
    ],
)
def test_due_dates_in_words(vence: date | None, words: str) -> None:
    assert momentos.due(vence, today=HOJE, calendario=calendar()) == words


def test_the_next_business_day_after_a_weekend_has_a_name() -> None:
    assert momentos.due(SEGUNDA, today=SEXTA, calendario=calendar()).startswith("vence no próximo dia útil, segunda")


def test_where_nobody_knows_the_holidays_days_are_counted_as_they_come() -> None:
    none = Calendario({}, first=date(2020, 1, 1), last=date(2020, 12, 31))
    for known in (none, None):
        assert momentos.due(QUARTA, today=SEXTA, calendario=known) == "vence em 5 dias, quarta-feira, 02/12/2026"
        assert momentos.due(SEXTA, today=QUARTA, calendario=known) == "venceu há 5 dias, sexta-feira, 27/11/2026"
        assert momentos.reach(SEXTA, 3, known).antes_ate == QUARTA
