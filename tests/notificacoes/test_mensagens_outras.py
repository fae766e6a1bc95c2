"""The other mails: removed from the servers, receipts, a bounce told to the others, invitations."""

from datetime import UTC, datetime, timedelta

import pytest

from adesao import services as adesao
from certificados import services as certificados
from certificados.models import Certificado
from notificacoes.domain import motivos
from notificacoes.models import Envio, Estado, Tipo
from portal import clock
from portal.agentes import acesso
from portal.agentes import services as agentes
from portal.agentes.models import Agente, Convite, Representacao, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.notificacoes.cartas import certificate, given_up, letter, message, owe, parsed, sent, text_of

NOW = datetime(2027, 2, 4, 15, tzinfo=UTC)
ENDS = datetime(2027, 2, 10, 2, 59, 59, tzinfo=UTC)


def both(envio: Envio, now: datetime = NOW) -> list[str]:
    mail = parsed(letter(envio, now=now))
    return [text_of(mail), text_of(mail, "html")]


def removed(certificado: Certificado, *, motivo: str, now: datetime = NOW) -> int:
    certificados.remove(certificado, by="portal", now=now, motivo=motivo)
    return Evento.objects.latest("numero").numero


def test_removal_says_when_why_and_how_to_come_back(agente: Agente, ana: Usuario) -> None:
    certificado = certificate(agente, ends=ENDS)
    numero = removed(certificado, motivo="Venceu em 09/02/2027.", now=ENDS + timedelta(seconds=61))
    envio = message(ana, Tipo.EXCLUSAO, now=NOW, dados={"eventos": [numero]})

    for words in both(envio, ENDS + timedelta(minutes=2)):
        assert f"{certificado.nome_arquivo} foi excluído dos servidores: quarta-feira, 10/02/2027, às 00h01." in words
        assert "Por quê: Venceu em 09/02/2027." in words
        assert "A empresa ficou sem certificado em uso" in words
        assert certificado.sha256 in words
        assert certificado.titular in words
        assert "Para voltar a conectar" in words
    subject = parsed(letter(envio, now=NOW))["Subject"]
    assert subject == "[Plataforma de Integração] Certificado de SERRA AZUL foi excluído dos servidores"


def test_several_removals_are_one_mail_to_who_still_represents(agente: Agente, bruno: Usuario) -> None:
    first, second = certificate(agente, ends=ENDS), certificate(agente, ends=ENDS)
    certificate(agente, ends=ENDS + timedelta(days=90))
    numeros = [removed(one, motivo="Comprometido") for one in (first, second)]
    envio = message(bruno, Tipo.EXCLUSAO, now=NOW, dados={"eventos": numeros})

    text, _ = both(envio)
    assert "Estes 2 certificados foram excluídos" in text
    assert "A empresa continua com 1 certificado em uso, até 10/05/2027." in text
    assert "Só o representante CCEE da empresa pode enviar um certificado novo" in text
    Representacao.objects.all().delete()
    assert given_up(envio, now=NOW).estado == Estado.CANCELADA


@pytest.mark.parametrize(
    ("senha", "subject", "words"),
    [
        ("11223344", "Adesão de SERRA AZUL concluída", "Senha: definida nesta solicitação"),
        ("40719362", "Senha do usuário sistêmico de SERRA AZUL alterada", "Senha: alterada nesta solicitação"),
        ("", "Certificados de SERRA AZUL alterados", "Senha: mantida"),
    ],
)
def test_receipt_tells_who_changed_what_and_never_the_password(
    agente: Agente, ana: Usuario, bruno: Usuario, confianca: Hierarquia, senha: str, subject: str, words: str
) -> None:
    now, first = clock.now(), "Adesão" in subject
    if not first:
        factories.adhere(agente, ana, confianca, now=now)
    arquivos = [("novo.cer", factories.issue(confianca, agente, host="novo", now=now))]
    senha = factories.SENHA_SISTEMICA if first else senha and "83920174"
    gone = list(Certificado.objects.values_list("pk", flat=True))
    feita = adesao.submit(agente, senha=senha, arquivos=arquivos, excluir=gone, ator=acesso.of_usuario(ana), now=now)
    numero = Evento.objects.filter(objeto=feita.protocolo).latest("numero").numero
    envio = message(bruno, Tipo.SOLICITACAO, now=now, dados={"evento": numero, "protocolo": feita.protocolo})

    mail = parsed(letter(envio, now=now))

    assert mail["Subject"] == f"[Plataforma de Integração] {subject}"
    for text in (text_of(mail), text_of(mail, "html")):
        assert words in text
        assert "Por: Ana Souza" in text
        assert "Certificado incluído: novo.cer, válido até" in text
        assert f"/adesao/{agente.cnpj}/recibos/{feita.protocolo}/" in text
        assert ("Certificado excluído: api.cer" in text) is not first
    for secret in (factories.SENHA_SISTEMICA, "83920174"):
        assert secret not in mail.as_string() + text_of(mail)
    assert "List-Unsubscribe" not in mail


def test_receipt_goes_to_nobody_who_left(agente: Agente, ana: Usuario, confianca: Hierarquia) -> None:
    feita = factories.adhere(agente, ana, confianca)
    numero = Evento.objects.filter(tipo="adesao.concluida").latest("numero").numero
    envio = message(ana, Tipo.SOLICITACAO, now=NOW, dados={"evento": numero, "protocolo": feita.protocolo})
    Representacao.objects.all().delete()

    assert given_up(envio, now=NOW).motivo == motivos.NAO_REPRESENTA


