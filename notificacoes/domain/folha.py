"""What a mail says, as blocks; written once as text and once as HTML, so that the two never disagree.

Everything is text here: whatever came from outside is escaped in the one place where HTML is made. Styles stand in the
tags because mail programs read nothing else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

COR, SUAVE, BORDA = "#0b4a5e", "#4a5c63", "#cdd9dd"
CABECA = (
    '<!doctype html>\n<html lang="{idioma}">\n<head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>{titulo}</title></head>\n"
    '<body style="margin:0;padding:16px;background:#f3f6f7;color:#16262c;font:16px/1.5 Arial,Helvetica,sans-serif">\n'
    f'<div style="max-width:640px;margin:0 auto;padding:24px;background:#fff;border:1px solid {BORDA};'
    f'border-top:6px solid {COR};border-radius:8px;overflow-wrap:anywhere">\n'
    f'<p style="margin:0 0 16px;color:{COR};font-weight:bold">{{marca}}</p>\n'
)
FIM = "</div>\n</body>\n</html>\n"


@dataclass(frozen=True, slots=True)
class Link:
    rotulo: str
    endereco: str

    def text(self) -> str:
        return f"{self.rotulo}: {self.endereco}"

    def html(self) -> str:
        return f'<a href="{escape(self.endereco)}" style="color:{COR};font-weight:bold">{escape(self.rotulo)}</a>'


@dataclass(frozen=True, slots=True)
class Paragrafo:
    texto: str

    def text(self) -> str:
        return f"{self.texto}\n"

    def html(self) -> str:
        return f"<p>{escape(self.texto)}</p>\n"


@dataclass(frozen=True, slots=True)
class Titulo:
    texto: str

    def text(self) -> str:
        return self.texto

    def html(self) -> str:
        return f'<h2 style="font-size:18px;margin:24px 0 8px">{escape(self.texto)}</h2>\n'


@dataclass(frozen=True, slots=True)
class Passos:
    itens: tuple[str, ...]

    def text(self) -> str:
        return "".join(f"{number}. {item}\n" for number, item in enumerate(self.itens, 1))

    def html(self) -> str:
        return f'<ol style="margin:0;padding-left:24px">\n{_lines("li", self.itens)}</ol>\n'


@dataclass(frozen=True, slots=True)
class Ficha:
    """One thing that the mail is about: its headline, what to know of it, its data, where it leads."""

    titulo: str
    frases: tuple[str, ...] = ()
    dados: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()

    def text(self) -> str:
        lines = [*([self.titulo] if self.titulo else []), *self.frases]
        lines += [f"  {name}: {value}" for name, value in self.dados]
        return "\n".join([*lines, *(f"  {link.text()}" for link in self.links), ""])

    def html(self) -> str:
        dados = "<br>\n".join([f"{name}: {escape(value)}" for name, value in self.dados])
        return (
            f'<div style="margin:0 0 16px;padding:0 16px;border-left:5px solid {COR}">\n'
            + (f"<p><strong>{escape(self.titulo)}</strong></p>\n" if self.titulo else "")
            + _lines("p", self.frases)
            + f'<p style="font-size:14px;color:{SUAVE}">{dados}</p>\n'
            + "".join([f"<p>{link.html()}</p>\n" for link in self.links])
            + "</div>\n"
        )


@dataclass(frozen=True, slots=True)
class Timbre:
    """Whose paper it is, and in what language it greets."""

    idioma: str = "pt-BR"
    titulo: str = "Plataforma de Integração"
    marca: str = "CCEE · Plataforma de Integração"
    ola: str = "Olá"


@dataclass(frozen=True, slots=True)
class Contorno:
    """What goes around the blocks: to whom, and why they get it."""

    nome: str
    rodape: str
    links: tuple[Link, ...] = ()
    timbre: Timbre = Timbre()


Bloco = Paragrafo | Titulo | Passos | Ficha


def _lines(tag: str, items: Iterable[str]) -> str:
    return "".join([f"<{tag}>{escape(item)}</{tag}>\n" for item in items])


def as_text(blocos: Sequence[Bloco], contorno: Contorno) -> str:
    body = "\n".join([bloco.text() for bloco in blocos])
    feet = "".join([f"{link.text()}\n" for link in contorno.links])
    return f"{contorno.timbre.ola}, {contorno.nome}.\n\n{body}\n--\n{contorno.rodape}\n{feet}"


def as_html(blocos: Sequence[Bloco], contorno: Contorno) -> str:
    body = "".join([bloco.html() if isinstance(bloco, Ficha) else _recurring(bloco) for bloco in blocos])
    feet = "".join([f"<br>\n{link.html()}" for link in contorno.links])
    return (
        f"{_head(contorno.timbre)}<p>{contorno.timbre.ola}, {escape(contorno.nome)}.</p>\n{body}"
        f'<hr style="border:0;border-top:1px solid {BORDA};margin:24px 0 16px">\n'
        f'<p style="margin:0;color:{SUAVE};font-size:14px">{escape(contorno.rodape)}{feet}</p>\n{FIM}'
    )


@lru_cache(maxsize=8)
def _head(timbre: Timbre) -> str:
    return CABECA.format(idioma=timbre.idioma, titulo=escape(timbre.titulo), marca=escape(timbre.marca))


@lru_cache(maxsize=64)
def _recurring(bloco: Bloco) -> str:
    """All but the cards are the same in mail after mail."""
    return bloco.html()
