"""What the ledger records becomes mail to those whom it concerns, once."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from adesao import services as adesao
from certificados import services as certificados
from certificados.models import Certificado
from notificacoes.models import Envio, Varredura
from notificacoes.services import fatos, plan
from portal.agentes import acesso
from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Evento
from portal.auditoria.services import act, record
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.notificacoes.cena import HOJE, at, register

NOW = at(HOJE)


@pytest.fixture(autouse=True)
def _the_ledger_was_read(agente: Agente) -> None:
    Varredura.objects.update_or_create(id=1, defaults={"evento": Evento.objects.latest("numero").numero})


def told(tipo: str) -> list[str]:
    return sorted(Envio.objects.filter(tipo=tipo).values_list("destinatario__username", flat=True))


def entry(tipo: str, agente: Agente, *, ator: str = "ana", at: datetime = NOW, **dados: Any) -> Evento:
    with act():
        return record(tipo, at=at, ator=ator, cnpj=agente.cnpj, objeto="PI-1", **dados)


def test_the_first_adesao_gives_everybody_a_receipt(
    agente: Agente, ana: Usuario, bruno: Usuario, carla: Usuario, davi: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    factories.adhere(agente, ana, confianca, now=now)

    plan(now=now)

    concluded = Evento.objects.get(tipo="adesao.concluida")
    assert told("solicitacao") == ["ana", "bruno", "carla"]
    envio = Envio.objects.get(tipo="solicitacao", destinatario=ana)
    assert envio.chave == f"solicitacao:{concluded.numero}:{ana.pk}"
    assert envio.message_id == f"solicitacao-{concluded.numero}-{ana.pk}@portal.invalid"
    assert envio.dados == {"evento": concluded.numero, "protocolo": concluded.objeto}


def test_only_the_others_are_told_of_certificates(
    agente: Agente, ana: Usuario, bruno: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    factories.adhere(agente, ana, confianca, now=now)
    plan(now=now)
    Envio.objects.all().delete()
    second = [("dois.cer", factories.issue(confianca, agente, host="dois", now=now))]
    first = Certificado.objects.get()

    adesao.submit(agente, senha="", arquivos=second, excluir=[first.pk], ator=acesso.of_usuario(ana), now=now)
    plan(now=now)

    assert told("solicitacao") == ["bruno"]
    assert told("exclusao") == []  # it is told in the receipt


def test_no_mail_knows_the_password(agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime) -> None:
    factories.adhere(agente, ana, confianca, now=now)

    plan(now=now)

    assert factories.SENHA_SISTEMICA not in repr(list(Envio.objects.values()))


def test_a_changed_password_is_told_to_who_changed_it_too(agente: Agente, ana: Usuario, bruno: Usuario) -> None:
    entry("atualizacao.concluida", agente, senha="alterada")

    plan(now=NOW)

    assert told("solicitacao") == ["ana", "bruno"]


def test_what_a_machine_does_is_told_to_all(agente: Agente, ana: Usuario, bruno: Usuario) -> None:
    entry("atualizacao.concluida", agente, ator="chave:erp", senha="mantida")

    plan(now=NOW)

    assert told("solicitacao") == ["ana", "bruno"]


def test_removed_by_operations_is_told_once_a_person(agente: Agente, ana: Usuario, bruno: Usuario) -> None:
    for number in range(3):
        certificado = register(agente, ends=at(HOJE + timedelta(days=200)), nome=f"{number}.cer")
        certificados.remove(certificado, by="operacao", now=NOW, motivo="Comprometido")

    plan(now=NOW)

    numeros = list(Evento.objects.filter(tipo="certificado.excluido").order_by("numero").values_list("pk", flat=True))
    assert told("exclusao") == ["ana", "bruno"]
    envio = Envio.objects.get(destinatario=ana)
    assert envio.dados == {"eventos": numeros}
    assert envio.chave == f"exclusao:{numeros[0]}:{ana.pk}"


def test_a_bounce_is_told_to_the_other_contacts(agente: Agente, ana: Usuario, bruno: Usuario) -> None:
    entry("aviso.devolvido", agente, ator="portal", envio=77, usuario="ana")

    plan(now=NOW)

    envio = Envio.objects.get()
    assert (envio.destinatario, envio.chave, envio.dados) == (bruno, f"devolucao:77:{bruno.pk}", {"envio": 77})


def test_an_old_entry_is_nobodys_news(agente: Agente, ana: Usuario) -> None:
    entry("atualizacao.concluida", agente, senha="alterada", at=NOW - timedelta(days=8))

    plan(now=NOW)

    assert not Envio.objects.exists()
    assert Varredura.objects.get().evento == Evento.objects.latest("numero").numero


def test_an_entry_is_read_once(agente: Agente, ana: Usuario) -> None:
    entry("atualizacao.concluida", agente, senha="alterada")
    plan(now=NOW)

    assert not plan(now=NOW)
    Varredura.objects.update(evento=0)  # as after a restore
    assert not plan(now=NOW)
    assert told("solicitacao") == ["ana"]


def test_a_lot_more_than_one_chunk_is_read_whole(agente: Agente, ana: Usuario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fatos, "LOTE", 3)
    for _ in range(10):
        entry("atualizacao.concluida", agente, senha="alterada")
        entry("sessao.entrada", agente)
        entry("certificado.excluido", agente, ator="operacao")

    plan(now=NOW)

    assert len(told("solicitacao")) == 10
    assert len(Envio.objects.get(tipo="exclusao").dados["eventos"]) == 10


def test_who_no_longer_represents_is_not_told(agente: Agente, ana: Usuario, bruno: Usuario) -> None:
    entry("atualizacao.concluida", agente, senha="alterada")
    Usuario.objects.filter(pk=bruno.pk).update(is_active=False)

    plan(now=NOW)

    assert told("solicitacao") == ["ana"]
