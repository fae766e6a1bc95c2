"""Years of notices in minutes: a world in which beat stops for weeks, mail servers misbehave and people come and go.

All by simulated time, from one seed. What is simulated is the outside; plan and delivery are the portal's own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from django.core.mail import EmailMessage
from django.db.models import QuerySet

from certificados import services as certificados
from certificados.models import Certificado
from notificacoes import services
from notificacoes.domain.marcos import ANTECEDENCIAS, HORA_DO_AVISO
from notificacoes.domain.resultado import Desfecho, Resultado
from notificacoes.models import Aviso, Envio, Estado, Situacao, Tipo
from portal import clock
from portal.agentes.models import Agente, Papel, Representacao, Usuario
from portal.auditoria.models import Evento
from tests import factories
from tests.notificacoes.cena import at, register

START = date(2026, 1, 5)
LONGEST_OUTAGE = 40
PATIENCE = timedelta(hours=13)  # the longest back-off, 8 hours and a fifth, is over by then
Chave = tuple[int, int, int]  # certificate, lead, person


def tightest(vence: date, *, today: date) -> int | None:
    """The lead that a certificate ending on `vence` has reached: 28 days left -> 30, 5 -> 7, -1 or 31 -> None."""
    left = (vence - today).days
    reached = [lead for lead in ANTECEDENCIAS if left <= lead]
    return min(reached) if left >= 0 and reached else None


@dataclass
class Servidor:
    """A mail server by script. `aceitas`: Message-ID -> when it took it, each time."""

    sorte: Random
    modo: str = "no ar"
    recusa: set[str] = field(default_factory=set)  # addresses it refuses for good
    adia: set[str] = field(default_factory=set)
    now: datetime = field(default_factory=lambda: at(START))
    aceitas: defaultdict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    recusadas: set[str] = field(default_factory=set)

    def send(self, message: EmailMessage) -> Resultado:
        (to,), ident = message.to, message.extra_headers["Message-ID"].strip("<>")
        if self.modo == "fora do ar":
            return Resultado(Desfecho.ADIADA, None, "conexão recusada", do_servidor=True)
        if to in self.recusa:
            self.recusadas.add(ident)
            return Resultado(Desfecho.RECUSADA, 550, "5.1.1 caixa inexistente")
        if to in self.adia or (self.modo == "instável" and self.sorte.random() < 0.4):
            return Resultado(Desfecho.ADIADA, 451, "4.2.0 tente mais tarde")
        if self.modo == "corta" and self.sorte.random() < 0.5:
            if self.sorte.random() < 0.5:
                self.aceitas[ident].append(self.now)
            return Resultado(Desfecho.EM_DUVIDA, None, "a conexão caiu depois do ponto final")
        self.aceitas[ident].append(self.now)
        return Resultado(Desfecho.ENTREGUE, 250, "2.0.0 aceita")


class Mundo:
    def __init__(self, *, certificados: int, semente: int) -> None:
        self.sorte = Random(semente)  # noqa: S311 - no secret
        self.servidor = Servidor(self.sorte)
        self.parado_ate = START
        self.varreduras = 0
        self.devidos: defaultdict[Chave, list[datetime]] = defaultdict(list)  # when each could have gone
        for number in range(certificados):
            agente = factories.create_agente(f"EMPRESA {number}")
            for letter in "ab"[: self.sorte.choice((1, 1, 2))]:
                person = factories.create_usuario(f"p{number}{letter}")
                factories.represent(person, agente, self._papel(letter))
            self._register(agente, START, self.sorte.randint(1, 365))
        self.people = list(Usuario.objects.filter(username__startswith="p"))

    def _papel(self, letter: str) -> Papel:
        other = (Papel.REPRESENTANTE_LEGAL, Papel.REPRESENTANTE_CONTABIL, Papel.REPRESENTANTE_CCEE)
        return Papel.REPRESENTANTE_CCEE if letter == "a" else self.sorte.choice(other)

    def _register(self, agente: Agente, today: date, days: int) -> None:
        end = at(today + timedelta(days=days), self.sorte.randint(0, 23), self.sorte.randint(0, 59))
        register(agente, ends=end, included=at(today, 0))

    # One day after another

    def live(self, days: int) -> None:
        for number in range(days):
            today = START + timedelta(days=number)
            self._people_and_certificates_change(today)
            if today >= self.parado_ate and self.sorte.random() < 0.04:
                self.parado_ate = today + timedelta(days=self.sorte.randint(0, LONGEST_OUTAGE))
            self._server_changes()
            for hour in (self.sorte.randint(0, 8), self.sorte.randint(9, 15), self.sorte.randint(16, 23)):
                if today >= self.parado_ate:
                    self.sweep(at(today, hour, self.sorte.randint(0, 59)))
        self._calm(START + timedelta(days=days))

    def _calm(self, day: date) -> None:
        """The simulation is over: everything works, nothing new happens, what is left is settled."""
        self.servidor.modo = "no ar"
        self.servidor.recusa.clear()
        self.servidor.adia.clear()
        for days in range(3):
            self.sweep(at(day + timedelta(days=days), 12))

    def _server_changes(self) -> None:
        modes = ("no ar", "no ar", "no ar", "no ar", "fora do ar", "instável", "corta")
        self.servidor.modo = self.sorte.choice(modes)
        if self.sorte.random() < 0.1:
            mails = [person.email for person in self.people]
            some = max(1, len(mails) // 30)
            self.servidor.recusa = set(self.sorte.sample(mails, some))
            self.servidor.adia = set(self.sorte.sample(mails, some))

    def _people_and_certificates_change(self, today: date) -> None:
        now = at(today, 0, 30)
        for certificado in list(self._in_service().filter(valid_until__lt=now + timedelta(days=45))):
            if self.sorte.random() < 0.03:
                self._renew(certificado, today)
        for agente in Agente.objects.exclude(pk__in=self._in_service().values("agente")):
            if self.sorte.random() < 0.1:
                self._register(agente, today, self.sorte.choice((5, 10, 20, 60, 365)))
        for person in self.sorte.sample(self.people, max(1, len(self.people) // 100)):
            self._person_changes(person, today)

    def _renew(self, certificado: Certificado, today: date) -> None:
        protocolo = self.sorte.choice(("", "PI-1"))
        certificados.remove(certificado, by="operacao", now=at(today, 0, 30), motivo="Trocado", protocolo=protocolo)
        if self.sorte.random() < 0.9:
            self._register(certificado.agente, today, 365)

    def _person_changes(self, person: Usuario, today: date) -> None:
        rows = Representacao.objects.filter(usuario=person)
        match self.sorte.choice(("email", "inativa", "ativa", "sai", "volta")):
            case "email":
                person.email = f"{person.username}.{today:%Y%m%d}@exemplo.test"
                Usuario.objects.filter(pk=person.pk).update(email=person.email)
            case "inativa" | "ativa" as which:
                Usuario.objects.filter(pk=person.pk).update(is_active=which == "ativa")
            case "sai":
                rows.filter(ate=None, desde__lt=today).update(ate=today - timedelta(days=1))
            case _:
                rows.update(ate=None)

    def _in_service(self) -> QuerySet[Certificado]:
        return Certificado.objects.filter(slot__isnull=False).select_related("agente").order_by("pk")

    # One sweep

    def sweep(self, now: datetime) -> None:
        self.varreduras += 1
        self.servidor.now = now
        services.plan(now=now, complete=False)
        if self.servidor.modo == "no ar":
            self._note_what_could_go(now)
        services.deliver(correio=self.servidor, agora=lambda: now, relogio=lambda: now)

    def _note_what_could_go(self, now: datetime) -> None:
        dia = clock.local_date(now - timedelta(hours=HORA_DO_AVISO))
        today = clock.local_date(now)
        roles = Representacao.objects.filter(desde__lte=today, usuario__is_active=True).exclude(ate__lt=today)
        people: defaultdict[int, set[tuple[Usuario, bool]]] = defaultdict(set)
        for role in roles.select_related("usuario"):
            people[role.agente_id].add((role.usuario, role.papel == Papel.REPRESENTANTE_CCEE))
        for certificado in self._in_service().filter(valid_until__gte=now, valid_until__lt=now + timedelta(days=32)):
            lead = tightest(clock.local_date(certificado.valid_until), today=dia)
            for usuario, ccee in people[certificado.agente_id]:
                reachable = usuario.email not in self.servidor.recusa | self.servidor.adia
                if lead and reachable and (ccee or lead == 7):
                    self.devidos[certificado.pk, lead, usuario.pk].append(now)

    # What must hold in the end

    def breaches(self) -> Iterator[str]:
        avisos = list(Aviso.objects.select_related("envio"))
        by_key = {(a.certificado_id, a.antecedencia, a.destinatario_id): a for a in avisos}
        if len(by_key) != len(avisos):
            yield "duas linhas para o mesmo aviso"
        yield from (f"não resolvido: {aviso}" for aviso in avisos if aviso.situacao == Situacao.PLANEJADA)
        for aviso in avisos:
            if aviso.situacao == Situacao.ENVIADA:
                yield from self._late_or_unsent(aviso)
        for key, moments in self.devidos.items():
            if max(moments) - min(moments) >= PATIENCE and not self._was_told(by_key.get(key)):
                yield f"podia ter ido e não foi: {key} {by_key.get(key)} {moments[0]} … {moments[-1]}"
        yield from self._wire()
        yield from self._removals()

    def _was_told(self, aviso: Aviso | None) -> bool:
        refused = aviso and aviso.envio and aviso.envio.message_id in self.servidor.recusadas
        return bool(aviso and (aviso.situacao == Situacao.ENVIADA or refused))

    def _late_or_unsent(self, aviso: Aviso) -> Iterator[str]:
        moments = self.servidor.aceitas.get(aviso.envio.message_id, []) if aviso.envio else []
        if not moments:
            yield f"enviado sem que o servidor o aceitasse: {aviso}"
        if any(moment > aviso.vence_em for moment in moments):
            yield f"enviado depois do vencimento: {aviso}"

    def _wire(self) -> Iterator[str]:
        known = {envio.message_id: envio for envio in Envio.objects.all()}
        for ident, moments in self.servidor.aceitas.items():
            envio = known.get(ident)
            if envio is None:
                yield f"Message-ID desconhecido: {ident}"
            elif len(moments) - 1 > envio.repeticoes:
                yield f"{ident} foi aceita {len(moments)} vezes, com {envio.repeticoes} repetições anotadas"
            elif envio.estado == Estado.CANCELADA and "não se sabe" not in envio.motivo + "pode ter chegado":
                yield f"{ident} chegou e está cancelada sem dúvida anotada: {envio.motivo}"
        yield from (f"aberta: {e.message_id}" for e in known.values() if e.estado in (Estado.ARRENDADA,))

    def _removals(self) -> Iterator[str]:
        recorded = Counter(Evento.objects.filter(tipo="certificado.excluido").values_list("dados__sha256", flat=True))
        yield from (f"excluído {count} vezes: {sha256}" for sha256, count in recorded.items() if count != 1)
        gone = set(Certificado.objects.filter(slot=None).values_list("sha256", flat=True))
        if gone != set(recorded):
            yield "o registro das exclusões não bate com os certificados"

    def figures(self) -> str:
        avisos = Counter(Aviso.objects.values_list("situacao", flat=True))
        envios = Counter(Envio.objects.filter(tipo=Tipo.VENCIMENTO).values_list("estado", flat=True))
        repeated = sum(len(moments) > 1 for moments in self.servidor.aceitas.values())
        return (
            f"{self.varreduras} varreduras, {Certificado.objects.count()} certificados, avisos {dict(avisos)}, "
            f"mensagens de vencimento {dict(envios)}, {len(self.servidor.aceitas)} aceitas ao todo, {repeated} delas "
            f"mais de uma vez, {sum(max(m) - min(m) >= PATIENCE for m in self.devidos.values())} avisos tinham de ir"
        )
