"""Contracts are kept (3.18): any of them can be taken away whole, and none can be deleted."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client

from contratos.guarda import GUARDADOS, NuncaSeApaga
from contratos.models import Atividade, Contrato, Documento
from contratos.relatorio import exportacao
from portal.agentes.models import Papel, Usuario
from portal.auditoria.models import Evento
from tests import factories
from tests.contratos import cena as cenas
from tests.contratos.cena import MARCOS, Cena

pytestmark = [pytest.mark.django_db, pytest.mark.clausula("3.18")]
ClientOf = Callable[[Usuario], Client]
URL = "/contratos/CCEAR-1/contrato.zip"


@pytest.fixture
def cena() -> Cena:
    cena = cenas.create()
    cena.open()
    for codigo in ("N1", *MARCOS):
        cena.close(codigo)
    return cena


def test_the_file_has_everything_with_its_digests(cena: Cena, client_of: ClientOf) -> None:
    assert cena.ana.usuario
    answer = client_of(cena.ana.usuario).get(URL)

    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    digests = json.loads(archive.read("conferencia.json"))
    told = json.loads(archive.read("contrato.json"))
    issued = Documento.objects.get()

    assert {name: hashlib.sha256(archive.read(name)).hexdigest() for name in digests} == digests
    assert set(archive.namelist()) == {*digests, "conferencia.json"}
    assert archive.read(f"documentos/{issued.pk}-contrato-emitido.pdf") == bytes(issued.emitido)
    assert told["contrato"]["energia_mwh"] == "5259600.000000"
    assert told["outorga"]["ato"]["numero"] == "16.001/2026"
    steps = [step for fluxo in told["fluxos"] for step in fluxo["atividades"]]
    assert len(steps) == Atividade.objects.count()
    assert any(step["evidencia"].get("parecer") for step in steps)
    assert len(json.loads(archive.read("trilha.json"))) > 10


def test_the_same_contract_gives_the_same_bytes(cena: Cena) -> None:
    assert exportacao.write(cena.fresh()) == exportacao.write(cena.fresh())


def test_who_took_it_is_in_the_ledger(cena: Cena, client_of: ClientOf, aneel: Usuario) -> None:
    client_of(aneel).get(URL)

    entry = Evento.objects.filter(tipo="contrato.exportado").latest("numero")
    assert (entry.ator, entry.objeto) == ("aneel", "contrato CCEAR-1")


def test_a_stranger_is_told_that_there_is_none(cena: Cena, client_of: ClientOf) -> None:
    outsider = factories.create_usuario("estranha")
    factories.represent(outsider, factories.create_agente(), Papel.REPRESENTANTE_CCEE)

    assert client_of(outsider).get(URL).status_code == 404
    assert not Evento.objects.filter(tipo="contrato.exportado").exists()


@pytest.mark.parametrize("model", GUARDADOS)
def test_neither_a_row_nor_a_query_deletes(model: type[Contrato], cena: Cena) -> None:
    refused = (NuncaSeApaga, ProtectedError)  # the second where other rows already lean on it
    with pytest.raises(refused), transaction.atomic():
        Contrato.objects.get().delete()
    if model._default_manager.exists():
        with pytest.raises(refused), transaction.atomic():
            model._default_manager.all().delete()
    assert Contrato.objects.count() == 1


def test_not_even_a_contract_on_which_nothing_leans_yet(cena: Cena) -> None:
    bare = cena.fresh()
    bare.pk, bare.numero = None, "CCEAR-2"
    bare.save()

    with pytest.raises(NuncaSeApaga, match=r"3\.18: contrato não se apaga"):
        bare.delete()


@pytest.mark.parametrize("path", ["", "contrato.zip", "fluxos/novo/", "garantias/nova/"])
def test_no_page_deletes(path: str, cena: Cena, client_of: ClientOf) -> None:
    assert cena.ccee.usuario

    answer = client_of(cena.ccee.usuario).delete(f"/contratos/CCEAR-1/{path}")

    assert answer.status_code == 405


def test_the_admin_deletes_no_contract(cena: Cena, client_of: ClientOf) -> None:
    root = factories.create_usuario("raiz", staff=True)
    root.is_superuser = True
    root.save()
    contrato = cena.contrato

    answer = client_of(root).post(f"/admin/contratos/contrato/{contrato.pk}/delete/", {"post": "yes"})

    assert answer.status_code in (403, 404)
    assert Contrato.objects.filter(pk=contrato.pk).exists()
