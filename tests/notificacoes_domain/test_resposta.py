"""What an answer means depends on when it comes."""

import pytest

from notificacoes.domain.resposta import Etapa, is_go_ahead, of_reply, of_silence
from notificacoes.domain.resultado import Desfecho

D = Desfecho


@pytest.mark.parametrize(
    ("etapa", "codigo", "desfecho", "do_servidor"),
    [
        (Etapa.CONTEUDO, 250, D.ENTREGUE, False),
        (Etapa.CONTEUDO, 451, D.ADIADA, False),
        (Etapa.CONTEUDO, 421, D.ADIADA, True),
        (Etapa.CONTEUDO, 554, D.RECUSADA, False),
        (Etapa.CONTEUDO, 354, D.EM_DUVIDA, True),
        (Etapa.CONTEUDO, -1, D.EM_DUVIDA, True),
        (Etapa.DESTINATARIO, -1, D.ADIADA, True),
        (Etapa.DADOS, 250, D.ADIADA, True),
        (Etapa.DESTINATARIO, 550, D.RECUSADA, False),
        (Etapa.DESTINATARIO, 530, D.ADIADA, True),
        (Etapa.DESTINATARIO, 450, D.ADIADA, False),
        (Etapa.REMETENTE, 550, D.ADIADA, True),
        (Etapa.REMETENTE, 452, D.ADIADA, True),
        (Etapa.CONEXAO, 554, D.ADIADA, True),
    ],
)
def test_every_answer(etapa: Etapa, codigo: int, desfecho: Desfecho, do_servidor: bool) -> None:
    resultado = of_reply(etapa, codigo, "texto")

    assert (resultado.desfecho, resultado.do_servidor) == (desfecho, do_servidor)
    assert resultado.resposta == f"{codigo} texto"


@pytest.mark.parametrize("etapa", Etapa)
def test_silence_is_a_doubt_only_after_the_text(etapa: Etapa) -> None:
    resultado = of_silence(etapa, "nada")

    assert resultado.desfecho == (D.EM_DUVIDA if etapa == Etapa.CONTEUDO else D.ADIADA)
    assert resultado.do_servidor


def test_only_354_asks_for_the_text() -> None:
    assert [codigo for codigo in range(200, 600) if is_go_ahead(Etapa.DADOS, codigo)] == [354]
    assert not is_go_ahead(Etapa.DESTINATARIO, 354)
    assert is_go_ahead(Etapa.DESTINATARIO, 251)
