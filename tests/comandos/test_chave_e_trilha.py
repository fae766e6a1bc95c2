"""`emitir_chave` and `conferir_trilha`."""

from datetime import timedelta

import pytest
from django.db import connection

from portal.agentes.models import Agente, ChaveDeMaquina
from portal.agentes.services import hash_key
from portal.auditoria.models import Evento
from tests.comandos.executar import run

pytestmark = pytest.mark.django_db


def test_the_key_is_alone_on_standard_output(agente: Agente) -> None:
    done = run("emitir_chave", "Integrador", "--escopo", "agente", "--cnpj", "12.abc.345/01de-35")

    chave = ChaveDeMaquina.objects.get()
    assert (done.codigo, done.texto.count("\n")) == (0, 1)
    assert (chave.sha256, chave.agente) == (hash_key(done.texto.strip()), agente)
    assert chave.expires_at - chave.created_at == timedelta(days=365)
    assert "não será mostrada de novo" in done.mensagens
    assert Evento.objects.latest("numero").tipo == "chave.emitida"


def test_a_gateway_key_has_no_agent() -> None:
    assert run("emitir_chave", "Gateway", "--escopo", "gateway").codigo == 0
    assert ChaveDeMaquina.objects.get().agente is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--escopo", "agente"], "Use --cnpj com --escopo agente"),
        (["--escopo", "gateway", "--cnpj", "12ABC34501DE35"], "e somente com ele"),
        (["--escopo", "agente", "--cnpj", "123"], "não é um CNPJ"),
        (["--escopo", "agente", "--cnpj", "98765432000198"], "Não há agente com o CNPJ 98.765.432/0001-98"),
        (["--escopo", "tudo"], "tudo"),
    ],
)
def test_a_wrong_call_issues_nothing(agente: Agente, arguments: list[str], words: str) -> None:
    done = run("emitir_chave", "x", *arguments)

    assert (done.codigo != 0, done.texto) == (True, "")
    assert words in done.mensagens
    assert not ChaveDeMaquina.objects.exists()


def test_a_whole_ledger_is_said_to_be_whole(agente: Agente) -> None:
    done = run("conferir_trilha")

    assert done.codigo == 0
    assert f"Cadeia íntegra: {Evento.objects.count()} entradas" in done.texto


def test_the_first_broken_entry_is_named(agente: Agente, outro_agente: Agente) -> None:
    broken = Evento.objects.get(cnpj=agente.cnpj).numero
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE auditoria_evento DISABLE TRIGGER auditoria_sem_alterar")
        cursor.execute("UPDATE auditoria_evento SET ator = 'outro' WHERE numero >= %s", [broken])

    done = run("conferir_trilha")

    assert done.codigo == 1
    assert f"Cadeia rompida na entrada {broken}: o conteúdo não corresponde ao hash." in done.texto
