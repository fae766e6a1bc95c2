"""The report of many conclusions and the list that people give: pure."""

import pytest

from adesao.domain.lote import Acao, Linha, ListaRuim, Situacao, merge, read_list, summary
from adesao.domain.pendencias import CERTIFICADO, NADA, SENHA, Preparo, missing

ESPERA = Linha("12ABC34501DE35", "SERRA AZUL", 7)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("UM\n\n  DOIS  \n", [(1, "UM"), (3, "DOIS")]),
        ("CNPJ;Nome\n12.ABC.345/01DE-35;Serra\n", [(2, "12.ABC.345/01DE-35")]),
        ("sigla\tx\nUM\t=1+1", [(2, "UM")]),
        ('"SERRA, AZUL"', [(1, "SERRA, AZUL")]),
        ("UM,x\n;y\n", [(1, "UM")]),
        ("", []),
    ],
)
def test_the_first_column_names_the_companies(text: str, found: list[tuple[int, str]]) -> None:
    assert read_list(text) == found


@pytest.mark.parametrize("header", ["cnpj;senha", "CNPJ, Senha ", "sigla;x;SENHA"])
def test_passwords_never_come_in_a_file(header: str) -> None:
    with pytest.raises(ListaRuim, match="Senhas não viajam em arquivos"):
        read_list(f"{header}\nUM;12345678")


def test_a_line_survives_the_database() -> None:
    done = ESPERA.settle(Situacao.FEITA, protocolo="PI-2026-000001")

    assert Linha.from_dict(done.to_dict()) == done
    assert (done.tom, done.palavras, done.aguarda) == ("ok", "Concluída", False)


def test_what_somebody_settled_first_stays() -> None:
    first, second = ESPERA.settle(Situacao.FEITA), ESPERA.settle(Situacao.RECUSADA, texto="tarde")

    assert merge([first, ESPERA, ESPERA], {0: second, 1: second}) == [first, second, ESPERA]


def test_the_summary_leaves_out_what_there_is_none_of() -> None:
    lines = [ESPERA.settle(Situacao.RECUSADA), ESPERA, ESPERA]

    assert summary(lines) == [("neutro", "Aguardando", 2), ("erro", "Recusada", 1)]


@pytest.mark.parametrize(
    ("acao", "words"), [(Acao.CONCLUIR, "Concluída"), (Acao.USAR, "Incluído"), (Acao.REMOVER, "Excluído")]
)
def test_each_act_has_its_own_words(acao: Acao, words: str) -> None:
    assert Linha("", "", acao=acao, situacao=Situacao.FEITA).palavras == words


@pytest.mark.parametrize(
    ("preparo", "erros"),
    [
        (Preparo(primeira=True, senha=False), {"senha": [SENHA], "certificados": [CERTIFICADO]}),
        (Preparo(primeira=True, senha=True, arquivos=1), {}),
        (Preparo(primeira=False, senha=False), {"solicitacao": [NADA]}),
        (Preparo(primeira=False, senha=False, exclusoes=1), {}),
        (Preparo(primeira=False, senha=True, arquivos=1, recusados=["a.cer não"]), {"certificados": ["a.cer não"]}),
    ],
)
def test_what_is_missing_is_told_by_field(preparo: Preparo, erros: dict[str, list[str]]) -> None:
    assert missing(preparo) == erros


def test_what_is_known_already_is_told_first() -> None:
    found = missing(Preparo(primeira=True, senha=False), {"senha": ["curta"]})

    assert found == {"senha": ["curta"], "certificados": [CERTIFICADO]}
