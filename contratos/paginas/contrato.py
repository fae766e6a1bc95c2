"""What the page of one contract shows, in a number of queries that does not grow with its flows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from contratos.domain.andamento import Situacao
from contratos.domain.contrato import COM_MONTANTE, DE_LEILAO, PASSAGENS, SEM_FIM, Assinatura, Registro
from contratos.domain.fim import FINAIS
from contratos.models import Contrato, Cumprimento, ExigenciaDoEdital, Garantia, Outorga, Signatario
from contratos.paginas import (
    anotacoes,
    cbr,
    ccer,
    ccg,
    cota,
    documentos,
    leitor,
    linha_do_tempo,
    modulacao,
    montantes,
    pedidos,
    sucessao,
    vez,
)
from contratos.paginas.anotacoes import Anotacao
from contratos.paginas.leitor import Leitor
from contratos.paginas.linha_do_tempo import FluxoVisto
from contratos.paginas.listagem import ruler
from contratos.paginas.palavras import Etiqueta, Regua, brazilian, decimal
from contratos.paginas.vez import Vez
from contratos.services.contratos import may_be_validated
from contratos.services.exigencias import debtors
from contratos.services.portoes import guarantee_problem
from portal import clock
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.auditoria.models import Evento
from portal.calendario import selectors as calendario

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
    todos = [flow for each in fluxos for flow in (each, *each.sub)]
    abertos = {flow.fluxo.procedimento for flow in todos if flow.fluxo.closed_at is None}
    cedidas, registro_cbr, instrumentos = sucessao.ceded(contrato), cbr.of(contrato), ccg.read(contrato, fluxos)
    da_unidade = cota.read(contrato, ccee=quem_le.ccee)
    fora = [*cbr.out_of_season(contrato, registro_cbr, abertos), *cota.out_of_season(contrato, da_unidade)]
    return {
        "contrato": contrato,
        "calendario": calendario.name(),
        "vezes": _turns(todos, regua),
        "placar": _score(todos, regua),
        "termos": terms(contrato),
        "modulacoes": modulacao.of_contract(contrato),
        "ano_dos_montantes": montantes.first_year(contrato, hoje),
        "sucessao": sucessao.read(contrato, cedidas, ator, now=now),
        "registro_cbr": cbr.read(contrato, registro_cbr),
        "ccer": ccer.read(contrato),
        "cota": da_unidade,
        "fluxos": fluxos,
        "documentos": documentos.read(contrato, fluxos),
        "garantias": [_guarantee(garantia, hoje) for garantia in contrato.garantias.defer("arquivo")],
        "exigencias": _conditions(contrato, quem_le),
        "partes": parties(contrato, quem_le, _coming(todos), on=hoje),
        "registros": _ledger(contrato, sucessao.sellers(contrato, cedidas), todos),
        "leitor": quem_le,
        "atos": _acts(contrato, quem_le),
        "pode_garantir": quem_le.may_state_for(contrato.vendedor),
        "pedidos": pedidos.offered(contrato, quem_le, fora=fora, tem_ccg=instrumentos.em_vigor),
        "instrumentos": instrumentos,
    }


def _turns(todos: list[FluxoVisto], regua: Regua) -> list[Vez]:
    """As vez.of_contracts(), out of what was read already."""
    steps = [p for flow in todos if flow.fluxo.closed_at is None for p in flow.passos]
    steps = [p for p in steps if p.row.situacao == Situacao.ABERTA and not p.sozinha]
    steps.sort(key=lambda p: vez.urgency(p.row))
    return [vez.turn(p.row, regua, sua=p.pode or p.pode_assinar) for p in steps]


def _coming(todos: list[FluxoVisto]) -> list[Agente]:
    """As acesso.coming(), out of what was read already."""
    rows = [flow.fluxo.sucessora for flow in todos if flow.fluxo.closed_at is None]
    return list(dict.fromkeys(row for row in rows if row is not None))


def terms(contrato: Contrato) -> list[tuple[str, str]]:
    preco = f"R$ {decimal(contrato.preco, 2)}/MWh" if contrato.preco is not None else ""
    minuta = str(contrato.minuta) if contrato.minuta else ""
    outorga = Outorga.objects.select_related("ato").get(pk=contrato.outorga_id) if contrato.outorga_id else ""
    found = [
        ("Produto", contrato.produto),
        ("Suprimento", f"{brazilian(contrato.suprimento_inicio)} {_end(contrato)}"),
        ("Energia total", f"{decimal(contrato.energia_mwh, 6)} MWh" if contrato.tipo in COM_MONTANTE else ""),
        ("Montante", f"{decimal(contrato.montante_mwmed, 6)} MWmédio" if contrato.tipo in COM_MONTANTE else ""),
        ("Preço", preco),
        ("Outorga", str(outorga)),
        ("Texto", minuta),
        ("Submódulo", f"3.2, revisão {contrato.revisao}"),
    ]
    return [(nome, value) for nome, value in found if value]


def _end(contrato: Contrato) -> str:
    endless = contrato.suprimento_fim == SEM_FIM
    return "em diante, até o desligamento do agente" if endless else f"a {brazilian(contrato.suprimento_fim)}"


def _score(todos: list[FluxoVisto], regua: Regua) -> list[tuple[int, str, str]]:
    """Number, words, tone: of what is in somebody's hands, and of what comes."""
    steps = [p.row for flow in todos for p in flow.passos if not p.sozinha]
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


def parties(contrato: Contrato, quem_le: Leitor, successors: list[Agente], *, on: date) -> list[ParteVista]:
    """Each side, and who is to succeed one, with those who sign for it on that day or later."""
    sides = list(zip(contrato.papeis, (contrato.vendedor, contrato.comprador), strict=True))
    sides += [("Sucessora", agente) for agente in successors]
    ccees = Q(agente=None) if contrato.comprador is None else Q(pk=None)
    wanted = Q(agente__in=[*contrato.partes, *successors]) | ccees
    people = list(Signatario.objects.filter(wanted, Q(ate=None) | Q(ate__gte=on)))
    return [
        ParteVista(
            papel,
            agente.sigla if agente else contrato.nome_do_comprador,
            agente,
            [person for person in people if person.agente_id == (agente.pk if agente else None)],
            quem_le.may_state_for(agente),
        )
        for papel, agente in sides
    ]


def _ledger(contrato: Contrato, sides: list[Agente], todos: list[FluxoVisto]) -> list[Anotacao]:
    """Each act is written once for each side: one side's entries are all. What one act did many times is one line."""
    own = Evento.objects.filter(cnpj__in=[each.cnpj for each in sides], objeto=f"contrato {contrato.numero}")
    names = {(flow.fluxo.procedimento, passo.row.codigo): passo.row.nome for flow in todos for passo in flow.passos}
    return anotacoes.read(own, sides, names)


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
