"""The queue of mails in the admin: what did not arrive is sent again, sent elsewhere, or told on the telephone."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from certificados.models import Certificado
from notificacoes.models import Aviso, Envio, Estado, Situacao, Tarefa
from notificacoes.services import operacao
from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from portal.kernel.errors import Conflict
from tests import factories

ClientOf = Callable[[Usuario], Client]


@pytest.fixture
def client(operacao: Usuario, client_of: ClientOf) -> Client:
    return client_of(operacao)


@pytest.fixture
def tarefa(agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime) -> Tarefa:
    factories.adhere(agente, ana, confianca, now=now)
    return factories.undelivered(Certificado.objects.get(), ana, now=now)


@pytest.fixture
def morta(tarefa: Tarefa) -> Envio:
    """A notice whose address was refused."""
    return Envio.objects.get()


def test_resending_puts_message_and_notices_back(client: Client, morta: Envio, agente: Agente) -> None:
    data = {"action": "reenviar", "_selected_action": morta.pk}

    assert client.post(reverse("admin:notificacoes_envio_changelist"), data).status_code == 302

    morta.refresh_from_db()
    evento = Evento.objects.latest("numero")
    assert (morta.estado, morta.tentativas, morta.motivo) == (Estado.PENDENTE, 0, "")
    assert Aviso.objects.get().situacao == Situacao.PLANEJADA
    assert (evento.tipo, evento.cnpj, evento.objeto) == ("aviso.reenvio", agente.cnpj, morta.message_id)


def test_a_message_sent_again_after_a_bounce_is_flagged_as_a_repeat(morta: Envio, now: datetime) -> None:
    Envio.objects.update(estado=Estado.ENVIADA, sent_at=now, devolvida_at=now, devolucao="5.1.1")

    operacao.resend(morta, by="op", now=now)

    morta.refresh_from_db()
    assert (morta.repeticoes, morta.devolvida_at, morta.message_id) == (1, None, "aviso-0@portal.invalid")


def test_a_message_in_doubt_sent_again_by_hand_is_flagged_as_a_repeat(morta: Envio, now: datetime) -> None:
    Envio.objects.update(estado=Estado.EM_DUVIDA)

    operacao.resend(morta, by="op", now=now)

    morta.refresh_from_db()
    assert (morta.estado, morta.repeticoes) == (Estado.PENDENTE, 1)


@pytest.mark.parametrize(
    ("estado", "words"), [(Estado.CANCELADA, "não é mais devida"), (Estado.ARRENDADA, "sendo enviada neste momento")]
)
def test_what_is_not_due_or_in_hand_is_not_resent(
    client: Client, morta: Envio, now: datetime, estado: Estado, words: str
) -> None:
    leased = {"lease_until": now, "lease_token": "x"} if estado == Estado.ARRENDADA else {}
    Envio.objects.update(estado=estado, **leased)

    data = {"action": "reenviar", "_selected_action": morta.pk}
    page = client.post(reverse("admin:notificacoes_envio_changelist"), data, follow=True)

    morta.refresh_from_db()
    assert morta.estado == estado
    assert words in page.text


def test_a_corrected_address_is_the_persons_and_the_message_goes_again(
    client: Client, morta: Envio, ana: Usuario
) -> None:
    url = reverse("admin:notificacoes_envio_endereco", args=[morta.pk])

    assert "ana@exemplo.test" in client.get(url).text
    assert client.post(url, {"email": "Ana.Nova@exemplo.test"}).status_code == 302

    ana.refresh_from_db()
    morta.refresh_from_db()
    assert ana.email == "ana.nova@exemplo.test"
    assert morta.estado == Estado.PENDENTE
    assert {"pessoa.alterada", "aviso.reenvio"} <= set(Evento.objects.values_list("tipo", flat=True))


@pytest.mark.parametrize(
    ("email", "words"), [("bruno@exemplo.test", "Outra pessoa já usa"), ("ana arroba", "um endereço de email válido")]
)
def test_a_bad_address_is_told_and_changes_nothing(
    client: Client, morta: Envio, bruno: Usuario, email: str, words: str
) -> None:
    response = client.post(reverse("admin:notificacoes_envio_endereco", args=[morta.pk]), {"email": email})

    morta.refresh_from_db()
    assert response.status_code == 422
    assert words in response.text
    assert morta.estado == Estado.MORTA


def test_the_address_of_staff_is_not_corrected_from_the_queue(client: Client, morta: Envio, leitura: Usuario) -> None:
    Envio.objects.update(destinatario=leitura)

    response = client.post(reverse("admin:notificacoes_envio_endereco", args=[morta.pk]), {"email": "x@exemplo.test"})

    leitura.refresh_from_db()
    assert response.status_code == 403
    assert leitura.email == "leitura@exemplo.test"


def test_told_by_phone_ends_message_notices_and_tasks(client: Client, morta: Envio, tarefa: Tarefa) -> None:
    url = reverse("admin:notificacoes_envio_telefone", args=[morta.pk])

    assert "obrigatório" in client.post(url, {"nome": ""}).text
    assert client.post(url, {"nome": "Ana Souza", "nota": "vai renovar hoje"}).status_code == 302

    morta.refresh_from_db()
    tarefa.refresh_from_db()
    aviso = Aviso.objects.get()
    assert (morta.estado, aviso.situacao) == (Estado.CANCELADA, Situacao.CANCELADA)
    assert aviso.motivo == "Avisado por telefone: Ana Souza. vai renovar hoje"
    assert (tarefa.done_by, tarefa.nota) == ("operacao", aviso.motivo)
    assert Evento.objects.filter(tipo="aviso.por_telefone", dados__falou_com="Ana Souza").exists()


def test_what_was_sent_stays_sent_when_they_also_telephone(morta: Envio, now: datetime) -> None:
    Envio.objects.update(estado=Estado.ENVIADA, sent_at=now)

    operacao.told_by_phone(morta, nome="Ana", nota="", by="op", now=now)

    morta.refresh_from_db()
    assert morta.estado == Estado.ENVIADA


def test_a_task_says_whom_to_call_and_is_closed_once(
    client: Client, tarefa: Tarefa, ana: Usuario, bruno: Usuario, now: datetime
) -> None:
    Usuario.objects.filter(pk=ana.pk).update(telefone="(11) 91234-5678")
    page = client.get(reverse("admin:notificacoes_tarefa_change", args=[tarefa.pk]))
    assert page.text.index("Ana Souza") < page.text.index("(11) 91234-5678") < page.text.index("Bruno Lima")

    url = reverse("admin:notificacoes_tarefa_concluir", args=[tarefa.pk])
    assert client.post(url, {"nota": "Falei com Ana"}).status_code == 302

    tarefa.refresh_from_db()
    assert (tarefa.done_by, tarefa.nota) == ("operacao", "Falei com Ana")
    assert Evento.objects.latest("numero").tipo == "tarefa.concluida"
    with pytest.raises(Conflict, match="já foi concluída"):
        operacao.close_task(tarefa, nota="de novo", by="op", now=now)


def test_open_tasks_are_what_the_list_shows(client: Client, tarefa: Tarefa, now: datetime) -> None:
    url = reverse("admin:notificacoes_tarefa_changelist")
    assert "SERRA AZUL" in client.get(url).text

    operacao.close_task(tarefa, nota="feito", by="op", now=now)

    assert "SERRA AZUL" not in client.get(url).text
    assert "SERRA AZUL" in client.get(url, {"situacao": "concluida"}).text


def test_the_queue_shows_ages_and_what_needs_attention(client: Client, morta: Envio) -> None:
    url = reverse("admin:notificacoes_envio_changelist")

    assert "550 caixa inexistente" in client.get(url, {"ver": "atencao"}).text
    assert "550 caixa inexistente" not in client.get(url, {"ver": "fila"}).text

    Envio.objects.update(estado=Estado.PENDENTE)
    assert "5\xa0horas" in client.get(url, {"ver": "fila"}).text


def test_operations_read_the_proof_of_any_certificate(client: Client, tarefa: Tarefa) -> None:
    certificado = Certificado.objects.get()
    link = reverse("prova_da_operacao", args=[certificado.pk])

    assert link in client.get(reverse("admin:certificados_certificado_change", args=[certificado.pk])).text
    assert "550 caixa inexistente" in client.get(link).text
    assert client.get(reverse("prova_da_operacao_pdf", args=[certificado.pk])).content.startswith(b"%PDF-")
    assert "550 caixa inexistente" in client.get(reverse("prova_da_operacao_csv", args=[certificado.pk])).text


def test_the_proof_for_operations_is_nowhere_for_others(
    client_of: ClientOf, tarefa: Tarefa, ana: Usuario, leitura: Usuario
) -> None:
    link = reverse("prova_da_operacao", args=[Certificado.objects.get().pk])

    assert client_of(ana).get(link).status_code == 404
    assert client_of(leitura).get(link).status_code == 200