@pytest.fixture
def bounced(agente: Agente, ana: Usuario) -> Envio:
    envio = sent(ana, certificate(agente, ends=ENDS), now=NOW)
    envio.devolvida_at, envio.devolucao = NOW, "5.1.1 550 User unknown <b>"
    envio.save()
    return envio


def test_the_other_contacts_learn_who_cannot_be_reached(agente: Agente, bruno: Usuario, bounced: Envio) -> None:
    envio = message(bruno, Tipo.DEVOLUCAO, now=NOW, dados={"envio": bounced.pk})

    text, html = both(envio)

    assert "Um e-mail do portal para Ana Souza, que também representa SERRA AZUL, voltou" in text
    assert "Endereço usado: ana@exemplo.test" in text
    assert "Sobre: aviso de vencimento, de 04/02/2027 às 12h00" in text
    assert "5.1.1 550 User unknown <b>" in text
    assert "User unknown &lt;b&gt;" in html
    assert "avisava de um certificado que vence em 5 dias, terça-feira, 09/02/2027 (Carnaval)" in text
    assert "Confira com Ana Souza se o endereço está certo" in text
    assert "certificado que venceu em 09/02/2027." in both(envio, ENDS + timedelta(days=1))[0]


def test_a_bounce_is_told_only_while_it_matters(agente: Agente, ana: Usuario, bruno: Usuario, bounced: Envio) -> None:
    about_a_bounce = message(ana, Tipo.DEVOLUCAO, now=NOW, dados={"envio": bounced.pk})
    envio = message(bruno, Tipo.DEVOLUCAO, now=NOW, dados={"envio": bounced.pk})
    again = message(bruno, Tipo.DEVOLUCAO, now=NOW, dados={"envio": about_a_bounce.pk})

    assert given_up(again, now=NOW).motivo == "a mensagem devolvida já falava de outra devolução"
    Usuario.objects.filter(pk=ana.pk).update(email="ana.nova@exemplo.test")
    assert given_up(envio, now=NOW).motivo == "o endereço já foi corrigido"
    Representacao.objects.filter(usuario=bruno).delete()
    assert given_up(envio, now=NOW).motivo == motivos.NAO_REPRESENTA


def test_a_bounced_receipt_names_its_company(agente: Agente, ana: Usuario, bruno: Usuario) -> None:
    numero = removed(certificate(agente, ends=ENDS), motivo="x")
    gone = message(ana, Tipo.EXCLUSAO, now=NOW, dados={"eventos": [numero]}, devolvida_at=NOW)
    envio = message(bruno, Tipo.DEVOLUCAO, now=NOW, dados={"envio": gone.pk})

    text, _ = both(envio)

    assert "que também representa SERRA AZUL" in text
    assert "O que o servidor de lá respondeu: não disse o motivo" in text
    assert "avisava de um certificado" not in text


def test_invitation_leads_to_a_password_and_goes_once(db: None) -> None:
    now = clock.now()
    eva = agentes.save_usuario(
        Usuario(username="eva", nome="Eva & <b>", email="eva@exemplo.test"), by="t", now=now, invite=True
    )
    convite = Convite.objects.get()
    envio = message(eva, Tipo.CONVITE, now=now, dados={"convite": convite.pk})

    mail = parsed(letter(envio, now=now))

    assert mail["Subject"] == "[Plataforma de Integração] Convite: escolha a sua senha"
    assert "Eva &amp; &lt;b&gt;" in text_of(mail, "html")
    assert "http://127.0.0.1:8000/conta/senha/nova/" in text_of(mail)
    Convite.objects.update(sent_at=now)
    assert given_up(envio, now=now).estado == Estado.CANCELADA


def test_a_reset_says_that_the_old_password_still_holds(ana: Usuario) -> None:
    now = clock.now()
    agentes.request_password_reset(ana, now=now)
    envio = message(ana, Tipo.CONVITE, now=now, dados={"convite": Convite.objects.get().pk})

    mail = parsed(letter(envio, now=now))

    assert mail["Subject"] == "[Plataforma de Integração] Redefina a sua senha"
    assert "a senha atual continua valendo" in text_of(mail)


def test_of_one_batch_each_kind_finds_its_own(agente: Agente, ana: Usuario, bruno: Usuario, bounced: Envio) -> None:
    numero = removed(certificate(agente, ends=ENDS), motivo="x")
    first = owe(bruno, certificate(agente, ends=ENDS), now=NOW)
    second = message(bruno, Tipo.EXCLUSAO, now=NOW, dados={"eventos": [numero]})
    third = message(bruno, Tipo.DEVOLUCAO, now=NOW, dados={"envio": bounced.pk})

    subjects = [letter(envio, now=NOW).mensagem.subject.split("] ")[1] for envio in (first, second, third)]

    assert subjects == [
        "Certificado de SERRA AZUL vence em 5 dias (09/02/2027)",
        "Certificado de SERRA AZUL foi excluído dos servidores",
        "E-mail para Ana Souza voltou (SERRA AZUL)",
    ]
