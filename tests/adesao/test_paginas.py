"""The pages of one company, by role, through HTTP."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from adesao.models import Credencial, Solicitacao
from certificados import selectors as certificados
from portal.agentes.models import Agente, Papel, Representacao, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.adesao.conftest import upload

As = Callable[[AbstractBaseUser], Client]
Cer = Callable[..., bytes]
CONTROLS = ("Concluir solicitação</button>", 'name="excluir"', 'name="senha"', 'type="file"')


def path_of(agente: Agente) -> str:
    return reverse("adesao:cadastro", args=[agente.cnpj])


def conclude(page: Client, agente: Agente, **data: Any) -> Any:
    return page.post(path_of(agente), data)


@pytest.fixture
def aderido(agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime) -> Agente:
    factories.adhere(agente, ana, confianca, hosts=("api", "b"), now=now)
    return agente


def test_first_adesao_from_the_plus_to_the_receipt(page: Client, agente: Agente, cer: Cer) -> None:
    loaded = page.get("/adesao/nova/", {"por": "sigla", "empresa": "serra azul"})
    assert "Enviar certificado digital" in loaded.content.decode()
    number = loaded.context["cadastro"].solicitacao

    done = conclude(
        page, agente, senha=factories.SENHA_SISTEMICA, arquivos=[upload("serra.cer", cer())], solicitacao=number
    )

    text = page.get(done.url).content.decode()
    assert "Sua solicitação foi concluída" in text
    assert "serra.cer" in text
    assert "O usuário é o CNPJ" in text
    assert "12.ABC.345/01DE-35" in text
    assert Credencial.objects.filter(agente=agente).exists()


def test_the_password_is_nowhere_to_be_read(
    page: Client, agente: Agente, cer: Cer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    refused = conclude(page, agente, senha=factories.SENHA_SISTEMICA)
    again = page.get(path_of(agente))
    done = conclude(page, agente, arquivos=[upload("serra.cer", cer())])
    receipt = page.get(done.url)

    assert refused.status_code == 422
    for shown in (refused, again, receipt):
        assert factories.SENHA_SISTEMICA not in shown.content.decode()
        assert "argon2" not in shown.content.decode()
    stored = str(list(Evento.objects.values())) + str(list(Solicitacao.objects.values("recibo", "senha_hash")))
    assert factories.SENHA_SISTEMICA not in stored
    assert "argon2" not in stored
    assert factories.SENHA_SISTEMICA not in caplog.text


def test_a_refusal_keeps_what_was_typed_and_puts_errors_next_to_their_fields(
    page: Client, agente: Agente, cer: Cer
) -> None:
    refused = conclude(page, agente, senha="123", arquivos=[upload("serra.cer", cer())])

    text = refused.content.decode()
    assert refused.status_code == 422
    assert 'href="#id_senha"' in text
    assert 'aria-invalid="true"' in text
    assert "foram digitados 3" in text
    assert "serra.cer pode ser usado" in text


def test_a_second_click_leads_to_the_same_receipt(page: Client, agente: Agente, cer: Cer) -> None:
    form = {
        "senha": factories.SENHA_SISTEMICA,
        "solicitacao": page.get(path_of(agente)).context["cadastro"].solicitacao,
    }
    first = conclude(page, agente, **form, arquivos=[upload("serra.cer", cer())])

    second = conclude(page, agente, **form, arquivos=[upload("serra.cer", cer())])

    assert second.url == first.url
    assert Solicitacao.objects.count() == 1


def test_a_form_whose_draft_was_cancelled_concludes_nothing(page: Client, aderido: Agente) -> None:
    page.post(reverse("adesao:anexar", args=[aderido.cnpj]), {"senha": "83526049"})
    number = page.get(path_of(aderido)).context["cadastro"].solicitacao
    page.post(reverse("adesao:cancelar", args=[aderido.cnpj]))

    late = conclude(page, aderido, senha="83526049", solicitacao=number)

    assert late.status_code == 409
    assert "cancelada ou expirou" in late.content.decode()
    assert Credencial.objects.get().versao == 1


def test_the_update_page_shows_what_the_manual_shows(page: Client, aderido: Agente) -> None:
    text = page.get(path_of(aderido)).content.decode()

    for words in (
        "ADERIDO", "Deseja atualizar a senha?", "Certificados existentes", "3.0", "api.cer", "AC Demonstracao",
        "Modificado por", "Quando os certificados valem", "Há certificado válido até", "Exatamente 8 números",
    ):  # fmt: skip
        assert words in text


def test_an_exclusion_takes_effect_only_when_concluded(page: Client, aderido: Agente) -> None:
    target = certificados.of_agente(aderido).get(nome_arquivo="b.cer")
    page.post(reverse("adesao:anexar", args=[aderido.cnpj]), {"excluir": [target.pk]})
    marked = page.get(path_of(aderido)).content.decode()
    assert f'name="excluir" value="{target.pk}" checked' in marked
    assert certificados.of_agente(aderido).count() == 2

    done = conclude(page, aderido, excluir=[target.pk], atualizar_senha="nao")

    assert "Excluído:</strong> b.cer" in page.get(done.url).content.decode()
    assert [row.nome_arquivo for row in certificados.of_agente(aderido)] == ["api.cer"]


def test_unmarking_an_exclusion_undoes_it(page: Client, aderido: Agente) -> None:
    target = certificados.of_agente(aderido).get(nome_arquivo="b.cer")
    page.post(reverse("adesao:anexar", args=[aderido.cnpj]), {"excluir": [target.pk]})

    nothing = conclude(page, aderido)

    assert nothing.status_code == 422
    assert "Nada foi alterado" in nothing.content.decode()
    assert certificados.of_agente(aderido).count() == 2


def test_answering_no_ignores_a_password_that_was_typed(page: Client, aderido: Agente) -> None:
    answer = conclude(page, aderido, senha="83526049", atualizar_senha="nao")

    assert answer.status_code == 422
    assert Credencial.objects.get().versao == 1


@pytest.mark.parametrize("excluir", ["abc", "999999", "9" * 30, "-1"])
def test_nonsense_to_exclude_is_told_and_changes_nothing(page: Client, aderido: Agente, excluir: str) -> None:
    answer = conclude(page, aderido, excluir=[excluir], senha="83526049")

    assert answer.status_code == 422
    assert "já não está em uso" in answer.content.decode()
    assert Credencial.objects.get().versao == 1


def test_cancelling_leaves_everything_as_it_was(page: Client, aderido: Agente, cer: Cer) -> None:
    page.post(
        reverse("adesao:anexar", args=[aderido.cnpj]), {"senha": "83526049", "arquivos": [upload("c.cer", cer("c"))]}
    )

    answer = page.post(reverse("adesao:cancelar", args=[aderido.cnpj]), follow=True)

    assert "Solicitação cancelada" in answer.content.decode()
    assert "c.cer" not in page.get(path_of(aderido)).content.decode()
    assert Solicitacao.objects.filter(closed_at=None).count() == 0
    assert Solicitacao.objects.get(protocolo=None).senha_hash == ""


@pytest.mark.parametrize("who", ["bruno", "carla", "aneel"])
def test_who_may_only_look_sees_the_page_without_any_control(
    aderido: Agente, who: str, request: pytest.FixtureRequest, client_of: As
) -> None:
    page = client_of(request.getfixturevalue(who))

    text = page.get(path_of(aderido)).content.decode()

    assert "api.cer" in text
    assert "Baixar" in text
    assert not [control for control in CONTROLS if control in text]
    assert conclude(page, aderido, senha="83526049").status_code == 403
    assert page.get("/adesao/nova/").status_code == 403
    assert Credencial.objects.get().versao == 1


def test_every_role_that_sees_the_company_downloads_the_der(
    aderido: Agente, ana: Usuario, bruno: Usuario, carla: Usuario, davi: Usuario, client_of: As
) -> None:
    row = certificados.of_agente(aderido).select_related("arquivo").get(nome_arquivo="api.cer")
    path = reverse("adesao:arquivo", args=[aderido.cnpj, row.pk])

    for person in (ana, bruno, carla):
        answer = client_of(person).get(path)
        assert answer.content == bytes(row.arquivo.der)
        assert answer.headers["Content-Type"] == "application/pkix-cert"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="api.cer"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client_of(davi).get(path).status_code == 404


def test_a_certificate_of_another_company_is_not_found_under_ours(
    page: Client, aderido: Agente, outro_agente: Agente, davi: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    factories.adhere(outro_agente, davi, confianca, hosts=("x",), now=now)
    theirs = certificados.of_agente(outro_agente).get()

    assert page.get(reverse("adesao:arquivo", args=[aderido.cnpj, theirs.pk])).status_code == 404


def test_what_staff_take_away_is_in_the_ledger(aderido: Agente, leitura: Usuario, ana: Usuario, client_of: As) -> None:
    factories.represent(leitura, aderido, Papel.REPRESENTANTE_CONTABIL)
    row = certificados.of_agente(aderido).get(nome_arquivo="api.cer")

    client_of(leitura).get(reverse("adesao:arquivo", args=[aderido.cnpj, row.pk]))
    client_of(ana).get(reverse("adesao:arquivo", args=[aderido.cnpj, row.pk]))

    assert list(Evento.objects.filter(tipo="certificado.baixado").values_list("ator", flat=True)) == ["leitura"]


def test_a_role_lost_after_the_form_was_shown_is_a_403_and_nothing_is_stored(
    page: Client, agente: Agente, ana: Usuario, cer: Cer
) -> None:
    page.get(path_of(agente))
    Representacao.objects.filter(usuario=ana).update(papel=Papel.REPRESENTANTE_LEGAL)

    answer = conclude(page, agente, senha=factories.SENHA_SISTEMICA, arquivos=[upload("a.cer", cer())])

    assert answer.status_code == 403
    assert "representante legal" in answer.content.decode()
    assert not Solicitacao.objects.exists()


@pytest.mark.parametrize("cnpj", ["00000000000000", "98765432000198", "nao-e-um-cnpj", "12ABC34501DE3"])
def test_what_one_may_not_see_does_not_exist(page: Client, agente: Agente, outro_agente: Agente, cnpj: str) -> None:
    for path in (
        f"/adesao/{cnpj}/",
        f"/adesao/{cnpj}/certificados/1/arquivo.cer",
        f"/adesao/{cnpj}/recibos/PI-2026-000001/",
    ):
        assert page.get(path).status_code == 404


def test_signing_in_after_a_post_leads_to_the_page(agente: Agente, client: Client) -> None:
    answer = client.post(reverse("adesao:anexar", args=[agente.cnpj]), {})

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/entrar/?next={path_of(agente)}"
    assert client.get(path_of(agente)).headers["Location"] == f"/entrar/?next={path_of(agente)}"


def test_the_receipt_is_for_those_who_see_the_company(
    aderido: Agente, bruno: Usuario, davi: Usuario, client_of: As
) -> None:
    feita = Solicitacao.objects.exclude(protocolo=None).get()
    path = reverse("adesao:recibo", args=[aderido.cnpj, feita.protocolo])

    assert client_of(bruno).get(path).status_code == 200
    assert client_of(davi).get(path).status_code == 404
    assert client_of(bruno).get(path.replace(str(feita.protocolo), "PI-2026-999999")).status_code == 404


def test_hostile_names_are_shown_escaped_everywhere(
    page: Client, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    evil = factories.create_agente("<b>X</b>", razao_social='"><img src=x onerror=alert(1)> \u202eLTDA')
    factories.represent(ana, evil, Papel.REPRESENTANTE_CCEE)
    factories.adhere(evil, ana, confianca, hosts=("api",), now=now)

    for path in ("/empresas/", "/adesao/", "/adesao/conexoes/", path_of(evil)):
        text = page.get(path).content.decode()
        assert "<img src=x" not in text
        assert "<b>X</b>" not in text
        assert "\u202e" not in text


@pytest.mark.parametrize("who", ["ana", "bruno"])
def test_the_page_of_a_company_takes_ten_queries_at_most(
    aderido: Agente,
    cer: Cer,
    who: str,
    request: pytest.FixtureRequest,
    client_of: As,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    page = client_of(request.getfixturevalue(who))
    if who == "ana":
        page.post(reverse("adesao:anexar", args=[aderido.cnpj]), {"arquivos": [upload("c.cer", cer("c"))]})

    with django_assert_max_num_queries(10):
        page.get(path_of(aderido))
