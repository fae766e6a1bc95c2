"""Every sentence of the operator's page on certificates, in its order and words, and the tests that prove it.

INFO: nothing to be done by a program, but said on the page in the same words; why stands beside it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Frase:
    """`testes`: file under tests/ and function. `na_pagina`: the words stand on the page of `/` as they are here."""

    texto: str
    testes: tuple[str, ...]
    na_pagina: bool = False
    info: str = ""


PAGINA = "mercado/test_frases.py::test_the_page_says_it_in_the_operators_own_words"
CONTATOS = "mercado/test_paginas.py::test_contacts_stand_by_subject_and_say_what_they_do_not_answer"
IMEDIATO = "mercado/test_contas.py::test_what_is_registered_opens_the_door_in_the_same_moment"

FRASES = (
    Frase(
        "Pro registrované účastníky a výrobce POZE: Portál CS OTE EN",
        ("mercado/test_paginas.py::test_a_choice_of_language_is_kept",),
        info="the head of the page: the name of the product and the switch to English",
    ),
    Frase(
        "Sandbox 15min sandbox",
        ("mercado/test_paginas.py::test_the_same_certificate_serves_in_every_environment",),
        info="links of the head to the operator's other sites",
    ),
    Frase("Certifikáty", (PAGINA,), na_pagina=True, info="the heading"),
    Frase(
        "Registrace VÝROBCŮ (včetně nahrání certifikátu do systému OTE) probíhá zasláním formuláře uveřejněného v "
        "záložce POZE",
        ("mercado/test_contas.py::test_producers_register_by_the_form", PAGINA),
        na_pagina=True,
    ),
    Frase("Komunikace s CS OTE je zabezpečena digitálními certifikáty.", (IMEDIATO, PAGINA), na_pagina=True),
    Frase(
        "Certifikát může být hardwarový, uložen na USB tokenu případně čipové kartě, nebo může být softwarový, uložen "
        "v softwarovém úložišti.",
        (PAGINA,),
        na_pagina=True,
        info="where the private part is kept cannot be seen from the public one: both are taken alike",
    ),
    Frase(
        "Přístupové prvky (certifikáty) si uživatelé CS OTE zajišťují sami u níže uvedených certifikačních autorit na "
        "vlastní náklady.",
        ("mercado/test_contas.py::test_only_an_authority_of_the_list_is_taken", PAGINA),
        na_pagina=True,
    ),
    Frase(
        "Přehled všech povolených certifikačních autorit ke komunikaci s CS OTE naleznete: ZDE",
        (
            "mercado/test_frases.py::test_the_page_leads_to_the_lists",
            "mercado/test_contas.py::test_an_authority_taken_off_the_list_counts_no_more",
        ),
    ),
    Frase(
        "Certifikáty používané k automatické komunikaci v CS OTE je možné nalézt: ZDE",
        (
            "mercado/test_frases.py::test_the_page_leads_to_the_lists",
            "mercado/test_paginas.py::test_the_operators_own_certificates_are_downloaded_as_der",
        ),
    ),
    Frase("Zřízení nového certifikátu", (PAGINA,), na_pagina=True, info="the heading of section 1"),
    Frase(
        "Certifikát lze použít pro produkční i testovací prostředí CS OTE – Sandbox",
        ("mercado/test_paginas.py::test_the_same_certificate_serves_in_every_environment", PAGINA),
        na_pagina=True,
    ),
    Frase(
        "O certifikát si můžete zažádat nezávisle na žádosti o smlouvu s OTE.",
        (PAGINA, "mercado/test_paginas.py::test_what_this_market_does_not_have_is_not_there"),
        na_pagina=True,
        info="no contract is asked for anywhere: this market has none in the portal",
    ),
    Frase(
        "Postup zřízení certifikátu je uveden na internetových stránkách příslušných certifikačních autorit.",
        ("mercado/test_frases.py::test_each_authority_leads_to_its_own_page", PAGINA),
        na_pagina=True,
    ),
    Frase("Kontakty", (CONTATOS,), na_pagina=True, info="the heading"),
    Frase(
        "Technické dotazy při přístupu do obchodního systému CS OTE: Elektro@ote-cr.cz, Plyn@ote-cr.cz, "
        "Market@ote-cr.cz - neslouží pro podporované a obnovitelé zdroje energie (POZE)!",
        (CONTATOS, "mercado_domain/test_perfis.py::test_only_one_contact_answers_for_supported_sources"),
        info="on the page with “obnovitelné”: the original misses a letter",
    ),
    Frase(
        "Dotazy k registraci do obchodního systému CS OTE: Services@ote-cr.cz - neslouží pro podporované a "
        "obnovitelé zdroje energie (POZE)!",
        (CONTATOS,),
    ),
    Frase(
        "Dotazy k podporovaným a obnovitelným zdrojům energie (výrobci): POZE@ote-cr.cz",
        (CONTATOS, "mercado_domain/test_perfis.py::test_only_one_contact_answers_for_supported_sources"),
    ),
    Frase("Postup registrace certifikátu v CS OTE", (PAGINA,), na_pagina=True, info="the heading of section 2"),
    Frase("Export a registrace veřejné části certifikátu", (PAGINA,), na_pagina=True, info="the heading"),
    Frase(
        "Do CS OTE zaregistrujte veřejnou část certifikátu, která slouží pro ověření identity uživatel vůči jeho "
        "soukromé části certifikátu.",
        (
            "mercado_domain/test_regras.py::test_the_public_part_is_taken_as_der_and_as_pem",
            "mercado_domain/test_regras.py::test_a_file_with_the_private_key_is_called_exposed",
            "mercado/test_paginas.py::test_the_administrator_registers_a_pair_on_the_page",
        ),
        info="on the page with “uživatele”: the original leaves the ending out",
    ),
    Frase(
        "Přihlášení do CS OTE je možné ihned po zaregistrování certifikátu.",
        (
            IMEDIATO,
            "mercado/test_paginas.py::test_the_gateway_lets_in_what_was_registered_a_moment_ago",
            PAGINA,
        ),
        na_pagina=True,
    ),
    Frase(
        "V případě registrace nové společnosti provede registraci certifikátů v CS OTE přímo OTE.",
        (
            "mercado_domain/test_quem.py::test_who_may_register",
            "mercado/test_contas.py::test_the_operator_registers_only_the_first_of_a_new_company",
            "mercado/test_contas.py::test_only_the_operators_staff_enters_a_company",
            "mercado/test_paginas.py::test_the_operator_enters_a_new_company_on_the_page",
            PAGINA,
        ),
        na_pagina=True,
    ),
    Frase(
        "Certifikát může zaregistrovat:", ("mercado_domain/test_quem.py::test_who_may_register", PAGINA), na_pagina=True
    ),
    Frase(
        "osoba pověřená ke správě uživatelských účtů a certifikátů (má v CS OTE nastaveno oprávnění k administraci) "
        "nebo",
        (
            "mercado/test_contas.py::test_the_administrator_registers_for_any_account_of_the_company",
            "mercado/test_contas.py::test_nobody_else_registers",
            "mercado/test_contas.py::test_only_the_administrator_opens_an_account",
            PAGINA,
        ),
        na_pagina=True,
    ),
    Frase(
        "přímo vlastník uživatelského účtu v případě, že má stále alespoň jeden platný certifikát.",
        (
            "mercado/test_contas.py::test_an_owner_registers_while_a_certificate_is_valid",
            "mercado/test_contas.py::test_an_owner_without_a_valid_certificate_may_not",
            "mercado/test_contas.py::test_the_owners_certificate_must_be_valid_now",
            PAGINA,
        ),
        na_pagina=True,
    ),
    Frase(
        "K jednomu uživatelskému účtu lze nahrát až 4 páry certifikátů.",
        (
            "mercado/test_contas.py::test_up_to_four_pairs_fit_into_an_account",
            "mercado/test_contas.py::test_signing_and_encryption_may_be_two_certificates",
            "mercado/test_ao_mesmo_tempo.py::test_eight_at_once_end_in_four_pairs",
            "mercado/test_ao_mesmo_tempo.py::test_the_database_itself_refuses_a_fifth",
            PAGINA,
        ),
        na_pagina=True,
    ),
    Frase(
        "Manuál pro smluvní partnery obsahující bližší informace k automatické komunikaci, aplikaci OTE-COM a "
        "e-mailové komunikaci.pdf (800 KB)",
        (),
        info="a file of the operator's that is not ours to copy; its address is not in the document",
    ),
    Frase(
        "Manuál pro registraci veřejné části certifikátu.pdf (772 KB)",
        ("mercado/test_frases.py::test_the_page_itself_tells_how_to_export_and_register",),
        info="the same: the page itself tells the steps",
    ),
    Frase("Obnova certifikátu", (PAGINA,), na_pagina=True, info="the heading of section 3"),
    Frase(
        "Uživatel obnoví svůj certifikát dle pokynů příslušných certifikačních autorit.",
        ("mercado/test_frases.py::test_each_authority_leads_to_its_own_page", PAGINA),
        na_pagina=True,
    ),
    Frase(
        "Po jeho obdržení uživatel s platným certifikátem v CS OTE nebo pověřená osoba zaregistruje veřejnou část "
        "certifikátu do CS OTE dle bodu 2. výše.",
        (
            "mercado/test_contas.py::test_a_pair_takes_the_place_of_the_one_that_is_renewed",
            "mercado/test_contas.py::test_a_refused_renewal_leaves_the_old_pair_in_force",
            "mercado/test_paginas.py::test_an_owner_renews_and_removes_on_the_page",
            PAGINA,
        ),
        na_pagina=True,
    ),
)
