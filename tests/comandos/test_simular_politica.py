"""simular_politica: the report, the JSON, and a file that cannot be used."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from certificados.models import Certificado
from portal.agentes.models import Agente, Usuario
from portal.auditoria.models import Evento
from portal.demo import services as demo
from portal.demo.hierarquia import Hierarquia
from tests.certificados.cena import AE_S, EXEMPLO, include, toml
from tests.comandos.executar import run


def test_it_says_who_would_fail_which_rules_and_from_when(
    agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    include(agente, ana, confianca, now=now, host="velho")
    include(agente, ana, confianca, now=now, host="novo", oid=AE_S)
    before = Evento.objects.count()

    saida = run("simular_politica", EXEMPLO)

    assert (saida.codigo, saida.mensagens) == (0, "")
    assert "SERRA AZUL (12.ABC.345/01DE-35): certificados bons que restam: 1" in saida.texto
    assert "velho.cer: reprovado desde 01/01/2027" in saida.texto
    assert "cadeia-icp-brasil: " in saida.texto
    assert "novo.cer" not in saida.texto
    assert saida.texto.endswith("\n  Hierarquia: ICP-Brasil (cadeia-icp-brasil): 1\n")
    assert "Conferidos: 2. Reprovados: 1; empresas: 1." in saida.texto
    assert Evento.objects.count() == before


def test_json_is_one_object_alone(agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime) -> None:
    row = include(agente, ana, confianca, now=now, host="velho")

    saida = run("simular_politica", EXEMPLO, "--json", "--em", "2027-02-01")

    document = json.loads(saida.texto)
    (empresa,) = document["empresas"]
    (failed,) = empresa["reprovados"]
    assert (empresa["cnpj"], empresa["certificados_bons"], failed["sha256"]) == (agente.cnpj, 0, row.sha256)
    assert failed["reprovado_desde"] == "2027-02-01T00:00:00-03:00"
    assert failed["regras"][0]["exigido"].endswith("2.16.76.1.2.203 ou 2.16.76.1.2.204")
    assert document["politica"]["codigo"] == "ae-s-ae-h-2027"
    assert (document["totais"]["sem_nenhum"], document["totais"]["regras"]) == (1, {"cadeia-icp-brasil": 1})


@pytest.mark.django_db
def test_an_empty_register_is_no_failure() -> None:
    saida = run("simular_politica", EXEMPLO, "--json")

    assert (saida.codigo, json.loads(saida.texto)["empresas"]) == (0, [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "arguments", "words"),
    [
        ("rsa_bits = 'a'\ncor = 1", (), ["“rsa_bits” precisa ser um número inteiro", "“cor” não é uma chave", "Falta"]),
        ("=", (), ["não é TOML válido (linha 1"]),
        (None, (), ["Não foi possível ler", "não existe"]),
        (EXEMPLO.read_text(), ("--em", "amanhã"), ["--em: “amanhã” não é um dia"]),
        (EXEMPLO.read_text(), ("--em", "2026-12-31"), ["A política não vale em 31/12/2026"]),
    ],
)
def test_what_cannot_be_used_is_named(
    tmp_path: Path, content: str | None, arguments: tuple[str, ...], words: list[str]
) -> None:
    file = tmp_path / "politica.toml"
    if content is not None:
        file.write_text(content)

    saida = run("simular_politica", file, *arguments)

    assert (saida.codigo, saida.texto) == (2, "")
    assert [word for word in words if word not in saida.mensagens] == []


@pytest.mark.django_db
def test_the_demonstration_under_the_rules_of_specific_applications(tmp_path: Path, now: datetime) -> None:
    """Its certificates are of the kind that there is today: all that last that long would fail."""
    demo.populate(tmp_path, now=now)
    first = datetime.fromisoformat("2027-01-01T00:00:00-03:00")
    affected = Certificado.objects.filter(slot__isnull=False, valid_until__gte=first)

    document = json.loads(run("simular_politica", EXEMPLO, "--json").texto)

    failed = {one["sha256"]: one["regras"] for empresa in document["empresas"] for one in empresa["reprovados"]}
    assert failed.keys() == set(affected.values_list("sha256", flat=True))
    assert {regra["codigo"] for regras in failed.values() for regra in regras} == {"cadeia-icp-brasil"}
    assert document["totais"]["fora"] == Certificado.objects.filter(slot__isnull=False).count() - len(failed)


def test_a_milder_rule_set_refuses_nobody(
    agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime, tmp_path: Path
) -> None:
    include(agente, ana, confianca, now=now, host="um")
    file = tmp_path / "x.toml"
    file.write_text(toml(now, "max_dias = 800"))

    saida = run("simular_politica", file)

    assert "Reprovados: 0; empresas: 0." in saida.texto
