"""The pages: who sees, who changes, and that the secret is shown once."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from portal import clock
from portal.agentes.models import Agente, Usuario
from portal.webhooks import services
from portal.webhooks.models import Destino, Entrega, Estado
from portal.webhooks.segredos import of_salt
from tests.saida.servidor import Servidor, answer, serving
from tests.webhooks.conftest import Feito, happen, run

pytestmark = pytest.mark.django_db
Entrar = Callable[[Usuario], Client]


@pytest.fixture
def url(agente: Agente) -> str:
    return f"/adesao/{agente.cnpj}/webhooks/"


def form(**changed: object) -> dict[str, object]:
    return {"nome": "ERP", "url": "https://exemplo.com.br/portal", "eventos": ["senha.definida"], **changed}


def text(client: Client, url: str) -> str:
    return unescape(client.get(url).content.decode())


def test_made_on_the_page_its_secret_is_shown_there_and_never_again(client_of: Entrar, ana: Usuario, url: str) -> None:
    client = client_of(ana)

    answer = client.post(url, form())

    destino = Destino.objects.get()
    segredo = of_salt(destino.sal)
    assert segredo
    assert segredo in answer.content.decode()
    pages = [text(client, page) for page in (url, f"{url}{destino.pk}/", "/trilha/")]
    assert not any(segredo in page for page in pages)
    assert "criou um destino de webhook" in pages[2]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"url": "http://exemplo.com.br/"}, "deve começar com https://"),
        ({"url": "https://169.254.169.254/latest"}, "rede interna"),
        ({"url": "https://localhost/"}, "domínio completo"),
        ({"eventos": []}, "obrigatório"),
        ({"eventos": ["diretorio.entrada"]}, "Faça uma escolha válida"),
        ({"nome": "\u202eERP"}, "Dê um nome"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(
    changed: dict[str, object], words: str, client_of: Entrar, ana: Usuario, url: str
) -> None:
    answer = client_of(ana).post(url, form(**changed))

    assert answer.status_code == 422
    assert words in unescape(answer.content.decode())
    assert not Destino.objects.exists()


def test_others_of_the_company_see_without_the_path_and_change_nothing(
    client_of: Entrar, bruno: Usuario, carla: Usuario, davi: Usuario, destino: Feito, url: str
) -> None:
    page = f"{url}{destino.destino.pk}/"
    for usuario in (bruno, carla):
        client = client_of(usuario)
        assert "token=abc" not in text(client, page)
        assert "Enviar um teste" not in text(client, page)
        assert [client.post(url, form()).status_code, client.post(f"{page}remover/").status_code] == [403, 403]
    assert client_of(davi).get(page).status_code == 404
    assert Destino.objects.get().removed_at is None


def test_another_companys_destination_is_not_there(
    client_of: Entrar, davi: Usuario, outro_agente: Agente, destino: Feito
) -> None:
    page = f"/adesao/{outro_agente.cnpj}/webhooks/{destino.destino.pk}/"

    answers = [client_of(davi).post(page + act) for act in ("", "testar/", "segredo/", "remover/", "desligar/")]

    assert {answer.status_code for answer in answers} == {404}
    assert Destino.objects.get().ativo


def test_the_log_tells_what_the_other_side_said(client_of: Entrar, ana: Usuario, agente: Agente, url: str) -> None:
    client = client_of(ana)
    with serving(answer(b"HTTP/1.1 500 X\r\nContent-Length: 6\r\n\r\ninterna")) as servidor:
        client.post(url, form(url=servidor.url()))
        happen("senha.definida", agente, versao=2)
        run()
    page = f"{url}{Destino.objects.get().pk}/"

    assert "o servidor respondeu 500" in text(client, page)
    assert "interna<" not in text(client, page)


def test_buttons_do_what_they_say(
    client_of: Entrar, ana: Usuario, agente: Agente, destino: Feito, servidor: Servidor, url: str
) -> None:
    client, page = client_of(ana), f"{url}{destino.destino.pk}/"
    client.post(f"{page}testar/")
    run()
    assert Entrega.objects.get().estado == Estado.ENTREGUE

    client.post(f"{page}entregas/{Entrega.objects.get().pk}/reenviar/")
    run()
    assert len(servidor.requests) == 2

    client.post(f"{page}desligar/")
    assert client.post(f"{page}testar/").status_code == 409
    assert "Desligado por ana" in text(client, page)
    client.post(f"{page}ligar/")
    assert client.post(page, form(url="https://outro.com.br/x")).status_code == 302
    assert Destino.objects.get().url == "https://outro.com.br/x"
    assert client.post(f"{page}remover/").status_code == 302
    assert client.get(page).status_code == 404


def test_a_specimen_of_each_kind_is_shown_and_signed_with_no_real_secret(
    client_of: Entrar, ana: Usuario, destino: Feito, url: str
) -> None:
    page = text(client_of(ana), f"{url}{destino.destino.pk}/?tipo=certificado.excluido&pagina=abc")

    assert '"motivo": "Venceu em 22/11/2026"' in page
    assert "whsec_exemplo" in page


def test_pauses_are_told_to_the_owner(client_of: Entrar, ana: Usuario, agente: Agente, url: str) -> None:
    client = client_of(ana)
    with serving(answer(b"HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n")) as servidor:
        client.post(url, form(url=servidor.url()))
        for number in range(6):
            happen("senha.definida", agente, versao=number)
        run()

    assert "5 entregas seguidas falharam" in text(client, url)


def test_no_more_than_ten(client_of: Entrar, ana: Usuario, url: str) -> None:
    client = client_of(ana)
    for _ in range(10):
        assert client.post(url, form()).status_code == 200

    assert client.post(url, form()).status_code == 422
    assert Destino.objects.count() == 10


def test_operations_make_those_of_gateways_and_touch_no_companys(
    client_of: Entrar, operacao: Usuario, leitura: Usuario, destino: Feito
) -> None:
    client, add = client_of(operacao), "/admin/webhooks/destino/add/"
    made = client.post(add, form(nome="Gateway", eventos=["diretorio.entrada"]))
    novo = Destino.objects.get(agente=None)

    assert (of_salt(novo.sal) or "?") in made.content.decode()
    assert client_of(leitura).post(add, form(eventos=["diretorio.entrada"])).status_code == 403
    chosen = {"_selected_action": [novo.pk, destino.destino.pk]}
    done = client.post("/admin/webhooks/destino/", {"action": "desligar", **chosen}, follow=True)
    assert "Feito em 1 destino." in unescape(done.content.decode())
    assert list(Destino.objects.filter(ativo=True)) == [destino.destino]
    services.plan(now=clock.instant())
