"""The mail that an invited person gets: on this market's paper, in its own language."""

from notificacoes.models import Tipo
from portal.agentes.models import Convite
from tests.mercado.cena import Cena
from tests.notificacoes.cartas import letter, message, parsed, text_of


def test_the_invitation_is_written_in_czech_on_the_markets_own_paper(cena: Cena) -> None:
    eva = cena.eva.usuario
    envio = message(eva, Tipo.CONVITE, now=cena.now, dados={"convite": Convite.objects.get(usuario=eva).pk})

    mail = parsed(letter(envio, now=cena.now))

    plain, page = text_of(mail), text_of(mail, "html")
    assert "Pozvánka: zvolte si heslo" in mail["Subject"]
    assert (mail["Content-Language"], mail["Reply-To"]) == ("cs", "Services@ote-cr.cz")
    for said in (plain, page):
        assert "Dobrý den, Eva." in said
        assert "Odkaz lze použít jen jednou a vyprší za 3 dny." in said
        assert "CCEE" not in said
        assert "Plataforma" not in said
    assert '<html lang="cs">' in page
