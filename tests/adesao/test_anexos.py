"""Files of a draft, as a person without JavaScript and one with it send them."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client
from django.urls import reverse

from adesao.models import Anexo, Solicitacao
from certificados import selectors as certificados
from certificados.models import Certificado
from portal.agentes.models import Agente, Papel, Representacao, Usuario
from portal.auditoria.models import Evento
from portal.demo.arquivos_ruins import bad_files
from portal.demo.hierarquia import Hierarquia
from tests import factories
from tests.adesao.conftest import upload

As = Callable[[AbstractBaseUser], Client]
Cer = Callable[..., bytes]


@pytest.fixture
def ruins(confianca: Hierarquia, agente: Agente, now: datetime) -> dict[str, bytes]:
    return bad_files(confianca, agente.cnpj, now)


def attach(page: Client, agente: Agente, nome: str, content: bytes, *, htmx: bool = False, **data: Any) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    return page.post(
        reverse("adesao:anexar", args=[agente.cnpj]), {"arquivos": [upload(nome, content)], **data}, headers=headers
    )


def button(page: Client, agente: Agente, action: str, anexo: Anexo, **data: Any) -> Any:
    return page.post(reverse(f"adesao:{action}", args=[agente.cnpj, anexo.pk]), data)


def bad(ruins: dict[str, bytes], prefix: str) -> tuple[str, bytes]:
    return next((name, content) for name, content in ruins.items() if name.startswith(prefix))


def test_an_accepted_file_is_staged_and_nothing_is_in_force(page: Client, agente: Agente, cer: Cer) -> None:
    answer = attach(page, agente, "serra.cer", cer())

    assert answer.status_code == 302
    assert "serra.cer pode ser usado" in page.get(answer.url).content.decode()
    assert not Certificado.objects.exists()


def test_a_refused_file_shows_what_failed_first_and_how_to_solve_it(
    page: Client, agente: Agente, ruins: dict[str, bytes]
) -> None:
    name, content = bad(ruins, "chave-rsa-2048")

    answer = attach(page, agente, name, content)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "não pode ser aceito" in text
    assert "Como resolver:" in text
    assert text.index("Como resolver:") < text.index("regras atendidas")
    assert Evento.objects.filter(tipo="certificado.recusado", cnpj=agente.cnpj).exists()


def test_htmx_gets_the_section_alone(page: Client, agente: Agente, cer: Cer) -> None:
    answer = attach(page, agente, "serra.cer", cer(), htmx=True)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.lstrip().startswith('<section class="papel" id="certificados"')
    assert "<html" not in text


def test_without_a_file_the_button_says_so(page: Client, agente: Agente) -> None:
    answer = page.post(reverse("adesao:anexar", args=[agente.cnpj]), {})

    assert answer.status_code == 422
    assert "Escolha o arquivo .cer" in answer.content.decode()


def test_what_was_typed_goes_with_every_button_and_is_never_shown(page: Client, agente: Agente, cer: Cer) -> None:
    answer = attach(page, agente, "serra.cer", cer(), senha="40719362")

    text = page.get(answer.url).content.decode()
    assert "Senha nova guardada nesta solicitação" in text
    assert "40719362" not in text


def test_a_pem_is_converted_in_place(page: Client, agente: Agente, ruins: dict[str, bytes], cer: Cer) -> None:
    name = next(name for name in ruins if "pem" in name)
    refused = attach(page, agente, name, ruins[name])
    anexo = Anexo.objects.get()
    assert "Usar o certificado convertido para DER" in refused.content.decode()
    converted = page.get(reverse("adesao:convertido", args=[agente.cnpj, anexo.pk]))
    as_sent = page.get(reverse("adesao:anexo", args=[agente.cnpj, anexo.pk]))

    button(page, agente, "converter", anexo)

    anexo = Anexo.objects.get()
    assert (anexo.aceito, bytes(anexo.conteudo or b"")) == (True, converted.content)
    assert as_sent.content == ruins[name]
    assert converted.headers["Content-Type"] == "application/pkix-cert"
    assert converted.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_can_be_removed_before_concluding(page: Client, agente: Agente, cer: Cer) -> None:
    attach(page, agente, "serra.cer", cer())
    anexo = Anexo.objects.get()

    assert button(page, agente, "remover", anexo).status_code == 302
    assert not Anexo.objects.exists()
    assert button(page, agente, "remover", anexo).status_code == 404


def test_sending_the_corrected_file_again_replaces_the_refused_one(
    page: Client, agente: Agente, ruins: dict[str, bytes], cer: Cer
) -> None:
    attach(page, agente, "serra.cer", bad(ruins, "chave-rsa-2048")[1])
    attach(page, agente, "serra.cer", cer())

    assert [anexo.aceito for anexo in Anexo.objects.all()] == [True]


def test_a_private_key_is_never_stored_or_logged(
    page: Client, agente: Agente, ruins: dict[str, bytes], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    keys = {name: content for name, content in ruins.items() if "chave" in name and b"PRIVATE KEY" in content}
    assert keys

    for name, content in keys.items():
        answer = attach(page, agente, name, content)
        assert answer.status_code == 422
        anexo = Anexo.objects.get(nome_arquivo=name)
        assert (anexo.conteudo, anexo.aceito) == (None, False)
        body = content.split(b"-----")[2].split()[0].decode()
        assert body not in str(anexo.relatorio)
        assert body not in caplog.text
        assert body not in str(list(Evento.objects.values_list("dados", "objeto")))
        assert body not in answer.content.decode()
        for kept in ("anexo", "convertido"):
            assert page.get(reverse(f"adesao:{kept}", args=[agente.cnpj, anexo.pk])).status_code == 404


def test_a_file_over_64_kib_is_refused_before_parsing(page: Client, agente: Agente, cer: Cer) -> None:
    answer = attach(page, agente, "grande.cer", cer() + b"\0" * 70_000)

    anexo = Anexo.objects.get()
    assert answer.status_code == 422
    assert (anexo.relatorio["certificado"], anexo.conteudo) == (None, None)


def test_over_50_mb_the_upload_is_cut_off_with_a_page_in_words(
    page: Client, agente: Agente, confianca: Hierarquia
) -> None:
    answer = attach(page, agente, "enorme.cer", b"\0" * (50 * 1024 * 1024 + 1))

    assert answer.status_code == 413
    assert "50 MB" in answer.content.decode()
    assert not Solicitacao.objects.exists()


@pytest.fixture
def cheio(agente: Agente, ana: Usuario, confianca: Hierarquia, now: datetime) -> Agente:
    factories.adhere(agente, ana, confianca, hosts=("api", "b"), now=now)
    return agente


def test_a_renewal_is_offered_in_place_of_its_predecessor(
    page: Client, cheio: Agente, confianca: Hierarquia, now: datetime
) -> None:
    host = f"b.{cheio.cnpj.lower()}.exemplo.test"
    renewed = confianca.issue(cnpj=cheio.cnpj, nome=cheio.razao_social, host=host, not_before=now).der
    text = attach(page, cheio, "renovado.cer", renewed).content.decode()
    old = certificados.of_agente(cheio).get(nome_arquivo="b.cer")
    assert f'<option value="{old.pk}" selected>' in text
    assert "api.cer, vale até" not in text

    answer = button(page, cheio, "substituir", Anexo.objects.get(), certificado=old.pk)

    assert answer.status_code == 302
    assert Anexo.objects.get().aceito
    assert list(Solicitacao.objects.get(closed_at=None).excluir.all()) == [old]
    assert certificados.of_agente(cheio).count() == 2


def test_a_third_certificate_lets_the_person_choose_which_one_goes(page: Client, cheio: Agente, cer: Cer) -> None:
    text = attach(page, cheio, "c.cer", cer("c")).content.decode()
    anexo = Anexo.objects.get()
    assert "api.cer, vale até" in text
    assert "b.cer, vale até" in text

    unchosen = button(page, cheio, "substituir", anexo)
    chosen = certificados.of_agente(cheio).get(nome_arquivo="api.cer")
    button(page, cheio, "substituir", anexo, **{f"certificado-{anexo.pk}": chosen.pk})

    assert unchosen.status_code == 422
    assert Anexo.objects.get().aceito


def test_a_subject_of_another_company_offers_no_replacement(
    page: Client, cheio: Agente, outro_agente: Agente, davi: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    factories.adhere(outro_agente, davi, confianca, hosts=("x",), now=now)
    theirs = bytes(certificados.of_agente(outro_agente).get().arquivo.der)

    text = attach(page, cheio, "deles.cer", theirs).content.decode()

    assert "Certificado que sai" not in text
    assert outro_agente.sigla not in text


def test_theirs_cannot_be_chosen_to_give_its_place(
    page: Client, cheio: Agente, cer: Cer, outro_agente: Agente, davi: Usuario, confianca: Hierarquia, now: datetime
) -> None:
    factories.adhere(outro_agente, davi, confianca, hosts=("x",), now=now)
    attach(page, cheio, "c.cer", cer("c"))

    answer = button(
        page, cheio, "substituir", Anexo.objects.get(), certificado=certificados.of_agente(outro_agente).get().pk
    )

    assert answer.status_code == 422
    assert certificados.of_agente(outro_agente).count() == 1


def test_no_more_than_six_files_wait_at_once(page: Client, agente: Agente, ruins: dict[str, bytes]) -> None:
    content = bad(ruins, "chave-rsa-2048")[1]
    for number in range(6):
        attach(page, agente, f"{number}.cer", content)

    answer = attach(page, agente, "7.cer", content)

    assert answer.status_code == 422
    assert "Já há 6 arquivos" in answer.content.decode()
    assert Anexo.objects.count() == 6


def test_a_draft_is_seen_by_its_own_person_only(page: Client, agente: Agente, cer: Cer, client_of: As) -> None:
    attach(page, agente, "serra.cer", cer(), senha="40719362")
    anexo = Anexo.objects.get()
    eva = factories.create_usuario("eva")
    factories.represent(eva, agente, Papel.REPRESENTANTE_CCEE)

    theirs = client_of(eva)

    assert "serra.cer" not in theirs.get(reverse("adesao:cadastro", args=[agente.cnpj])).content.decode()
    assert theirs.get(reverse("adesao:anexo", args=[agente.cnpj, anexo.pk])).status_code == 404
    assert button(theirs, agente, "remover", anexo).status_code == 404
    assert Anexo.objects.exists()


@pytest.mark.parametrize("action", ["remover", "converter", "substituir"])
def test_a_role_lost_after_the_form_was_shown_is_a_403_and_nothing_changes(
    page: Client, agente: Agente, ana: Usuario, cer: Cer, action: str
) -> None:
    attach(page, agente, "serra.cer", cer())
    Representacao.objects.filter(usuario=ana).update(papel=Papel.REPRESENTANTE_CONTABIL)

    answer = button(page, agente, action, Anexo.objects.get())

    assert answer.status_code == 403
    assert "Somente o representante CCEE" in answer.content.decode()
    assert Anexo.objects.exists()


def test_hostile_file_names_are_shown_escaped(page: Client, agente: Agente, cer: Cer) -> None:
    attach(page, agente, '"><script>alert(1)</script>\u202egpj.cer', cer())

    text = page.get(reverse("adesao:cadastro", args=[agente.cnpj])).content.decode()
    assert "<script>alert" not in text
    assert "\u202e" not in text
    disposition = page.get(reverse("adesao:anexo", args=[agente.cnpj, Anexo.objects.get().pk])).headers[
        "Content-Disposition"
    ]
    assert disposition.isascii()
    assert disposition.startswith("attachment")
