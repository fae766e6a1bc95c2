"""A CSV of companies and representations: all of it or nothing, each fault with its line and what to do."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.agentes.importacao.planilha import read
from portal.agentes.importacao.services import import_agentes
from portal.agentes.models import Agente, Convite, Papel, Representacao, Usuario
from portal.auditoria.models import Evento
from portal.auditoria.selectors import verify_chain
from tests import factories
from tests.comandos.executar import Saida, run

HEADER = "cnpj;sigla;razao_social;classe;usuario;nome;email;papel"
SERRA = "12.ABC.345/01DE-35;SERRA AZUL;Serra Azul Geração S.A.;gerador"
VALE = "98765432000198;VALE VERDE;Vale Verde Ltda.;Consumidor livre"
ANA = "ana;Ana Souza;ana@exemplo.test"
GOOD = [
    f"{SERRA};{ANA};representante_ccee",
    f"{SERRA};bruno;Bruno Lima;bruno@exemplo.test;Representante legal",
    f"{VALE};{ANA};representante_ccee",
]


def write(folder: Path, *lines: str, encoding: str = "utf-8", header: str = HEADER) -> Path:
    path = folder / "agentes.csv"
    path.write_bytes("\r\n".join([header, *lines, ""]).encode(encoding))
    return path


def rows() -> tuple[int, int, int, int]:
    models = (Agente, Usuario, Representacao, Convite)
    return tuple(model._default_manager.count() for model in models)  # type: ignore[return-value]  # as many as there are models


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_everything_named_is_there_afterwards(tmp_path: Path, encoding: str) -> None:
    done = run("importar_agentes", write(tmp_path, *GOOD, encoding=encoding))

    assert (done.codigo, done.mensagens) == (0, "")
    assert rows() == (2, 2, 3, 2)
    serra = Agente.objects.get(cnpj="12ABC34501DE35")
    assert (serra.razao_social_busca, serra.classe) == ("SERRA AZUL GERACAO S.A.", "gerador")
    assert not Usuario.objects.get(username="ana").has_usable_password()
    assert "linha 2: SERRA AZUL, ana: agente incluído; pessoa incluída e convidada; representação" in done.texto
    assert "linha 3: SERRA AZUL, bruno: pessoa incluída e convidada; representação incluída" in done.texto
    assert "3 linhas importadas" in done.texto


@pytest.mark.django_db
def test_each_fact_has_its_entry_in_the_ledger(tmp_path: Path) -> None:
    run("importar_agentes", write(tmp_path, *GOOD))

    tipos = [evento.tipo for evento in Evento.objects.filter(ator__startswith="comando").order_by("numero")]
    assert sorted(set(tipos)) == ["agente.incluido", "pessoa.convidada", "pessoa.incluida", "representacao.incluida"]
    assert len(tipos) == 2 + 2 + 2 + 3
    assert verify_chain().quebra is None


@pytest.mark.django_db
def test_a_rehearsal_writes_nothing(tmp_path: Path) -> None:
    before = Evento.objects.count()

    done = run("importar_agentes", write(tmp_path, *GOOD), "--simular")

    assert done.codigo == 0
    assert "nada foi gravado" in done.texto
    assert rows() == (0, 0, 0, 0)
    assert Evento.objects.count() == before


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, *GOOD)
    run("importar_agentes", path)
    before = rows(), Evento.objects.count()

    done = run("importar_agentes", path)

    assert done.codigo == 0
    assert (rows(), Evento.objects.count()) == before
    assert done.texto.count("nada a mudar") == 3


@pytest.mark.django_db
def test_what_differs_is_changed_and_the_rest_kept(tmp_path: Path) -> None:
    run("importar_agentes", write(tmp_path, *GOOD))
    changed = [line.replace("Serra Azul Geração", "Serra Azul Nova").replace("ana@", "ana.souza@") for line in GOOD]

    done = run("importar_agentes", write(tmp_path, *changed))

    assert "linha 2: SERRA AZUL, ana: agente alterado; pessoa alterada" in done.texto
    assert Agente.objects.get(sigla="SERRA AZUL").razao_social_busca == "SERRA AZUL NOVA S.A."
    assert Usuario.objects.get(username="ana").email == "ana.souza@exemplo.test"
    assert rows() == (2, 2, 3, 2)
    last = {evento.tipo: evento.dados for evento in Evento.objects.order_by("numero")}
    assert last["agente.alterado"] == {"razao_social": "Serra Azul Nova S.A."}
    assert last["pessoa.alterada"] == {"campos": ["email"]}


@pytest.mark.django_db
def test_an_ended_representation_begins_again(tmp_path: Path, agente: Agente, ana: Usuario) -> None:
    today = date(2026, 11, 21)
    Representacao.objects.update(ate=today - timedelta(days=400))
    email_kept = GOOD[0].replace("ana@exemplo.test", ana.email)

    assert run("importar_agentes", write(tmp_path, email_kept)).codigo == 0

    assert Representacao.objects.filter(usuario=ana, agente=agente, papel=Papel.REPRESENTANTE_CCEE).count() == 2
    assert Representacao.objects.get(ate=None).desde > today - timedelta(days=1)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (GOOD[0].replace("35;SERRA", "34;SERRA"), "linha 3, cnpj: Os dígitos verificadores"),
        (GOOD[0].replace("12.ABC.345/01DE-35", "1122233300018"), "formate a coluna como Texto"),
        (GOOD[0].replace("12.ABC.345/01DE-35", "1,12223E+13"), "formate a coluna como Texto"),
        (GOOD[0].replace("SERRA AZUL", ""), "linha 3, sigla: está vazio"),
        (GOOD[0].replace("SERRA AZUL", "S" * 61), "linha 3, sigla: tem 61 caracteres; o limite é 60"),
        (GOOD[0].replace("SERRA AZUL", "SERRA\u202eAZUL"), "caractere invisível: “SERRA\\u202eAZUL”"),
        (GOOD[0].replace("SERRA AZUL", "SERRA\x00"), "caractere invisível"),
        (GOOD[0].replace("SERRA AZUL", '"SERRA\nAZUL"'), "quebra de linha"),
        (GOOD[0].replace("gerador", "usina"), "linha 3, classe: “usina” não existe; use um destes: gerador"),
        (GOOD[0].replace(";ana;", ";ana souza;"), "linha 3, usuario: “ana souza” só pode ter letras"),
        (GOOD[0].replace("ana@exemplo.test", "ana"), "linha 3, email: “ana” não é um endereço"),
        (GOOD[0].replace("representante_ccee", "dono"), "linha 3, papel: “dono” não existe"),
        (f"{GOOD[0]};", "linha 3: tem 9 colunas e deveria ter 8"),
        (f'"{GOOD[0]}', "linha 3: as aspas não fecham"),
        (GOOD[1], "linha 3: repete a representação da linha 2"),
        (
            GOOD[1].replace("_legal", "").replace("Serra Azul", "Serra Verde"),
            "linha 3, razao_social: o mesmo CNPJ tem outro",
        ),
        (GOOD[2].replace(";ana;", ";bruno;"), "linha 3, nome: o mesmo usuário tem outro valor na linha 2"),
        (GOOD[2].replace(ANA, "carla;Carla;bruno@exemplo.test"), "linha 3, usuario: o mesmo e-mail"),
        (GOOD[2].replace("VALE VERDE", "serra azul"), "linha 3, cnpj: a mesma sigla tem outro valor na linha 2"),
    ],
)
@pytest.mark.django_db
def test_a_bad_line_is_named_and_nothing_is_kept(tmp_path: Path, line: str, words: str) -> None:
    before = Evento.objects.count()

    done = run("importar_agentes", write(tmp_path, GOOD[1], line))

    assert done.codigo == 1
    assert words in done.mensagens
    assert "nada foi gravado" in done.mensagens
    assert (rows(), Evento.objects.count()) == ((0, 0, 0, 0), before)


@pytest.mark.django_db
def test_every_fault_of_the_file_is_told_at_once(tmp_path: Path) -> None:
    bad = [GOOD[0].replace("gerador", "usina").replace("ana@exemplo.test", "ana"), GOOD[2].replace("98765", "98764")]

    done = run("importar_agentes", write(tmp_path, *bad))

    assert [line[:14] for line in done.mensagens.splitlines()[:3]] == [
        "linha 2, class",
        "linha 2, email",
        "linha 3, cnpj:",
    ]
    assert "3 problemas" in done.mensagens


@pytest.mark.django_db
def test_what_is_registered_is_not_taken_over(
    tmp_path: Path, outro_agente: Agente, davi: Usuario, operacao: Usuario
) -> None:
    inactive = factories.create_usuario("eva")
    Usuario.objects.filter(pk=inactive.pk).update(is_active=False)
    lines = [
        GOOD[0].replace("SERRA AZUL", "vale  verde"),
        GOOD[0].replace(ANA, f"fabio;Fabio;{davi.email.upper()}"),
        GOOD[0].replace(ANA, f"operacao;{operacao.nome};{operacao.email}"),
        GOOD[0].replace(ANA, f"eva;{inactive.nome};{inactive.email}"),
    ]

    said = [run("importar_agentes", write(tmp_path, line)) for line in lines]

    assert [done.codigo for done in said] == [1, 1, 1, 1]
    assert "já é a sigla do CNPJ 98.765.432/0001-98" in said[0].mensagens
    assert "já é o e-mail do usuário “davi”" in said[1].mensagens
    assert "é da operação" in said[2].mensagens
    assert "está desativado" in said[3].mensagens


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "arquivo: está vazio. A primeira linha deve ser: cnpj;sigla"),
        (b"\xef\xbb\xbf\r\n", "está vazio"),
        (HEADER.encode(), "nenhuma linha a importar"),
        (HEADER.replace(";", ",").encode(), "separadas por vírgula; use ponto e vírgula"),
        (HEADER.replace("papel", "cargo").encode(), "faltam as colunas papel (encontradas: cargo)"),
        (f"{HEADER};extra".encode(), "há colunas repetidas ou a mais (encontradas: extra)"),
        (f"{HEADER}\n{GOOD[0]}".encode("cp1252"), "linha 2: não está em UTF-8; parece Windows-1252"),
        (f"{HEADER}\n{GOOD[0]}".encode("utf-16"), "está em UTF-16"),
        (b"\x80\x81\x8d\x00", "parece outra codificação"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(data: bytes, words: str) -> None:
    planilha = read(data)

    assert not planilha.linhas
    assert words in str(planilha.erros[0])


def test_columns_may_come_in_any_order() -> None:
    header = "papel;email;nome;usuario;classe;razao_social;sigla;CNPJ"
    line = "representante_ccee;ana@exemplo.test;Ana;ana;gerador;Serra;SERRA;12ABC34501DE35"

    (linha,) = read(f"{header}\n\n{line}\n".encode()).linhas

    assert (linha.numero, linha.cnpj, linha.nome) == (3, "12ABC34501DE35", "Ana")


def test_a_formula_is_only_text() -> None:
    line = GOOD[0].replace("SERRA AZUL", '"=HYPERLINK(""http://x"")"')

    assert read(f"{HEADER}\n{line}".encode()).linhas[0].sigla == '=HYPERLINK("http://x")'


@pytest.mark.parametrize("name", ["nada.csv", "."])
def test_a_missing_file_is_told(tmp_path: Path, name: str) -> None:
    done: Saida = run("importar_agentes", tmp_path / name)

    assert done.codigo == 1
    assert "Não foi possível ler" in done.mensagens


@pytest.mark.django_db
def test_queries_do_not_grow_line_by_line(now: datetime) -> None:
    def queries(count: int, start: int) -> int:
        lines = [
            f"{factories.make_cnpj(n)};S{n};R{n};gerador;u{n};N;u{n}@x.test;representante_ccee"
            for n in range(start, start + count)
        ]
        data = "\n".join([HEADER, *lines]).encode()
        with CaptureQueriesContext(connection) as context:
            import_agentes(data, by="teste", now=now)
        return len(context)

    assert queries(200, 30_000_000) <= queries(5, 20_000_000) + 3  # batches of 500 values
