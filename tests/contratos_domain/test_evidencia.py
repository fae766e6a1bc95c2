"""What is stated to close an activity is read once, and every mistake is told at once."""

import pytest

from contratos.domain import evidencia
from contratos.domain.evidencia import EVIDENCIAS, EvidenciaIncompleta
from contratos.domain.procedimentos import PROCEDIMENTOS
from contratos.domain.procedimentos.marcos import EVIDENCIAS as DOS_MARCOS

CERTA = {
    "usina": "UFV Sol",
    "ato_tipo": "Despacho",
    "ato_numero": "1/2026",
    "ato_publicado_em": "2026-11-19",
    "so_tecnica": "não",
    "alteracao_tipo": "filial",
    "alteracao_texto": "CNPJ da filial",
}


def test_every_kind_of_evidence_that_a_procedure_asks_for_has_its_fields() -> None:
    asked = {nome for p in PROCEDIMENTOS.values() for a in p.atividades for nome in a.evidencia}
    assert asked | {nome for nomes in DOS_MARCOS.values() for nome in nomes} <= EVIDENCIAS.keys()


def test_what_is_right_is_kept_and_what_is_optional_may_be_missing() -> None:
    found = evidencia.read(("outorga", "ato", "alteracao"), CERTA)
    assert found == CERTA


@pytest.mark.parametrize(
    ("campo", "typed", "said"),
    [
        ("usina", "  ", "Informe"),
        ("ato_publicado_em", "19/11/2026", "AAAA-MM-DD"),
        ("so_tecnica", "talvez", "sim ou não"),
        ("alteracao_tipo", "nome", "Faturamento"),
    ],
)
def test_each_mistake_stands_beside_its_field(campo: str, typed: str, said: str) -> None:
    with pytest.raises(EvidenciaIncompleta) as refused:
        evidencia.read(("outorga", "ato", "alteracao"), CERTA | {campo: typed})
    assert list(refused.value.erros) == [campo]
    assert said in refused.value.erros[campo][0]


def test_hostile_text_is_kept_visible_and_short() -> None:
    found = evidencia.read(("parecer",), {"parecer": "a\x00b" + "x" * 5000})
    assert "\x00" not in found["parecer"]
    assert len(found["parecer"]) < evidencia.LONGEST + 10


ACORDO = {"acordo_tipo": "reducao", "mes_inicio": "2030-01", "montante": "20,5", "ano": "2030"}


def test_months_and_amounts_are_kept_in_one_form_and_read_again_as_they_are_kept() -> None:
    kept = evidencia.read(("acordo",), ACORDO)
    assert (kept["mes_inicio"], kept["montante"]) == ("2030-01-01", "20.5")
    assert evidencia.read(("acordo",), kept) == kept


@pytest.mark.parametrize(
    ("campo", "typed", "said"),
    [
        ("mes_inicio", "2030-01-02", "não é um mês"),
        ("mes_inicio", "janeiro", "AAAA-MM"),
        ("montante", "1,1234567", "até 6 casas decimais"),
        ("montante", "-1", "não é um número"),
        ("ano", "1999", "quatro algarismos"),
        ("ano", "२०३०", "quatro algarismos"),
    ],
)
def test_a_month_an_amount_and_a_year_have_their_own_words(campo: str, typed: str, said: str) -> None:
    with pytest.raises(EvidenciaIncompleta) as refused:
        evidencia.read(("acordo",), ACORDO | {campo: typed})
    assert list(refused.value.erros) == [campo]
    assert said in refused.value.erros[campo][0]


def test_a_table_keeps_its_lines_and_no_blank_ones() -> None:
    (tabela,) = (campo for campo in evidencia.fields(("cbr_maximos",)) if campo.tipo is evidencia.Tipo.TABELA)
    typed = {campo.nome: "x" for campo in evidencia.fields(("cbr_maximos",))}
    typed |= {tabela.nome: " 01/01/2027; 31/01/2027; 5 \r\n\r\n01/02/2027; 28/02/2027; 6", "mes_referencia": "2027-01"}
    typed |= {"ato_publicado_em": "2026-11-19"}
    found = evidencia.read(("cbr_maximos",), typed)
    assert found[tabela.nome] == "01/01/2027; 31/01/2027; 5\n01/02/2027; 28/02/2027; 6"


def test_a_table_pasted_from_a_spreadsheet_keeps_its_cells_and_a_long_one_is_told_by_its_digest() -> None:
    pasted = "\n".join(f"01/03/2027\t{hora}\t12,5" for hora in range(100))

    found = evidencia.read(("modulacao",), {"horas_do_mes": pasted})

    assert found["horas_do_mes"].splitlines()[7] == "01/03/2027;7;12,5"
    assert evidencia.told(found)["horas_do_mes"].startswith("100 linhas, SHA-256 ")
    assert evidencia.told({"motivo": "curto"}) == {"motivo": "curto"}
