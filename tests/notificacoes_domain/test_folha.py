"""A mail as text and as HTML from the same blocks."""

from html.parser import HTMLParser

from notificacoes.domain.folha import Bloco, Contorno, Ficha, Link, Paragrafo, Passos, Titulo, as_html, as_text

HOSTIL = '</p><script>alert("x")</script>&amp;'
BLOCOS: list[Bloco] = [
    Paragrafo(f"Primeiro {HOSTIL}"),
    Ficha(
        titulo=f"Título {HOSTIL}",
        frases=(f"Frase {HOSTIL}",),
        dados=(("Nome", HOSTIL),),
        links=(Link(f"Abrir {HOSTIL}", 'https://portal.test/?a="b"&c'),),
    ),
    Ficha(titulo="", dados=(("Só", "dados"),)),
    Titulo(f"Fazer {HOSTIL}"),
    Passos((f"um {HOSTIL}", "dois")),
]
CONTORNO = Contorno(HOSTIL, f"Rodapé {HOSTIL}", (Link("Sair", "https://portal.test/sair"),))


class Leitor(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text, self.tags, self.links = "", set[str](), list[str | None]()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name == "href"]


def test_both_say_the_same_and_only_the_html_is_escaped() -> None:
    leitor = Leitor()
    text = as_text(BLOCOS, CONTORNO)

    leitor.feed(as_html(BLOCOS, CONTORNO))

    for words in ("Primeiro", "Título", "Frase", "Abrir", "Fazer", "um", "Rodapé"):
        assert f"{words} {HOSTIL}" in text
        assert f"{words} {HOSTIL}" in leitor.text
    assert f"Nome: {HOSTIL}" in text
    assert f"Nome: {HOSTIL}" in leitor.text
    assert "script" not in leitor.tags
    assert leitor.links == ['https://portal.test/?a="b"&c', "https://portal.test/sair"]


def test_text_reads_from_top_to_bottom() -> None:
    blocos: list[Bloco] = [
        Paragrafo("Um."),
        Ficha("Dois:", ("três.",), (("A", "b"),), (Link("Ver", "x"),)),
        Passos(("c", "d")),
    ]

    text = as_text(blocos, Contorno("Ana", "Fim."))

    assert text == "Olá, Ana.\n\nUm.\n\nDois:\ntrês.\n  A: b\n  Ver: x\n\n1. c\n2. d\n\n--\nFim.\n"
