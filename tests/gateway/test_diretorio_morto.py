"""Who publishes the feed dies at any statement, alone or beside another, while companies change: it ends whole."""

from datetime import datetime
from itertools import pairwise

import pytest

from adesao.models import Credencial
from certificados import services as certificados
from certificados.models import Certificado
from portal import clock
from portal.demo.hierarquia import Hierarquia
from portal.gateway.diretorio import selectors, services
from portal.gateway.domain.diretorio import Cursor
from portal.gateway.models import Entrada
from tests import factories
from tests.api.conftest import machine
from tests.contratos.condenados import Condenados
from tests.gateway.leitor import Leitor, active

EMPRESAS, SEMENTE = 12, 20261122
LIFE = 14  # statements, on average: about as many as one batch takes


def _adhered(confianca: Hierarquia, now: datetime, host: str) -> Certificado:
    agente = factories.create_agente()
    Credencial.objects.create(agente=agente, adhered_at=now, changed_at=now)
    facts = certificados.open_file(factories.issue(confianca, agente, host=host, now=now))
    return certificados.store(agente, facts, arquivo=f"{host}.cer", by="ana", now=clock.now(), protocolo="")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at_once", [1, 2])
def test_a_publisher_that_dies_neither_loses_nor_repeats(
    confianca: Hierarquia, chave: str, now: datetime, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(services, "LOTE", 2)
    rows = [_adhered(confianca, now, f"um-{at}") for at in range(EMPRESAS)]
    leitor, cursor = Leitor(machine(chave)), [Cursor()]

    def change_and_read() -> None:
        """Between two deaths the world goes on, until half of the companies are out."""
        if len(rows) > EMPRESAS // 2:
            certificados.remove(rows.pop(), by="ana", now=clock.now(), motivo="teste")
        pagina = selectors.page(cursor[0], EMPRESAS)  # the rows alone: over HTTP reading would publish
        for row in pagina.entradas:
            leitor.apply({"cnpj": row.cnpj, "sha256": row.sha256, "ativo": row.ativo, "cursor": str(row.cursor)})
        cursor[0] = pagina.proximo

    condenados = Condenados(lambda: services.publish(now=clock.now()), LIFE, SEMENTE, at_once=at_once)
    condenados.run(lambda: not selectors.is_behind() and len(rows) == EMPRESAS // 2, after_each=change_and_read)

    assert condenados.deaths >= 3
    told = list(Entrada.objects.order_by("pk"))
    assert set(leitor.tem) == set(Leitor(machine(chave)).read_all().tem) == active()
    assert len(active()) == EMPRESAS // 2
    assert leitor.lidas == [str(row.cursor) for row in told]
    for cnpj in {row.cnpj for row in told}:
        assert all(before != after for before, after in pairwise(row.ativo for row in told if row.cnpj == cnpj))
