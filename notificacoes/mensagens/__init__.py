"""Mails as objects: subject, text and HTML from the same facts, made when they are sent."""

from notificacoes.mensagens.carta import Carta, Desistencia
from notificacoes.mensagens.redacao import write_all

__all__ = ["Carta", "Desistencia", "write_all"]
