"""The notice that a certificate ends, as the person reads it."""

from datetime import UTC, datetime, timedelta

import pytest

from notificacoes.domain import motivos
from notificacoes.models import Dispensa, Estado, Situacao
from portal.agentes.models import Agente, Papel, Representacao, Usuario
from portal.calendario.models import Feriado
from tests import factories
from tests.notificacoes.cartas import certificate, given_up, letter, notice, owe, parsed, text_of

NOW = datetime(2027, 2, 4, 15, tzinfo=UTC)  # a Thursday at noon in São Paulo
CARNAVAL = datetime(2027, 2, 10, 2, 59, 59, tzinfo=UTC)  # 23:59:59 of Tuesday the 9th there


def both(usuario: Usuario, *args: object, now: datetime = NOW) -> tuple[str, str]:
    mail = parsed(letter(owe(usuario, *args, now=now), now=now))  # type: ignore[arg-type]  # passed through
    return text_of(mail), text_of(mail, "html")


def test_notice_says_what_when_whose_and_what_to_do(agente: Agente, ana: Usuario) -> None:
    certificado = certificate(agente, ends=CARNAVAL)

    for words in both(ana, certificado):
        assert "vence em 5 dias, terça-feira, 09/02/2027 (Carnaval); último dia útil antes: 05/02/2027." in words
        assert "expira em 09/02/2027 e, nesse dia, será excluído dos servidores da CCEE" in words
        assert "Serra Azul Geração de Energia S.A. (SERRA AZUL), CNPJ 12.ABC.345/01DE-35" in words
        for fact in (certificado.titular, certificado.numero_serie, certificado.sha256, "Concluir solicitação"):
            assert fact in words
        assert "http://127.0.0.1:8000/adesao/12ABC34501DE35/" in words
        assert "0800 881 2233 ou 0800 72 15 445" in words
        assert "é representante CCEE de SERRA AZUL" in words


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2027, 2, 9, 3, tzinfo=UTC), "vence hoje, terça-feira, 09/02/2027"),
        (datetime(2027, 2, 9, 2, 59, tzinfo=UTC), "vence amanhã, terça-feira, 09/02/2027"),
        (datetime(2027, 2, 10, 2, 59, 58, tzinfo=UTC), "vence hoje, terça-feira, 09/02/2027"),
        (datetime(2027, 1, 10, 12, tzinfo=UTC), "vence em 30 dias, terça-feira, 09/02/2027"),
    ],
)
def test_days_are_those_of_sao_paulo_when_it_leaves(agente: Agente, ana: Usuario, now: datetime, words: str) -> None:
    carta = letter(owe(ana, certificate(agente, ends=CARNAVAL), now=NOW), now=now)

    assert words in text_of(parsed(carta))


def test_an_empty_calendar_keeps_no_notice_back(agente: Agente, ana: Usuario) -> None:
    Feriado.objects.all().delete()

    assert "vence em 5 dias, terça-feira, 09/02/2027." in both(ana, certificate(agente, ends=CARNAVAL))[0]


def test_leads_that_were_missed_are_told_with_the_reason(agente: Agente, ana: Usuario) -> None:
    included = CARNAVAL - timedelta(days=20)
    certificado = certificate(agente, ends=CARNAVAL, included_at=included)
    notice(certificado, ana, 30, now=NOW, situacao=Situacao.SUPERADA)
    notice(certificado, ana, 15, now=NOW, situacao=Situacao.SUPERADA)

    for words in both(ana, certificado):
        assert "O aviso de 30 dias, de 10/01/2027, era anterior à inclusão do certificado." in words
        assert "O aviso de 15 dias, de 25/01/2027, não foi enviado na sua data." in words


def test_a_lead_that_died_or_was_sent_is_not_called_missed(agente: Agente, ana: Usuario, bruno: Usuario) -> None:
    certificado = certificate(agente, ends=CARNAVAL)
    notice(certificado, ana, 30, now=NOW, envio=owe(ana, now=NOW), situacao=Situacao.ENVIADA)
    notice(certificado, ana, 15, now=NOW, situacao=Situacao.MORTA)
    notice(certificado, bruno, 30, now=NOW, situacao=Situacao.SUPERADA)

    words = both(ana, certificado)[0]

    assert "O aviso de 15 dias, de 25/01/2027, não pôde ser entregue." in words
    assert "O aviso de 30 dias" not in words


def test_another_certificate_counts_only_if_it_lasts_longer(agente: Agente, ana: Usuario) -> None:
    certificado = certificate(agente, ends=CARNAVAL)
    certificate(agente, ends=CARNAVAL - timedelta(days=1))
    assert "Nenhum outro certificado da empresa em uso vale por mais tempo" in both(ana, certificado)[0]

    certificate(agente, ends=CARNAVAL + timedelta(days=90), nome_arquivo="novo.cer")
    assert (
        "Outro certificado da empresa em uso, novo.cer, vale até 10/05/2027."
        in both(ana, certificate(agente, ends=CARNAVAL))[0]
    )


