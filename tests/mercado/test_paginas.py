"""The pages of this market over HTTP: registered by the administrator in Czech, read in three languages."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.agentes import services as agentes
from portal.agentes.models import Escopo, Usuario
from portal.contas import services
from portal.contas.models import CertificadoDoOperador, Conta, Empresa
from tests import factories
from tests.mercado.cena import NOVO_ICO, Cena, browser, issue

PUBLICAS = ("/", "/autoridades/", "/certificados-do-operador/", "/contatos/", "/entrar/")


def text(response: Any) -> str:
    return str(response.content.decode())


def sent(cena: Cena, host: str = "novo", **other: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{host}.cer", issue(cena.hierarquia, host, now=cena.now, **other))


@pytest.mark.parametrize(
    ("language", "lang", "title"),
    [("cs", "cs", "Certifikáty"), ("en", "en-GB", "Certificates"), ("pt-BR", "pt-BR", "Certificados")],
)
def test_the_page_speaks_the_language_that_the_browser_asks_for(
    cena: Cena, language: str, lang: str, title: str
) -> None:
    page = text(Client(headers={"accept-language": language}).get("/"))

    assert f'<html lang="{lang}">' in page
    assert f"<h1>{title}</h1>" in page


def test_whoever_asks_for_no_language_of_ours_reads_czech(cena: Cena) -> None:
    assert '<html lang="cs">' in text(Client(headers={"accept-language": "ja"}).get("/"))


def test_a_choice_of_language_is_kept(cena: Cena) -> None:
    client = Client(headers={"accept-language": "cs"})

    answer = client.post("/idioma/", {"language": "en-gb", "next": "/contatos/"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/contatos/")
    assert "<h1>Contacts</h1>" in text(client.get("/contatos/"))


def test_a_choice_of_language_leads_nowhere_else(cena: Cena) -> None:
    answer = Client().post("/idioma/", {"language": "en-gb", "next": "https://zlo.example/"})

    assert "zlo.example" not in answer.headers["Location"]


@pytest.mark.parametrize("page", PUBLICAS)
def test_anybody_reads_the_public_pages(cena: Cena, page: str) -> None:
    for language in ("cs", "en", "pt-BR"):
        assert Client(headers={"accept-language": language}).get(page).status_code == 200


def test_the_administrator_registers_a_pair_on_the_page(cena: Cena) -> None:
    client, url = browser(cena.jana.usuario), reverse("contas:registrar", args=[cena.eva.pk])
    assert "Zaregistrovat pár" in text(client.get(url))

    answer = client.post(url, {"assinatura": sent(cena, "eva")}, follow=True)

    assert "Pár je zaregistrován a už platí" in text(answer)
    assert cena.eva.pares.filter(slot=1).exists()


def test_what_is_wrong_with_a_file_is_said_rule_by_rule_in_czech(cena: Cena) -> None:
    client, url = browser(cena.jana.usuario), reverse("contas:registrar", args=[cena.eva.pk])

    answer = client.post(url, {"assinatura": sent(cena, "eva", left=-2)})

    page = text(answer)
    assert answer.status_code == 422
    assert "1 pravidlo není splněno." in page
    assert "vypršel" in page
    assert "Nahrajte obnovený certifikát." in page


@pytest.mark.parametrize(("language", "said"), [("en", "expired on"), ("pt-BR", "expirou em")])
def test_and_in_the_other_languages(cena: Cena, language: str, said: str) -> None:
    client, url = browser(cena.jana.usuario, language), reverse("contas:registrar", args=[cena.eva.pk])

    assert said in text(client.post(url, {"assinatura": sent(cena, "eva", left=-2)}))


def test_an_owner_renews_and_removes_on_the_page(cena: Cena) -> None:
    client, old = browser(cena.petr.usuario), cena.petr.pares.get()

    client.post(reverse("contas:renovar", args=[cena.petr.pk, old.pk]), {"assinatura": sent(cena, "petr-2")})
    new = cena.petr.pares.get(slot=1)
    client.post(reverse("contas:excluir", args=[cena.petr.pk, new.pk]))

    assert new.pk != old.pk
    assert not cena.petr.pares.filter(slot__isnull=False).exists()


def test_an_owner_without_a_valid_certificate_is_told_whom_to_ask(cena: Cena) -> None:
    client, url = browser(cena.eva.usuario), reverse("contas:registrar", args=[cena.eva.pk])

    for answer in (client.get(url), client.post(url, {"assinatura": sent(cena, "eva")})):
        assert answer.status_code == 403
        assert "zaregistruje osoba, která spravuje účty společnosti" in text(answer)
    assert "zaregistruje osoba" in text(client.get(reverse("contas:conta", args=[cena.eva.pk])))


def test_an_owner_sees_the_own_account_and_an_administrator_all_of_the_company(cena: Cena) -> None:
    def seen(usuario: Usuario) -> set[int]:
        return {conta.pk for conta in browser(usuario).get("/contas/").context["contas"]}

    assert seen(cena.petr.usuario) == {cena.petr.pk}
    assert seen(cena.jana.usuario) == {cena.jana.pk, cena.petr.pk, cena.eva.pk}
    assert seen(cena.operador) == set(Conta.objects.values_list("pk", flat=True))


def test_the_operator_enters_a_new_company_on_the_page(cena: Cena) -> None:
    typed = {
        "registro": NOVO_ICO,
        "razao": "Nová, s.r.o.",
        "username": "nova",
        "nome": "Nová",
        "email": "n@exemplo.test",
    }

    answer = browser(cena.operador).post("/empresas/nova/", {**typed, "assinatura": sent(cena, "nova")}, follow=True)

    assert "první pár certifikátů už platí" in text(answer)
    assert Empresa.objects.get(registro=NOVO_ICO).contas.get().administra


def test_a_company_that_cannot_be_entered_is_said_beside_the_field(cena: Cena) -> None:
    typed = {"registro": "123", "razao": "Nová", "username": "nova", "nome": "Nová", "email": "n@exemplo.test"}

    answer = browser(cena.operador).post("/empresas/nova/", {**typed, "assinatura": sent(cena, "nova")})

    assert answer.status_code == 422
    assert "není IČO" in text(answer)


def test_the_administrator_opens_an_account_on_the_page(cena: Cena) -> None:
    url = reverse("contas:nova_conta", args=[cena.empresa.pk])
    typed = {"username": "karel", "nome": "Karel", "email": "karel@exemplo.test"}

    answer = browser(cena.jana.usuario).post(url, typed, follow=True)

    assert "Účet byl založen" in text(answer)
    assert browser(cena.jana.usuario).post(url, typed).status_code == 422  # once is enough


def test_the_operators_own_certificates_are_downloaded_as_der(cena: Cena) -> None:
    der = issue(cena.hierarquia, "komunikace", now=cena.now)
    row = services.include_own(der, uso="TLS", by=factories.BY, now=cena.now)

    answer = Client().get(f"/certificados-do-operador/{row.pk}.cer")

    assert (answer.content, answer.headers["Content-Type"]) == (der, "application/pkix-cert")
    services.set_in_force(CertificadoDoOperador.objects.get(), ativo=False, by=factories.BY, now=cena.now)
    assert Client().get(f"/certificados-do-operador/{row.pk}.cer").status_code == 404


def test_a_part_of_a_pair_is_downloaded_by_who_sees_the_account(cena: Cena) -> None:
    url = reverse("contas:assinatura", args=[cena.petr.pk, cena.petr.pares.get().pk])

    assert browser(cena.petr.usuario).get(url).content == issue_of(cena.petr)
    assert browser(cena.estranho.usuario).get(url).status_code == 404


def issue_of(conta: Conta) -> bytes:
    return bytes(conta.pares.get().partes.get(uso="assinatura").der)


def test_contacts_stand_by_subject_and_say_what_they_do_not_answer(cena: Cena) -> None:
    page = text(Client(headers={"accept-language": "cs"}).get("/contatos/"))

    for email in ("Elektro", "Plyn", "Market", "Services", "POZE"):
        assert f"mailto:{email}@ote-cr.cz" in page
    assert page.count("Neslouží pro podporované a obnovitelné zdroje energie (POZE)!") == 2


@pytest.mark.parametrize(
    "path",
    [
        "/contratos/",
        "/adesao/",
        "/empresas/",
        "/certificadoras/",
        "/api/v1/agentes/",
        "/prazos/",
        "/trilha/",
        "/manual/",
        "/api/v1/autorizacao/",
        "/agenda/",
    ],
)
def test_what_this_market_does_not_have_is_not_there(cena: Cena, path: str) -> None:
    for client in (Client(), browser(cena.jana.usuario), browser(cena.operador)):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404


def test_refusals_are_said_in_the_language_of_whoever_looks(cena: Cena) -> None:
    assert "<h1>Nenalezeno</h1>" in text(Client(headers={"accept-language": "cs"}).get("/nada/"))
    assert "<h1>Not found</h1>" in text(Client(headers={"accept-language": "en"}).get("/nada/"))


@pytest.fixture
def gateway(cena: Cena) -> str:
    return agentes.issue_key("portão", escopo=Escopo.GATEWAY, agente=None, by=factories.BY, now=cena.now)


def test_the_gateway_lets_in_what_was_registered_a_moment_ago(cena: Cena, gateway: str) -> None:
    par = cena.register(cena.eva, "eva")
    headers = {"authorization": f"Chave {gateway}", "x-certificado-sha256": par.sha256.upper()}

    entered = Client().get("/api/v1/entrada/", headers=headers)
    services.remove_pair(par, por=cena.jana.usuario, now=cena.now)
    refused = Client().get("/api/v1/entrada/", headers=headers)

    assert (entered.status_code, entered.headers["X-Usuario"]) == (204, "eva")
    assert (refused.status_code, refused.headers["X-Motivo"]) == (403, "certificado-desconhecido")


def test_only_a_gateway_asks_who_may_enter(cena: Cena, gateway: str) -> None:
    for header in ("", "Chave", "Chave errada", f"Bearer {gateway}"):
        assert Client().get("/api/v1/entrada/", headers={"authorization": header}).status_code == 401
    assert browser(cena.jana.usuario).get("/api/v1/entrada/").status_code == 401


@pytest.mark.parametrize("ambiente", ["sandbox", "producao", "demo"])
def test_the_same_certificate_serves_in_every_environment(cena: Cena, settings: Any, ambiente: str) -> None:
    settings.AMBIENTE, settings.PRODUCAO = ambiente, ambiente == "producao"

    assert cena.register(cena.eva, "eva").slot == 1
