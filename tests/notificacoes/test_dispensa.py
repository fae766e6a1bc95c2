"""The link at the foot of a notice that one may do without."""

import pytest
from django.test import Client

from notificacoes.enderecos import opt_out_path
from notificacoes.models import Dispensa
from portal.agentes.models import Usuario
from portal.auditoria.models import Evento


def entries() -> list[tuple[str, str]]:
    return list(Evento.objects.filter(tipo__startswith="aviso.").order_by("numero").values_list("tipo", "ator"))


def test_looking_changes_nothing(client: Client, bruno: Usuario) -> None:
    page = client.get(opt_out_path(bruno.pk)).content.decode()

    assert "Não quero mais receber estes avisos" in page
    assert not Dispensa.objects.exists()
    assert entries() == []


def test_one_click_of_a_mail_program_opts_out(bruno: Usuario) -> None:
    program = Client(enforce_csrf_checks=True)

    response = program.post(opt_out_path(bruno.pk), {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200  # RFC 8058: no redirect
    assert Dispensa.objects.get().usuario == bruno
    assert entries() == [("aviso.dispensado", "bruno")]


def test_one_may_come_back_and_ask_twice(client: Client, bruno: Usuario) -> None:
    path = opt_out_path(bruno.pk)
    for _ in range(2):
        assert "você não receberá mais" in client.post(path).content.decode()
    assert "Voltar a receber os avisos" in client.get(path).content.decode()
    for _ in range(2):
        assert "você voltou a receber" in client.post(path, {"voltar": "1"}).content.decode()

    assert not Dispensa.objects.exists()
    assert entries() == [("aviso.dispensado", "bruno"), ("aviso.dispensa_retirada", "bruno")]


@pytest.mark.parametrize("forged", ["{token}x", "1{token}", "{number}", "{number}.", "%20", "a.b", "{number}.é", "."])
def test_a_forged_address_is_no_address(client: Client, bruno: Usuario, forged: str) -> None:
    token = opt_out_path(bruno.pk).split("/")[-2]
    wrong = forged.format(token=token, number=token.partition(".")[0])

    assert client.post(f"/avisos/dispensa/{wrong}/").status_code == 404
    assert not Dispensa.objects.exists()


def test_who_was_switched_off_is_not_found(client: Client, bruno: Usuario) -> None:
    Usuario.objects.update(is_active=False)

    assert client.get(opt_out_path(bruno.pk)).status_code == 404
