"""The ledger: the database refuses to change it, and whoever gets past the database is found out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from portal import clock
from portal.auditoria.models import CHUNK, AppendOnly, Cadeia, Evento
from portal.auditoria.selectors import verify_chain
from portal.auditoria.services import Fato, act, record, record_all


@pytest.fixture
def empty_ledger(db: None) -> None:
    """The seeds have written their own entries by now."""
    with triggers_off():
        execute("DELETE FROM auditoria_evento; DELETE FROM auditoria_cadeia")


def write(count: int, ator: str = "teste") -> None:
    for number in range(count):
        with act():
            record("teste.escrito", at=clock.now(), ator=ator, objeto=f"nº {number}", texto="ção\0\u202e")


def write_and_fail() -> None:
    with act():
        record("teste.escrito", at=clock.now(), ator="teste")
        raise ZeroDivisionError


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@contextmanager
def triggers_off() -> Iterator[None]:
    """What somebody with the owner's rights in the database can do."""
    execute("ALTER TABLE auditoria_evento DISABLE TRIGGER ALL")
    yield
    execute("ALTER TABLE auditoria_evento ENABLE TRIGGER ALL")
    execute("ALTER TABLE auditoria_evento DISABLE TRIGGER auditoria_sem_truncar")


REFUSED = [
    "UPDATE auditoria_evento SET ator = 'outro' WHERE numero = 2",
    "UPDATE auditoria_evento SET dados = '{}'",
    "DELETE FROM auditoria_evento WHERE numero = 2",
    "DELETE FROM auditoria_evento",
]


@pytest.mark.parametrize("sql", REFUSED)
def test_raw_sql_cannot_change_or_remove(empty_ledger: None, sql: str) -> None:
    write(3)

    with pytest.raises(DatabaseError, match="só recebe novas entradas"), transaction.atomic():
        execute(sql)

    assert verify_chain().quebra is None
    assert Evento.objects.count() == 3


def test_truncate_is_refused(empty_ledger: None) -> None:
    write(3)
    execute("ALTER TABLE auditoria_evento ENABLE TRIGGER auditoria_sem_truncar")

    with pytest.raises(DatabaseError, match="só recebe novas entradas"), transaction.atomic():
        execute("TRUNCATE auditoria_evento")

    execute("ALTER TABLE auditoria_evento DISABLE TRIGGER auditoria_sem_truncar")
    assert Evento.objects.count() == 3


def test_the_models_refuse_too(empty_ledger: None) -> None:
    write(1)
    evento = Evento.objects.get()

    for attempt in (evento.save, evento.delete, Evento.objects.all().delete, lambda: Evento.objects.update(ator="x")):
        with pytest.raises(AppendOnly):
            attempt()


TAMPERED = {
    "edit": ("UPDATE auditoria_evento SET ator = 'outro' WHERE numero = 3", 3, "conteúdo"),
    "edit the number alone": ("UPDATE auditoria_evento SET numero = 30 WHERE numero = 3", 4, "faltam entradas"),
    "delete the first": ("DELETE FROM auditoria_evento WHERE numero = 1", 2, "faltam entradas"),
    "delete in the middle": ("DELETE FROM auditoria_evento WHERE numero = 3", 4, "faltam entradas"),
    "delete the tail": ("DELETE FROM auditoria_evento WHERE numero >= 4", 4, "ponta"),
    "delete all": ("DELETE FROM auditoria_evento", 1, "ponta"),
    "reorder": (
        "UPDATE auditoria_evento SET numero = -numero WHERE numero IN (2, 3);"
        "UPDATE auditoria_evento SET numero = numero + 5 WHERE numero < 0",
        2,
        "hash anterior",
    ),
    "insert": (
        "INSERT INTO auditoria_evento SELECT 6, at, tipo, ator, cnpj, objeto, dados, hash, repeat('a', 64) "
        "FROM auditoria_evento WHERE numero = 5",
        6,
        "conteúdo",
    ),
    "remove the head": ("DELETE FROM auditoria_cadeia", 1, "falta o registro da ponta"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_tampering_behind_the_triggers_is_found(empty_ledger: None, name: str) -> None:
    sql, numero, motivo = TAMPERED[name]
    write(5)

    with triggers_off():
        execute(sql)

    quebra = verify_chain().quebra
    assert quebra is not None
    assert quebra.numero == numero
    assert motivo in quebra.motivo


def test_whole_chain_and_empty_ledger_pass(empty_ledger: None) -> None:
    assert (verify_chain().entradas, verify_chain().quebra) == (0, None)

    write(5)

    assert (verify_chain().entradas, verify_chain().quebra) == (5, None)


def test_more_entries_than_one_statement_takes_make_one_chain(empty_ledger: None) -> None:
    fatos = [
        Fato("teste.escrito", objeto=f"nº {number}", dados={"texto": "ção\0\u202e"}) for number in range(CHUNK + 1)
    ]

    with act():
        record_all(fatos, at=clock.now(), ator="teste")

    assert (verify_chain().entradas, verify_chain().quebra) == (CHUNK + 1, None)


def test_nothing_is_recorded_outside_the_act(transactional_db: None) -> None:
    with pytest.raises(TransactionManagementError):
        record("teste.escrito", at=clock.now(), ator="teste")


def test_an_act_that_fails_leaves_no_entry_and_no_gap(empty_ledger: None) -> None:
    write(1)
    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    write(1)

    assert (verify_chain().entradas, verify_chain().quebra) == (2, None)


def test_many_writers_make_one_chain(transactional_db: None) -> None:
    def writer(number: int) -> None:
        write(25, ator=f"autor {number}")
        connection.close()

    before = Evento.objects.count()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(writer, range(8)))

    conferencia = verify_chain()
    assert (conferencia.entradas, conferencia.quebra) == (before + 200, None)
    assert Cadeia.objects.get().numero == before + 200
    assert Evento.objects.values("anterior").distinct().count() == before + 200
