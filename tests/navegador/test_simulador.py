"""The policy simulator in a browser: from the paste to the mail, at both widths."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.urls import reverse

from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from tests.certificados.cena import AE_S, example, include
from tests.navegador.conftest import DESKTOP, PHONE, Janela

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


def test_operations_try_a_rule_set_and_tell_the_companies(
    janela: Callable[..., Janela], agente: Agente, ana: Usuario, operacao: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    include(agente, ana, confianca, now=now, host="velho")
    include(agente, ana, confianca, now=now, host="novo", oid=AE_S)
    window = janela(operacao)
    page = window.open(reverse("admin:certificados_politica_changelist"))

    page.get_by_role("link", name="Simular uma política").click()
    page.get_by_label("Política").fill("cor = 1")
    page.get_by_role("button", name="Simular").click()
    window.says("“cor” não é uma chave")
    window.check("simulador-formulario", DESKTOP, PHONE)

    page.get_by_label("Política").fill(example())
    page.get_by_role("button", name="Simular").click()
    window.says("velho.cer")
    window.check("simulador-tabela", DESKTOP, PHONE)

    page.get_by_role("button", name="Avisar as empresas…").click()
    window.says("não seria aceito a partir de 01/01/2027")
    window.check("simulador-aviso", DESKTOP, PHONE)

    page.get_by_role("button", name="Enviar").click()
    window.says("O aviso está a caminho")
    assert Evento.objects.filter(tipo="aviso.politica").count() == 1
