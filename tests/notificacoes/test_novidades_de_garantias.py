"""A CCG celebrated and an amendment that takes effect are told to both sides, each thing once."""

from datetime import date

import pytest

from contratos.services.trilha import note
from portal.auditoria.services import act
from tests.contratos import cena as cenas
from tests.notificacoes.cartas import letter, parsed, text_of
from tests.notificacoes.cena import at, sweep
from tests.notificacoes.contratos import forget_the_ledger, latest

HOJE = date(2026, 11, 23)


@pytest.mark.django_db
@pytest.mark.clausula("3.95", "3.101")
def test_both_sides_hear_of_the_ccg_in_force_the_one_revoked_and_the_amendment_it_gave_effect() -> None:
    cena = cenas.create()
    sweep(at(HOJE, 7))
    forget_the_ledger()
    with act():
        for kind in ("ccg_celebrado", "ccg_revogado", "aditamento_eficaz"):
            note(cena.contrato, kind, by="portal", now=cena.now)

    assert sweep(at(HOJE)) == ["ana.vendedora", "davi.comprador"]

    for person in ("ana.vendedora", "davi.comprador"):
        words = " ".join(text_of(parsed(letter(latest(person), now=at(HOJE)))).split())
        for said in ("O CCG foi celebrado e está em vigor.", "sem distrato (cláusula 3.101)", "passou a ter eficácia"):
            assert words.count(said) == 1
