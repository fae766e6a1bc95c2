"""The list, what is due and the page of a contract: who sees what, and whose turn they say it is."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contratos import services
from contratos.domain.contrato import Especie
from contratos.models import Documento, Garantia
from portal.agentes.models import Papel, Usuario
from portal.auditoria.models import Evento
from tests import factories
from tests.contratos import cena as cenas
from tests.contratos.cena import AGORA, EVIDENCIA, Cena, H, P
from tests.contratos.paginas import another, as_actor, condition, sign_all, text

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Usuario], Client]
PAGINA = "/contratos/CCEAR-1/"


def test_the_list_says_whose_turn_it_is_and_until_when(cena: Cena) -> None:
    cena.open(ancoras={"H": H, "P": P})

    page = text(as_actor(cena.ana).get("/contratos/"))

    assert "CCEAR-1" in page
    assert "<strong>SOL DO SERTAO</strong>: Enviar a outorga, até 24/11/2026 (amanhã)." in page
    assert "Vence em até 3 dias úteis" in page


def test_who_represents_neither_side_finds_no_contract(cena: Cena, client_of: ClientOf) -> None:
    stranger = factories.create_usuario("estranho")
    factories.represent(stranger, factories.create_agente(), Papel.REPRESENTANTE_CCEE)

    listed, theirs, none = (client_of(stranger).get(p) for p in ("/contratos/", PAGINA, "/contratos/NAO-HA/"))

    assert "Nenhum contrato das suas empresas" in text(listed)
    assert theirs.status_code == none.status_code == 404
    assert text(theirs) == text(none)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("texto=sol+do", {"CCEAR-1", "CCEAR-2"}),
        ("texto=CCEAR-2", {"CCEAR-2"}),
        ("texto=ninguém", set()),
        ("prazo=atrasado", {"CCEAR-2"}),
        ("prazo=vence_em_breve", {"CCEAR-1"}),
        ("prazo=em_dia", set()),
        ("situacao=em_elaboracao", {"CCEAR-1", "CCEAR-2"}),
        ("situacao=registrado", set()),
        ("especie=cer", set()),
        ("especie=lixo&pagina=x", {"CCEAR-1", "CCEAR-2"}),
        ("texto=%00", {"CCEAR-1", "CCEAR-2"}),
        ("pagina=9", set()),
    ],
)
def test_the_list_is_filtered(cena: Cena, query: str, found: set[str]) -> None:
    cena.open(ancoras={"H": H, "P": P})
    another(cena, "CCEAR-2").open(ancoras={"H": H, "P": date(2026, 10, 30)})

    page = text(as_actor(cena.ana).get(f"/contratos/?{query}"))

    assert {numero for numero in ("CCEAR-1", "CCEAR-2") if f'href="/contratos/{numero}/"' in page} == found


def test_a_search_by_cnpj_finds_either_side(cena: Cena) -> None:
    for agente in (cena.vendedor, cena.comprador):
        assert "CCEAR-1" in text(as_actor(cena.davi).get("/contratos/", {"texto": agente.cnpj}))


def test_the_page_says_in_one_sentence_whose_turn_it_is(cena: Cena) -> None:
    cena.open(ancoras={"H": H, "P": P})

    page = text(as_actor(cena.davi).get(PAGINA))

    assert "É a vez de SOL DO SERTAO: Enviar a outorga, até 24/11/2026 (amanhã)." in page


def test_the_page_says_to_whom_it_is_their_turn_and_to_nobody_else(cena: Cena) -> None:
    cena.open(ancoras={"H": H, "P": P})

    assert "cabe a você" in text(as_actor(cena.ana).get(PAGINA))
    for other in (cena.davi, cena.ccee):
        assert "cabe a você</span>" not in text(as_actor(other).get(PAGINA)).split("Também em aberto")[0]


def test_who_checks_has_what_was_stated_before_on_the_same_page(cena: Cena) -> None:
    fluxo = cena.open("ccg", ancoras={"H": H, "P": P})
    cena.close("G1", fluxo=fluxo, evidencia={"tipo_garantia": "Fiança bancária", "banco_gestor": "Banco Azul"})

    page = text(as_actor(cena.ccee).get(f"{PAGINA}atividades/{cena.row('G2', fluxo).pk}/"))

    assert "O que já foi informado neste fluxo" in page
    assert "<dd>Banco Azul</dd>" in page


def test_the_page_shows_amounts_as_brazilians_write_them(cena: Cena) -> None:
    page = text(as_actor(cena.ana).get(PAGINA))

    assert "5.259.600,000000 MWh" in page
    assert "30,000000 MWmédio" in page
    assert "R$ 187,50/MWh" in page


def test_a_due_date_shows_each_day_of_its_count_and_its_clause(cena: Cena) -> None:
    cena.open(ancoras={"H": H, "P": P})

    page = text(as_actor(cena.ana).get(PAGINA))

    assert "Por que 24/11/2026?" in page
    assert "Consciência Negra" in page
    assert "Submódulo 3.2, revisão 6.0, cláusula" in page


def test_what_was_done_late_stays_marked_with_who_did_it(cena: Cena) -> None:
    cena.open()
    cena.later(days=10)
    cena.close("N1")

    page = text(as_actor(cena.ana).get(PAGINA))

    assert "6 dias úteis de atraso" in page
    assert "por Ana.Vendedora" in page
    assert "UFV Sol do Sertão" in page


def test_what_waits_for_another_is_not_told_as_late_of_its_holder(cena: Cena) -> None:
    cena.open(ancoras={"H": date(2026, 9, 1), "P": date(2026, 10, 15)})

    page = text(as_actor(cena.ana).get(PAGINA))

    assert "atrasada: venceu há" in page
    assert "à espera: venceu há" in page


def test_the_page_counts_the_business_days_that_each_party_used(cena: Cena) -> None:
    cena.open()
    cena.later(days=3)
    cena.close("N1")

    assert "Dias úteis usados: Vendedor 3" in text(as_actor(cena.ana).get(PAGINA))


def test_the_trail_has_one_line_for_each_act_however_many_sides(cena: Cena) -> None:
    cena.open()

    page = text(as_actor(cena.ana).get(PAGINA))

    assert Evento.objects.filter(tipo="contrato.cadastrado").count() == 2
    assert page.count("cadastrou o contrato") == 1
    assert "cadastrou o contrato (" not in page


def test_only_who_may_act_is_offered_to(cena: Cena, client_of: ClientOf, aneel: Usuario) -> None:
    cena.open()
    legal = factories.create_usuario("lia")
    factories.represent(legal, cena.vendedor, Papel.REPRESENTANTE_LEGAL)
    path = f"{PAGINA}atividades/{cena.row('N1').pk}/"

    assert "Encerrar atividade" in text(as_actor(cena.ana).get(path))
    for client in (client_of(legal), client_of(aneel), as_actor(cena.davi), as_actor(cena.ccee)):
        assert "Encerrar atividade" not in text(client.get(path))
    for client in (client_of(legal), client_of(aneel)):
        page = text(client.get(PAGINA))
        assert not [words for words in ("Abrir fluxo", "Registrar garantia", "Indicar signatário") if words in page]


@pytest.mark.clausula("3.21")
def test_both_sides_and_the_regulator_see_the_same_flow(cena: Cena, client_of: ClientOf, aneel: Usuario) -> None:
    cena.open()

    for client in (as_actor(cena.ana), as_actor(cena.davi), as_actor(cena.ccee), client_of(aneel)):
        assert "Providências para a assinatura" in text(client.get(PAGINA))


def test_guarantees_and_conditions_say_what_is_wanting(cena: Cena) -> None:
    Garantia.objects.create(contrato=cena.contrato, nome="Garantia de proposta")
    condition(cena, "Certidões", of="comprador")

    page = text(as_actor(cena.ana).get(PAGINA))

    assert "Não foi apresentada. O vendedor deve informar" in page
    assert "Certidões" in page
    assert "sem ela o contrato não fica disponível" in page


def test_a_document_is_downloaded_byte_for_byte_as_it_was_issued(cena: Cena) -> None:
    sign_all(cena)
    documento = Documento.objects.get(tipo="contrato")

    response = as_actor(cena.davi).get(f"{PAGINA}documentos/{documento.pk}/documento.pdf")

    assert response.content == bytes(documento.emitido)
    assert response["Content-Disposition"] == f'attachment; filename="CCEAR-1-contrato-{documento.pk}.pdf"'
    assert "enviar o documento assinado" in text(as_actor(cena.davi).get(PAGINA))


def test_a_document_of_another_contract_is_not_found(cena: Cena) -> None:
    sign_all(cena)
    another(cena, "CCEAR-2")

    assert (
        as_actor(cena.ana).get(f"/contratos/CCEAR-2/documentos/{Documento.objects.get().pk}/documento.pdf").status_code
        == 404
    )


def test_what_is_due_is_grouped_by_when(cena: Cena) -> None:
    cena.open(ancoras={"H": H, "P": P})
    another(cena, "CCEAR-2").open(ancoras={"H": date(2026, 9, 1), "P": date(2026, 10, 30)})

    page = text(as_actor(cena.ana).get("/contratos/agenda/"))

    late, near = page.index("Atrasadas <span"), page.index("Próximos 10 dias úteis <span")
    assert late < page.index("CCEAR-2", late) < near < page.index("CCEAR-1", near)


def test_each_person_has_only_what_is_theirs_to_do(cena: Cena, client_of: ClientOf, aneel: Usuario) -> None:
    cena.open()

    sellers, buyers, ccees, anybodys = (
        text(client.get("/contratos/agenda/"))
        for client in (as_actor(cena.ana), as_actor(cena.davi), as_actor(cena.ccee), client_of(aneel))
    )

    assert "Enviar a outorga" in sellers
    assert "Enviar a outorga" not in buyers
    assert "Informar o tipo de garantia" in buyers
    assert "Nada a fazer agora" in ccees
    assert "Enviar a outorga" in anybodys


def test_ccee_has_the_buyers_part_of_a_contract_of_reserve_energy(settings: Any) -> None:
    settings.DATA_DE_REFERENCIA = AGORA
    cena = cenas.create(Especie.CER, numero="CER-1")
    sign_all(cena)

    assert "Assinar digitalmente (comprador)" in text(as_actor(cena.ccee).get("/contratos/agenda/"))
    assert "CCEE (ACER)" in text(as_actor(cena.ccee).get("/contratos/CER-1/"))


def test_the_pages_ask_the_database_no_more_for_more_contracts(cena: Cena) -> None:
    paths = ("/contratos/", "/contratos/agenda/")
    client = as_actor(cena.ana)
    cena.open()
    few = [queries(client, path) for path in paths]

    for number in range(2, 12):
        another(cena, f"CCEAR-{number}").open()

    assert [queries(client, path) for path in paths] == few
    assert max(few) <= 12


def test_the_page_of_a_contract_asks_no_more_for_more_flows(cena: Cena) -> None:
    client = as_actor(cena.ccee)
    cena.close("N1", fluxo=cena.open())
    few = queries(client, PAGINA)

    cena.open("aditamento_ato", ancoras={"L": H})
    services.open_flow(cena.contrato, "aditamento_ato", ator=cena.ccee, now=cena.now, ancoras={"L": P})
    cena.close("M2", evidencia=EVIDENCIA)

    assert queries(client, PAGINA) == few <= 26


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)
