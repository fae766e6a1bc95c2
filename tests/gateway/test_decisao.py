"""Who may enter: every reason, from the database as it is at that moment."""

from datetime import datetime, timedelta

import pytest

from adesao import services as adesao
from certificados import services as certificados
from certificados.models import Certificado
from portal.agentes import acesso
from portal.agentes.models import Agente, Situacao, Usuario
from portal.agentes.services import save_agente
from portal.demo.hierarquia import Hierarquia
from portal.gateway import services
from portal.gateway.domain.decisao import PALAVRAS, Motivo
from portal.gateway.models import Passagem
from portal.gateway.services import Pedido, Resposta
from portal.kernel.cnpj import mask
from tests import factories
from tests.gateway.conftest import Pergunta

pytestmark = pytest.mark.django_db
SEGUNDO = timedelta(seconds=1)


def test_the_agente_itself_enters(ask: Pergunta, agente: Agente) -> None:
    assert ask() == Resposta(Motivo.AUTORIZADO, agente.cnpj, agente.sigla)


def test_the_user_name_may_have_its_mask_and_the_fingerprint_any_case(
    ask: Pergunta, agente: Agente, certificado: Certificado
) -> None:
    assert ask(usuario=mask(agente.cnpj).lower(), sha256=certificado.sha256.upper()).autorizado


@pytest.mark.parametrize("usuario", ["", "00000000000000", "x" * 300, "\x00"])
def test_nobody_of_that_name(ask: Pergunta, usuario: str) -> None:
    assert ask(usuario=usuario) == Resposta(Motivo.USUARIO_DESCONHECIDO)


@pytest.mark.parametrize("senha", ["", "40719363", "4071936", "x" * 100_000, "\x00"])
def test_a_wrong_password(ask: Pergunta, senha: str) -> None:
    assert ask(senha=senha) == Resposta(Motivo.SENHA_INCORRETA)


def test_a_certificate_of_another_company(
    ask: Pergunta, outro_agente: Agente, davi: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    factories.adhere(outro_agente, davi, confianca, now=now)
    theirs = Certificado.objects.get(agente=outro_agente)

    assert ask(sha256=theirs.sha256).motivo == Motivo.CERTIFICADO_DE_OUTRO
    assert ask(usuario=outro_agente.cnpj).motivo == Motivo.CERTIFICADO_DE_OUTRO


@pytest.mark.parametrize(("sha256", "motivo"), [("", "certificado-ausente"), ("0" * 64, "certificado-desconhecido")])
def test_no_certificate_and_one_that_nobody_registered(ask: Pergunta, sha256: str, motivo: str) -> None:
    assert ask(sha256=sha256).motivo == motivo


def test_a_company_that_never_adhered(ask: Pergunta, outro_agente: Agente) -> None:
    assert ask(usuario=outro_agente.cnpj).motivo == Motivo.SEM_ADESAO


@pytest.mark.parametrize("situacao", [Situacao.SUSPENSO, Situacao.DESLIGADO])
def test_a_company_that_is_kept_out(ask: Pergunta, agente: Agente, situacao: Situacao, now: datetime) -> None:
    assert ask().autorizado
    agente.situacao = situacao
    save_agente(agente, by=factories.BY, now=now)

    assert ask().motivo == Motivo.AGENTE_IMPEDIDO


def test_removed_it_is_refused_at_the_very_next_question(
    ask: Pergunta, certificado: Certificado, now: datetime
) -> None:
    assert ask().autorizado

    certificados.remove(certificado, by="ana", now=now, motivo="teste")

    assert ask().motivo == Motivo.CERTIFICADO_EXCLUIDO


def test_it_begins_with_its_first_second(ask: Pergunta, certificado: Certificado) -> None:
    start = certificado.valid_from

    assert ask(em=start - SEGUNDO).motivo == Motivo.CERTIFICADO_AINDA_NAO_VIGENTE
    assert ask(em=start).autorizado


def test_it_ends_with_its_last_second(ask: Pergunta, certificado: Certificado, now: datetime) -> None:
    end = now + timedelta(days=1)
    Certificado.objects.filter(pk=certificado.pk).update(valid_until=end)

    assert ask(em=end).autorizado
    assert ask(em=end + SEGUNDO).motivo == Motivo.CERTIFICADO_VENCIDO


def test_a_new_password_holds_at_once_and_the_old_one_no_more(
    ask: Pergunta, agente: Agente, ana: Usuario, now: datetime
) -> None:
    assert ask().autorizado

    adesao.submit(agente, senha="73915204", arquivos=[], excluir=(), ator=acesso.of_usuario(ana), now=now)

    assert ask().motivo == Motivo.SENHA_INCORRETA
    assert ask(senha="73915204").autorizado


def test_what_was_seen_is_kept_once_a_minute(ask: Pergunta, certificado: Certificado, now: datetime) -> None:
    later = now + timedelta(seconds=59)
    ask()
    ask(em=later)
    assert Passagem.objects.get().seen_at == now

    ask(em=now + timedelta(seconds=60))
    assert Passagem.objects.get(certificado=certificado).seen_at == now + timedelta(seconds=60)


def test_a_refusal_is_kept_beside_the_company_whose_name_was_used(ask: Pergunta, agente: Agente, now: datetime) -> None:
    ask(sha256="ab" * 32)

    row = Passagem.objects.get()
    assert (row.agente, row.certificado, row.motivo) == (agente, None, "certificado-desconhecido")
    assert (row.refused_at, row.sha256) == (now, "ab" * 32)


def test_strangers_write_one_row_a_company_however_often_they_come(ask: Pergunta, now: datetime) -> None:
    for number in range(20):
        ask(sha256=f"{number:064x}", em=now + timedelta(seconds=number))

    row = Passagem.objects.get()
    assert (row.refused_at, row.sha256) == (now, f"{0:064x}")


def test_a_revoked_or_outlived_key_asks_in_vain(certificado: Certificado, chave: str, now: datetime) -> None:
    pedido = Pedido(certificado.agente.cnpj, factories.SENHA_SISTEMICA, certificado.sha256)
    later = now + timedelta(days=366)

    assert services.look_up(pedido, chave="outra", now=now) is None
    fichas = [services.look_up(pedido, chave=chave, now=at) for at in (now, later)]
    assert [ficha.chave.valida for ficha in fichas if ficha] == [True, False]


def test_every_reason_has_its_words() -> None:
    assert set(PALAVRAS) == set(Motivo)
