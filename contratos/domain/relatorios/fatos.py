"""What the reports are worked out from. `on(em)` takes away whatever happened after the end of that day."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from contratos.domain.andamento import FEITAS, Situacao
from contratos.domain.relatorios.folha import Celula
from portal.kernel.business_days import Calendario


@dataclass(frozen=True, slots=True)
class Quem:
    """A party, or CCEE, which has no CNPJ here."""

    sigla: str
    cnpj: str = ""


CCEE = Quem("CCEE")


@dataclass(frozen=True, slots=True)
class Etapa:
    """One activity, in one round. `assina`: it is a party's signature on the contract.

    `interrompida`: it ended undone because the contract was given up, which does not excuse whoever held it.
    """

    codigo: str
    nome: str
    de_quem: tuple[Quem, ...]
    situacao: Situacao
    criada: date
    vence: date | None = None
    aberta: date | None = None
    encerrada: date | None = None
    evidencia: str = ""
    assina: bool = False
    interrompida: bool = False

    def on(self, em: date) -> "Etapa":
        if self.encerrada is not None and self.encerrada <= em:
            return self
        opened = self.aberta if self.aberta is not None and self.aberta <= em else None
        state = Situacao.ABERTA if opened else Situacao.AGUARDANDO
        return replace(self, aberta=opened, encerrada=None, evidencia="", situacao=state, interrompida=False)

    @property
    def feita(self) -> bool:
        return self.situacao in FEITAS

    @property
    def por_fazer(self) -> bool:
        """It was somebody's turn, and it was not done."""
        return self.aberta is not None and (self.encerrada is None or self.interrompida)

    def is_late(self, em: date) -> bool:
        excused = self.situacao in (Situacao.DISPENSADA, Situacao.CANCELADA) and not self.interrompida
        if self.vence is None or excused:
            return False
        return (self.encerrada or em) > self.vence

    def days_late(self, em: date, calendario: Calendario) -> int:
        """Business days after the due date."""
        late = self.vence is not None and self.is_late(em)
        return calendario.between(self.vence, self.encerrada or em) if late and self.vence else 0

    def days_held(self, em: date, calendario: Calendario) -> int:
        """Of those days the ones on which it was open: a party answers for no day on which it could not act."""
        if self.vence is None or self.aberta is None or not self.is_late(em):
            return 0
        return calendario.between(max(self.vence, self.aberta), self.encerrada or em)


@dataclass(frozen=True, slots=True)
class Chamado:
    """`registrado`: the day from which the portal knows of it."""

    agente: Quem
    numero: str
    aberto: date
    descricao: str
    registrado: date
    encerrado: date | None = None

    def __str__(self) -> str:
        end = f", encerrado em {self.encerrado:%d/%m/%Y}" if self.encerrado else ""
        return f"nº {self.numero}, de {self.aberto:%d/%m/%Y}{end}"


@dataclass(frozen=True, slots=True)
class ExigenciaNoDia:
    texto: str
    de_quem: tuple[Quem, ...]
    obrigatoria: bool
    cumprida: date | None = None
    comprovante: str = ""


@dataclass(frozen=True, slots=True)
class Negocio:
    """One contract. `liberacao`: G, the day on which the guarantee of its agente was released.

    `desistido`: the day on which CCEE recorded that it will not be signed, and why.
    """

    numero: str
    leilao: str
    vendedor: Quem
    comprador: Quem
    etapas: tuple[Etapa, ...] = ()
    assinado: date | None = None
    liberacao: date | None = None
    termos: Mapping[str, Celula] = field(default_factory=dict)
    chamados: tuple[Chamado, ...] = ()
    exigencias: tuple[ExigenciaNoDia, ...] = ()
    desistido: date | None = None
    motivo: str = ""

    def on(self, em: date) -> "Negocio":
        return replace(
            self,
            etapas=tuple(etapa.on(em) for etapa in self.etapas if etapa.criada <= em),
            assinado=_by(self.assinado, em),
            desistido=_by(self.desistido, em),
            chamados=tuple(
                replace(chamado, encerrado=_by(chamado.encerrado, em))
                for chamado in self.chamados
                if chamado.registrado <= em
            ),
            exigencias=tuple(
                exigencia if _by(exigencia.cumprida, em) else replace(exigencia, cumprida=None, comprovante="")
                for exigencia in self.exigencias
            ),
        )

    @property
    def partes(self) -> tuple[Quem, Quem]:
        return self.vendedor, self.comprador

    @property
    def termo(self) -> date | None:
        """The last day for signing."""
        return max((etapa.vence for etapa in self.etapas if etapa.assina and etapa.vence), default=None)

    def is_unsigned(self, em: date) -> bool:
        """Its last day has passed, or it was given up."""
        if self.assinado is not None:
            return False
        return self.desistido is not None or (self.termo is not None and em > self.termo)

    def signature(self, em: date) -> str:
        if self.assinado is not None:
            return "assinado"
        if self.desistido is not None:
            return f"não será assinado, desde {self.desistido:%d/%m/%Y}: {self.motivo}"
        signed = [etapa.assina and etapa.feita for etapa in self.etapas]
        state = "assinado por uma das partes" if any(signed) else "não assinado"
        return f"{state}, com o prazo vencido" if self.is_unsigned(em) else state


def _by(day: date | None, em: date) -> date | None:
    return day if day is not None and day <= em else None
