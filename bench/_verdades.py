"""The pairs of acts of bench/duas_verdades.py: each sets a scene, lets two act at once, and says what is amiss."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial

from contratos import services
from contratos.domain.contrato import Especie
from contratos.models import AcordoBilateral, Atividade, Ccg, Contrato, Documento, Fluxo, Indisponibilidade, Signatario
from tests.contratos import cena as cenas
from tests.contratos.cbrs import CBR, classify
from tests.contratos.cena import EVIDENCIA, Cena

Ato = Callable[[], object]
ABERTO = datetime(2026, 11, 24, 15, tzinfo=UTC)  # bilateral agreements are taken on this day
RESCISAO = {"acordo_tipo": "rescisao", "mes_inicio": "2030-01"}


class Par(ABC):
    """`fez`: which of the two were not refused. A break is a sentence."""

    nome: str

    def __init__(self, cena: Cena) -> None:
        self.cena = cena

    @abstractmethod
    def prepare(self) -> tuple[Ato, Ato]: ...

    @abstractmethod
    def breaks(self, fez: list[bool]) -> Iterator[str]: ...

    def live(self, fluxo: Fluxo) -> bool:
        return Atividade.objects.filter(fluxo=fluxo, closed_at=None).exists()


class ValidarOuRetirar(Par):
    nome = "acordo: o vendedor valida, o comprador retira"

    def prepare(self) -> tuple[Ato, Ato]:
        c = self.cena
        self.fluxo = services.request(
            c.contrato, "acordo_bilateral", solicitante=c.comprador, evidencia=RESCISAO, ator=c.davi, now=ABERTO
        )
        pk = self.fluxo.atividades.get(codigo="B2").pk
        return (
            partial(services.close_activity, pk, ator=c.ana, now=ABERTO),
            partial(services.cancel_flow, self.fluxo, motivo="engano", ator=c.davi, now=ABERTO),
        )

    def breaks(self, fez: list[bool]) -> Iterator[str]:
        state = AcordoBilateral.objects.get(fluxo=self.fluxo).situacao
        if state != ("validado" if fez == [True, False] else "retirado"):
            yield f"{fez}: acordo {state}"
        if sum(fez) != 1 or self.live(self.fluxo):
            yield f"{fez}: não há um só vencedor"


class RegistrarDuasVezes(Par):
    nome = "acordo: dois registros ao mesmo tempo"

    def prepare(self) -> tuple[Ato, Ato]:
        c = self.cena
        who = {"solicitante": c.comprador, "evidencia": RESCISAO, "ator": c.davi, "now": ABERTO}
        ask = partial(services.request, c.contrato, "acordo_bilateral", **who)  # type: ignore[arg-type]  # mixed kinds
        return ask, ask

    def breaks(self, fez: list[bool]) -> Iterator[str]:
        standing = list(AcordoBilateral.objects.filter(contrato=self.cena.contrato, situacao="registrado"))
        if sum(fez) != 1 or len(standing) != 1:
            yield f"{fez}: {len(standing)} acordos registrados"
        for acordo in standing:
            services.cancel_flow(acordo.fluxo, motivo="próxima corrida", ator=self.cena.davi, now=ABERTO)


class AssinarNaMeiaNoite(Par):
    """The signature is on paper within an outage: a real acceptance, without the cost of cryptography."""

    nome = "solicitação: assinar às 23:59:59 de T+30dc, cancelar às 00:00:01"

    def prepare(self) -> tuple[Ato, Ato]:
        c, now = self.cena, cenas.AGORA
        self.fluxo = services.request(
            c.contrato, "alteracao_solicitacao", solicitante=c.vendedor, evidencia=EVIDENCIA, ator=c.ana, now=now
        )
        s2 = self.fluxo.atividades.get(codigo="S2")
        services.close_activity(s2.pk, ator=c.ccee, now=now, evidencia=EVIDENCIA, resultado="deferida")
        last = _last_second(self.fluxo.atividades.get(codigo="S3").vence_em)
        sign = partial(
            services.accept_paper,
            Documento.objects.get(fluxo=self.fluxo),
            Signatario.objects.get(agente=c.vendedor),
            b"%PDF-1.7 papel",
            assinado_em=last - timedelta(hours=1),
            cartorio="2º Tabelião",
            indisponibilidade=Indisponibilidade.objects.get(),
            ator=c.ccee,
            now=last,
        )
        return sign, partial(services.advance, now=last + timedelta(seconds=2))

    def breaks(self, fez: list[bool]) -> Iterator[str]:
        done = set(self.fluxo.atividades.filter(situacao="concluida").values_list("codigo", flat=True))
        self.fluxo.refresh_from_db()
        signed, lapsed = "S3" in done, "S4" in done
        if signed == lapsed or signed != fez[0]:
            yield f"{fez}: {sorted(done)}"
        if self.fluxo.estado != ("assinada" if signed else "cancelada por decurso de prazo"):
            yield f"{sorted(done)}: {self.fluxo.estado}"
        if signed:
            row = self.fluxo.atividades.get(codigo="S5")
            services.close_activity(row.pk, ator=self.cena.ccee, now=cenas.AGORA, evidencia=EVIDENCIA)


class DoisCcgs(Par):
    """Both flows stand before their last signature, the bank's."""

    nome = "dois CCGs celebrados ao mesmo tempo"

    def prepare(self) -> tuple[Ato, Ato]:
        acts = [self._almost_signed() for _ in range(2)]
        return acts[0], acts[1]

    def _almost_signed(self) -> Ato:
        c, now = self.cena, cenas.AGORA
        fluxo = services.open_flow(c.contrato, "ccg_existente", ator=c.ccee, now=now, ancoras={"H": cenas.H})
        before = fluxo.atividades.exclude(codigo="G6b")
        before.update(situacao="concluida", opened_at=now, closed_at=now, closed_by="bancada", evidencia=EVIDENCIA)
        before.filter(codigo="G3").update(resultado="sem_inconsistencia")
        before.filter(codigo__startswith="G4").update(resultado="validado")
        last = fluxo.atividades.filter(codigo="G6b")
        last.update(situacao="aberta", opened_at=now)
        return partial(services.close_activity, last.get().pk, ator=c.ccee, now=now, evidencia=EVIDENCIA)

    def breaks(self, fez: list[bool]) -> Iterator[str]:
        rows = Ccg.objects.filter(contrato=self.cena.contrato)
        in_force, begun = rows.filter(situacao="em_vigor").count(), rows.filter(situacao="em_elaboracao")
        if in_force != 1 or begun.count() != 2 - sum(fez):
            yield f"{fez}: {in_force} em vigor, {begun.count()} por celebrar"
        for ccg in begun:  # whoever was refused tries again, as a person would
            services.close_activity(
                ccg.fluxo.atividades.get(codigo="G6b").pk, ator=self.cena.ccee, now=cenas.AGORA, evidencia=EVIDENCIA
            )


