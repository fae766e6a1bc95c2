import pytest

from portal.kernel.cnpj import compact as cnpj
from portal.mercado.perfil import Quem
from portal.mercado.perfis import PERFIS
from portal.mercado.perfis.ccee import CCEE
from portal.mercado.perfis.ote import OTE
from portal.mercado.registro import compact, is_ico
from portal.mercado.texto import Texto


def test_each_profile_is_known_by_its_code_and_begins_with_its_own_language() -> None:
    assert {code: perfil.idioma for code, perfil in PERFIS.items()} == {"ccee": "pt-br", "ote": "cs"}
    assert all(perfil.codigo == code for code, perfil in PERFIS.items())


def test_the_brazilian_market_has_no_accounts_and_one_language() -> None:
    assert CCEE.contas is None
    assert [code for code, _ in CCEE.idiomas] == ["pt-br"]
    assert CCEE.agenda is None


def test_the_czech_market_lets_four_pairs_be_registered_by_three_kinds_of_person() -> None:
    assert OTE.contas is not None
    assert (OTE.contas.pares, OTE.contas.quem) == (4, frozenset(Quem))
    assert [code for code, _ in OTE.idiomas] == ["cs", "en-gb", "pt-br"]


def test_only_one_contact_answers_for_supported_sources() -> None:
    assert [contato.emails for contato in OTE.contatos if contato.poze] == [("POZE@ote-cr.cz",)]


@pytest.mark.parametrize("number", ["26463318", "25063677", "10000003", "27082440", "10000011"])
def test_an_ico_of_which_the_check_digit_is_right(number: str) -> None:
    assert is_ico(number)


@pytest.mark.parametrize("number", ["26463319", "2646331", "264633180", "2646331a", "", "٢٦٤٦٣٣١٨"])
def test_no_ico(number: str) -> None:
    assert not is_ico(number)


def test_the_example_that_is_shown_is_a_good_one() -> None:
    assert OTE.contas is not None
    registro = OTE.contas.registro
    assert registro.valido(registro.exemplo)
    assert len(registro.exemplo) == registro.tamanho


def test_a_number_may_be_typed_with_spaces() -> None:
    assert compact(" 264 633-18 ") == "26463318" == cnpj("264.63318")


def test_a_text_is_its_pattern_filled_in_and_keeps_both() -> None:
    said = Texto("até %(dia)s", dia="sexta")

    assert said == "até sexta"
    assert (said.modelo, said.dados) == ("até %(dia)s", {"dia": "sexta"})


def test_a_text_without_data_may_hold_a_percent_sign() -> None:
    assert Texto("100% certo") == "100% certo"
