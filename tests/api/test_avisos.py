"""The notices of a certificate for machines: what the proof shows, field by field."""

from datetime import datetime, timedelta

from django.test import Client

from notificacoes.models import Envio
from notificacoes.selectors import prova
from notificacoes.services import plan
from portal import clock
from portal.agentes.models import Agente, Usuario
from tests.api.conftest import API, assert_problem
from tests.notificacoes.cartas import certificate


def path(agente: Agente, pk: int) -> str:
    return f"{API}/agentes/{agente.cnpj}/certificados/{pk}/avisos/"


def test_what_is_planned_and_what_is_still_to_come(ours: Client, agente: Agente, ana: Usuario, now: datetime) -> None:
    certificado = certificate(agente, ends=now + timedelta(days=20))
    plan(now=clock.now())

    body = ours.get(path(agente, certificado.pk)).json()

    shown = prova.read(certificado, now=clock.now())
    assert [(each["titulo"], each["estado"]) for each in body] == [
        (row.titulo, row.estado.texto) for row in shown.linhas
    ]
    envio = Envio.objects.get(avisos__certificado=certificado)
    (sent,) = [each["mensagem"] for each in body if each["mensagem"]]
    assert (sent["message_id"], sent["enviada_em"], sent["tentativas"]) == (envio.message_id, None, 0)
    assert {each["destinatario"] for each in body} == {ana.nome}


def test_another_companys_certificate_is_not_there(ours: Client, agente: Agente, outro_agente: Agente) -> None:
    theirs = certificate(outro_agente, ends=clock.now() + timedelta(days=20))

    nobodys, not_ours = (assert_problem(ours.get(path(agente, pk)), 404) for pk in (theirs.pk + 1, theirs.pk))

    assert nobodys == not_ours
    assert_problem(ours.get(path(outro_agente, theirs.pk)), 404)
