import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from certificados.domain.rules import TITULOS
from certificados.domain.simulacao import LIMITE
from certificados.simulacao import Empresa, PoliticaRuim, Simulacao, from_toml
from portal import clock
from portal.kernel.cnpj import mask
from portal.kernel.text import visible
from portal.terminal import read_bytes

USAGE = 2


class Command(BaseCommand):
    help = "Diz que certificados em uso deixariam de ser aceitos por uma política futura. Não grava nada."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("arquivo", type=Path, metavar="ARQUIVO.toml")
        parser.add_argument("--em", default="", metavar="AAAA-MM-DD", help="em vez do primeiro dia da política")
        parser.add_argument("--json", action="store_true", help="só o JSON na saída padrão")

    def handle(self, *, arquivo: Path, **options: Any) -> None:
        data = read_bytes(arquivo, LIMITE + 1, returncode=USAGE)
        try:
            simulacao = Simulacao(from_toml(data), now=clock.now(), em=_day(options["em"]))
        except PoliticaRuim as error:
            raise CommandError("\n".join(error.problemas), returncode=USAGE) from error
        for line in _as_json(simulacao) if options["json"] else _as_text(simulacao):
            self.stdout.write(line)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"--em: “{text}” não é um dia como 2027-01-01.", returncode=USAGE) from None


def _as_json(simulacao: Simulacao) -> Iterator[str]:
    """One object, a company on each line, so that the whole is never held."""
    policy = json.dumps(simulacao.policy.to_dict(), ensure_ascii=False)
    yield f'{{"politica": {policy}, "em": "{simulacao.periodo.inicio.isoformat()}", "empresas": ['
    held = ""
    for empresa in simulacao.companies():
        if held:
            yield f"{held},"
        held = json.dumps(_company(empresa), ensure_ascii=False)
    if held:
        yield held
    yield f'], "totais": {json.dumps(simulacao.totais.to_dict(), ensure_ascii=False)}}}'


def _company(empresa: Empresa) -> dict[str, Any]:
    return {
        "cnpj": empresa.agente.cnpj,
        "sigla": visible(empresa.agente.sigla),
        "certificados_bons": empresa.bons,
        "reprovados": [
            {
                "arquivo": visible(one.arquivo),
                "sha256": one.sha256,
                "valido_ate": one.valid_until.isoformat(),
                "reprovado_desde": one.desde.isoformat(),
                "regras": [
                    {
                        "codigo": falha.codigo,
                        "encontrado": falha.encontrado,
                        "exigido": falha.exigido,
                        "como_resolver": falha.como_resolver,
                    }
                    for falha in one.falhas
                ],
            }
            for one in empresa.reprovados
        ],
    }


def _as_text(simulacao: Simulacao) -> Iterator[str]:
    policy = simulacao.policy
    since = f"{clock.local_date(simulacao.periodo.inicio):%d/%m/%Y}"
    yield f"{policy.codigo}: {visible(policy.titulo)}. Certificados em uso, como se enviados a partir de {since}."
    for empresa in simulacao.companies():
        left = f"certificados bons que restam: {empresa.bons}" if empresa.bons else "nenhum certificado bom restaria"
        yield f"\n{visible(empresa.agente.sigla)} ({mask(empresa.agente.cnpj)}): {left}"
        for one in empresa.reprovados:
            ends, at = clock.local_date(one.valid_until), clock.local_date(one.desde)
            yield f"  {visible(one.arquivo)}: reprovado desde {at:%d/%m/%Y}; em uso até {ends:%d/%m/%Y}"
            yield from (f"    {falha.codigo}: {falha.encontrado}; exigido: {falha.exigido}" for falha in one.falhas)
    totais = simulacao.totais
    yield f"\nConferidos: {totais.conferidos}. Reprovados: {totais.reprovados}; empresas: {totais.empresas}."
    yield f"Empresas que ficariam sem nenhum certificado bom: {totais.sem_nenhum}."
    yield f"Fora da simulação, por não valerem enquanto a política vale: {totais.fora}."
    yield from (f"  {TITULOS[codigo]} ({codigo}): {count}" for codigo, count in totais.regras.most_common())
