"""What the mail about a pair says: to its owner, to who administers, in the language of each."""

import pytest
from django.urls import reverse

from notificacoes import services
from notificacoes.models import Tipo
from portal.agentes.models import Convite
from portal.auditoria.models import Evento
from portal.contas import services as contas
from portal.contas.models import Empresa
from tests.mercado.cena import Cena, browser
from tests.mercado.vencimentos import before, ending, mail_to
from tests.notificacoes.cartas import letter, message, parsed, text_of

ONDE = "http://127.0.0.1:8000"


def test_the_owner_of_a_valid_pair_is_told_to_register_the_next_one(cena: Cena) -> None:
    par = ending(cena)
    services.plan(now=before(par, 7))

    mail = mail_to("eva", now=before(par, 7))

    plain, page = text_of(mail), text_of(mail, "html")
    assert "Certifikáty vyprší za 7 dní: Eva (Energie jana, a.s.)" in mail["Subject"]
    for said in (plain, page):
        assert "Dobrý den, Eva." in said
        assert "Energie jana, a.s., IČO 10000003" in said
        assert "Eva (eva)" in said
        assert f"{par.sha256[:16]}…" in said
        assert "Platnost končí za 7 dní" in said
        assert f"{ONDE}{reverse('contas:registrar', args=[cena.eva.pk])}" in said
        assert "zaregistrujte ho na výše uvedené adrese, dokud má účet platný pár" in said
        assert "Žádný jiný pár tohoto účtu neplatí déle" in said
        assert "jako vlastník účtu" in said
    assert "certificado" not in plain.lower()


def test_the_days_left_are_those_of_the_day_of_sending(cena: Cena) -> None:
    par = ending(cena)
    services.plan(now=before(par, 7))

    said = {days: mail_to("eva", now=before(par, days))["Subject"] for days in (5, 3, 1)}

    assert ("za 5 dní" in said[5], "za 3 dny" in said[3], "zítra" in said[1]) == (True, True, True)


def test_the_owner_of_an_expired_pair_is_told_whom_to_ask(cena: Cena) -> None:
    par = ending(cena)
    services.plan(now=before(par, -1))

    plain = text_of(mail_to("eva", now=before(par, -1)))

    assert "Tomuto páru certifikátů skončila platnost" in plain
    assert "zaregistruje osoba, která spravuje účty společnosti" in plain
    assert "Účty spravuje: Jana." in plain
    assert "/registrar/" not in plain


def test_the_administrator_of_an_account_without_a_valid_pair_registers_the_next_one(cena: Cena) -> None:
    par = ending(cena)
    services.plan(now=before(par, -1))

    mail = mail_to("jana", now=before(par, -1))

    plain = text_of(mail)
    assert "Certifikáty vypršely: Eva (Energie jana, a.s.)" in mail["Subject"]
    assert "může na výše uvedené adrese zaregistrovat jen osoba, která spravuje účty společnosti" in plain
    assert f"{ONDE}{reverse('contas:registrar', args=[cena.eva.pk])}" in plain
    assert "protože spravujete účty společnosti" in plain


def test_where_no_place_is_free_the_next_one_takes_this_ones(cena: Cena) -> None:
    par = ending(cena)
    for number in range(3):
        cena.register(cena.eva, f"eva-{number}", left=150)
    services.plan(now=before(par, 7))

    plain = text_of(mail_to("eva", now=before(par, 7)))

    assert reverse("contas:renovar", args=[cena.eva.pk, par.pk]) in plain
    assert "Žádný jiný pár" in plain


def test_a_pair_that_lasts_longer_is_named(cena: Cena) -> None:
    par = ending(cena)
    longer = cena.register(cena.eva, "eva-nova", left=320)
    services.plan(now=before(par, -1))

    plain = text_of(mail_to("eva", now=before(par, -1)))

    assert f"Jiný pár tohoto účtu ({longer}) platí do" in plain
    assert reverse("contas:registrar", args=[cena.eva.pk]) in plain


def test_a_producer_is_sent_to_the_form(cena: Cena) -> None:
    par = ending(cena)
    Empresa.objects.update(produtor=True)
    services.plan(now=before(par, 7))

    for username in ("eva", "jana"):
        plain = text_of(mail_to(username, now=before(par, 7)))
        assert "POZE" in plain
        assert "/registrar/" not in plain


@pytest.mark.parametrize(
    ("codigo", "written", "said"),
    [("en-gb", "en-GB", "expire in 7 days"), ("pt-br", "pt-BR", "vencem em 7 dias"), ("cs", "cs", "vyprší za 7 dní")],
)
def test_the_language_chosen_on_the_page_is_that_of_the_mails(cena: Cena, codigo: str, written: str, said: str) -> None:
    par = ending(cena)
    browser(cena.jana.usuario).post("/idioma/", {"language": "en-gb"})
    browser(cena.jana.usuario).post("/idioma/", {"language": codigo})
    services.plan(now=before(par, 7))

    mail = mail_to("jana", now=before(par, 7))

    assert mail["Content-Language"] == written
    assert said in mail["Subject"]
    assert f'<html lang="{written}">' in text_of(mail, "html")
    assert mail_to("eva", now=before(par, 7))["Content-Language"] == "cs"


def test_an_invitation_is_in_that_language_too(cena: Cena) -> None:
    eva = cena.eva.usuario
    contas.choose_language(eva, "en-gb", now=cena.now)
    envio = message(eva, Tipo.CONVITE, now=cena.now, dados={"convite": Convite.objects.get(usuario=eva).pk})

    assert "Invitation" in parsed(letter(envio, now=cena.now))["Subject"]


def test_a_choice_is_written_down_once_and_an_unknown_language_is_none(cena: Cena) -> None:
    client = browser(cena.eva.usuario)

    for codigo in ("en-gb", "en-gb", "xx", "", "cs"):
        client.post("/idioma/", {"language": codigo})
    client.get("/idioma/?language=en-gb")

    chosen = Evento.objects.filter(tipo="pessoa.idioma").order_by("numero").values_list("dados__idioma", flat=True)
    assert list(chosen) == ["en-gb", "cs"]