class CbrNaMeiaNoite(Par):
    nome = "CBR: validar às 23:59:59 de MS+9du, dar por sem efeito às 00:00:01"

    def prepare(self) -> tuple[Ato, Ato]:
        c = self.cena
        contrato = services.register_contract("cbr_registro", evidencia=CBR, ator=c.ana, now=cenas.AGORA)
        self.fluxo = contrato.fluxos.get()
        row = self.fluxo.atividades.get(codigo="R2")
        last = _last_second(row.vence_em)
        validate = partial(services.close_activity, row.pk, ator=c.davi, now=last, resultado="validado")
        return validate, partial(services.advance, now=last + timedelta(seconds=2))

    def breaks(self, fez: list[bool]) -> Iterator[str]:
        state = self.fluxo.versoes.get().situacao
        registered = Contrato.objects.get(pk=self.fluxo.contrato_id).registro == "registrado"
        if state != ("validada" if fez[0] else "sem_efeito") or registered is not fez[0] or self.live(self.fluxo):
            yield f"{fez}: versão {state}, registrado: {registered}"


def _last_second(due: date | None) -> datetime:
    """Of that day in São Paulo."""
    assert due is not None
    return datetime(due.year, due.month, due.day, 2, 59, 59, tzinfo=UTC) + timedelta(days=1)


def scenes() -> list[Par]:
    """One contract for each, so that no race looks at another's rows."""
    first = cenas.create(Especie.CCEAR_QUANTIDADE, cenas.TipoDeLeilao.EXISTENTE)
    Contrato.objects.update(assinatura="assinado", registro="registrado")
    Indisponibilidade.objects.create(desde=datetime(2026, 1, 1, tzinfo=UTC), chamado="C-1", descricao="fora do ar")
    found: list[Par] = []
    classify(first)
    for number, par in enumerate((ValidarOuRetirar, RegistrarDuasVezes, AssinarNaMeiaNoite, DoisCcgs, CbrNaMeiaNoite)):
        contrato = Contrato.objects.get(pk=first.contrato.pk)
        contrato.pk, contrato.numero = None, f"CCEAR-1.{number}"
        contrato.save(force_insert=True)
        found.append(par(_with(first, contrato)))
    return found


def _with(cena: Cena, contrato: Contrato) -> Cena:
    return Cena(cena.vendedor, cena.comprador, cena.ana, cena.davi, cena.ccee, contrato)
