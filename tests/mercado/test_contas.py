"""Who registers what, through the services: the rules of section 2 of the operator's page."""

from datetime import timedelta
from typing import Any

import pytest

from portal.agentes.models import Convite, Usuario
from portal.auditoria.models import Evento
from portal.contas import selectors, services
from portal.contas.domain import quem
from portal.contas.models import AutoridadePermitida, Conta, Empresa, Par, Parte
from portal.contas.pedidos import Arquivos
from portal.contas.services import ParRecusado
from portal.contas.traducao import traduzir
from portal.demo.hierarquia import Hierarquia
from portal.kernel.errors import Conflict, DomainError, Forbidden
from tests.mercado.cena import NOVO_ICO, Cena, company, issue, pessoa


def test_the_administrator_registers_for_any_account_of_the_company(cena: Cena) -> None:
    par = cena.register(cena.eva, "eva")

    assert (par.slot, par.included_by) == (1, "jana")
    assert {parte.uso for parte in par.partes.all()} == {"assinatura", "cifra"}
    assert Evento.objects.latest("numero").tipo == "conta.par_registrado"
    assert Evento.objects.latest("numero").cnpj == cena.empresa.registro


def test_an_owner_registers_while_a_certificate_is_valid(cena: Cena) -> None:
    assert cena.register(cena.petr, "petr-2", por=cena.petr.usuario).slot == 2


def test_an_owner_without_a_valid_certificate_may_not(cena: Cena) -> None:
    with pytest.raises(Forbidden) as refused:
        cena.register(cena.eva, "eva", por=cena.eva.usuario)

    assert refused.value.detail == traduzir(quem.SEM_VALIDO)
    assert not cena.eva.pares.exists()


def test_the_owners_certificate_must_be_valid_now(cena: Cena) -> None:
    Par.objects.filter(conta=cena.petr).update(valid_until=cena.now - timedelta(seconds=1))

    with pytest.raises(Forbidden):
        cena.register(cena.petr, "petr-2", por=cena.petr.usuario)


@pytest.mark.parametrize("who", ["eva", "estranho"])
def test_nobody_else_registers(cena: Cena, who: str) -> None:
    with pytest.raises(Forbidden):
        cena.register(cena.petr, "outro", por=getattr(cena, who).usuario)


def test_the_operator_registers_only_the_first_of_a_new_company(cena: Cena) -> None:
    with pytest.raises(Forbidden) as refused:
        cena.register(cena.petr, "petr-2", por=cena.operador)
    assert refused.value.detail == traduzir(quem.SO_O_PRIMEIRO)

    conta = company(cena.hierarquia, "nova", NOVO_ICO, cena.operador, now=cena.now)

    assert conta.administra
    assert conta.pares.get().included_by == cena.operador.username
    assert Convite.objects.filter(usuario=conta.usuario).exists()


def test_only_the_operators_staff_enters_a_company(cena: Cena) -> None:
    with pytest.raises(Forbidden):
        company(cena.hierarquia, "nova", NOVO_ICO, cena.jana.usuario, now=cena.now)

    assert not Empresa.objects.filter(registro=NOVO_ICO).exists()


def test_a_company_whose_first_pair_is_refused_is_not_entered(cena: Cena) -> None:
    typed: dict[str, Any] = {"registro": NOVO_ICO, "nome": "Nová", "produtor": False, "pessoa": pessoa("nova")}

    with pytest.raises(ParRecusado):
        services.open_company(**typed, arquivos=Arquivos(("x.cer", b"x")), por=cena.operador, now=cena.now)

    assert not Empresa.objects.filter(registro=NOVO_ICO).exists()
    assert not Usuario.objects.filter(username="nova").exists()


def test_a_wrong_ico_is_refused_beside_its_field(cena: Cena) -> None:
    with pytest.raises(DomainError) as refused:
        company(cena.hierarquia, "nova", "10000004", cena.operador, now=cena.now)

    assert list(refused.value.erros) == ["registro"]


def test_producers_register_by_the_form(cena: Cena) -> None:
    Empresa.objects.filter(pk=cena.empresa.pk).update(produtor=True)
    cena.petr.empresa.refresh_from_db()

    for author in (cena.jana.usuario, cena.petr.usuario):
        with pytest.raises(Forbidden) as refused:
            cena.register(cena.petr, "petr-2", por=author)
        assert refused.value.detail == traduzir(quem.DE_PRODUTOR)
    assert cena.register(cena.petr, "petr-2", por=cena.operador).slot == 2


def test_up_to_four_pairs_fit_into_an_account(cena: Cena) -> None:
    for number in range(2, 5):
        cena.register(cena.petr, f"petr-{number}")

    with pytest.raises(Conflict):
        cena.register(cena.petr, "petr-5")

    assert selectors.pairs(cena.petr).count() == 4


def test_a_pair_takes_the_place_of_the_one_that_is_renewed(cena: Cena) -> None:
    old = cena.petr.pares.get()
    files = cena.arquivos("petr-2")

    new = services.register_pair(cena.petr, files, por=cena.petr.usuario, now=cena.now, substitui=old)

    old.refresh_from_db()
    assert (old.slot, old.removed_by, new.slot) == (None, "petr", 1)


