"""Successions to their end: what goes with the supply, and the term signed by all three."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from contratos.models import Ccg, Contrato, Documento, Fluxo, Signatario, Sucessao
from portal.demo import assinador
from portal.demo.hierarquia import Hierarquia
from portal.demo.kit import issue_person
from tests.contratos.cena import AGORA
from tests.contratos.paginas import as_actor, text
from tests.contratos.test_sucessao import (
    CESSAO as CESSAO,
)
from tests.contratos.test_sucessao import (
    CONTRATO as CONTRATO,
)
from tests.contratos.test_sucessao import (
    DISTRATO as DISTRATO,
)
from tests.contratos.test_sucessao import (
    EFEITO as EFEITO,
)
from tests.contratos.test_sucessao import (
    NO_DIA as NO_DIA,
)
from tests.contratos.test_sucessao import (
    PEDIDA as PEDIDA,
)
from tests.contratos.test_sucessao import (
    PEDIDO as PEDIDO,
)
from tests.contratos.test_sucessao import (
    RITA as RITA,
)
from tests.contratos.test_sucessao import (
    Sucedendo as Sucedendo,
)
from tests.contratos.test_sucessao import (
    effected as effected,
)
from tests.contratos.test_sucessao import (
    on as on,
)
from tests.contratos.test_sucessao import (
    succeeding as succeeding,
)
from tests.contratos.test_sucessao import (
    sucedendo as sucedendo,
)

pytestmark = pytest.mark.django_db


def test_the_guarantee_in_force_goes_with_the_supply(sucedendo: Sucedendo, settings: Settings) -> None:
    done = sucedendo.open("ccg", ancoras={"P": date(2028, 1, 1), "H": date(2028, 1, 1)})
    Ccg.objects.update_or_create(
        fluxo=done, defaults={"contrato": sucedendo.contrato, "situacao": "em_vigor", "celebrated_at": AGORA}
    )
    Fluxo.objects.filter(pk=done.pk).update(closed_at=AGORA)
    effected(sucedendo, settings, DISTRATO)
    assert Ccg.objects.get(situacao="em_vigor").contrato.numero == "CCEAR-1-S1"


@pytest.mark.clausula("3.86", "3.94")
def test_the_successor_names_who_signs_for_it_and_all_three_sign_the_term(
    sucedendo: Sucedendo, assinantes: Hierarquia, settings: Settings
) -> None:
    on(sucedendo, settings, AGORA)
    dates = {"ato_publicado_em": "2026-11-19", "efeito_em": "2026-11-23"}
    Contrato.objects.update(suprimento_inicio=date(2026, 1, 1))
    sucedendo.ask(CESSAO | dates)
    named = as_actor(sucedendo.rita).post(
        f"{CONTRATO}signatarios/novo/", {"parte": "sucessora", "nome": RITA[0], "cpf": RITA[1], "desde": "2026-11-01"}
    )
    sucedendo.agree()
    documento = Documento.objects.get()
    pdf = bytes(documento.emitido)
    for (nome, cpf), ator in (
        (("Ana Ribeiro", "52998224725"), sucedendo.ana),
        (("Davi Nogueira", "11144477735"), sucedendo.davi),
        (RITA, sucedendo.rita),
    ):
        pdf = assinador.sign_pdf(
            pdf, issue_person(assinantes, nome=nome, cpf=cpf), [assinantes.ac.cert], at=sucedendo.now
        )
        sent = as_actor(ator).post(
            f"{CONTRATO}documentos/{documento.pk}/assinatura/", {"arquivo": SimpleUploadedFile("termo.pdf", pdf)}
        )
        assert sent.status_code == 302, text(sent)

    documento.refresh_from_db()
    assert named.status_code == 302
    assert (documento.titulo, Signatario.objects.get(cpf=RITA[1]).agente) == ("Termo de cessão", sucedendo.sucessora)
    assert (documento.protocolo or "").startswith("PA-")
    assert Sucessao.objects.get().fluxo.estado == "assinado, à espera do efeito"
