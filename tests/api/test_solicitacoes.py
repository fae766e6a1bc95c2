"""POST agentes/{cnpj}/solicitacoes/: the whole request or nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from adesao.hashing import verify
from adesao.models import Anexo, Credencial, Solicitacao
from adesao.services import attach, open_request
from certificados.models import Certificado
from portal import clock
from portal.agentes import acesso
from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.api.conftest import API, assert_problem

ClientOf = Callable[[Usuario], Client]
SENHA = factories.SENHA_SISTEMICA


def cer(data: bytes, name: str = "api.cer") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/pkix-cert")


def post(client: Client, agente: Agente, /, **fields: Any) -> Any:
    return client.post(f"{API}/agentes/{agente.cnpj}/solicitacoes/", fields)


def nothing_changed(agente: Agente) -> bool:
    return not (
        Credencial.objects.filter(agente=agente).exists()
        or Certificado.objects.filter(agente=agente).exists()
        or Solicitacao.objects.filter(agente=agente).exists()
        or Anexo.objects.exists()
    )


def test_a_first_adesao_sets_password_and_certificates(ours: Client, agente: Agente, confianca: Hierarquia) -> None:
    files = [cer(factories.issue(confianca, agente, host=host), f"{host}.cer") for host in ("um", "dois")]

    response = post(ours, agente, senha=SENHA, certificados=files)

    body = response.json()
    assert response.status_code == 201, body
    assert body["protocolo"].startswith("PI-")
    assert body["recibo"]["senha"] == "definida"
    assert body["recibo"]["por"] == "chave:erp"
    assert [row["nome"] for row in body["certificados"]] == ["um.cer", "dois.cer"]
    assert verify(SENHA, Credencial.objects.get(agente=agente).senha_hash)
    assert Evento.objects.filter(tipo="adesao.concluida", objeto=body["protocolo"], ator="chave:erp").exists()


def test_a_person_concludes_with_session_and_csrf_token(
    ana: Usuario, agente: Agente, confianca: Hierarquia, client_of: ClientOf
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = client_of(ana).cookies
    client.cookies["csrf"] = token = "a" * 32
    fields = {"senha": SENHA, "certificados": [cer(factories.issue(confianca, agente))]}
    url = f"{API}/agentes/{agente.cnpj}/solicitacoes/"

    without = client.post(url, fields)
    fields["certificados"] = [cer(factories.issue(confianca, agente))]
    response = client.post(url, fields, headers={"X-CSRFToken": token})

    assert assert_problem(without, 403)["type"] == "urn:portal:problema:csrf"
    assert response.status_code == 201


def test_a_renewal_with_the_same_subject_takes_the_place_of_the_old_one(
    ours: Client, ana: Usuario, agente: Agente, confianca: Hierarquia
) -> None:
    factories.adhere(agente, ana, confianca, hosts=("um", "dois"))
    old = Certificado.objects.get(nome_arquivo="um.cer")
    renewal = cer(factories.issue(confianca, agente, host="um"), "renovado.cer")

    response = post(ours, agente, certificados=[renewal], excluir=[old.pk])

    assert response.status_code == 201, response.content
    assert {row["nome"] for row in response.json()["certificados"]} == {"dois.cer", "renovado.cer"}
    assert response.json()["recibo"]["senha"] == "mantida"


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_kept(
    ours: Client, agente: Agente, confianca: Hierarquia
) -> None:
    good = factories.issue(confianca, agente)

    body = assert_problem(post(ours, agente, senha="1234", certificados=[cer(good), cer(b"<html>", "pagina.cer")]), 422)

    assert set(body["erros"]) == {"senha", "certificados"}
    assert [(report["arquivo"], report["aceito"]) for report in body["relatorios"]] == [
        ("api.cer", True),
        ("pagina.cer", False),
    ]
    assert nothing_changed(agente)
    refusal = Evento.objects.get(tipo="acesso.recusado", cnpj=agente.cnpj)
    assert refusal.dados == {"motivo": "solicitacao-recusada", "regras": ["formato-der"]}


def test_files_of_one_name_all_count(ours: Client, agente: Agente, confianca: Hierarquia) -> None:
    good = cer(factories.issue(confianca, agente), "x.cer")

    body = assert_problem(post(ours, agente, senha=SENHA, certificados=[cer(b"lixo", "x.cer"), good]), 422)

    assert [report["arquivo"] for report in body["relatorios"]] == ["x.cer", "(2) x.cer"]
    assert nothing_changed(agente)


def test_a_first_adesao_needs_both(ours: Client, agente: Agente) -> None:
    body = assert_problem(post(ours, agente), 422)

    assert set(body["erros"]) == {"senha", "certificados"}


def test_a_third_certificate_is_refused_by_its_rule(
    ours: Client, ana: Usuario, agente: Agente, confianca: Hierarquia
) -> None:
    factories.adhere(agente, ana, confianca, hosts=("um", "dois"))

    third = cer(factories.issue(confianca, agente, host="tres"))
    body = assert_problem(post(ours, agente, certificados=[third]), 422)

    (report,) = body["relatorios"]
    assert [regra["codigo"] for regra in report["regras"] if regra["situacao"] == "falha"] == ["limite-por-cnpj"]
    assert Certificado.objects.filter(agente=agente).count() == 2


def test_a_taken_subject_is_refused_without_naming_whose(
    ours: Client, agente: Agente, davi: Usuario, outro_agente: Agente, confianca: Hierarquia
) -> None:
    factories.adhere(outro_agente, davi, confianca)
    same = cer(factories.issue(confianca, outro_agente))

    response = post(ours, agente, senha=SENHA, certificados=[same])

    body = assert_problem(response, 422)
    failed = {regra["codigo"] for regra in body["relatorios"][0]["regras"] if regra["situacao"] == "falha"}
    assert "subject-unico" in failed
    words = body["detail"] + "".join(regra["como_resolver"] for regra in body["relatorios"][0]["regras"])
    assert outro_agente.cnpj not in words
    assert outro_agente.sigla not in words


def test_others_certificates_cannot_be_removed(
    ours: Client, ana: Usuario, agente: Agente, davi: Usuario, outro_agente: Agente, confianca: Hierarquia
) -> None:
    factories.adhere(agente, ana, confianca)
    factories.adhere(outro_agente, davi, confianca)
    theirs = Certificado.objects.get(agente=outro_agente)

    response = post(ours, agente, excluir=[theirs.pk])
    nobodys = post(ours, agente, excluir=[10**9])

    body = assert_problem(response, 422)
    assert list(body["erros"]) == ["excluir"]
    assert response.content == nobodys.content
    theirs.refresh_from_db()
    assert theirs.slot == 1


@pytest.mark.parametrize("role", ["bruno", "carla"])
def test_who_may_only_look_is_told_so(
    role: str, request: pytest.FixtureRequest, client_of: ClientOf, agente: Agente, confianca: Hierarquia
) -> None:
    client = client_of(request.getfixturevalue(role))

    body = assert_problem(
        post(client, agente, senha=SENHA, certificados=[cer(factories.issue(confianca, agente))]), 403
    )

    assert "Somente o representante CCEE" in str(body["detail"])
    assert nothing_changed(agente)


def test_a_date_as_password_is_accepted_with_a_warning(ours: Client, agente: Agente, confianca: Hierarquia) -> None:
    response = post(ours, agente, senha="24121987", certificados=[cer(factories.issue(confianca, agente))])

    assert response.status_code == 201
    assert "data" in response.json()["avisos"][0]


def test_the_draft_in_the_browser_is_left_alone(
    client_of: ClientOf, ana: Usuario, agente: Agente, confianca: Hierarquia
) -> None:
    ator, now = acesso.of_usuario(ana), clock.now()
    draft = open_request(agente, ator=ator, now=now)
    attach(draft, nome="rascunho.cer", data=factories.issue(confianca, agente, host="rascunho"), ator=ator, now=now)

    response = post(client_of(ana), agente, senha=SENHA, certificados=[cer(factories.issue(confianca, agente))])

    assert response.status_code == 201
    draft.refresh_from_db()
    assert draft.closed_at is None
    assert draft.anexos.count() == 1


def test_a_private_key_is_answered_and_never_kept(
    ours: Client, agente: Agente, confianca: Hierarquia, caplog: pytest.LogCaptureFixture
) -> None:
    key = confianca.issue(cnpj=agente.cnpj, nome=agente.razao_social, host="chave.exemplo.test").key
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())

    body = assert_problem(post(ours, agente, senha=SENHA, certificados=[cer(pem, "chave.key")]), 422)

    secret = pem.decode().splitlines()[3]
    assert body["relatorios"][0]["formato"] == "chave-privada"
    assert secret not in str(body)
    assert secret not in caplog.text
    assert not any(secret in str(dados) for dados in Evento.objects.values_list("dados", flat=True))
    assert nothing_changed(agente)


def test_the_password_is_nowhere_in_answers_ledger_or_log(
    ours: Client, agente: Agente, confianca: Hierarquia, caplog: pytest.LogCaptureFixture
) -> None:
    senha = "59310748"
    good = cer(factories.issue(confianca, agente))

    answers = [
        post(ours, agente, senha=senha + "9"),
        post(ours, agente, senha=senha, certificados=[cer(b"lixo")]),
        post(ours, agente, senha=senha, certificados=[good]),
    ]

    assert [response.status_code for response in answers] == [422, 422, 201]
    assert not any(senha.encode() in response.content for response in answers)
    assert senha not in str(list(Evento.objects.values()))
    assert senha not in caplog.text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"excluir": ["um"]}, "excluir"),
        ({"excluir": [str(2**63)]}, "excluir"),
        ({"excluir": ["-1"]}, "excluir"),
        ({"certificados": "texto"}, "certificados"),
        ({"senha": "\x00" * 8}, "senha"),
        ({"senha": "1" * 5000}, "senha"),
    ],
)
def test_a_malformed_field_is_named(fields: dict[str, Any], field: str, ours: Client, agente: Agente) -> None:
    body = assert_problem(post(ours, agente, **fields), 422)

    assert field in body["erros"]
    assert all(message for message in body["erros"][field])


def test_more_files_than_a_request_takes_are_refused(ours: Client, agente: Agente) -> None:
    body = assert_problem(post(ours, agente, certificados=[cer(b"x", f"{n}.cer") for n in range(7)]), 422)

    assert list(body["erros"]) == ["certificados"]


@pytest.mark.parametrize(
    "name", ["../../x.cer", "C:\\x.cer", "a" * 300 + ".cer", "\u202egnp.cer", "=1+1.cer", "<b>.cer"]
)
def test_any_file_name_is_taken(name: str, ours: Client, agente: Agente, confianca: Hierarquia) -> None:
    response = post(ours, agente, senha=SENHA, certificados=[cer(factories.issue(confianca, agente), name)])

    assert response.status_code == 201, response.content
    stored = Certificado.objects.get(agente=agente).nome_arquivo
    assert len(stored) <= 200
    assert stored.isprintable()


def test_fields_that_are_not_the_callers_are_ignored(ours: Client, agente: Agente, confianca: Hierarquia) -> None:
    response = post(
        ours,
        agente,
        senha=SENHA,
        certificados=[cer(factories.issue(confianca, agente))],
        slot="9",
        limite="9",
        agente="1",
        aderido="1",
        ator="operacao",
    )

    assert response.status_code == 201
    assert (Certificado.objects.get().slot, Certificado.objects.get().limite) == (1, 2)