def test_a_refused_renewal_leaves_the_old_pair_in_force(cena: Cena) -> None:
    old, bad = cena.petr.pares.get(), cena.arquivos("velho", left=-1)

    with pytest.raises(ParRecusado):
        services.register_pair(cena.petr, bad, por=cena.petr.usuario, now=cena.now, substitui=old)

    assert selectors.in_force(cena.petr, now=cena.now)
    refused = Evento.objects.latest("numero")
    assert (refused.tipo, refused.dados["regras"]) == ("conta.par_recusado", ["vigente"])


def test_signing_and_encryption_may_be_two_certificates(cena: Cena) -> None:
    files = [
        (f"{name}.cer", issue(cena.hierarquia, name, now=cena.now, left=left)) for name, left in (("a", 90), ("b", 40))
    ]

    par = services.register_pair(cena.eva, Arquivos(*files), por=cena.jana.usuario, now=cena.now)

    parts = {parte.uso: parte for parte in par.partes.all()}
    assert [parts[uso].nome_arquivo for uso in ("assinatura", "cifra")] == ["a.cer", "b.cer"]
    assert par.valid_until == parts["cifra"].valid_until  # the one that ends first


def test_the_same_certificate_stands_in_one_account_only(cena: Cena) -> None:
    files = Arquivos(("petr.cer", bytes(Parte.objects.filter(par__conta=cena.petr).first().der)))  # type: ignore[union-attr]  # it has one

    with pytest.raises(ParRecusado) as refused:
        services.register_pair(cena.eva, files, por=cena.jana.usuario, now=cena.now)

    codes = {each.codigo for laudo in refused.value.laudos for each in laudo.verdict.falhas}
    assert codes == {"ainda-livre"}


def test_only_an_authority_of_the_list_is_taken(cena: Cena) -> None:
    stranger = Hierarquia.create(at=cena.now, nome="cizi")
    files = Arquivos(("x.cer", issue(stranger, "x", now=cena.now)))

    with pytest.raises(ParRecusado):
        services.register_pair(cena.eva, files, por=cena.jana.usuario, now=cena.now)
    services.include_authority(stranger.ac.der, site="", by="teste", now=cena.now)

    assert services.register_pair(cena.eva, files, por=cena.jana.usuario, now=cena.now).slot == 1


def test_an_authority_taken_off_the_list_counts_no_more(cena: Cena) -> None:
    services.set_in_force(AutoridadePermitida.objects.get(), ativo=False, by="teste", now=cena.now)

    with pytest.raises(ParRecusado):
        cena.register(cena.eva, "eva")


def test_what_is_registered_opens_the_door_in_the_same_moment(cena: Cena) -> None:
    par = cena.register(cena.eva, "eva")

    found = selectors.who_enters(par.sha256, now=cena.now)
    assert (found.motivo, found.usuario, found.registro) == ("", "eva", cena.empresa.registro)

    services.remove_pair(par, por=cena.jana.usuario, now=cena.now)
    assert selectors.who_enters(par.sha256, now=cena.now).motivo == "certificado-desconhecido"


def test_a_closed_account_and_an_ended_certificate_open_nothing(cena: Cena) -> None:
    par = cena.petr.pares.get()

    assert selectors.who_enters(par.sha256, now=par.valid_until + timedelta(seconds=1)).motivo
    services.change_account(cena.petr, administra=False, ativa=False, by="operador", now=cena.now)
    assert selectors.who_enters(par.sha256, now=cena.now).motivo == "conta-desativada"


@pytest.mark.parametrize(("who", "allowed"), [("jana", True), ("petr", True), ("eva", False), ("estranho", False)])
def test_the_owner_and_the_administrator_remove_a_pair(cena: Cena, who: str, allowed: bool) -> None:
    par, author = cena.petr.pares.get(), getattr(cena, who).usuario

    if allowed:
        services.remove_pair(par, por=author, now=cena.now)
    else:
        with pytest.raises(Forbidden):
            services.remove_pair(par, por=author, now=cena.now)

    assert selectors.in_force(cena.petr, now=cena.now) is not allowed


def test_only_the_administrator_opens_an_account(cena: Cena) -> None:
    for author in (cena.petr.usuario, cena.estranho.usuario, cena.operador):
        with pytest.raises(Forbidden):
            services.open_account(cena.empresa, pessoa("nova"), administra=False, por=author, now=cena.now)

    assert not Usuario.objects.filter(username="nova").exists()


@pytest.mark.parametrize("field", ["username", "email"])
def test_a_person_is_known_by_user_name_and_address_together(cena: Cena, field: str) -> None:
    ivan = pessoa("ivan")
    typed = {"username": "novo", "nome": "Novo", "email": "novo@exemplo.test", field: getattr(ivan, field)}
    half_known: Any = type(ivan)(**typed)

    with pytest.raises(DomainError):
        services.open_account(cena.empresa, half_known, administra=False, por=cena.jana.usuario, now=cena.now)

    joined = services.open_account(cena.empresa, ivan, administra=False, por=cena.jana.usuario, now=cena.now)
    assert Conta.objects.filter(usuario=joined.usuario).count() == 2
