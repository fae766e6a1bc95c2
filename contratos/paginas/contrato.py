"""What the page of one contract shows, in a number of queries that does not grow with its flows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Q

from contratos import acesso
from contratos.domain.andamento import Situacao
from contratos.domain.contrato import CCEE_ACER, COM_MONTANTE, DE_LEILAO, PASSAGENS, SEM_FIM, Assinatura, Registro
from contratos.domain.fim import FINAIS
from contratos.models import Contrato, Cumprimento, ExigenciaDoEdital, Garantia, Signatario
from contratos.paginas import cbr, ccer, ccg, documentos, leitor, linha_do_tempo, pedidos, sucessao, vez
from contratos.paginas.leitor import Leitor
from contratos.paginas.linha_do_tempo import FluxoVisto
from contratos.paginas.listagem import ruler
from contratos.paginas.palavras import Etiqueta, Regua, brazilian, decimal
from contratos.services.contratos import may_be_validated
from contratos.services.exigencias import debtors
from contratos.services.portoes import guarantee_problem
from portal import clock, trilha
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.auditoria.models import Evento
from portal.calendario import selectors as calendario

REGISTROS = 100
NOMEADAS = 3  # activities that one line of the trail names
PERTO_DU = 10
ATOS = (
    ("validar", Registro.VALIDADO_CCEE, "Validar"),
    ("registrar", Registro.REGISTRADO, "Registrar"),
    ("suspender", Registro.SUSPENSO, "Suspender"),
    ("retomar", Registro.REGISTRADO, "Retomar"),
    ("finalizar", Registro.RESCINDIDO, "Encerrar"),
)


@dataclass(frozen=True, slots=True)
class GarantiaVista:
    garantia: Garantia
    etiqueta: Etiqueta
    problema: str


@dataclass(frozen=True, slots=True)
class ExigenciaVista:
    exigencia: ExigenciaDoEdital
    cumprimento: Cumprimento | None
    de_quem: str
    pode: bool


@dataclass(frozen=True, slots=True)
class Anotacao:
    """One act of the ledger; `sobre`: the activities that it was about."""

    linha: trilha.Linha
    sobre: str
    vezes: int


@dataclass(frozen=True, slots=True)
class ParteVista:
    """`agente` None: CCEE."""

    papel: str
    nome: str
    agente: Agente | None
    signatarios: list[Signatario]
    pode: bool


def read(contrato: Contrato, ator: Ator, *, now: datetime) -> dict[str, Any]:
    quem_le, regua, hoje = leitor.of(ator, now=now), ruler(now), clock.local_date(now)
    fluxos = linha_do_tempo.read(contrato, quem_le, regua)
    return {
        "contrato": contrato,
        "calendario": calendario.name(),
        "vezes": vez.of_contracts([contrato], regua)[contrato.pk],
        "placar": _score(fluxos, regua),
        "termos": terms(contrato),
        "sucessao": sucessao.read(contrato, ator, now=now),
        "registro_cbr": cbr.read(contrato),
        "ccer": ccer.read(contrato),
        "fluxos": fluxos,
        "documentos": documentos.read(contrato, fluxos),
        "garantias": [_guarantee(garantia, hoje) for garantia in contrato.garantias.defer("arquivo")],
        "exigencias": _conditions(contrato, quem_le),
        "partes": parties(contrato, quem_le, on=hoje),
        "registros": _ledger(contrato, fluxos),
        "leitor": quem_le,
        "atos": _acts(contrato, quem_le),
        "pode_garantir": quem_le.may_state_for(contrato.vendedor),
        "pedidos": pedidos.offered(contrato, quem_le),
        "instrumentos": ccg.read(contrato, fluxos),
    }


def terms(contrato: Contrato) -> list[tuple[str, str]]:
    preco = f"R$ {decimal(contrato.preco, 2)}/MWh" if contrato.preco is not None else ""
    minuta = str(contrato.minuta) if contrato.minuta else ""
    found = [
        ("Produto", contrato.produto),
        ("Suprimento", f"{brazilian(contrato.suprimento_inicio)} {_end(contrato)}"),
        ("Energia total", f"{decimal(contrato.energia_mwh, 6)} MWh" if contrato.tipo in COM_MONTANTE else ""),
        ("Montante", f"{decimal(contrato.montante_mwmed, 6)} MWmédio" if contrato.tipo in COM_MONTANTE else ""),
        ("Preço", preco),
        ("Outorga", str(contrato.outorga) if contrato.outorga else ""),
        ("Texto", minuta),
        ("Submódulo", f"3.2, revisão {contrato.revisao}"),
    ]
    return [(nome, value) for nome, value in found if value]


def _end(contrato: Contrato) -> str:
    endless = contrato.suprimento_fim == SEM_FIM
    return "em diante, até o desligamento do agente" if endless else f"a {brazilian(contrato.suprimento_fim)}"


def _score(fluxos: list[FluxoVisto], regua: Regua) -> list[tuple[int, str, str]]:
    """Number, words, tone: of what is in somebody's hands, and of what comes."""
    steps = [p.row for each in fluxos for flow in (each, *each.sub) for p in flow.passos if not p.sozinha]
    dues = [(row.vence_em, row.situacao == Situacao.ABERTA) for row in steps if row.vence_em and not row.closed_at]
    late = sum(is_open and day < regua.hoje for day, is_open in dues)
    today = sum(is_open and day == regua.hoje for day, is_open in dues)
    near = sum(regua.hoje < day <= regua.calendario.add(regua.hoje, PERTO_DU) for day, _ in dues)
    return [
        (late, "atividade atrasada" if late == 1 else "atividades atrasadas", "erro" if late else ""),
        (today, "vence hoje" if today == 1 else "vencem hoje", "alerta" if today else ""),
        (near, "nos próximos 10 dias úteis", ""),
    ]


