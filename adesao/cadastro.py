"""All that the page of one company shows to one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from adesao import selectors
from adesao.domain.linha_do_tempo import LinhaDoTempo, Validade, draw
from adesao.linhas import Etiqueta, in_days
from adesao.models import Anexo, Credencial, Solicitacao
from certificados import selectors as certificados_selectors
from certificados import services as certificados
from certificados.models import Certificado
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Acao, Ator
from portal.agentes.models import Agente

CONVERTIVEIS = ("pem", "pkcs7")
SO_NOSSO = {"subject-unico", "limite-por-cnpj"}  # what giving up a certificate of one's own can solve
TOM = {"vigente": "ok", "vence_em_breve": "alerta", "vencido": "erro", "ainda_nao_vigente": "neutro"}
RECIBOS = ANTERIORES = 5
CAMPOS = {"senha": ("id_senha", "Senha"), "certificados": ("id_arquivos", "Certificados")}


@dataclass(frozen=True, slots=True)
class EmServico:
    """A certificate in service. `sai`: marked to go out when the request is concluded.

    `partilhavel`: the policy lets it serve other companies too, or it does already.
    """

    certificado: Certificado
    etiqueta: Etiqueta
    sai: bool
    partilhavel: bool


@dataclass(frozen=True, slots=True)
class Enviado:
    """A staged file. `substituiveis`: certificates that could give their place to it; `preferido` is the likely one."""

    anexo: Anexo
    convertivel: bool
    substituiveis: tuple[Certificado, ...]
    preferido: int | None


@dataclass(frozen=True, slots=True)
class Erro:
    """A line of the summary and the id of the field it leads to."""

    id: str
    texto: str


@dataclass(frozen=True, slots=True)
class Cadastro:
    agente: Agente
    credencial: Credencial | None
    pode_alterar: bool
    em_servico: tuple[EmServico, ...]
    linha_do_tempo: LinhaDoTempo
    enviados: tuple[Enviado, ...]
    draft: Solicitacao | None
    solicitacao: int  # what the form's hidden field says (selectors.ended_since)
    recibos: tuple[Solicitacao, ...]
    anteriores: tuple[Certificado, ...]  # out of service, the last to leave first

    @property
    def aderido(self) -> bool:
        return self.credencial is not None

    @property
    def senha_guardada(self) -> bool:
        return bool(self.draft and self.draft.senha_hash)


def read(agente: Agente, ator: Ator, *, now: datetime) -> Cadastro:
    usuario = ator.usuario
    may_change = usuario is not None and acesso.may(ator, Acao.ALTERAR, agente, on=clock.local_date(now))
    draft, number = selectors.draft_and_number(agente, usuario) if usuario and may_change else (None, 0)
    marked = set(draft.excluir.values_list("pk", flat=True)) if draft else set()
    history = list(_history(agente, now))
    rows = [row for row in history if row.slot is not None]
    return Cadastro(
        agente=agente,
        credencial=Credencial.objects.filter(agente=agente).first(),
        pode_alterar=may_change,
        em_servico=tuple(
            EmServico(row, _etiqueta(row, now), row.pk in marked, may_change and _shareable(row)) for row in rows
        ),
        linha_do_tempo=_timeline(rows, now),
        enviados=_staged(draft, [row for row in rows if row.pk not in marked]) if draft else (),
        draft=draft,
        solicitacao=number,
        recibos=tuple(selectors.receipts(agente)[:RECIBOS]),
        anteriores=_last_removed(history),
    )


def _history(agente: Agente, now: datetime) -> QuerySet[Certificado]:
    return certificados_selectors.with_policy(certificados_selectors.history_of(agente), on=clock.local_date(now))


def _shareable(row: Certificado) -> bool:
    return row.compartilhado or certificados_selectors.shareable(row)


def _last_removed(history: Sequence[Certificado]) -> tuple[Certificado, ...]:
    gone = [(row.removed_at, row.pk, row) for row in history if row.removed_at is not None]
    return tuple(row for _, _, row in sorted(gone, reverse=True)[:ANTERIORES])


def summary(erros: Mapping[str, Sequence[str]]) -> list[Erro]:
    """The errors of a refused request as links to their fields."""
    found: list[Erro] = []
    for name, messages in erros.items():
        anchor, label = CAMPOS.get(name, ("certificados", ""))
        found.extend(Erro(anchor, f"{label}: {message}" if label else message) for message in messages)
    return found


def _etiqueta(certificado: Certificado, now: datetime) -> Etiqueta:
    status = certificados_selectors.status_of_certificado(certificado, now=now)
    days = (clock.local_date(certificado.valid_until) - clock.local_date(now)).days
    words = in_days(days) if status == "vence_em_breve" else ""
    return Etiqueta(TOM[status], f"Vence {words}" if words else certificados_selectors.CERTIFICADO_STATUS[status])


def _timeline(rows: Sequence[Certificado], now: datetime) -> LinhaDoTempo:
    bars = [Validade(row.nome_arquivo, row.valid_from, row.valid_until) for row in rows]
    return draw(bars, now=now, tz=ZoneInfo(settings.FUSO))


def _staged(draft: Solicitacao, staying: Sequence[Certificado]) -> tuple[Enviado, ...]:
    return tuple(_enviado(anexo, staying) for anexo in draft.anexos.all())


def _enviado(anexo: Anexo, staying: Sequence[Certificado]) -> Enviado:
    readable = anexo.conteudo is not None
    convertible = readable and anexo.relatorio["formato"] in CONVERTIVEIS
    failed = _failed(anexo.relatorio)
    if not failed or not failed <= SO_NOSSO:
        return Enviado(anexo, convertible, (), None)
    subject = certificados.open_file(bytes(anexo.conteudo or b"")).subject_hash
    same = [row for row in staying if row.subject_hash == subject]
    if "subject-unico" in failed:  # only giving up our own of that subject can help; another company's cannot
        return Enviado(anexo, convertible, tuple(same), same[0].pk if same else None)
    return Enviado(anexo, convertible, tuple(staying), None)


def _failed(relatorio: Mapping[str, Any]) -> set[str]:
    return {regra["codigo"] for regra in relatorio["regras"] if regra["situacao"] == "falha"}
