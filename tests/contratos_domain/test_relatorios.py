"""The reports as pure functions: who answers for which day, and what was not yet known on the day asked for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contratos.domain.andamento import Situacao
from contratos.domain.relatorios import (
    Chamado,
    Etapa,
    ExigenciaNoDia,
    Negocio,
    Quem,
    Relatorio,
    edital,
    firmados,
    nao_assinatura,
    situacao,
    text,
)
from contratos.domain.relatorios.fatos import CCEE
from tests.contratos_domain.calendarios import NACIONAL

SOL, SUL = Quem("SOL", "12345678000195"), Quem("SUL", "98765432000198")
TERMO = date(2026, 12, 28)
MARCO = date(2026, 12, 3)  # a Thursday
CRIADA = date(2026, 11, 23)


def etapa(codigo: str, quem: Quem = SOL, **facts: Any) -> Etapa:
    known: dict[str, Any] = {"criada": CRIADA, "aberta": CRIADA, "vence": MARCO, "situacao": Situacao.ABERTA}
    return Etapa(codigo, f"Atividade {codigo}", (quem,), **(known | facts))


def done(codigo: str, on: date, quem: Quem = SOL, **facts: Any) -> Etapa:
    known = {"situacao": Situacao.CONCLUIDA, "encerrada": on, "evidencia": f"prova de {codigo}"}
    return etapa(codigo, quem, **(known | facts))


def signing(quem: Quem, **facts: Any) -> Etapa:
    codigo = "N3" if quem is SOL else "N4"
    return etapa(codigo, quem, **({"vence": TERMO, "assina": True, "aberta": date(2026, 12, 21)} | facts))


def signed(quem: Quem, on: date) -> Etapa:
    return signing(quem, situacao=Situacao.CONCLUIDA, encerrada=on, evidencia="Assinatura")


def negocio(*etapas: Etapa, **facts: Any) -> Negocio:
    return Negocio("CCEAR-1", "40º leilão", SOL, SUL, etapas, **facts)


def rows(modulo: Any, *negocios: Negocio, em: date) -> list[dict[str, Any]]:
    written: Relatorio = modulo.write(negocios, em, NACIONAL)
    for ficha in written.fichas:
        assert tuple(ficha.campos) == written.colunas
    return [{"estado": ficha.estado, **ficha.campos} for ficha in written.fichas]


@pytest.mark.clausula("3.14")
def test_who_did_not_sign_caused_it_and_the_other_side_is_named_with_its_day() -> None:
    caso = negocio(signed(SOL, date(2026, 12, 22)), signing(SUL))

    (row,) = rows(nao_assinatura, caso, em=date(2027, 1, 5))

    assert row["estado"] == "Deu causa à não assinatura"
    assert (row["Agente"], row["CNPJ"]) == ("SUL", "98.765.432/0001-98")
    assert row["Dias úteis de atraso"] == 5  # 29, 30, 31, 4 and 5: the 1st is a holiday
    assert row["Relatório à ANEEL até"] == date(2027, 1, 5)
    assert (row["Parte adimplente"], row["Cumpriu a sua parte em"]) == ("SOL", "22/12/2026")
    assert row["Assinatura"] == "assinado por uma das partes, com o prazo vencido"


@pytest.mark.clausula("3.14")
def test_until_the_end_of_the_due_date_nobody_is_late() -> None:
    caso = negocio(etapa("M3v"), signing(SUL, aberta=None, situacao=Situacao.AGUARDANDO))

    assert rows(nao_assinatura, caso, em=MARCO) == []
    (row,) = rows(nao_assinatura, caso, em=date(2026, 12, 4))
    assert (row["estado"], row["Dias úteis de atraso"]) == ("Prazo perdido", 1)


@pytest.mark.clausula("3.14")
def test_what_was_done_late_stays_late_with_its_evidence() -> None:
    caso = negocio(done("M3v", date(2026, 12, 9)))

    (row,) = rows(nao_assinatura, caso, em=TERMO)

    assert row["estado"] == "Cumpriu com atraso"
    assert row["Dias úteis de atraso"] == row["Dias úteis de atraso com a parte"] == 4
    assert row["Evidência"] == "prova de M3v"
    assert row["O que cumpriu"] == "nada lhe cabia até a data"


@pytest.mark.clausula("3.14")
def test_a_party_answers_for_no_day_on_which_it_waited_for_another() -> None:
    late = done("M2", date(2026, 12, 9), CCEE)
    received = done("M3c", date(2026, 12, 9), SUL, aberta=date(2026, 12, 9))

    ours, theirs = rows(nao_assinatura, negocio(late, received), em=TERMO)

    assert (ours["Agente"], ours["estado"]) == ("CCEE", "Cumpriu com atraso")
    assert (theirs["Dias úteis de atraso"], theirs["Dias úteis de atraso com a parte"]) == (4, 0)
    assert theirs["estado"] == "Recebeu a atividade já vencida"
    assert ours["Parte adimplente"] == "SOL; SUL"


@pytest.mark.clausula("3.14")
def test_what_only_waited_is_nobodys_fault() -> None:
    caso = negocio(etapa("M4", CCEE, aberta=None, situacao=Situacao.AGUARDANDO))

    assert rows(nao_assinatura, caso, em=TERMO) == []


@pytest.mark.clausula("3.14")
def test_what_was_due_on_friday_is_late_on_saturday_though_no_business_day_has_passed() -> None:
    caso = negocio(etapa("M3v", vence=date(2026, 12, 4)))

    (row,) = rows(nao_assinatura, caso, em=date(2026, 12, 5))

    assert (row["estado"], row["Dias úteis de atraso"]) == ("Prazo perdido", 0)


@pytest.mark.clausula("3.14")
def test_an_unsigned_contract_is_reported_even_where_no_deadline_tells_who() -> None:
    caso = negocio(
        etapa("G4", SUL, vence=None),
        signing(SOL, aberta=None, situacao=Situacao.AGUARDANDO),
        signing(SUL, aberta=None, situacao=Situacao.AGUARDANDO),
    )

    (row,) = rows(nao_assinatura, caso, em=date(2026, 12, 29))

    assert (row["Agente"], row["estado"]) == ("SUL", "Era a sua vez")


@pytest.mark.clausula("3.14")
def test_giving_a_contract_up_excuses_nobody() -> None:
    stopped = etapa("M3v", situacao=Situacao.CANCELADA, encerrada=date(2026, 12, 9), interrompida=True)
    caso = negocio(stopped, desistido=date(2026, 12, 9), motivo="o vendedor desistiu")

    (row,) = rows(nao_assinatura, caso, em=TERMO)

    assert row["estado"] == "Deu causa à não assinatura"
    assert row["Dias úteis de atraso"] == 4  # until it was given up
    assert row["Assinatura"] == "não será assinado, desde 09/12/2026: o vendedor desistiu"
    (before,) = rows(nao_assinatura, caso, em=date(2026, 12, 8))
    assert (before["estado"], before["Assinatura"]) == ("Prazo perdido", "não assinado")


def test_what_was_waived_or_cancelled_is_not_late() -> None:
    gone = [etapa("A", situacao=state, encerrada=date(2026, 12, 20)) for state in ("dispensada", "cancelada")]
    caso = negocio(*(replace(each, situacao=Situacao(each.situacao)) for each in gone))

    assert rows(nao_assinatura, caso, em=TERMO) == []


@pytest.mark.clausula("3.14", "3.16", "3.17")
@pytest.mark.parametrize("modulo", [nao_assinatura, situacao, firmados, edital])
def test_a_past_day_does_not_know_what_came_after(modulo: Any) -> None:
    em = date(2026, 12, 15)
    then = negocio(etapa("M3v"), signing(SUL, aberta=None, situacao=Situacao.AGUARDANDO))
    chamado = Chamado(SOL, "1", date(2026, 12, 10), "x", registrado=date(2026, 12, 20))
    now = negocio(
        done("M3v", date(2026, 12, 18)),
        signed(SUL, date(2026, 12, 22)),
        etapa("M3v", aberta=date(2026, 12, 19), criada=date(2026, 12, 19)),
        assinado=date(2026, 12, 22),
        chamados=(chamado,),
        desistido=date(2026, 12, 30),
    )

    assert modulo.write([now], em, NACIONAL) == modulo.write([then], em, NACIONAL)


@pytest.mark.clausula("3.16")
def test_the_situation_names_what_is_pending_and_the_tickets_about_it() -> None:
    open_, over = (
        Chamado(SOL, numero, date(2026, 12, 4), "Sem resposta", registrado=date(2026, 12, 4), encerrado=end)
        for numero, end in (("77", None), ("78", date(2026, 12, 7)))
    )
    caso = negocio(etapa("M3v"), etapa("M4", CCEE, vence=date(2026, 12, 20)), chamados=(open_, over))

    mine, ours = rows(situacao, caso, em=date(2026, 12, 10))

    assert (mine["estado"], mine["Pendência"]) == ("Atrasada", "M3v Atividade M3v")
    assert mine["Chamados"] == "nº 77, de 04/12/2026; nº 78, de 04/12/2026, encerrado em 07/12/2026"
    assert (ours["estado"], ours["Dias úteis de atraso"]) == ("Com a CCEE", None)


@pytest.mark.clausula("3.16")
def test_a_ticket_alone_is_a_pending_matter_while_it_is_open() -> None:
    chamado = Chamado(SUL, "9", date(2026, 12, 1), "Dados bancários", date(2026, 12, 1), date(2026, 12, 9))

    ticket, rest = rows(situacao, negocio(chamados=(chamado,)), em=date(2026, 12, 8))
    (after,) = rows(situacao, negocio(chamados=(chamado,)), em=date(2026, 12, 9))

    assert (ticket["estado"], ticket["Pendência"]) == ("Chamado aberto", "Dados bancários")
    assert rest["estado"] == after["estado"] == "Sem pendência aberta"


@pytest.mark.clausula("3.16")
def test_every_contract_of_the_auction_is_in_the_report() -> None:
    found = situacao.write(
        [negocio(assinado=date(2026, 12, 1)), negocio(etapa("M3v", vence=TERMO))], date(2026, 12, 10), NACIONAL
    )

    assert [ficha.estado for ficha in found.fichas] == ["Assinado", "Pendente, no prazo"]
    assert found.resumido == [
        ("Contratos", "2"),
        ("Assinados", "1"),
        ("Não assinados depois do prazo", "0"),
        ("Agentes com pendências", "1"),
    ]


@pytest.mark.clausula("3.16")
def test_its_deadline_is_the_norms_and_there_may_be_none() -> None:
    caso = negocio(signing(SOL))

    assert situacao.report_due([caso], 5, NACIONAL) == date(2027, 1, 5)
    assert situacao.report_due([caso], None, NACIONAL) is None
    assert situacao.report_due([negocio()], 5, NACIONAL) is None


@pytest.mark.clausula("3.17")
def test_signed_contracts_are_due_ten_business_days_after_the_last_release() -> None:
    first = negocio(assinado=date(2026, 12, 22), liberacao=date(2026, 12, 1), termos={"Energia (MWh)": Decimal("1.5")})
    last = replace(first, numero="CCEAR-2", liberacao=date(2026, 12, 3))

    found = firmados.write([first, last], date(2026, 12, 31), NACIONAL)

    assert found.resumido == [("Contratos firmados", "2"), ("Relatório à ANEEL até", "17/12/2026")]
    assert dict(found.fichas[0].mostrados)["Energia (MWh)"] == "1,5"


@pytest.mark.clausula("3.17")
def test_while_one_release_is_unknown_its_contract_is_named() -> None:
    unknown = [replace(negocio(), numero=f"C-{n}") for n in range(5)]

    found = firmados.write([negocio(liberacao=TERMO), *unknown], TERMO, NACIONAL)

    told = dict(found.resumido)["Relatório à ANEEL até"]
    assert told == "ainda falta a informação da liberação da garantia de C-0, C-1, C-2 e mais 2"
    assert firmados.write([], TERMO, NACIONAL).resumido == [("Contratos firmados", "0")]


@pytest.mark.clausula("3.5")
@pytest.mark.parametrize(
    ("exigencia", "em", "estado"),
    [
        (ExigenciaNoDia("Apólice", (SOL,), True), TERMO, "Em aberto"),
        (ExigenciaNoDia("Apólice", (SOL,), True), date(2026, 12, 30), "Não cumprida no prazo"),
        (ExigenciaNoDia("Apólice", (SOL,), False), date(2026, 12, 30), "Em aberto, não obrigatória"),
        (ExigenciaNoDia("Apólice", (SOL,), True, TERMO, "nº 1"), date(2026, 12, 30), "Cumprida"),
        (ExigenciaNoDia("Apólice", (SOL,), True, TERMO, "nº 1"), date(2026, 12, 27), "Em aberto"),
        (
            ExigenciaNoDia("Apólice", (SOL,), True, date(2026, 12, 29), "nº 1"),
            date(2026, 12, 30),
            "Cumprida depois do prazo",
        ),
    ],
)
def test_what_the_edital_asks_is_owed_until_it_is_met(exigencia: ExigenciaNoDia, em: date, estado: str) -> None:
    (row,) = rows(edital, negocio(signing(SOL), exigencias=(exigencia,)), em=em)

    assert row["estado"] == estado
    assert row["De quem"] == "SOL"


@pytest.mark.clausula("3.5")
def test_the_summary_says_who_owes() -> None:
    met = ExigenciaNoDia("Certidão", (SUL,), True, TERMO, "nº 2")
    owed = ExigenciaNoDia("Apólice", (SOL, SUL), True)

    found = edital.write([negocio(exigencias=(met, owed))], TERMO, NACIONAL)

    assert found.resumido == [("Obrigatórias em aberto", "1"), ("Quem deve", "SOL, SUL")]


def test_numbers_are_written_as_here_and_a_spreadsheet_gets_them_without_points() -> None:
    assert text(Decimal("5259600.000000")) == "5.259.600,000000"
    assert text(Decimal("5259600.000000"), milhares=False) == "5259600,000000"
    assert (text(None), text(3), text(TERMO)) == ("", "3", "28/12/2026")
