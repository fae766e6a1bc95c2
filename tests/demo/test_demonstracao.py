"""The demonstration is what interfaces promise, made through the services, and survives being made again."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from pytest_django import Settings

from adesao.models import Credencial
from certificados import selectors
from certificados import services as certificados
from certificados.models import Certificado
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Acao
from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Evento
from portal.auditoria.selectors import verify_chain
from portal.checks import CONTAS_DE_DEMONSTRACAO
from portal.demo.contas import CONTAS, EMPRESAS
from portal.demo.services import populate
from tests.comandos.executar import run

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all tests here: the keys in it take seconds to make."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def demo(var: Path, now: datetime) -> Path:
    populate(var, now=now)
    return var / "demo"


def agentes_of(username: str, now: datetime) -> set[str]:
    ator = acesso.of_usuario(Usuario.objects.get(username=username))
    return {agente.sigla for agente in acesso.visible_agentes(ator, on=clock.local_date(now))}


def test_the_accounts_are_those_that_production_refuses() -> None:
    assert tuple(conta.username for conta in CONTAS) == CONTAS_DE_DEMONSTRACAO


def test_everything_promised_is_there(demo: Path, now: datetime) -> None:
    """One test, because filling the database takes seconds."""
    check_people(now)
    check_companies(now)
    check_ledger()
    check_files(demo, now)


def check_people(now: datetime) -> None:
    for conta in CONTAS:
        assert authenticate(username=conta.username, password="demo-portal-2026"), conta
    ours = {"SERRA AZUL", "BOA VISTA", "IPE COM"}
    assert [agentes_of(name, now) for name in ("ana.ccee", "bruno.legal", "carla.contabil")] == [ours] * 3
    assert agentes_of("davi.ccee", now) == {"VALE VERDE"}
    assert agentes_of("eva.ccee", now) == {"COSTA SUL"}
    assert agentes_of("aneel", now) == {*ours, "VALE VERDE", "COSTA SUL"}
    assert Usuario.objects.get(username="operacao").has_perm("agentes.change_agente")
    assert not Usuario.objects.get(username="operacao.leitura").has_perm("agentes.change_agente")
    assert not Usuario.objects.filter(is_superuser=True).exists()


def check_companies(now: datetime) -> None:
    found = {agente.sigla: selectors.of_agente(agente).count() for agente in Agente.objects.all()}
    assert found == {"SERRA AZUL": 2, "BOA VISTA": 1, "IPE COM": 0, "VALE VERDE": 1, "COSTA SUL": 0}
    assert Credencial.objects.count() == 3

    today = clock.local_date(now)
    (expiring,) = selectors.of_agente(Agente.objects.get(sigla="BOA VISTA"))
    assert (clock.local_date(expiring.valid_until) - today).days == 12
    may = {
        name: acesso.may(acesso.of_usuario(Usuario.objects.get(username=name)), Acao.ALTERAR, expiring.agente, on=today)
        for name in ("ana.ccee", "bruno.legal", "carla.contabil", "davi.ccee", "aneel")
    }
    assert [name for name, allowed in may.items() if allowed] == ["ana.ccee"]


def check_ledger() -> None:
    assert verify_chain().quebra is None
    assert Evento.objects.filter(tipo="adesao.concluida").count() == 3


def check_files(demo: Path, now: datetime) -> None:
    for empresa in EMPRESAS:
        path = demo / f"valido__{empresa.sigla.lower().replace(' ', '-')}.cer"
        facts = certificados.open_file(path.read_bytes())
        report = certificados.judge(facts, arquivo=path.name, now=now, cnpj=empresa.cnpj)
        assert report.aceito, report.to_dict()
        assert not report.verdict.avisos
        assert path.with_suffix(".key").stat().st_mode & 0o077 == 0
    codes = {regra["codigo"] for regra in report.to_dict()["regras"]}
    assert {path.name.split("__")[0] for path in demo.iterdir() if "__" in path.name} == {*codes, "valido"}
    good = sorted(demo.glob("valido__*.cer"))
    assert run("verificar_certificado", *good, "--raizes", demo / "hierarquia.pem").codigo == 0
    assert "IPE COM, CNPJ 33.000.167/0001-01" in (demo / "LEIA-ME.txt").read_text()


def test_a_second_start_keeps_everything(demo: Path, var: Path, now: datetime) -> None:
    """And a third replaces the good file that was sent since. One test, because filling the database takes seconds."""
    check_second_start(demo, var, now)
    check_third_start(demo, var, now)


def check_second_start(demo: Path, var: Path, now: datetime) -> None:
    ana = Usuario.objects.get(username="ana.ccee")
    Usuario.objects.filter(pk=ana.pk).update(nome="Ana Mudou de Nome")
    before = Evento.objects.count(), {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()}

    populate(var, now=now + timedelta(minutes=1))

    ana.refresh_from_db()
    assert ana.nome == "Ana Mudou de Nome"
    after = {path: path.read_bytes() for path in demo.rglob("*") if path.is_file()}
    assert (Evento.objects.count(), after) == before


def check_third_start(demo: Path, var: Path, now: datetime) -> None:
    path = demo / "valido__ipe-com.cer"
    sent = path.read_bytes()
    agente = Agente.objects.get(sigla="IPE COM")
    facts = certificados.open_file(sent)
    certificados.store(agente, facts, arquivo="x.cer", by="ana.ccee", now=now, protocolo="PI-2026-000001")

    populate(var, now=now)

    new = certificados.open_file(path.read_bytes())
    assert path.read_bytes() != sent
    assert new.subject_hash != facts.subject_hash


def test_it_follows_the_reference_date(tmp_path: Path, var: Path, settings: Settings) -> None:
    """Also years away, and over a folder that another date left behind."""
    settings.DATA_DE_REFERENCIA = datetime.fromisoformat("2044-02-29T12:00:00-03:00")
    now = clock.now()

    populate(var, now=now)

    until = Certificado.objects.get(agente__sigla="BOA VISTA").valid_until
    assert (clock.local_date(until) - clock.local_date(now)).days == 12
    facts = certificados.open_file((var / "demo/valido__ipe-com.cer").read_bytes())
    assert certificados.judge(facts, arquivo="x.cer", now=now).aceito


@pytest.mark.parametrize("ambiente", ["sandbox", "producao"])
def test_it_exists_nowhere_else(settings: Settings, ambiente: str) -> None:
    settings.AMBIENTE = ambiente

    done = run("demo")

    assert (done.codigo, Usuario.objects.exists()) == (1, False)
    assert "AMBIENTE=demo" in done.mensagens
