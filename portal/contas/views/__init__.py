from portal.contas.views.contas import conta, lista, nova_conta, nova_empresa
from portal.contas.views.idioma import idioma
from portal.contas.views.porta import entrada
from portal.contas.views.publicas import autoridades, contatos, do_operador, do_operador_cer, inicio
from portal.contas.views.registro import parte, registrar, remover

__all__ = [
    "autoridades",
    "conta",
    "contatos",
    "do_operador",
    "do_operador_cer",
    "entrada",
    "idioma",
    "inicio",
    "lista",
    "nova_conta",
    "nova_empresa",
    "parte",
    "registrar",
    "remover",
]
