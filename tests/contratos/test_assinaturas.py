"""A document goes out, comes back signed with ICP-Brasil certificates, and closes what waited for it."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha512
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from contratos import services
from contratos.models import AssinaturaAceita, Documento, Indisponibilidade, Minuta, Signatario
from contratos.services import AssinaturaRecusada
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.models import Papel, Usuario
from portal.auditoria.models import Evento
from portal.demo import assinador
from portal.demo.hierarquia import Hierarquia
from portal.demo.kit import issue_person
from portal.kernel.errors import Conflict, DomainError, Forbidden, NotFound
from tests import factories
from tests.contratos import cena as cenas
from tests.contratos.cena import Cena

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Usuario], Client]
ANA, DAVI = ("Ana Ribeiro", "52998224725"), ("Davi Nogueira", "11144477735")


@pytest.fixture
def cena(assinantes: Hierarquia) -> Cena:
    """The contract's PDF is there to be signed."""
    return available(cenas.create())


def available(cena: Cena) -> Cena:
    cena.open()
    cena.close("N1")
    for codigo in ("M2", "M3v", "M3c", "M4", "M5v", "M5c", "M6", "M7"):
        cena.close(codigo)
    return cena


def signed(hierarquia: Hierarquia, cena: Cena, quem: tuple[str, str], pdf: bytes = b"") -> bytes:
    nome, cpf = quem
    person = issue_person(hierarquia, nome=nome, cpf=cpf)
    return assinador.sign_pdf(pdf or bytes(Documento.objects.get().emitido), person, [hierarquia.ac.cert], at=cena.now)


def send(cena: Cena, conteudo: bytes, *, por: str = "ana") -> list[AssinaturaAceita]:
    return services.receive(Documento.objects.get(), conteudo, ator=getattr(cena, por), now=cena.now)


@pytest.mark.clausula("3.13", "3.15")
def test_both_sides_sign_and_the_contract_is_signed_with_a_protocol(cena: Cena, assinantes: Hierarquia) -> None:
    first = signed(assinantes, cena, ANA)
    (accepted,) = send(cena, first)
    assert (accepted.nome, accepted.atividade.codigo, cena.fresh().assinatura) == (ANA[0], "N3", "assinado_parcial")
    assert Documento.objects.get().protocolo is None

    send(cena, signed(assinantes, cena, DAVI, first), por="davi")

    documento, contrato = Documento.objects.get(), cena.fresh()
    assert (contrato.assinatura, contrato.signed_at) == ("assinado", cena.now)
    assert (documento.protocolo or "").startswith("PA-")
    assert cena.row("N3").fluxo.estado == "assinado"
    entries = Evento.objects.filter(tipo="contrato.assinatura_aceita", cnpj=cena.vendedor.cnpj)
    assert [e.dados["cpf"] for e in entries.order_by("numero")] == ["***.982.247-**", "***.444.777-**"]


def test_a_file_is_refused_in_words_and_leaves_only_its_entry(cena: Cena, assinantes: Hierarquia) -> None:
    before = cena.fresh().assinatura
    for conteudo, said in (
        (b"%PDF-1.4 nada", ""),
        (bytes(Documento.objects.get().emitido), "sem-assinatura"),
        (signed(assinantes, cena, ("Outra Pessoa", "12345678909")), "pessoa-errada"),
    ):
        with pytest.raises(AssinaturaRecusada) as refused:
            send(cena, conteudo)
        assert refused.value.erros["arquivo"]
        assert said in refused.value.extra["codigos"] or not said
    assert (cena.fresh().assinatura, AssinaturaAceita.objects.count()) == (before, 0)
    assert Evento.objects.filter(tipo="contrato.assinatura_recusada", cnpj=cena.comprador.cnpj).count() == 3


def test_the_same_file_again_changes_nothing(cena: Cena, assinantes: Hierarquia) -> None:
    conteudo = signed(assinantes, cena, ANA)
    send(cena, conteudo)
    with pytest.raises(Conflict, match="já foram recebidas"):
        send(cena, conteudo)


def test_a_replaced_document_is_not_signed_any_more(cena: Cena, assinantes: Hierarquia) -> None:
    conteudo = signed(assinantes, cena, ANA)
    Documento.objects.update(replaced_at=cena.now)
    with pytest.raises(Conflict, match="substituído"):
        send(cena, conteudo)


