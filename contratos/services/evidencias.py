"""The evidence that closes an activity, and what it brings about: acts recorded, anchors known, twins closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from contratos.domain import evidencia
from contratos.domain.evidencia import EvidenciaIncompleta
from contratos.domain.procedimentos import Atividade as Definicao
from contratos.models import AtoRegulatorio, Contrato, Leilao, Outorga
from contratos.services.andamento import Andamento

DO_ATO = ("ato_tipo", "ato_numero", "ato_publicado_em")
MEIO_ATO = "Informe também este campo: o ato se identifica pelo tipo, pelo número e pela publicação."


@dataclass(frozen=True, slots=True)
class Dada:
    dados: dict[str, str]
    ato: AtoRegulatorio | None = None  # not yet saved


def read(definicao: Definicao, given: Mapping[str, Any], *, contrato: Contrato, hoje: date) -> Dada:
    """Raises EvidenciaIncompleta."""
    dados = evidencia.read(definicao.evidencia, given, definicao.clausulas)
    erros: dict[str, list[str]] = {
        nome: [problem]
        for nome in ("ato_publicado_em", "homologado_em")
        if nome in dados and (problem := _date_problem(date.fromisoformat(dados[nome]), contrato.leilao, hoje))
    }
    erros |= {nome: [MEIO_ATO] for nome in _missing_of_act(dados)}
    if erros:
        raise EvidenciaIncompleta(" ".join(text for texts in erros.values() for text in texts), erros=erros)
    return Dada(dados, _ato(dados) if "ato_numero" in dados else None)


def _missing_of_act(dados: Mapping[str, str]) -> list[str]:
    """An act is stated as a whole or not at all."""
    stated = [nome in dados for nome in DO_ATO]
    return [nome for nome in DO_ATO if nome not in dados] if any(stated) else []


def _date_problem(day: date, leilao: Leilao | None, hoje: date) -> str:
    if day > hoje:
        return f"{day:%d/%m/%Y} ainda não chegou: informe a data em que foi publicado."
    if leilao and day < leilao.realizado_em:
        return f"{day:%d/%m/%Y} é anterior ao leilão, realizado em {leilao.realizado_em:%d/%m/%Y}."
    return ""


def _ato(dados: Mapping[str, str]) -> AtoRegulatorio:
    return AtoRegulatorio(
        tipo=dados["ato_tipo"][:60],
        numero=dados["ato_numero"][:40],
        published_on=date.fromisoformat(dados["ato_publicado_em"]),
        so_tecnica=dados.get("so_tecnica") == "sim",
    )


def keep_ato(ato: AtoRegulatorio) -> AtoRegulatorio:
    """The same act stated twice is one row."""
    found, _ = AtoRegulatorio.objects.get_or_create(
        orgao=ato.orgao,
        tipo=ato.tipo,
        numero=ato.numero,
        defaults={"published_on": ato.published_on, "so_tecnica": ato.so_tecnica},
    )
    return found


def keep_outorga(contrato: Contrato, given: Dada, andamento: Andamento, *, by: str) -> Outorga:
    outorga, _ = Outorga.objects.get_or_create(
        agente=contrato.vendedor,
        usina=given.dados["usina"][:120],
        ato=keep_ato(_ato(given.dados)),
        defaults={"ceg": given.dados.get("ceg", "")[:30], "informed_at": andamento.now, "informed_by": by},
    )
    contrato.outorga = outorga
    contrato.save(update_fields=["outorga"])
    return outorga


def keep_homologacao(contrato: Contrato, given: Dada) -> date:
    """H, of the whole auction."""
    day = date.fromisoformat(given.dados["homologado_em"])
    if contrato.leilao is not None and contrato.leilao.homologado_em != day:
        contrato.leilao.homologado_em = day
        contrato.leilao.save(update_fields=["homologado_em"])
    return day
