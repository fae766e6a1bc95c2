"""From production to the sandbox: what comes along, what never does, and what a second copy changes."""

import io
import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from adesao.models import Credencial
from certificados import services as certificados
from certificados.copia.campos import COPIA
from certificados.copia.services import CertificadoTrocado
from certificados.models import Arquivo, Certificado
from portal.agentes import services as agentes
from portal.agentes.models import Agente, ChaveDeMaquina, Convite, Escopo, Papel, Representacao, Usuario
from portal.auditoria.models import Evento
from portal.auditoria.selectors import verify_chain
from portal.demo.hierarquia import Hierarquia
from portal.gateway.diretorio.services import publish
from portal.gateway.models import Entrada
from portal.kernel.errors import Conflict, Forbidden
from portal.registros import services
from portal.registros.formato import ArquivoInvalido, Escritor
from tests import factories
from tests.comandos.executar import run

SECRETS = (
    "senha",
    "password",
    "argon2",
    "senha_hash",
    "chave",
    "telefone",
    "0800 000 0000",
    "session",
    factories.SENHA,
)


@pytest.fixture
def producao(
    agente: Agente, ana: Usuario, outro_agente: Agente, davi: Usuario, confianca: Hierarquia, now: datetime
) -> bytes:
    """Two companies with certificates; the file made of them."""
    Usuario.objects.update(telefone="0800 000 0000")
    factories.adhere(agente, ana, confianca, hosts=("api", "web"), now=now)
    factories.adhere(outro_agente, davi, confianca, now=now)
    return exported(now)


@pytest.fixture
def sandbox(producao: bytes, settings: Settings) -> bytes:
    """The file, and nothing else: an empty database that is the sandbox's."""
    empty()
    settings.SANDBOX, settings.AMBIENTE = True, "sandbox"
    return producao


