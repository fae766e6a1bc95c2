"""The append-only ledger. Rows hold text and hashes, never foreign keys: they outlive their subject."""

import json
from collections.abc import Sequence
from datetime import UTC
from typing import Any, NoReturn

from django.db import connection, models

CHUNK = 500  # entries in one statement


class AppendOnly(Exception):
    """A programming error, not a user's: nobody may change or remove an entry."""


class EventoQuerySet(models.QuerySet["Evento"]):
    def append(self, eventos: Sequence["Evento"]) -> None:
        """What bulk_create() would do, at half its cost: most of a notice's ledger entry is writing the row."""
        fields = self.model._meta.concrete_fields
        names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
        marks = f"({', '.join(['%s'] * len(fields))})"
        with connection.cursor() as cursor:
            for start in range(0, len(eventos), CHUNK):
                chunk = eventos[start : start + CHUNK]
                values = [value for evento in chunk for value in _prepared(evento, fields)]
                cursor.execute(
                    f"INSERT INTO {connection.ops.quote_name(self.model._meta.db_table)} ({names})"  # noqa: S608 - ours
                    f" VALUES {', '.join([marks] * len(chunk))}",
                    values,
                )
        for evento in eventos:
            evento._state.adding = False

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("A trilha só recebe novas entradas.")

    def delete(self) -> NoReturn:
        raise AppendOnly("A trilha só recebe novas entradas.")


def _prepared(evento: "Evento", fields: Sequence[Any]) -> list[Any]:
    """psycopg2 takes plain values as they are; SQLite must be given text."""
    if connection.vendor == "postgresql":
        return [
            getattr(evento, field.attname) if field.attname != "dados" else json.dumps(evento.dados) for field in fields
        ]
    return [field.get_db_prep_save(getattr(evento, field.attname), connection) for field in fields]


class Evento(models.Model):
    """One legal act. `hash` covers every other field and the hash before it (portal.kernel.chain_hash)."""

    numero = models.BigIntegerField("número", primary_key=True)
    at = models.DateTimeField("quando", db_index=True)
    tipo = models.CharField("tipo", max_length=60, db_index=True)
    ator = models.CharField("quem", max_length=200)
    cnpj = models.CharField("CNPJ", max_length=14, blank=True)
    objeto = models.CharField("objeto", max_length=200, blank=True)
    dados = models.JSONField("dados", default=dict)
    anterior = models.CharField("hash anterior", max_length=64)
    hash = models.CharField("hash", max_length=64, unique=True)

    objects = EventoQuerySet.as_manager()

    class Meta:
        verbose_name = "evento"
        verbose_name_plural = "trilha de auditoria"
        ordering = ["-numero"]
        indexes = [models.Index(fields=["cnpj", "-numero"], name="evento_por_cnpj")]

    def __str__(self) -> str:
        return f"{self.numero} · {self.tipo}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("A trilha só recebe novas entradas.")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("A trilha só recebe novas entradas.")

    def body(self) -> dict[str, Any]:
        """What the hash covers, as text that any database gives back unchanged."""
        return {
            "numero": self.numero,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "tipo": self.tipo,
            "ator": self.ator,
            "cnpj": self.cnpj,
            "objeto": self.objeto,
            "dados": self.dados,
        }


class Cadeia(models.Model):
    """One row: the head of the chain. Locking it gives entries their order; a removed tail shows against it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    numero = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="cadeia_unica")]

    def __str__(self) -> str:
        return f"cadeia até {self.numero}"