def test_digest_tells_of_all_soonest_first(agente: Agente, outro_agente: Agente, ana: Usuario) -> None:
    factories.represent(ana, outro_agente, Papel.REPRESENTANTE_CCEE)
    late, soon = certificate(outro_agente, ends=CARNAVAL + timedelta(days=2)), certificate(agente, ends=CARNAVAL)
    third = certificate(outro_agente, ends=CARNAVAL + timedelta(days=1))

    carta = letter(envio := owe(ana, late, soon, third, now=NOW), now=NOW)
    mail = parsed(carta)

    assert mail["Subject"] == "[Plataforma de Integração] 3 certificados vencem; o primeiro em 5 dias (SERRA AZUL)"
    for words in (text_of(mail), text_of(mail, "html")):
        places = [words.index(one.sha256) for one in (soon, third, late)]
        assert places == sorted(places)
    assert set(carta.avisos) == set(envio.avisos.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("now", "subject"),
    [
        (NOW, "Certificado de SERRA AZUL vence em 5 dias (09/02/2027)"),
        (datetime(2027, 2, 8, 12, tzinfo=UTC), "Certificado de SERRA AZUL vence amanhã (09/02/2027)"),
        (datetime(2027, 2, 9, 12, tzinfo=UTC), "Certificado de SERRA AZUL vence hoje (09/02/2027)"),
    ],
)
def test_subject_says_it_all(agente: Agente, ana: Usuario, now: datetime, subject: str) -> None:
    carta = letter(owe(ana, certificate(agente, ends=CARNAVAL), now=NOW), now=now)

    assert parsed(carta)["Subject"] == f"[Plataforma de Integração] {subject}"


def test_who_only_looks_is_told_who_can_change_it(agente: Agente, ana: Usuario, bruno: Usuario) -> None:
    for words in both(bruno, certificate(agente, ends=CARNAVAL)):
        assert "Quem troca é o representante CCEE da empresa: Ana Souza." in words
        assert "Clique em “Concluir solicitação”" not in words


def test_only_who_may_do_without_it_can_opt_out(
    agente: Agente, outro_agente: Agente, ana: Usuario, bruno: Usuario
) -> None:
    certificado, other = certificate(agente, ends=CARNAVAL), certificate(outro_agente, ends=CARNAVAL)
    factories.represent(bruno, outro_agente, Papel.REPRESENTANTE_CCEE)

    may = parsed(letter(owe(bruno, certificado, now=NOW), now=NOW))
    must = parsed(letter(owe(ana, certificado, now=NOW), now=NOW))
    mixed = parsed(letter(owe(bruno, certificado, other, now=NOW, lead=15), now=NOW))

    address = may["List-Unsubscribe"]
    assert address.startswith("<http://127.0.0.1:8000/avisos/dispensa/")
    assert may["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.strip("<>") in text_of(may)
    for mail in (must, mixed):
        assert "List-Unsubscribe" not in mail
        assert "/avisos/dispensa/" not in mail.as_string()


def test_a_notice_of_what_ended_meanwhile_is_not_sent(agente: Agente, ana: Usuario) -> None:
    certificado = certificate(agente, ends=CARNAVAL)
    envio = owe(ana, certificado, now=NOW)

    over = given_up(envio, now=CARNAVAL + timedelta(seconds=1))
    type(certificado).objects.filter(pk=certificado.pk).update(slot=None, removed_at=NOW)
    gone = given_up(envio, now=NOW)

    assert (over.estado, over.motivo) == (Estado.CANCELADA, motivos.VENCEU)
    assert (gone.estado, gone.motivo) == (Estado.CANCELADA, motivos.FORA_DE_SERVICO)


def test_a_digest_leaves_out_what_is_no_longer_due(agente: Agente, ana: Usuario) -> None:
    stays, goes = certificate(agente, ends=CARNAVAL), certificate(agente, ends=CARNAVAL)
    envio = owe(ana, stays, goes, now=NOW)
    type(goes).objects.filter(pk=goes.pk).update(slot=None, removed_at=NOW)

    carta = letter(envio, now=NOW)

    assert carta.avisos == (envio.avisos.get(certificado=stays).pk,)
    assert goes.sha256 not in text_of(parsed(carta))


def test_it_goes_only_to_who_still_represents_and_is_active(agente: Agente, ana: Usuario) -> None:
    envio = owe(ana, certificate(agente, ends=CARNAVAL), now=NOW)

    Representacao.objects.update(ate=NOW.date() - timedelta(days=1))
    assert given_up(envio, now=NOW).motivo == motivos.NAO_REPRESENTA
    Representacao.objects.update(ate=NOW.date())
    assert letter(envio, now=NOW).endereco == "ana@exemplo.test"
    Usuario.objects.update(is_active=False)
    assert given_up(envio, now=NOW).motivo == motivos.PESSOA_INATIVA


def test_who_opted_out_gets_only_what_is_owed_to_a_representante_ccee(
    agente: Agente, outro_agente: Agente, bruno: Usuario
) -> None:
    factories.represent(bruno, outro_agente, Papel.REPRESENTANTE_CCEE)
    Dispensa.objects.create(usuario=bruno, created_at=NOW)
    optional, owed = certificate(agente, ends=CARNAVAL), certificate(outro_agente, ends=CARNAVAL)

    assert given_up(owe(bruno, optional, now=NOW), now=NOW).motivo == motivos.DISPENSADA
    envio = owe(bruno, optional, owed, now=NOW, lead=15)
    assert letter(envio, now=NOW).avisos == (envio.avisos.get(certificado=owed).pk,)


def test_a_notice_told_before_is_not_told_again(agente: Agente, ana: Usuario) -> None:
    envio = owe(ana, certificate(agente, ends=CARNAVAL), now=NOW)
    envio.avisos.update(situacao=Situacao.SUPERADA, settled_at=NOW)

    assert given_up(envio, now=NOW) == type(given_up(envio, now=NOW))(Estado.CANCELADA, "nenhum aviso a dar")
