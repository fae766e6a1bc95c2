"""The proof of the notices about a certificate: as a page, as PDF and as CSV."""

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from certificados import services as certificados
from certificados.models import Certificado
from notificacoes import services
from notificacoes.domain import situacoes
from notificacoes.models import Dispensa, Envio, Estado, Motivo, Situacao, Tarefa, Tipo
from notificacoes.prova import csv as prova_csv
from notificacoes.prova import pdf as prova_pdf
from notificacoes.selectors import prova
from portal import clock
from portal.agentes.models import Agente, Papel, Usuario
from portal.auditoria.models import Cadeia, Evento
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.notificacoes.cartas import certificate, message, notice, owe, sent

ClientOf = Callable[[Usuario], Client]
HOSTIL = '=cmd|"/c calc"!A1 <script>alert(1)</script> \u202e\u0416'


@pytest.fixture
def certificado(agente: Agente, ana: Usuario, now: datetime) -> Certificado:
    return certificate(agente, ends=now + timedelta(days=10), included_at=now - timedelta(days=60))


def path_of(certificado: Certificado, end: str = "/") -> str:
    return f"/adesao/{certificado.agente.cnpj}/certificados/{certificado.pk}/avisos{end}"


def pdf_text(data: bytes) -> str:
    """The strings of the content streams, in order."""
    found = re.findall(rb"\(((?:\\.|[^()\\])*)\) Tj", data)
    plain = [re.sub(rb"\\(\d{3})", lambda m: bytes([int(m[1], 8)]), one) for one in found]
    return " ".join(re.sub(rb"\\(.)", rb"\1", one).decode("cp1252").strip() for one in plain)


def rows_of(found: prova.Prova) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(prova_csv.write(found).decode("utf-8-sig")), delimiter=";"))


CASOS = [
    (Situacao.PLANEJADA, {}, situacoes.NA_FILA),
    (Situacao.PLANEJADA, {"tentativas": 3}, situacoes.NOVA_TENTATIVA),
    (Situacao.PLANEJADA, {"estado": Estado.EM_DUVIDA, "tentativas": 1}, situacoes.DE_MENSAGEM["em_duvida"]),
    (Situacao.ENVIADA, {"estado": Estado.ENVIADA}, situacoes.ENVIADO),
    (Situacao.ENVIADA, {"estado": Estado.ENVIADA, "repeticoes": 1}, situacoes.REPETIDO),
    (Situacao.ENVIADA, {"estado": Estado.ENVIADA, "devolucao": "5.1.1 Unknown"}, situacoes.DEVOLVIDO),
    (Situacao.SUPERADA, None, situacoes.SUPERADO),
    (Situacao.CANCELADA, {"estado": Estado.CANCELADA}, situacoes.CANCELADO),
    (Situacao.MORTA, {"estado": Estado.MORTA, "smtp_resposta": "550 5.1.1 não há"}, situacoes.MORTO),
]


@pytest.mark.parametrize(("situacao", "facts", "expected"), CASOS, ids=range(len(CASOS)))
def test_each_state_is_told_in_all_three_forms(
    certificado: Certificado, ana: Usuario, client_of: ClientOf, now: datetime,
    situacao: Situacao, facts: dict[str, object] | None, expected: situacoes.Estado,
) -> None:  # fmt: skip
    envio = None
    if facts is not None:
        moments = {"sent_at": now} if facts.get("estado") == Estado.ENVIADA else {}
        moments |= {"devolvida_at": now} if "devolucao" in facts else {}
        envio = message(ana, Tipo.VENCIMENTO, now=now, **{**facts, **moments})  # type: ignore[arg-type]  # mixed values
    notice(certificado, ana, 30, now=now, situacao=situacao, envio=envio, motivo="por isto")

    found = prova.read(certificado, now=now)
    page = client_of(ana).get(path_of(certificado)).content.decode()
    (line, *_) = rows_of(found)

    told = {**(facts or {}), "message_id": envio.message_id if envio else "", "motivo": "por isto"}
    words = [
        expected.texto,
        "Ana Souza",
        *(str(told[n]) for n in ("message_id", "smtp_resposta", "devolucao", "motivo") if n in told),
    ]
    text = pdf_text(prova_pdf.write(found, compress=False))
    for word in words:
        assert word in page
        assert word in " ".join(line.values())
        assert word in text