def test_strangers_see_nothing_and_those_who_only_look_send_nothing(cena: Cena, assinantes: Hierarquia) -> None:
    conteudo = signed(assinantes, cena, ANA)
    stranger, legal = factories.create_usuario("estranha"), factories.create_usuario("bruno.legal")
    factories.represent(legal, cena.vendedor, Papel.REPRESENTANTE_LEGAL)
    with pytest.raises(NotFound):
        services.receive(Documento.objects.get(), conteudo, ator=acesso.of_usuario(stranger), now=cena.now)
    with pytest.raises(Forbidden):
        services.receive(Documento.objects.get(), conteudo, ator=acesso.of_usuario(legal), now=cena.now)


@pytest.mark.clausula("3.8")
def test_a_seller_that_is_no_longer_active_does_not_sign(cena: Cena, assinantes: Hierarquia) -> None:
    conteudo = signed(assinantes, cena, ANA)
    cena.vendedor.situacao = "desligado"
    cena.vendedor.save()
    with pytest.raises(DomainError, match=r"3\.8"):
        send(cena, conteudo)
    assert not AssinaturaAceita.objects.exists()


@pytest.mark.clausula("3.13.1")
def test_paper_counts_only_within_a_recorded_outage(cena: Cena) -> None:
    outage = Indisponibilidade.objects.create(
        desde=cena.now - timedelta(hours=5), ate=cena.now - timedelta(hours=1), descricao="fora do ar", chamado="C-1"
    )
    paper: dict[str, Any] = {
        "signatario": Signatario.objects.get(cpf=ANA[1]),
        "digitalizado": b"%PDF-1.7 papel",
        "indisponibilidade": outage,
        "ator": cena.ana,
        "now": cena.now,
    }
    documento = Documento.objects.get()
    with pytest.raises(DomainError, match="só vale dentro de uma indisponibilidade"):
        services.accept_paper(documento, cartorio="2º Tabelião", assinado_em=cena.now, **paper)
    with pytest.raises(DomainError, match="cartório"):
        services.accept_paper(documento, cartorio=" ", assinado_em=cena.now - timedelta(hours=2), **paper)
    row = services.accept_paper(documento, cartorio="2º Tabelião", assinado_em=cena.now - timedelta(hours=2), **paper)
    assert (row.atividade.codigo, cena.fresh().assinatura) == ("N3", "assinado_parcial")
    with pytest.raises(Conflict, match="Não há assinatura de Ana"):
        services.accept_paper(documento, cartorio="2º", assinado_em=cena.now - timedelta(hours=2), **paper)


def test_through_the_page_a_good_file_is_accepted_whole(confianca: Hierarquia, client_of: ClientOf) -> None:
    """Larger than what is kept of any other upload."""
    cena = cenas.create()
    cena.now = clock.now()  # the page's own
    Minuta.objects.update(texto="\n".join(sha512(str(n).encode()).hexdigest() for n in range(1500)))
    available(cena)
    conteudo = signed(confianca, cena, ANA)
    assert len(conteudo) > 64 * 1024
    client, page = client_of(user(cena.ana)), address("assinar")
    answer = client.post(page, {"arquivo": SimpleUploadedFile("contrato.pdf", conteudo)}, follow=True)
    assert "Assinatura conferida e aceita" in answer.content.decode()
    refused = client.post(page, {"arquivo": SimpleUploadedFile("contrato.pdf", conteudo[:-100])})
    assert (refused.status_code, 'role="alert"' in refused.content.decode()) == (422, True)


@pytest.mark.clausula("3.13.1")
def test_through_the_page_paper_needs_an_outage(cena: Cena, client_of: ClientOf) -> None:
    client, page = client_of(user(cena.ana)), address("papel")
    when = clock.local(cena.now - timedelta(hours=2))
    fields: dict[str, Any] = {
        "signatario": Signatario.objects.get(cpf=ANA[1]).pk,
        "assinado_em": f"{when:%Y-%m-%dT%H:%M}",
        "cartorio": "2º Tabelião de São Paulo",
    }

    def send_paper(**more: Any) -> Any:
        return client.post(page, {**fields, "arquivo": SimpleUploadedFile("p.pdf", b"%PDF-1.7 papel"), **more})

    without = send_paper()
    assert (without.status_code, "3.13.1" in without.content.decode()) == (422, True)
    outage = Indisponibilidade.objects.create(
        desde=cena.now - timedelta(hours=5), ate=cena.now, descricao="fora do ar", chamado="C-1"
    )
    assert send_paper(indisponibilidade=outage.pk, cartorio=" ").status_code == 422
    assert send_paper(indisponibilidade=outage.pk).status_code == 302
    assert AssinaturaAceita.objects.get().indisponibilidade == outage


def user(ator: Ator) -> Usuario:
    assert ator.usuario is not None
    return ator.usuario


def address(name: str) -> str:
    documento = Documento.objects.get()
    return reverse(f"contratos:{name}", args=[documento.contrato.numero, documento.pk])
