"""The number, the code and the page by which a third party checks a signature."""

import hashlib
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from contratos.assinatura import qr
from contratos.assinatura.numeros import ALFABETO, ProtocoloInvalido, new_number, normalise
from contratos.assinatura.protocolo import Firma, Protocolo, write
from tests.contratos.assinatura.cena import ANA_CPF, AT, CNPJ, judged, signed_by_ana
from tests.contratos.assinatura.test_documento import pages

NUMERO = "PA-3AHR-Y5CK-S176"
ENDERECO = "https://portal.exemplo/contratos/autenticidade/PA-0123-4567-89AB/"


def protocolo() -> Protocolo:
    assinatura = judged(signed_by_ana()).aceitas[0]
    firma = Firma.of(assinatura, papel="Vendedora", empresa="Serra Azul", cnpj=CNPJ, recebida_em=AT)
    number = NUMERO
    return Protocolo(number, "Contrato", "0042/2026", AT, AT, "a" * 64, "b" * 64, ENDERECO, (firma,))


def test_numbers_have_their_shape_and_do_not_repeat() -> None:
    numbers = {new_number() for _ in range(2000)}

    assert len(numbers) == 2000
    assert all(normalise(number) == number for number in numbers)


def test_a_number_may_be_typed_carelessly() -> None:
    number = NUMERO

    for typed in (
        number.lower(),
        number.replace("-", " "),
        f"  {number.removeprefix('PA-')} ",
        number.replace("-", "–"),
    ):
        assert normalise(typed) == number


def test_lookalikes_are_read_as_what_they_look_like() -> None:
    ones, noughts = new_number(lambda _: 1), new_number(lambda _: 0)

    assert normalise(ones.replace("1", "l")) == normalise(ones.replace("1", "I")) == ones
    assert normalise(noughts.replace("0", "o")) == noughts


def test_every_wrong_character_and_every_swap_is_noticed() -> None:
    plain = NUMERO.removeprefix("PA-").replace("-", "")
    wrong = {plain[:i] + other + plain[i + 1 :] for i in range(12) for other in ALFABETO}
    for i in range(12):
        for j in range(i):
            letters = list(plain)
            letters[i], letters[j] = letters[j], letters[i]
            wrong.add("".join(letters))

    for text in wrong - {plain}:
        with pytest.raises(ProtocoloInvalido, match="trocado"):
            normalise(text)


@pytest.mark.parametrize("typed", ["", "PA", "PA-0000", "PA-UUUU-UUUU-UUUU", "PA-ÀÀÀÀ-0000-0000", "x" * 500])
def test_what_is_no_number_is_told_how_one_looks(typed: str) -> None:
    with pytest.raises(ProtocoloInvalido, match="PA-XXXX-XXXX-XXXX"):
        normalise(typed)


def test_the_qr_code_is_what_an_independent_reader_was_shown() -> None:
    """The digest is of a code that zxing read back; the encoder's answer must not change unseen."""
    rows = "\n".join("".join("#" if dark else "." for dark in row) for row in qr.matrix("PORTAL"))

    assert rows.splitlines()[0].startswith("#######.")
    assert (
        hashlib.sha256(rows.encode()).hexdigest() == "bec91b1eb5b33706bf59b5f9d2248ab19c4f934281f7093457c468287d477933"
    )


def test_the_svg_needs_no_style_and_no_script() -> None:
    seen: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.extend([tag, *(name for name, _ in attrs)])

    Reader().feed(qr.svg(ENDERECO, titulo='Código "QR" <de> & conferência'))

    assert {"svg", "rect", "path", "role", "aria-label"} <= set(seen)
    assert not {"style", "script", "class", "onload", "href"} & set(seen)
    assert "&lt;de&gt;" in qr.svg(ENDERECO, titulo="<de>")


def test_the_page_shows_what_a_third_party_may_know_and_no_more() -> None:
    (page,) = pages(write(protocolo()))

    for text in (protocolo().numero, "Ana Ribeiro, CPF ***.982.247-**", "Serra Azul", "a" * 64, "b" * 64, ENDERECO):
        assert text in page
    assert ANA_CPF not in page
    assert "hora declarada por quem assinou" in page


def test_a_trusted_time_is_told_from_a_declared_one() -> None:
    firma = replace(protocolo().firmas[0], carimbada=True)

    assert "carimbo do tempo" in firma.linhas()["Assinado em"]
    assert replace(firma, quando=None).linhas()["Assinado em"] == ""


def test_the_page_is_the_same_bytes_each_time() -> None:
    assert write(protocolo()) == write(protocolo())
