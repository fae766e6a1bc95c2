"""OTE, Czech Republic: the operator's page on certificates, every sentence of it a row of tests/mercado/frases.py."""

from portal.mercado.perfil import Contas, Contato, Perfil, Quem, Registro
from portal.mercado.registro import is_ico
from portal.mercado.texto import texto

OTE = Perfil(
    codigo="ote",
    operador="OTE",
    produto="CS OTE",
    idiomas=(("cs", "Čeština"), ("en-gb", "English"), ("pt-br", "Português")),
    fuso="Europe/Prague",
    urls="portal.urls_ote",
    telefones=(),
    email="Services@ote-cr.cz",
    contatos=(
        Contato(
            texto("Dúvidas técnicas de acesso ao sistema de negociação CS OTE"),
            ("Elektro@ote-cr.cz", "Plyn@ote-cr.cz", "Market@ote-cr.cz"),
        ),
        Contato(texto("Dúvidas sobre o cadastro no sistema de negociação CS OTE"), ("Services@ote-cr.cz",)),
        Contato(texto("Dúvidas sobre fontes apoiadas e renováveis (produtores)"), ("POZE@ote-cr.cz",), poze=True),
    ),
    templates="ote",
    depois_da_sessao=("django.middleware.locale.LocaleMiddleware",),
    agenda=frozenset({"forget-keys", "sweep"}),
    fora_da_administracao=frozenset(
        {"adesao", "agentes.agente", "agentes.representacao", "calendario", "certificados", "contratos"}
        | {"gateway", "icp", "webhooks"}
    ),
    demonstracao="portal.demo.ote",
    contas=Contas(
        registro=Registro("IČO", 8, is_ico, "26463318"),
        pares=4,
        quem=frozenset(Quem),
        rsa_bits=2048,
    ),
)
