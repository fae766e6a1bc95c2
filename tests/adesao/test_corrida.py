"""Two at the same moment, on a real PostgreSQL: one wins, and the other is told."""

from datetime import datetime
from functools import partial

import pytest

from adesao import services
from adesao.services import Envio
from certificados import selectors as certificados
from certificados.models import Certificado
from portal.agentes import acesso
from portal.agentes.models import Agente, Papel, Usuario
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.ao_mesmo_tempo import at_once

SENHA = factories.SENHA_SISTEMICA


@pytest.mark.django_db(transaction=True)
def test_of_two_people_for_the_last_slot_one_gets_a_conflict(
    agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    """Both staged a file while there was room for one: on a real database, at the same moment."""
    factories.adhere(agente, ana, confianca, hosts=("api",), now=now)
    eva = factories.create_usuario("eva")
    factories.represent(eva, agente, Papel.REPRESENTANTE_CCEE)
    drafts = []
    for usuario in (ana, eva):
        envio = Envio(arquivos=[(f"{usuario}.cer", factories.issue(confianca, agente, host=usuario.username, now=now))])
        person = acesso.of_usuario(usuario)
        drafts.append((services.fill(agente, envio, ator=person, now=now).draft, person))

    outcomes = at_once([partial(services.conclude, draft, ator=person, now=now) for draft, person in drafts])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Solicitacao"]
    assert certificados.of_agente(agente).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_the_same_moment_gives_one_request(
    agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    person = acesso.of_usuario(ana)
    envio = Envio(senha=SENHA, arquivos=[("a.cer", factories.issue(confianca, agente, now=now))])
    draft = services.fill(agente, envio, ator=person, now=now).draft

    again = Envio(senha=SENHA, solicitacao=draft.pk)
    outcomes = at_once([lambda: services.fill_and_conclude(agente, again, ator=person, now=now)] * 2)

    assert Certificado.objects.count() == 1
    assert Evento.objects.filter(tipo="adesao.concluida").count() == 1
    assert [getattr(outcome, "pk", outcome) for outcome in outcomes] == [draft.pk, draft.pk]
