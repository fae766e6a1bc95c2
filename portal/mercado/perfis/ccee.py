"""CCEE, Brazil: manual of 07/12/2022, Submódulo 3.2."""

from portal.mercado.perfil import Perfil

CCEE = Perfil(
    codigo="ccee",
    operador="CCEE",
    produto="Plataforma de Integração",
    idiomas=(("pt-br", "Português (Brasil)"),),
    fuso="America/Sao_Paulo",
    urls="portal.urls",
    telefones=("0800 881 2233", "0800 72 15 445"),
    email="atendimento@ccee.org.br",
    na_frente=("portal.gateway.middleware.Porta",),
    fora_da_administracao=frozenset({"contas"}),
    demonstracao="portal.demo.services",
)