def test_leads_ahead_are_forecast_for_who_would_get_them(
    agente: Agente, certificado: Certificado, ana: Usuario, bruno: Usuario, carla: Usuario, now: datetime
) -> None:
    Dispensa.objects.create(usuario=carla, created_at=now)
    sent(ana, certificado, now=now, lead=15)

    linhas = prova.read(certificado, now=now).linhas

    ahead = clock.local_date(certificado.valid_until) - timedelta(days=7)
    assert [(one.titulo, one.nome, one.estado, one.previsto) for one in linhas[1:]] == [
        ("7 dias antes", "Ana Souza", situacoes.PREVISTO, ahead),
        ("7 dias antes", "Bruno Lima", situacoes.PREVISTO, ahead),
    ]
    assert (linhas[0].titulo, linhas[0].papel) == ("15 dias antes", "Representante CCEE")


def test_nothing_is_forecast_for_what_is_over(certificado: Certificado, ana: Usuario, now: datetime) -> None:
    assert prova.read(certificado, now=certificado.valid_until + timedelta(seconds=1)).linhas == ()
    certificados.remove(certificado, by="teste", now=now, motivo="Comprometido")
    certificado.refresh_from_db()

    found = prova.read(certificado, now=now)

    assert found.linhas == ()
    assert "Nenhum aviso" in pdf_text(prova_pdf.write(found, compress=False))
    assert prova_csv.write(found).decode("utf-8-sig").splitlines() == ["CNPJ;Sigla;Certificado;SHA-256;Aviso"]


