"""Concluding a request: together or not at all, once, and by the right person."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from adesao import services, tasks
from adesao.hashing import verify
from adesao.models import Anexo, Credencial, Solicitacao
from adesao.services import Envio
from adesao.services.conclusao import SolicitacaoRecusada
from certificados import selectors as certificados
from portal import clock
from portal.agentes import acesso
from portal.agentes import services as agentes
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente, Papel, Representacao, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from portal.kernel.errors import Conflict, DomainError, Forbidden, NotFound
from tests import factories

Cer = Callable[..., bytes]
SENHA, OUTRA_SENHA = "40719362", "83526049"


@pytest.fixture
def aderido(agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime) -> Agente:
    """Both slots full: api.cer and b.cer."""
    factories.adhere(agente, ana, confianca, hosts=("api", "b"), now=now)
    return agente


def send(agente: Agente, ator: Ator, now: datetime, **envio: object) -> Solicitacao:
    return services.fill_and_conclude(agente, Envio(**envio), ator=ator, now=now)  # type: ignore[arg-type]  # by name


def in_service(agente: Agente) -> list[str]:
    return sorted(row.nome_arquivo for row in certificados.of_agente(agente))


def receipt(done: Solicitacao) -> dict[str, Any]:
    done.refresh_from_db()
    assert done.recibo is not None
    return dict(done.recibo)


def id_of(agente: Agente, nome: str) -> int:
    return certificados.of_agente(agente).get(nome_arquivo=nome).pk


def test_first_adesao_sets_password_and_certificate_together(
    agente: Agente, ator: Ator, cer: Cer, now: datetime
) -> None:
    done = send(agente, ator, now, senha=SENHA, arquivos=[("a.cer", cer())])

    assert done.protocolo == f"PI-{clock.local_date(now):%Y}-{done.pk:06d}"
    assert in_service(agente) == ["a.cer"]
    assert verify(SENHA, Credencial.objects.get(agente=agente).senha_hash)
    assert {"adesao.concluida", "senha.definida", "certificado.incluido"} <= set(
        Evento.objects.filter(cnpj=agente.cnpj).values_list("tipo", flat=True)
    )


def test_first_adesao_needs_password_and_certificate_and_says_both(
    agente: Agente, ator: Ator, now: datetime, confianca: object
) -> None:
    with pytest.raises(SolicitacaoRecusada) as refusal:
        send(agente, ator, now)

    assert set(refusal.value.erros) == {"senha", "certificados"}
    assert not Credencial.objects.exists()


def test_all_errors_are_told_at_once(agente: Agente, ator: Ator, now: datetime, confianca: Hierarquia) -> None:
    big = confianca.issue(cnpj=agente.cnpj, bits=4096).der

    with pytest.raises(SolicitacaoRecusada) as refusal:
        send(agente, ator, now, senha="123", arquivos=[("grande.cer", big)])

    assert "foram digitados 3" in refusal.value.erros["senha"][0]
    assert refusal.value.erros["certificados"] == [
        "grande.cer não pode ser aceito (1 regra falhou). Remova-o ou envie o arquivo corrigido."
    ]


def test_one_bad_file_keeps_everything_out(
    aderido: Agente, ator: Ator, cer: Cer, now: datetime, confianca: Hierarquia
) -> None:
    before = Credencial.objects.get(agente=aderido).senha_hash
    big = confianca.issue(cnpj=aderido.cnpj, bits=4096).der

    with pytest.raises(SolicitacaoRecusada):
        send(
            aderido, ator, now, senha=OUTRA_SENHA, excluir=[id_of(aderido, "b.cer")],
            arquivos=[("bom.cer", cer("bom")), ("ruim.cer", big)],
        )  # fmt: skip

    assert in_service(aderido) == ["api.cer", "b.cer"]
    assert Credencial.objects.get(agente=aderido).senha_hash == before


def test_a_renewal_with_the_same_subject_works_with_both_slots_full(
    aderido: Agente, ator: Ator, now: datetime, confianca: Hierarquia
) -> None:
    host = f"b.{aderido.cnpj.lower()}.exemplo.test"
    renewed = confianca.issue(cnpj=aderido.cnpj, nome=aderido.razao_social, host=host, not_before=now).der

    send(aderido, ator, now, excluir=[id_of(aderido, "b.cer")], arquivos=[("renovado.cer", renewed)])

    assert in_service(aderido) == ["api.cer", "renovado.cer"]


def test_a_third_certificate_is_refused(aderido: Agente, ator: Ator, cer: Cer, now: datetime) -> None:
    with pytest.raises(SolicitacaoRecusada):
        send(aderido, ator, now, arquivos=[("c.cer", cer("c"))])

    assert in_service(aderido) == ["api.cer", "b.cer"]


def test_the_password_alone_can_be_changed(aderido: Agente, ator: Ator, now: datetime) -> None:
    done = send(aderido, ator, now, senha=OUTRA_SENHA)

    credencial = Credencial.objects.get(agente=aderido)
    assert verify(OUTRA_SENHA, credencial.senha_hash)
    assert not verify(factories.SENHA_SISTEMICA, credencial.senha_hash)
    assert (credencial.versao, receipt(done)["senha"]) == (2, "alterada")


def test_answering_no_keeps_the_password_that_was_staged_before(aderido: Agente, ator: Ator, now: datetime) -> None:
    services.fill(aderido, Envio(senha=OUTRA_SENHA), ator=ator, now=now)

    done = send(aderido, ator, now, manter_senha=True, excluir=[id_of(aderido, "b.cer")])

    assert receipt(done)["senha"] == "mantida"
    assert verify(factories.SENHA_SISTEMICA, Credencial.objects.get(agente=aderido).senha_hash)


def test_nothing_to_do_is_said(aderido: Agente, ator: Ator, now: datetime) -> None:
    with pytest.raises(SolicitacaoRecusada, match="Nada foi alterado"):
        send(aderido, ator, now)


def test_everything_can_be_excluded(aderido: Agente, ator: Ator, now: datetime) -> None:
    done = send(aderido, ator, now, excluir=[id_of(aderido, "api.cer"), id_of(aderido, "b.cer")])

    assert in_service(aderido) == []
    assert receipt(done)["em_servico"] == 0


def test_theirs_cannot_be_excluded(
    aderido: Agente, ator: Ator, outro_agente: Agente, davi: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    factories.adhere(outro_agente, davi, confianca, hosts=("x",), now=now)

    with pytest.raises(NotFound):
        send(aderido, ator, now, excluir=[id_of(outro_agente, "x.cer")])

    assert in_service(outro_agente) == ["x.cer"]


def test_concluding_twice_gives_the_same_request(agente: Agente, ator: Ator, cer: Cer, now: datetime) -> None:
    draft = services.fill(agente, Envio(senha=SENHA, arquivos=[("a.cer", cer())]), ator=ator, now=now).draft
    first = services.conclude(draft, ator=ator, now=now)

    second = services.conclude(draft, ator=ator, now=now)

    assert second.protocolo == first.protocolo
    assert in_service(agente) == ["a.cer"]
    assert Evento.objects.filter(tipo="adesao.concluida").count() == 1


def test_an_ended_draft_keeps_no_secret_and_no_file(agente: Agente, ator: Ator, cer: Cer, now: datetime) -> None:
    draft = services.fill(agente, Envio(senha=SENHA, arquivos=[("a.cer", cer())]), ator=ator, now=now).draft
    services.cancel(draft, now=now)

    for late in (
        lambda: services.stage_senha(draft, OUTRA_SENHA),
        lambda: services.attach(draft, nome="b.cer", data=cer("b"), ator=ator, now=now),
    ):
        with pytest.raises(Conflict):
            late()

    draft.refresh_from_db()
    assert (draft.senha_hash, Anexo.objects.count()) == ("", 0)


def test_a_role_lost_after_the_form_was_shown_stops_the_request(
    agente: Agente, ana: Usuario, ator: Ator, cer: Cer, now: datetime
) -> None:
    draft = services.fill(agente, Envio(senha=SENHA, arquivos=[("a.cer", cer())]), ator=ator, now=now).draft
    Representacao.objects.filter(usuario=ana).update(papel=Papel.REPRESENTANTE_LEGAL)

    with pytest.raises(Forbidden):
        services.conclude(draft, ator=ator, now=now)

    assert in_service(agente) == []


def test_a_person_who_may_only_look_cannot_open_a_request(agente: Agente, bruno: Usuario, now: datetime) -> None:
    with pytest.raises(Forbidden):
        services.open_request(agente, ator=acesso.of_usuario(bruno), now=now)

    assert not Solicitacao.objects.exists()


def test_a_subject_taken_meanwhile_is_a_conflict_in_words(
    aderido: Agente, ator: Ator, ana: Usuario, outro_agente: Agente, davi: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    same = confianca.issue(nome="Mesmo", host="mesmo.exemplo.test", cnpj=aderido.cnpj).der
    envio = Envio(excluir=[id_of(aderido, "b.cer")], arquivos=[("mesmo.cer", same)])
    draft = services.fill(aderido, envio, ator=ator, now=now).draft
    davi_ator = acesso.of_usuario(davi)
    services.submit(outro_agente, senha=SENHA, arquivos=[("deles.cer", same)], excluir=(), ator=davi_ator, now=now)

    with pytest.raises(Conflict) as lost:
        services.conclude(draft, ator=ator, now=now)

    assert outro_agente.cnpj not in lost.value.detail
    assert outro_agente.sigla not in lost.value.detail
    assert in_service(aderido) == ["api.cer", "b.cer"]


def test_week_old_drafts_are_discarded_and_younger_ones_kept(
    agente: Agente, ator: Ator, cer: Cer, now: datetime, davi: Usuario, outro_agente: Agente
) -> None:
    old = services.fill(agente, Envio(senha=SENHA, arquivos=[("a.cer", cer())]), ator=ator, now=now - timedelta(days=8))
    young = services.open_request(outro_agente, ator=acesso.of_usuario(davi), now=now - timedelta(days=6))

    tasks.discard_stale()

    old.draft.refresh_from_db()
    young.refresh_from_db()
    assert old.draft.closed_at is not None
    assert (old.draft.senha_hash, old.draft.anexos.count()) == ("", 0)
    assert young.closed_at is None


def test_an_expiry_between_staging_and_concluding_is_noticed(
    agente: Agente, ator: Ator, now: datetime, confianca: Hierarquia
) -> None:
    short = confianca.issue(cnpj=agente.cnpj, not_before=now - timedelta(days=1), days=2).der
    draft = services.fill(agente, Envio(senha=SENHA, arquivos=[("a.cer", short)]), ator=ator, now=now).draft

    with pytest.raises(DomainError):
        services.conclude(draft, ator=ator, now=now + timedelta(days=2))

    assert in_service(agente) == []


def test_ending_the_representation_ends_the_access(ana: Usuario, ator: Ator, agente: Agente, now: datetime) -> None:
    agentes.end_representacao(Representacao.objects.get(usuario=ana), by="teste", on=clock.local_date(now), now=now)

    with pytest.raises(Forbidden):
        services.open_request(agente, ator=ator, now=now)
