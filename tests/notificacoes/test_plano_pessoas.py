"""Whom the plan tells: by role and lead, as things stand when the notice goes."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from certificados.models import Certificado
from notificacoes.domain import motivos
from notificacoes.models import Aviso, Dispensa, Envio, Estado
from notificacoes.services import plan
from portal.agentes.models import Agente, Papel, Representacao, Usuario
from tests import factories
from tests.notificacoes.cena import HOJE, at, notices, register, send, sweep


@pytest.fixture
def certificado(agente: Agente, ana: Usuario) -> Certificado:
    return register(agente, ends=at(HOJE + timedelta(days=30)))


def test_those_who_only_look_are_told_on_the_seventh_day(
    certificado: Certificado, bruno: Usuario, carla: Usuario, davi: Usuario
) -> None:
    told = [sweep(at(HOJE + timedelta(days=days))) for days in (0, 15, 23)]

    assert told == [["ana"], ["ana"], ["ana", "bruno", "carla"]]


def test_who_asked_not_to_be_told_is_not(certificado: Certificado, bruno: Usuario, carla: Usuario) -> None:
    Dispensa.objects.create(usuario=bruno, created_at=at(HOJE))

    assert sweep(at(HOJE + timedelta(days=23))) == ["ana", "carla"]


def test_the_representante_ccee_is_told_all_the_same(certificado: Certificado, ana: Usuario) -> None:
    Dispensa.objects.create(usuario=ana, created_at=at(HOJE))

    assert sweep(at(HOJE + timedelta(days=23))) == ["ana"]


def test_two_roles_make_one_notice(certificado: Certificado, agente: Agente, ana: Usuario) -> None:
    factories.represent(ana, agente, Papel.REPRESENTANTE_LEGAL)
    factories.represent(ana, agente, Papel.REPRESENTANTE_CONTABIL)

    plan(now=at(HOJE + timedelta(days=23)))

    assert Aviso.objects.filter(antecedencia=7).count() == Envio.objects.count() == 1


def test_who_comes_later_gets_the_current_lead_at_once(certificado: Certificado, agente: Agente) -> None:
    sweep(at(HOJE))
    eva = factories.create_usuario("eva")
    factories.represent(eva, agente, Papel.REPRESENTANTE_CCEE, desde=HOJE + timedelta(days=20))

    assert sweep(at(HOJE + timedelta(days=19))) == ["ana"]  # the 15 days that were due meanwhile
    assert sweep(at(HOJE + timedelta(days=20))) == ["eva"]
    assert notices(certificado, eva) == {30: "superada", 15: "enviada"}
    late = Aviso.objects.get(destinatario=eva, antecedencia=30)
    assert late.motivo == motivos.ANTES_DA_REPRESENTACAO


def test_a_changed_address_is_the_one_written_to(certificado: Certificado, ana: Usuario) -> None:
    plan(now=at(HOJE))
    Usuario.objects.filter(pk=ana.pk).update(email="nova@exemplo.test")

    send(at(HOJE))

    assert Envio.objects.get().endereco == "nova@exemplo.test"


Change = Callable[[Usuario], None]


def disable(ana: Usuario) -> None:
    Usuario.objects.filter(pk=ana.pk).update(is_active=False)


def enable(ana: Usuario) -> None:
    Usuario.objects.filter(pk=ana.pk).update(is_active=True)


def end(ana: Usuario) -> None:
    Representacao.objects.filter(usuario=ana).update(ate=HOJE - timedelta(days=1))


def reopen(ana: Usuario) -> None:
    Representacao.objects.filter(usuario=ana).update(ate=None)


@pytest.mark.parametrize(
    ("leave", "back", "motivo"),
    [(disable, enable, motivos.PESSOA_INATIVA), (end, reopen, motivos.NAO_REPRESENTA)],
    ids=["disabled", "no longer representing"],
)
def test_who_leaves_is_not_told_and_who_comes_back_is(
    certificado: Certificado, ana: Usuario, leave: Change, back: Change, motivo: str
) -> None:
    plan(now=at(HOJE))
    message_id = Envio.objects.get().message_id
    leave(ana)

    assert sweep(at(HOJE, 13)) == []
    assert Aviso.objects.get().motivo == motivo
    back(ana)
    assert sweep(at(HOJE, 14)) == ["ana"]
    assert Envio.objects.get().message_id == message_id


@pytest.mark.parametrize("doubtful", [False, True], ids=["new", "in doubt"])
@pytest.mark.parametrize(
    ("leave", "back", "motivo"),
    [(disable, enable, motivos.PESSOA_INATIVA), (end, reopen, motivos.NAO_REPRESENTA)],
    ids=["disabled", "no longer representing"],
)
def test_who_left_when_the_mail_was_to_go_and_comes_back_is_told(
    certificado: Certificado, ana: Usuario, leave: Change, back: Change, motivo: str, doubtful: bool
) -> None:
    """Given up by the delivery itself, with no look of the plan between."""
    plan(now=at(HOJE))
    if doubtful:
        Envio.objects.update(estado="em_duvida")
    leave(ana)
    assert send(at(HOJE, 13)) == []
    assert Aviso.objects.get().situacao == "cancelada"
    assert Aviso.objects.get().motivo.startswith(motivo)

    back(ana)

    assert sweep(at(HOJE, 14)) == ["ana"]
    assert Envio.objects.get().repeticoes == doubtful


def test_a_notice_left_out_of_a_message_goes_later_by_another(
    agente: Agente, outro_agente: Agente, ana: Usuario
) -> None:
    factories.represent(ana, outro_agente, Papel.REPRESENTANTE_CCEE)
    first = register(outro_agente, ends=at(HOJE + timedelta(days=30)))
    register(agente, ends=at(HOJE + timedelta(days=30)))
    plan(now=at(HOJE))
    Representacao.objects.filter(usuario=ana, agente=outro_agente).update(ate=HOJE - timedelta(days=1))
    assert sweep(at(HOJE, 13)) == ["ana"]  # of the other company alone

    Representacao.objects.filter(usuario=ana, agente=outro_agente).update(ate=None)

    assert sweep(at(HOJE, 14)) == ["ana"]
    assert notices(first, ana) == {30: "enviada"}
    assert len(set(Envio.objects.values_list("message_id", flat=True))) == 2


def test_who_took_it_back_is_told_again(certificado: Certificado, bruno: Usuario) -> None:
    plan(now=at(HOJE + timedelta(days=23)))
    Dispensa.objects.create(usuario=bruno, created_at=at(HOJE))
    assert sweep(at(HOJE + timedelta(days=23), 13)) == ["ana"]
    assert Aviso.objects.get(destinatario=bruno).motivo == motivos.DISPENSADA

    Dispensa.objects.all().delete()

    assert sweep(at(HOJE + timedelta(days=24))) == ["bruno"]


def test_who_was_told_by_telephone_is_not_written_to_again(certificado: Certificado, ana: Usuario) -> None:
    plan(now=at(HOJE))
    Aviso.objects.update(situacao="cancelada", motivo="Avisado por telefone: Ana.", settled_at=at(HOJE))
    Envio.objects.update(estado="cancelada", motivo="Avisado por telefone: Ana.")

    assert sweep(at(HOJE, 13)) == []


@pytest.mark.parametrize("how", ["replaced", "expired"])
def test_what_is_over_is_not_warned_of(certificado: Certificado, ana: Usuario, how: str) -> None:
    plan(now=at(HOJE))
    if how == "replaced":
        Certificado.objects.update(slot=None, removed_at=at(HOJE))
    over = at(HOJE, 13) if how == "replaced" else at(HOJE + timedelta(days=31))

    plan(now=over)

    aviso = Aviso.objects.get()
    assert aviso.situacao == "cancelada"
    assert aviso.motivo == (motivos.FORA_DE_SERVICO if how == "replaced" else motivos.VENCEU)
    assert not Envio.objects.filter(tipo="vencimento", estado="pendente").exists()


def test_a_notice_that_its_message_did_not_tell_goes_with_another(certificado: Certificado) -> None:
    """As when the person is excused for just the moment in which the text is made."""
    plan(now=at(HOJE))
    first = Envio.objects.get()
    Envio.objects.update(estado=Estado.ENVIADA, sent_at=at(HOJE))

    assert sweep(at(HOJE, 13)) == ["ana"]

    aviso = Aviso.objects.get(antecedencia=30)
    assert aviso.situacao == "enviada"
    assert aviso.envio != first
