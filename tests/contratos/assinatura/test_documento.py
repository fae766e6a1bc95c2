"""The issued document: its words, its bytes, and its page for the signatures."""

import io
import re
from datetime import timedelta

from pyhanko.pdf_utils.reader import PdfFileReader

from contratos.assinatura.documento import Clausula, Lugar, content_digest, issue
from tests.contratos.assinatura.cena import documento, emitido, judged, pessoa, signed


def pages(pdf: bytes) -> list[str]:
    reader = PdfFileReader(io.BytesIO(pdf))
    found = []
    for number in range(int(reader.root["/Pages"]["/Count"])):
        page = reader.find_page_for_modification(number)[0].get_object()
        strings = re.findall(rb"\((.*?)(?<!\\)\) Tj", page["/Contents"].data, re.DOTALL)
        raw = re.sub(rb"\\(\d{3})", lambda m: bytes([int(m[1], 8)]), b" ".join(strings))
        found.append(re.sub(rb"\\(.)", rb"\1", raw).decode("cp1252"))
    return found


def test_the_same_document_gives_the_same_bytes() -> None:
    assert issue(documento()) == issue(documento())


def test_whatever_differs_shows_in_the_bytes_and_in_the_digest() -> None:
    others = [
        documento(numero="2"),
        documento(emitido_em=documento().emitido_em + timedelta(seconds=1)),
        documento(campos=()),
        documento(lugares=()),
    ]

    assert len({issue(one) for one in [documento(), *others]}) == 5
    assert len({content_digest(one) for one in [documento(), *others]}) == 5


def test_it_says_who_what_and_when_in_portuguese_letters() -> None:
    first, last = pages(emitido())

    for text in (
        "Contrato de Comercialização de Energia",
        "Distribuidora São João Ltda., CNPJ 11.222.333/0001-81",
        "23/11/2026 às 12:00:00 (horário de Brasília)",
        "Cláusula 1ª Do objeto",
        "Página 1 de 2",
    ):
        assert text in first
    assert content_digest(documento()) in last
    assert "Bruno Tavares" in last


def test_a_long_text_runs_over_pages_and_the_signatures_keep_the_last() -> None:
    clausulas = tuple(Clausula(f"{n}ª", "Título", "Texto corrido. " * 80) for n in range(30))

    shown = pages(issue(documento(clausulas=clausulas)))

    assert len(shown) > 5
    assert [n for n, page in enumerate(shown) if "Assinaturas" in page] == [len(shown) - 1]


def test_text_of_other_people_is_text_and_no_markup() -> None:
    hostile = Clausula("<b>1", "&amp; <img src='x'/>", "<para>…</para> \u4e2d")

    page = pages(issue(documento(clausulas=(hostile,))))[0].replace(" ", "")

    for text in ("<b>1", "&amp;", "<img", "<para>…", "\\u4e2d"):
        assert text in page


def test_many_signatories_fit() -> None:
    lugares = tuple(Lugar(f"Pessoa {n}", "Vendedora", "Empresa") for n in range(25))
    pdf = issue(documento(lugares=lugares))

    assert "Pessoa 24" in "".join(pages(pdf))
    assert judged(signed(pdf, pessoa()), emitido=pdf).aceito