def test_the_whole_life_of_a_certificate_is_there(
    agente: Agente, ana: Usuario, bruno: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    factories.adhere(agente, ana, confianca, now=now)
    certificado = Certificado.objects.get()
    other = certificate(agente, ends=now + timedelta(days=90))
    services.plan(now=now + timedelta(seconds=1))
    certificados.remove(certificado, by="operacao", now=now + timedelta(seconds=2), motivo="Comprometido")
    certificados.remove(other, by="operacao", now=now + timedelta(seconds=3), motivo="Outro")
    services.plan(now=now + timedelta(seconds=4))
    certificado.refresh_from_db()

    linhas = prova.read(certificado, now=now).linhas

    told = [(one.titulo, one.nome) for one in linhas]
    assert sorted(told) == sorted(
        [
            (titulo, nome)
            for titulo in ("Recibo da solicitação", "Excluído dos servidores")
            for nome in ("Ana Souza", "Bruno Lima")
        ]
    )


def test_a_bounce_shows_whom_it_was_told_to(
    certificado: Certificado, ana: Usuario, bruno: Usuario, now: datetime
) -> None:
    envio = sent(ana, certificado, now=now)
    Envio.objects.filter(pk=envio.pk).update(devolvida_at=now, devolucao="5.1.1")
    Envio.objects.create(
        tipo=Tipo.DEVOLUCAO, chave=f"devolucao:{envio.pk}:{bruno.pk}", message_id="d@x", destinatario=bruno,
        dados={"envio": envio.pk}, prazo=now, created_at=now,
    )  # fmt: skip

    titles = [(one.titulo, one.nome) for one in prova.read(certificado, now=now).linhas if one.envio]

    assert set(titles) == {("7 dias antes", "Ana Souza"), ("Devolução contada a outro contato", "Bruno Lima")}


def test_several_bounces_are_told_apart(certificado: Certificado, ana: Usuario, bruno: Usuario, now: datetime) -> None:
    for lead in (15, 7):
        envio = sent(ana, certificado, now=now, lead=lead)
        Envio.objects.filter(pk=envio.pk).update(devolvida_at=now, devolucao="5.1.1")
        about = {"tipo": Tipo.DEVOLUCAO, "destinatario": bruno, "prazo": now, "created_at": now}
        Envio.objects.create(chave=f"devolucao:{envio.pk}:{bruno.pk}", message_id=f"d{lead}@x", **about)

    told = [one for one in prova.read(certificado, now=now).linhas if one.nome == "Bruno Lima" and one.envio]

    assert sorted(one.envio.message_id for one in told if one.envio) == ["d15@x", "d7@x"]


def test_every_role_of_the_company_may_read_it_and_nobody_else(
    certificado: Certificado, agente: Agente, ana: Usuario, bruno: Usuario, carla: Usuario, davi: Usuario,
    aneel: Usuario, outro_agente: Agente, client_of: ClientOf,
) -> None:  # fmt: skip
    theirs = f"/adesao/{outro_agente.cnpj}/certificados/{certificado.pk}/avisos"
    for end in ("/", ".pdf", ".csv"):
        for usuario in (ana, bruno, carla, aneel):
            assert client_of(usuario).get(path_of(certificado, end)).status_code == 200
        assert client_of(davi).get(path_of(certificado, end)).status_code == 404
        assert client_of(davi).get(theirs + end).status_code == 404
        assert Client().get(path_of(certificado, end)).status_code == 302


def test_downloads_are_files_with_a_harmless_name(certificado: Certificado, ana: Usuario, client_of: ClientOf) -> None:
    pdf = client_of(ana).get(path_of(certificado, ".pdf"))
    table = client_of(ana).get(path_of(certificado, ".csv"))

    assert (pdf.headers["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert pdf.headers["Content-Disposition"] == f'attachment; filename="avisos-{certificado.sha256[:16]}.pdf"'
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert table.content.startswith(b"\xef\xbb\xbfCNPJ;")


def test_it_can_be_checked_against_the_ledger(certificado: Certificado, ana: Usuario, now: datetime) -> None:
    head = Cadeia.objects.get()

    found = prova.read(certificado, now=now)

    assert Evento.objects.get(numero=found.cabeca[0]).hash == found.cabeca[1] == head.hash
    text = pdf_text(prova_pdf.write(found, compress=False))
    assert f"Trilha até a entrada {head.numero}, hash" in text
    assert head.hash in text.replace(" ", "")
    assert "Página 1 de 1" in text


def test_hostile_names_are_text_everywhere(
    certificado: Certificado, agente: Agente, ana: Usuario, client_of: ClientOf, now: datetime
) -> None:
    Usuario.objects.update(nome=HOSTIL)
    Agente.objects.update(sigla=HOSTIL[:60], razao_social=HOSTIL)
    Certificado.objects.update(nome_arquivo=HOSTIL, titular=HOSTIL)
    certificado.refresh_from_db()
    sent(ana, certificado, now=now, lead=15)

    found = prova.read(certificado, now=now)
    page = client_of(ana).get(path_of(certificado)).content.decode()
    text = pdf_text(prova_pdf.write(found, compress=False))

    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "<script>alert(1)</script>" in text
    assert "\\u202e" in text
    assert "\\u0416" in text
    for row in rows_of(found):
        assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
        assert row["Destinatário"].startswith("'=cmd")


def test_many_notices_make_many_pages_and_as_few_queries(
    certificado: Certificado, agente: Agente, ana: Usuario, now: datetime
) -> None:
    with CaptureQueriesContext(connection) as few:
        prova.read(certificado, now=now)
    for number in range(25):
        usuario = factories.create_usuario(f"p{number}")
        factories.represent(usuario, agente, Papel.REPRESENTANTE_LEGAL)
        sent(usuario, certificado, now=now)

    with CaptureQueriesContext(connection) as many:
        found = prova.read(certificado, now=now)

    assert len(many) == len(few) <= 9
    text = pdf_text(prova_pdf.write(found, compress=False))
    assert re.search(r"Página 2 de ([2-9])", text)
    assert len(rows_of(found)) == 26


def test_company_page_leads_there_also_for_what_is_out_of_use(
    certificado: Certificado, agente: Agente, ana: Usuario, client_of: ClientOf, now: datetime
) -> None:
    gone = certificate(agente, ends=now + timedelta(days=5), nome_arquivo="velho.cer")
    certificados.remove(gone, by="portal", now=now, motivo="Venceu em 01/02/2027")
    factories.represent(owner := factories.create_usuario("eva"), agente, Papel.REPRESENTANTE_LEGAL)

    page = client_of(owner).get(f"/adesao/{agente.cnpj}/").content.decode()

    assert f'href="{path_of(certificado)}"' in page
    assert f'href="{path_of(gone)}"' in page
    assert "Venceu em 01/02/2027" in page


def test_what_operations_did_is_shown_without_their_notes(
    certificado: Certificado, ana: Usuario, client_of: ClientOf, now: datetime
) -> None:
    owe(ana, certificado, now=now)
    Tarefa.objects.create(
        motivo=Motivo.VENCE_HOJE, chave="x", certificado=certificado, created_at=now, done_at=now, nota="falei com o Zé"
    )

    page = client_of(ana).get(path_of(certificado)).content.decode()

    assert "Vence hoje" in page
    assert "falei com o Zé" not in page
