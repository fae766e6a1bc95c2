"""What operations and representatives are told of revocation."""

from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from certificados.models import Certificado, ListaRevogacao, PontoDeLista
from certificados.revogacao.services import revoke
from notificacoes.metricas import exposition
from notificacoes.models import Envio, Motivo, Tarefa
from notificacoes.selectors.fila import figures
from notificacoes.services import plan
from notificacoes.services.textos import write_safely
from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from portal.icp.domain.lcr import Revogacao
from tests import factories

URL = "http://lcr.exemplo.test/ac.crl"
HORA = timedelta(hours=1)


@pytest.fixture
def certificado(agente: Agente, ana: Usuario, confianca: Hierarquia, settings: Settings, now: datetime) -> Certificado:
    settings.LCR_CONSULTA = True
    factories.adhere(agente, ana, confianca, now=now)
    plan(now=now)
    return Certificado.objects.get()


@pytest.fixture
def lista(certificado: Certificado, now: datetime) -> ListaRevogacao:
    """Read now, and current for six hours."""
    lista = ListaRevogacao.objects.create(
        url=URL, emissora="AC Um", created_at=now, read_at=now, next_update=now + 6 * HORA, falha=""
    )
    PontoDeLista.objects.create(certificado=certificado, lista=lista, checked_at=now)
    return lista


def tasks(motivo: Motivo) -> list[Tarefa]:
    return list(Tarefa.objects.filter(motivo=motivo).order_by("pk"))


def test_the_company_is_written_to_and_operations_call_it(
    certificado: Certificado, ana: Usuario, now: datetime
) -> None:
    found = Revogacao(now - HORA, "chave comprometida", suspenso=False)
    revoke(certificado, found, lista=URL, lista_sha256="ab", now=now)

    plan(now=now + HORA), plan(now=now + HORA)

    (tarefa,) = tasks(Motivo.REVOGADO)
    envio = Envio.objects.get(tipo="exclusao", destinatario=ana)
    text = str(write_safely([envio], now=now + HORA)[envio.pk].mensagem.body)  # type: ignore[union-attr]  # a Carta
    assert (tarefa.agente, tarefa.certificado) == (certificado.agente, certificado)
    assert tarefa.detalhe.startswith("Excluído dos servidores: Revogado (chave comprometida) pela certificadora em ")
    assert " ".join(text.split()).count("Por quê: Revogado (chave comprometida) pela certificadora em") == 1
    assert "ficou sem certificado em uso" in " ".join(text.split())


def test_a_list_that_ran_out_is_a_task_until_it_is_read_again(lista: ListaRevogacao, now: datetime) -> None:
    plan(now=now + 5 * HORA)
    assert not tasks(Motivo.LISTA_SEM_LEITURA)

    ListaRevogacao.objects.update(falha="o servidor respondeu 503 no lugar da lista")
    plan(now=now + 7 * HORA), plan(now=now + 9 * HORA)
    (tarefa,) = tasks(Motivo.LISTA_SEM_LEITURA)
    assert tarefa.done_at is None
    for words in (URL, "AC Um", "venceu em", "1 certificado em uso", "respondeu 503"):
        assert words in tarefa.detalhe

    ListaRevogacao.objects.update(next_update=now + 15 * HORA)
    plan(now=now + 10 * HORA)
    (tarefa,) = tasks(Motivo.LISTA_SEM_LEITURA)
    assert tarefa.done_by == "portal"
    assert Evento.objects.filter(tipo="tarefa.concluida").count() == 1

    plan(now=now + 16 * HORA)
    assert len(tasks(Motivo.LISTA_SEM_LEITURA)) == 2


def test_a_list_never_read_is_one_too(lista: ListaRevogacao, now: datetime) -> None:
    ListaRevogacao.objects.update(next_update=None, read_at=None)

    plan(now=now + 25 * HORA)

    assert "nunca foi lida" in tasks(Motivo.LISTA_SEM_LEITURA)[0].detalhe


def test_nobody_is_sent_after_lists_where_they_are_not_consulted(
    lista: ListaRevogacao, settings: Settings, now: datetime
) -> None:
    settings.LCR_CONSULTA = False

    plan(now=now + 48 * HORA)

    assert not tasks(Motivo.LISTA_SEM_LEITURA)


def test_the_age_of_the_oldest_reading_is_a_figure(
    certificado: Certificado, lista: ListaRevogacao, now: datetime
) -> None:
    assert figures(now + 2 * HORA).lista_mais_antiga == 2 * HORA
    assert b"portal_lcr_mais_antiga_segundos 7200.0" in exposition(figures(now + 2 * HORA))[0]

    PontoDeLista.objects.update(checked_at=None)
    assert figures(certificado.included_at + 3 * HORA).lista_mais_antiga == 3 * HORA
    PontoDeLista.objects.update(lista=None)
    assert b"portal_lcr" not in exposition(figures(now))[0]
