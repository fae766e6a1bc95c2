"""What operations write goes through the services, with its Evento, and no further than their own rights."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from portal.agentes.models import Agente, Convite, Papel, Representacao, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.admin.formularios import add, change, errors

ClientOf = Callable[[Usuario], Client]
INLINE = {
    "representacoes-TOTAL_FORMS": "0",
    "representacoes-INITIAL_FORMS": "0",
    "representacoes-MIN_NUM_FORMS": "0",
    "representacoes-MAX_NUM_FORMS": "1000",
}
HOSTILE = "<script>alert(1)</script> \u202egnp.\u0000"


@pytest.fixture
def client(operacao: Usuario, client_of: ClientOf) -> Client:
    return client_of(operacao)


def agente_data(**changes: str) -> dict[str, str]:
    data = {"cnpj": "12.abc.345/01de-35", "sigla": "Açaí", "razao_social": "Açaí Energia S.A.", "classe": "gerador"}
    return {**data, "situacao": "ativo", **INLINE, **changes}


def test_a_company_is_stored_as_it_is_searched_for(client: Client, operacao: Usuario) -> None:
    assert add(client, "agentes_agente", **agente_data()).status_code == 302

    agente = Agente.objects.get(cnpj="12ABC34501DE35")
    evento = Evento.objects.latest("numero")
    assert agente.sigla_busca == "ACAI"
    assert (evento.tipo, evento.ator, evento.cnpj) == ("agente.incluido", operacao.username, agente.cnpj)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cnpj": "12ABC34501DE34"}, "dígitos verificadores"),
        ({"cnpj": "1"}, "não é um CNPJ"),
        ({"sigla": "serra  azul"}, "já usa esta sigla"),
    ],
)
def test_a_bad_company_is_told_beside_the_field(client: Client, changes: dict[str, str], words: str) -> None:
    factories.create_agente("SERRA AZUL")

    response = add(client, "agentes_agente", **agente_data(**changes))

    assert response.status_code == 200
    assert words in errors(response)


def test_the_cnpj_of_a_company_stays(client: Client, agente: Agente) -> None:
    data = agente_data(cnpj="98765432000198", sigla="NOVA")

    assert change(client, "agentes_agente", agente.pk, **data).status_code == 302

    agente.refresh_from_db()
    assert (agente.cnpj, agente.sigla) == ("12ABC34501DE35", "NOVA")
    assert Evento.objects.latest("numero").tipo == "agente.alterado"


def test_a_representation_is_included_beside_its_company_and_ended(
    client: Client, agente: Agente, davi: Usuario
) -> None:
    new = {
        "representacoes-TOTAL_FORMS": "1",
        "representacoes-0-usuario": davi.pk,
        "representacoes-0-papel": Papel.REPRESENTANTE_CCEE,
        "representacoes-0-desde": "2026-11-01",
    }
    assert change(client, "agentes_agente", agente.pk, **{**agente_data(), **new}).status_code == 302
    stored = Representacao.objects.get(agente=agente, usuario=davi)

    data = {"ate": "2026-11-20", "papel": Papel.REPRESENTANTE_LEGAL, "desde": "2020-01-01"}
    assert change(client, "agentes_representacao", stored.pk, **data).status_code == 302

    stored.refresh_from_db()
    assert (stored.papel, stored.desde, stored.ate) == (
        Papel.REPRESENTANTE_CCEE,
        date(2026, 11, 1),
        date(2026, 11, 20),
    )
    tipos = Evento.objects.filter(tipo__startswith="representacao", objeto="davi", cnpj=agente.cnpj)
    assert [evento.tipo for evento in tipos.order_by("numero")] == ["representacao.incluida", "representacao.alterada"]


def test_an_ended_representation_is_not_opened_beside_another(client: Client, agente: Agente, ana: Usuario) -> None:
    ended = factories.represent(ana, agente, Papel.REPRESENTANTE_CCEE, ate=date(2021, 1, 1))

    response = change(client, "agentes_representacao", ended.pk, ate="")

    assert "já tem esta representação em aberto" in errors(response)
    assert "antes do primeiro" in errors(change(client, "agentes_representacao", ended.pk, ate="2019-12-31"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"desde": "20/11/2026", "ate": "19/11/2026"}, "não pode ser antes do primeiro"),
        ({}, "já tem esta representação em aberto"),
        ({"usuario": "operacao"}, "Ninguém inclui a própria representação"),
        ({"usuario": "leitura"}, "conta da operação não pode representar"),
    ],
)
def test_a_bad_representation_is_told(
    client: Client, agente: Agente, ana: Usuario, leitura: Usuario, changes: dict[str, str], words: str
) -> None:
    data = {"usuario": "ana", "agente": agente.pk, "papel": "representante_ccee", "desde": "01/11/2026", **changes}
    data["usuario"] = Usuario.objects.get(username=data["usuario"]).pk

    response = add(client, "agentes_representacao", **data)

    assert response.status_code == 200
    assert words in errors(response)


def test_a_new_person_is_invited_and_has_no_password(client: Client) -> None:
    data = {"username": "Eva", "nome": "Eva Reis", "email": "Eva@Exemplo.test", "is_active": "on", "convidar": "on"}
    assert add(client, "agentes_usuario", **data, password="escolhida-por-outro").status_code == 302

    eva = Usuario.objects.get(username="eva")
    assert (eva.has_usable_password(), eva.email) == (False, "eva@exemplo.test")
    assert Convite.objects.filter(usuario=eva, sent_at=None).count() == 1
    assert Evento.objects.filter(objeto="eva").count() == 2


def test_nobody_changes_their_own_rights(client: Client, operacao: Usuario) -> None:
    group = Group.objects.create(name="Tudo")
    data = {"nome": "Olga Nova", "email": operacao.email, "is_superuser": "on", "groups": [group.pk], "is_staff": ""}

    assert change(client, "agentes_usuario", operacao.pk, **data).status_code == 302

    operacao.refresh_from_db()
    assert (operacao.nome, operacao.is_staff, operacao.is_superuser) == ("Olga Nova", True, False)
    assert [group.name for group in operacao.groups.all()] == ["Operação"]


def test_only_the_known_groups_are_given(client: Client, ana: Usuario) -> None:
    group = Group.objects.create(name="Tudo")

    response = change(client, "agentes_usuario", ana.pk, nome="Ana", email=ana.email, groups=[group.pk])

    assert response.status_code == 200
    assert not ana.groups.exists()


def test_the_groups_given_are_in_the_ledger(client: Client, ana: Usuario) -> None:
    regulador = Group.objects.get(name="Regulador")

    change(client, "agentes_usuario", ana.pk, nome="Ana", email=ana.email, is_active="on", groups=[regulador.pk])

    evento = Evento.objects.get(tipo="pessoa.grupos", objeto="ana")
    assert evento.dados == {"de": [], "para": ["Regulador"]}


def test_the_ledger_names_what_changed_of_a_person(client: Client, ana: Usuario) -> None:
    data = {"nome": ana.nome, "email": "nova@exemplo.test", "is_active": "on"}

    change(client, "agentes_usuario", ana.pk, **data)
    change(client, "agentes_usuario", ana.pk, **data)

    evento = Evento.objects.get(tipo="pessoa.alterada", objeto="ana")
    assert evento.dados == {"campos": ["email"], "ativa": True, "operacao": False}


def test_who_represents_a_company_is_not_of_operations(client: Client, ana: Usuario) -> None:
    response = change(client, "agentes_usuario", ana.pk, nome="Ana", email=ana.email, is_active="on", is_staff="on")

    assert "encerre as representações antes" in errors(response)


@pytest.mark.parametrize("how", ["superuser", "group", "permission"])
def test_a_person_with_more_rights_is_out_of_reach(client: Client, how: str) -> None:
    """Whoever could change that e-mail address could ask for a new password and be that person."""
    chefe = factories.create_usuario("chefe")
    if how == "superuser":
        Usuario.objects.filter(pk=chefe.pk).update(is_superuser=True)
    elif how == "group":
        chefe.groups.add(Group.objects.create(name="Diretoria"))
    else:
        chefe.user_permissions.add(Group.objects.get(name="Operação").permissions.all()[0])

    response = change(client, "agentes_usuario", chefe.pk, nome="x", email="ladra@exemplo.test")
    invite(client, chefe)

    chefe.refresh_from_db()
    assert (response.status_code, chefe.email) == (403, "chefe@exemplo.test")
    assert not Convite.objects.exists()


def invite(client: Client, *people: Usuario) -> Any:
    data = {"action": "enviar_convite", "_selected_action": [usuario.pk for usuario in people]}
    return client.post(reverse("admin:agentes_usuario_changelist"), data, follow=True)


def test_an_invitation_is_sent_again_to_who_is_active(client: Client, ana: Usuario, davi: Usuario) -> None:
    Usuario.objects.filter(pk=davi.pk).update(is_active=False)

    page = invite(client, ana, davi).content.decode()

    assert [convite.usuario for convite in Convite.objects.all()] == [ana]
    assert "Convites a caminho: 1" in page
    assert "Davi Rocha: conta desativada" in page


@pytest.mark.parametrize("field", ["password", "password__startswith", "user_permissions__id", "is_superuser__exact"])
def test_a_filter_cannot_spell_out_a_hash(client: Client, ana: Usuario, field: str) -> None:
    value = ana.password[:10] if field.startswith("password") else "1"

    assert client.get(reverse("admin:agentes_usuario_changelist"), {field: value}).status_code == 400


@pytest.mark.parametrize(
    ("page", "field"),
    [
        ("agentes_chavedemaquina", "sha256__startswith"),
        ("agentes_chavedemaquina", "agente__sigla"),
        ("agentes_representacao", "usuario__password__startswith"),
        ("agentes_convite", "usuario__password__startswith"),
        ("adesao_solicitacao", "senha_hash__startswith"),
        ("adesao_solicitacao", "aberta_por__password__startswith"),
    ],
)
def test_nor_can_one_of_another_page(client: Client, page: str, field: str) -> None:
    assert client.get(reverse(f"admin:{page}_changelist"), {field: "a"}).status_code == 400


def test_a_popup_cannot_hand_out_the_hash(client: Client, ana: Usuario) -> None:
    page = reverse("admin:agentes_usuario_changelist")

    assert client.get(page, {"_to_field": "password", "_popup": "1"}).status_code == 400
    assert ana.password not in client.get(page, {"_popup": "1"}).content.decode()


def test_no_page_of_a_person_shows_the_hash(client: Client, ana: Usuario) -> None:
    pages = [reverse("admin:agentes_usuario_change", args=[ana.pk]), reverse("admin:agentes_usuario_changelist")]
    lookup = {"app_label": "agentes", "model_name": "representacao", "field_name": "usuario", "term": "ana"}

    shown = [client.get(page).content.decode() for page in pages]
    shown.append(client.get(reverse("admin:autocomplete"), lookup).content.decode())

    assert "Ana Souza" in shown[2]
    assert not [text for text in shown if "argon2" in text or ana.password in text]


def test_hostile_names_are_shown_escaped(client: Client, hierarquia: Hierarquia) -> None:
    agente = factories.create_agente(HOSTILE[:40], razao_social=HOSTILE)
    factories.create_usuario("hostil", nome=HOSTILE)

    for page in ("agentes_agente", "agentes_usuario", "auditoria_evento"):
        assert b"<script>alert" not in client.get(reverse(f"admin:{page}_changelist")).content
    assert b"<script>alert" not in client.get(reverse("admin:agentes_agente_change", args=[agente.pk])).content


def test_a_company_is_found_as_people_type_it(client: Client, agente: Agente, outro_agente: Agente) -> None:
    page = reverse("admin:agentes_agente_changelist")

    for typed in ("12.ABC.345/01DE-35", "12abc34501de35", "geração", "GERACAO", "serra"):
        found = client.get(page, {"q": typed}).content.decode()
        assert ("Serra Azul" in found, "Vale Verde" in found) == (True, False), typed
    assert client.get(page, {"q": "\x00"}).status_code == 200