def empty() -> None:
    tables = ", ".join(
        connection.ops.quote_name(model._meta.db_table)
        for model in (Arquivo, Certificado, Credencial, Representacao, Convite, ChaveDeMaquina, Agente, Usuario)
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {tables} CASCADE")


def exported(now: datetime) -> bytes:
    target = io.BytesIO()
    services.export_records(target, by="olga", now=now)
    return target.getvalue()


def copy(data: bytes, now: datetime) -> Counter[str]:
    return services.import_records(io.BytesIO(data), by="olga", now=now)


def in_service() -> set[tuple[str, str]]:
    rows = Certificado.objects.filter(slot__isnull=False)
    return set(rows.values_list("agente__sigla", "nome_arquivo"))


def test_companies_people_and_certificates_come_over(sandbox: bytes, now: datetime) -> None:
    done = copy(sandbox, now)

    roles = Representacao.objects.values_list("usuario__username", "agente__cnpj", "papel")
    api = Certificado.objects.get(agente__sigla="SERRA AZUL", nome_arquivo="api.cer")
    assert done == Counter(pessoas=2, empresas=2, representacoes=2, certificados=2)
    assert set(roles) == {
        ("ana", "12ABC34501DE35", Papel.REPRESENTANTE_CCEE), ("davi", "98765432000198", Papel.REPRESENTANTE_CCEE)
    }  # fmt: skip
    assert in_service() == {("SERRA AZUL", "api.cer"), ("SERRA AZUL", "web.cer"), ("VALE VERDE", "api.cer")}
    assert certificados.open_file(bytes(api.arquivo.der)).sha256 == api.sha256
    assert api.included_by == COPIA
    assert Agente.objects.get(cnpj="12ABC34501DE35").sigla_busca == "SERRA AZUL"
    assert verify_chain().quebra is None


def test_nothing_that_opens_a_door_is_in_the_file(
    producao: bytes, agente: Agente, ana: Usuario, operacao: Usuario, now: datetime
) -> None:
    agentes.issue_key("k", escopo=Escopo.AGENTE, agente=agente, by="ana", now=now)
    text = exported(now).decode()

    assert not [word for word in SECRETS if word in text.lower()]
    assert [line["username"] for line in map(json.loads, text.splitlines()) if line.get("tipo") == "pessoa"] == [
        "ana",
        "davi",
    ]
    for secret in (ana.password, Credencial.objects.get(agente=agente).senha_hash):
        assert secret
        assert secret not in text


def test_nobody_copied_can_sign_in_and_no_company_has_adhered(sandbox: bytes, now: datetime) -> None:
    copy(sandbox, now)

    assert not any(one.has_usable_password() for one in Usuario.objects.all())
    assert not Credencial.objects.exists()
    assert not Convite.objects.exists()


def test_a_second_copy_changes_nothing(sandbox: bytes, now: datetime) -> None:
    copy(sandbox, now)
    before = Evento.objects.count()

    assert copy(sandbox, now) == Counter()
    assert Evento.objects.count() == before + 1
    assert Certificado.objects.count() == 3


def test_what_changed_in_production_changes_here(
    sandbox: bytes, confianca: Hierarquia, settings: Settings, now: datetime
) -> None:
    """A renewed certificate takes the place of the old one; who left production's company leaves here too."""
    copy(sandbox, now)
    lines = [json.loads(line) for line in sandbox.splitlines()]
    serra = next(one for one in lines if one.get("sigla") == "SERRA AZUL")
    vale = next(one for one in lines if one.get("sigla") == "VALE VERDE")
    serra["razao_social"] = "Serra Azul Energia S.A."
    serra["representacoes"][0]["ate"] = now.date().isoformat()
    moved = serra["certificados"].pop()
    vale["certificados"].append(moved)

    done = copy(rewritten(lines), now)

    assert done == Counter(empresas=1, representacoes=1, saidas=1, certificados=1)
    assert Agente.objects.get(sigla="SERRA AZUL").razao_social_busca == "SERRA AZUL ENERGIA S.A."
    assert Representacao.objects.get(usuario__username="ana").ate == now.date()
    assert in_service() == {("SERRA AZUL", "api.cer"), ("VALE VERDE", "api.cer"), ("VALE VERDE", "web.cer")}


def rewritten(lines: list[dict[str, object]]) -> bytes:
    """The same records under a foot that fits them."""
    target = io.BytesIO()
    escritor = Escritor(target, perfil="ccee", gerado_em="x")
    for line in lines[1:-1]:
        escritor.write(str(line.pop("tipo")), line)
    escritor.close()
    return target.getvalue()


def test_what_belongs_to_the_sandbox_stays(sandbox: bytes, confianca: Hierarquia, now: datetime) -> None:
    copy(sandbox, now)
    agente, ana = Agente.objects.get(sigla="SERRA AZUL"), Usuario.objects.get(username="ana")
    agentes.set_personal_password(ana, factories.SENHA, now=now)
    eva = factories.create_usuario("eva")
    factories.represent(eva, agente, Papel.REPRESENTANTE_LEGAL)
    certificados.remove(Certificado.objects.get(nome_arquivo="web.cer"), by="ana", now=now, motivo="teste")
    factories.adhere(agente, ana, confianca, hosts=("sandbox",), now=now)

    done = copy(sandbox, now)

    assert done == Counter(certificados_deixados=1)
    assert ("SERRA AZUL", "sandbox.cer") in in_service()
    assert Representacao.objects.filter(usuario=eva, ate=None).exists()
    assert Usuario.objects.get(pk=ana.pk).check_password(factories.SENHA)


def test_staff_of_the_sandbox_stay_what_they_are(sandbox: bytes, now: datetime) -> None:
    """A person of production with the same name, or the same address, does not become them."""
    factories.create_usuario("ana", staff=True)
    Usuario.objects.create(username="outra", nome="Outra", email="DAVI@exemplo.test")

    done = copy(sandbox, now)

    assert (done["pessoas_deixadas"], done["representacoes_deixados"]) == (2, 2)
    assert Usuario.objects.get(username="ana").is_staff
    assert not Representacao.objects.exists()


def test_the_directory_tells_what_a_copy_took_out(sandbox: bytes, confianca: Hierarquia, now: datetime) -> None:
    copy(sandbox, now)
    ana = Usuario.objects.get(username="ana")
    agente = Agente.objects.get(sigla="SERRA AZUL")
    certificados.remove(Certificado.objects.get(nome_arquivo="web.cer"), by="ana", now=now, motivo="teste")
    factories.adhere(agente, ana, confianca, hosts=("sandbox",), now=now)
    publish(now=now)
    lines = [json.loads(line) for line in sandbox.splitlines()]
    next(one for one in lines if one.get("sigla") == "SERRA AZUL")["certificados"] = []

    copy(rewritten(lines), now)
    publish(now=now)

    last = Entrada.objects.filter(ultima=True, cnpj=agente.cnpj).values_list("ativo", flat=True)
    assert sorted(last) == [False, True]


@pytest.mark.parametrize("ambiente", ["demo", "producao"])
def test_elsewhere_it_is_refused(producao: bytes, settings: Settings, now: datetime, ambiente: str) -> None:
    settings.AMBIENTE = ambiente

    with pytest.raises(Forbidden, match="só existe no sandbox"):
        copy(producao, now)


def test_a_damaged_file_imports_nothing(sandbox: bytes, now: datetime) -> None:
    with pytest.raises(ArquivoInvalido):
        copy(sandbox.replace(b"SERRA AZUL", b"SERRA AZUM"), now)

    assert not Agente.objects.exists()


def test_a_certificate_that_is_not_what_its_line_says_undoes_all_of_it(sandbox: bytes, now: datetime) -> None:
    lines = [json.loads(line) for line in sandbox.splitlines()]
    vale = next(one for one in lines if one.get("sigla") == "VALE VERDE")
    vale["certificados"][0]["der"] = "AAAA"

    with pytest.raises(CertificadoTrocado):
        copy(rewritten(lines), now)

    assert not Agente.objects.exists()


def test_a_name_that_is_another_companys_here_undoes_all_of_it(sandbox: bytes, now: datetime) -> None:
    factories.create_agente("Vale Verde", cnpj=factories.make_cnpj(5))

    with pytest.raises(Conflict, match="Nada foi importado"):
        copy(sandbox, now)

    assert Agente.objects.count() == 1


def test_that_people_left_in_a_file_is_an_entry(producao: bytes) -> None:
    evento = Evento.objects.get(tipo="registros.exportados")

    assert (evento.ator, evento.dados["empresa"], evento.dados["pessoa"]) == ("olga", 2, 2)
    assert evento.dados["sha256"] == json.loads(producao.splitlines()[-1])["sha256"]


@pytest.mark.django_db(transaction=True)
def test_by_command(producao: bytes, settings: Settings, tmp_path: Path) -> None:
    arquivo = tmp_path / "registros.jsonl"

    out = run("exportar_registros", str(arquivo))
    refused = run("importar_registros", str(arquivo))
    settings.SANDBOX = True
    missing = run("importar_registros", str(tmp_path / "nada"))
    again = run("importar_registros", str(arquivo))

    assert (out.codigo, arquivo.stat().st_mode & 0o777) == (0, 0o600)
    assert "apague-o" in out.texto
    assert (refused.codigo, missing.codigo, again.codigo) == (1, 1, 0)
    assert "AMBIENTE=sandbox" in refused.mensagens
    assert "Não foi possível ler" in missing.mensagens
    assert "Nada a mudar" in again.texto


def test_lots_are_joined(sandbox: bytes, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "LOTE", 1)

    assert copy(sandbox, now)["empresas"] == 2
    assert copy(sandbox, now + timedelta(days=1)) == Counter()
