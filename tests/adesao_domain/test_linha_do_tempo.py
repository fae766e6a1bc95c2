"""Where the bars go, and until when there is a valid certificate."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from adesao.domain.linha_do_tempo import Validade, draw

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
DAY = timedelta(days=1)


def validade(start: int, end: int, nome: str = "a.cer") -> Validade:
    return Validade(nome, NOW + start * DAY, NOW + end * DAY)


def test_without_certificates_all_that_follows_is_a_gap() -> None:
    linha = draw([], now=NOW, tz=SAO_PAULO)

    assert linha.cobertura is None
    assert (linha.faixas, linha.marcas) == ((), ())
    assert [(gap.x, gap.largura, gap.palavras) for gap in linha.lacunas] == [("40.00%", "60.00%", "sempre")]


def test_one_certificate_covers_until_its_end() -> None:
    linha = draw([validade(-60, 150)], now=NOW, tz=SAO_PAULO)

    assert linha.cobertura == NOW + 150 * DAY
    assert [(faixa.x, faixa.largura, faixa.tom) for faixa in linha.faixas] == [("0.00%", "70.00%", "valida")]
    assert linha.hoje == "20.00%"
    assert [marca.texto for marca in linha.marcas] == ["20/04/2027"]


def test_a_hole_between_two_ends_the_coverage() -> None:
    linha = draw([validade(40, 300, "b.cer"), validade(-10, 20)], now=NOW, tz=SAO_PAULO)

    assert linha.cobertura == NOW + 20 * DAY
    assert [gap.palavras for gap in linha.lacunas] == ["", "so-largo"]
    assert [faixa.tom for faixa in linha.faixas] == ["futura", "valida"]


def test_an_overlapping_successor_carries_on() -> None:
    linha = draw([validade(-300, 10), validade(-1, 364, "b.cer")], now=NOW, tz=SAO_PAULO)

    assert linha.cobertura == NOW + 364 * DAY
    assert len(linha.lacunas) == 1


def test_an_expired_one_covers_nothing() -> None:
    linha = draw([validade(-300, -1)], now=NOW, tz=SAO_PAULO)

    assert linha.cobertura is None
    assert linha.faixas[0].tom == "vencida"


def test_ends_are_told_in_sao_paulo_and_never_on_top_of_each_other() -> None:
    at_night = datetime(2027, 4, 1, 2, 0, tzinfo=UTC)
    linha = draw(
        [
            Validade("a", NOW, at_night),
            Validade("b", NOW, at_night + DAY),
            Validade("c", NOW - 90 * DAY, NOW - 59 * DAY),
        ],
        now=NOW,
        tz=SAO_PAULO,
    )

    assert [(marca.texto, marca.ancora) for marca in linha.marcas] == [
        ("23/09/2026", "start"),
        ("31/03/2027", "middle"),
    ]
