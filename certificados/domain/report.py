"""The report of one file: the JSON of interfaces.md §3, and one sentence."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from certificados.domain.facts import Facts
from certificados.domain.formats import Formato
from portal.kernel.rules import Resultado, Verdict
from portal.kernel.text import visible


@dataclass(frozen=True, slots=True)
class Relatorio:
    """`arquivo` is already safe to show."""

    arquivo: str
    facts: Facts
    politica: str
    verdict: Verdict

    @property
    def aceito(self) -> bool:
        return self.verdict.aceito

    @property
    def formato(self) -> Formato:
        return self.facts.leitura.formato

    @property
    def resumo(self) -> str:
        total, failed = len(self.verdict.resultados), len(self.verdict.falhas)
        if failed:
            verb = "falhou" if failed == 1 else "falharam"
            return f"{self.arquivo} não pode ser aceito: {failed} das {total} regras {verb}."
        return f"{self.arquivo} pode ser aceito{self._reservations()}."

    def _reservations(self) -> str:
        warned, skipped = len(self.verdict.avisos), len(self.verdict.nao_avaliadas)
        notes = []
        if warned:
            notes.append("1 aviso" if warned == 1 else f"{warned} avisos")
        if skipped:
            notes.append("1 regra não avaliada" if skipped == 1 else f"{skipped} regras não avaliadas")
        return f", com {' e '.join(notes)}" if notes else ""

    def to_dict(self) -> dict[str, Any]:
        return {
            "arquivo": self.arquivo,
            "formato": str(self.formato),
            "aceito": self.aceito,
            "politica": self.politica,
            "regras": [_regra(resultado) for resultado in self.verdict.resultados],
            "certificado": _certificado(self.facts) if self.facts.legivel else None,
        }


def file_name(name: str) -> str:
    """A file name as it can be shown and put into JSON, whatever its bytes were."""
    return visible(name, 200)


def _regra(resultado: Resultado) -> dict[str, str]:
    return {
        "codigo": resultado.codigo,
        "titulo": resultado.titulo,
        "situacao": str(resultado.situacao),
        "encontrado": resultado.encontrado,
        "exigido": resultado.exigido,
        "como_resolver": resultado.como_resolver,
    }


def _certificado(facts: Facts) -> dict[str, str | None]:
    return {
        "titular": facts.titular,
        "emissor": facts.emissor,
        "numero_serie": facts.numero_serie,
        "sha256": facts.sha256,
        "valido_de": _utc(facts.valid_from),
        "valido_ate": _utc(facts.valid_until),
        "cnpj": facts.cnpj,
        "cnpj_origem": facts.cnpj_origem,
    }


def _utc(instant: dt.datetime | None) -> str | None:
    return None if instant is None else f"{instant:%Y-%m-%dT%H:%M:%S}Z"
