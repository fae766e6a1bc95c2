"""The trust store: what is in it from the first migration on, and what counts as an anchor."""

from datetime import datetime

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.contrib.auth.models import Group
from django.core.management import call_command
from pytest_django import Settings

from certificados.models import Politica
from portal.auditoria.models import Evento
from portal.demo.hierarquia import Hierarquia
from portal.icp import selectors, services
from portal.icp.domain.trust import PINNED_ROOTS, NoPath, fingerprint
from portal.icp.models import AutoridadeCertificadora
from portal.kernel.errors import Conflict

pytestmark = pytest.mark.django_db
V12 = "d8478e37ce19c690cf657381e68fe600e4e1a042536830f06847e03e554c4b01"  # not in the package


def test_the_package_gives_what_chains_to_a_pinned_root_and_nothing_else(now: datetime) -> None:
    roots = set(AutoridadeCertificadora.objects.filter(raiz=True).values_list("sha256", flat=True))
    assert roots == set(PINNED_ROOTS) - {V12}

    rows = AutoridadeCertificadora.objects.filter(raiz=False)
    names = set(rows.values_list("nome", flat=True))
    assert {"AC SOLUTI SSL EV G4", "AC Certisign ICP-Brasil SSL EV G4"} <= names
    assert not [row.nome for row in rows if b"ICP-Brasil" not in bytes(row.der)]
    assert rows.count() > 100


def test_migrating_again_brings_nothing_back(now: datetime) -> None:
    row = AutoridadeCertificadora.objects.filter(raiz=False)[0]
    services.set_accepted(row, ativa=False, motivo="Descredenciada", by="teste", now=now)
    Politica.objects.update(titulo="Alterado pela operação")
    before = Evento.objects.count(), AutoridadeCertificadora.objects.count()

    call_command("migrate", verbosity=0)

    row.refresh_from_db()
    assert (row.ativa, Politica.objects.get().titulo) == (False, "Alterado pela operação")
    assert (Evento.objects.count(), AutoridadeCertificadora.objects.count()) == before


def test_the_groups_have_exactly_their_rights() -> None:
    Group.objects.get(name="Operação (leitura)").permissions.set(Group.objects.get(name="Operação").permissions.all())

    call_command("migrate", verbosity=0)

    rights = {
        group.name: {permission.codename for permission in group.permissions.all()} for group in Group.objects.all()
    }
    assert not [code for codes in rights.values() for code in codes if code.startswith("delete_")]
    assert all(code.startswith("view_") for code in rights["Operação (leitura)"])
    assert rights["Regulador"] == {"view_todos", "view_contrato"}
    assert {"add_agente", "change_politica", "view_evento"} <= rights["Operação"]
    assert not {"change_evento", "add_certificado", "view_todos", "change_solicitacao"} & rights["Operação"]


def trusts(hierarquia: Hierarquia, now: datetime) -> bool:
    try:
        selectors.trust_store(()).path(hierarquia.issue().cert, at=now)
    except NoPath:
        return False
    return True


def test_an_authority_that_was_stopped_leads_nowhere(confianca: Hierarquia, now: datetime) -> None:
    assert trusts(confianca, now)
    row = AutoridadeCertificadora.objects.get(sha256=fingerprint(confianca.ac.cert))

    services.set_accepted(row, ativa=False, motivo="Descredenciada", by="teste", now=now)
    assert not trusts(confianca, now)

    services.set_accepted(row, ativa=True, motivo="Recredenciada", by="teste", now=now)
    assert trusts(confianca, now)


def test_stopping_needs_a_reason_and_happens_once(confianca: Hierarquia, now: datetime) -> None:
    row = AutoridadeCertificadora.objects.get(sha256=fingerprint(confianca.ac.cert))

    with pytest.raises(services.MotivoObrigatorio):
        services.set_accepted(row, ativa=False, motivo="  ", by="teste", now=now)
    services.set_accepted(row, ativa=False, motivo="Descredenciada", by="teste", now=now)
    with pytest.raises(Conflict):
        services.set_accepted(row, ativa=False, motivo="Outra vez", by="teste", now=now)


def test_in_production_a_root_of_the_table_is_no_anchor_unless_pinned(
    confianca: Hierarquia, now: datetime, settings: Settings
) -> None:
    """Also one that came in before the database became production's."""
    settings.EXPOSTO = True

    assert not trusts(confianca, now)
    anchors = {fingerprint(anchor) for anchor in selectors.trust_store(()).anchors}
    assert anchors == set(PINNED_ROOTS) - {V12}


def test_a_policy_may_name_fewer_roots(settings: Settings) -> None:
    settings.EXPOSTO = True
    (v10,) = (sha256 for sha256, label in PINNED_ROOTS.items() if label.endswith("v10"))

    assert [fingerprint(anchor) for anchor in selectors.trust_store((v10,)).anchors] == [v10]


def test_a_file_of_roots_takes_the_place_of_the_pinned_ones(
    hierarquia: Hierarquia, now: datetime, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("raizes") / "raizes.pem"
    path.write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in hierarquia.authorities))
    settings.RAIZES_ICP_BRASIL = str(path)

    assert trusts(hierarquia, now)
    assert not {fingerprint(anchor) for anchor in selectors.trust_store(()).anchors} & set(PINNED_ROOTS)