def _guarantee(garantia: Garantia, hoje: date) -> GarantiaVista:
    problem = guarantee_problem(garantia, hoje)
    if not garantia.aplicavel:
        return GarantiaVista(garantia, Etiqueta("neutro", "não se aplica"), "")
    return GarantiaVista(garantia, Etiqueta("erro", "pendente") if problem else Etiqueta("ok", "válida"), problem)


def _conditions(contrato: Contrato, quem_le: Leitor) -> list[ExigenciaVista]:
    if contrato.leilao is None:
        return []
    met = {done.exigencia_id: done for done in contrato.cumprimentos.all()}
    return [_condition(each, met.get(each.pk), contrato, quem_le) for each in contrato.leilao.exigencias.all()]


def _condition(
    exigencia: ExigenciaDoEdital, done: Cumprimento | None, contrato: Contrato, quem_le: Leitor
) -> ExigenciaVista:
    owed_by = debtors(contrato, exigencia)
    may = quem_le.ccee or any(agente.pk in quem_le.alteraveis for agente in owed_by)
    return ExigenciaVista(exigencia, done, " e ".join(a.sigla for a in owed_by) or "CCEE", may and done is None)


def parties(contrato: Contrato, quem_le: Leitor, *, on: date) -> list[ParteVista]:
    """Each side with those who sign for it on that day or later."""
    sides = list(zip(contrato.papeis, (contrato.vendedor, contrato.comprador), strict=True))
    successors = list(acesso.coming(contrato))
    sides += [("Sucessora", agente) for agente in successors]
    ccees = Q(agente=None) if contrato.comprador is None else Q(pk=None)
    wanted = Q(agente__in=[*contrato.partes, *successors]) | ccees
    people = list(Signatario.objects.filter(wanted, Q(ate=None) | Q(ate__gte=on)))
    return [
        ParteVista(
            papel,
            agente.sigla if agente else CCEE_ACER,
            agente,
            [person for person in people if person.agente_id == (agente.pk if agente else None)],
            quem_le.may_state_for(agente),
        )
        for papel, agente in sides
    ]


def _ledger(contrato: Contrato, fluxos: list[FluxoVisto]) -> list[Anotacao]:
    """Each act is written once for each side: one side's entries are all. What one act did many times is one line."""
    sides = sucessao.sellers(contrato)
    own = Evento.objects.filter(cnpj__in=[each.cnpj for each in sides], objeto=f"contrato {contrato.numero}")
    known = Agente.objects.filter(pk__in=[each.pk for each in sides])
    lines = trilha.lines(list(own.order_by("-numero")[:REGISTROS]), known)
    names = {
        (flow.fluxo.procedimento, passo.row.codigo): passo.row.nome
        for each in fluxos
        for flow in (each, *each.sub)
        for passo in flow.passos
    }
    groups = groupby(lines, key=lambda line: (line.evento.tipo, line.evento.ator, line.evento.at))
    return [_entry(list(group), names) for _, group in groups]


def _entry(lines: list[trilha.Linha], names: Mapping[tuple[str, str], str]) -> Anotacao:
    subjects = [
        names.get((line.evento.dados.get("fluxo", ""), line.evento.dados.get("atividade", "")), "") for line in lines
    ]
    named = list(dict.fromkeys(filter(None, subjects)))
    more = f" e mais {len(named) - NOMEADAS}" if len(named) > NOMEADAS else ""
    return Anotacao(lines[0], ", ".join(named[:NOMEADAS]) + more, len(lines))


def _acts(contrato: Contrato, quem_le: Leitor) -> list[tuple[str, str]]:
    """What CCEE may do with the contract as a whole from here."""
    if not quem_le.ccee:
        return []
    now = Registro(contrato.registro)
    if now is Registro.NAO_REGISTRADO and contrato.tipo not in DE_LEILAO:
        return []  # its parties register it
    away = "registrar" if now is Registro.SUSPENSO else "retomar"
    possible = [(nome, rotulo) for nome, para, rotulo in ATOS if para in PASSAGENS[now] and nome != away]
    if not may_be_validated(contrato):
        possible = [each for each in possible if each[0] != "validar"]
    if now not in FINAIS and Assinatura.NAO_ASSINADO in PASSAGENS[Assinatura(contrato.assinatura)]:
        possible.append(("nao-assinado", "Dar por não assinado"))
    return possible
