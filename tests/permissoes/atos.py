"""Every act of the services: how it is made ready, and the call that is the act."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property, partial
from io import BytesIO
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.test import override_settings

from adesao import services as adesao
from certificados import services as certificados
from certificados.domain.policy import BUILTIN, Policy
from certificados.models import Certificado, ListaRevogacao, Politica, PontoDeLista
from certificados.revogacao import services as revogacao
from notificacoes import services as notificacoes
from notificacoes.enderecos import envelope_sender
from notificacoes.models import Agenda, Envio
from notificacoes.services import politicas
from portal import clock
from portal.agentes import acesso
from portal.agentes import services as agentes
from portal.agentes.models import Agente, ChaveDeMaquina, Convite, Escopo, Papel, Representacao, Usuario
from portal.calendario import services as calendario
from portal.calendario.models import Facultativo, Feriado
from portal.demo.hierarquia import Hierarquia
from portal.icp import services as icp
from portal.icp.domain.lcr import Revogacao
from portal.icp.models import AutoridadeCertificadora
from portal.registros import services as registros
from tests import factories
from tests.contratos import cena as contratos
from tests.permissoes import atos_contratos, atos_de_contas, atos_de_webhooks

NOW = clock.now()
WHO: dict[str, Any] = {"by": factories.BY, "now": NOW}

# Public functions of the services that are no act on their own, and why.
NO_ACT = {
    "gateway.look_up": "reads",
    "gateway.decide": "an answer, and the trace of it; a lock is recorded (tests/gateway/test_tentativas.py)",
    "contratos.advance": "every flow that it moves on is an act of its own, recorded where something ended",
    "notificacoes.deliver": "each result is recorded with its batch; with an empty queue there is none",
    "notificacoes.is_long": "only looks",
    "notificacoes.plan": "what is owed, as rows; taking out what expired is certificados.remove_expired",
    "agentes.prepare_agente": "changes only the object in memory",
    "agentes.hash_key": "pure",
    "agentes.touch_key": "last use of a key, to the hour: a trace",
    "agentes.seed_groups": "what a version of the portal brings, at each migrate",
    "certificados.open_file": "pure",
    "registros.import_records": "one act, in the sandbox alone (tests/registros/test_copia.py)",
    "revogacao.sweep": "each certificate taken out is revogacao.revoke; a reading is a trace of the list's",
    "revogacao.note_points": "a trace of what the certificate says",
    "certificados.judge": "reads",
    "certificados.as_conflict": "pure",
    "adesao.convert": "a draft; the file put in is adesao.attach",
    "adesao.fill_and_conclude": "a draft, then adesao.conclude",
    "adesao.converted": "reads",
    "adesao.get_anexo": "reads",
    "adesao.open_batch": "the list of what is about to be done",
    "adesao.advance": "each line is adesao.conclude or adesao.submit",
    "adesao.lines": "reads",
    "adesao.share_senha": "drafts",
    "adesao.open_request": "a draft: nothing in it is in force",
    "adesao.stage_senha": "a draft",
    "adesao.stage_exclusions": "a draft",
    "adesao.detach": "a draft",
    "adesao.replace": "a draft",
    "adesao.cancel": "a draft",
    "adesao.discard_stale": "a draft",
    "notificacoes.keep": "the demonstration's outbox",
    "notificacoes.touch_agenda": "last use of a feed, to the hour: a trace",
    "diretorio.publish": "the directory repeats what the ledger says already, for gateways to read in order",
    "diretorio.publish_batch": "as diretorio.publish",
    **atos_de_webhooks.NO_ACT,
}


class Cena:
    """An agente that has adhered, with a complete draft that was not concluded."""

    def __init__(self, agente: Agente, ana: Usuario, hierarquia: Hierarquia) -> None:
        self.agente, self.ana, self.hierarquia = agente, ana, hierarquia
        self.who: dict[str, Any] = {"ator": acesso.of_usuario(ana), "now": NOW}
        factories.adhere(agente, ana, hierarquia, hosts=("um",), now=NOW)
        self.certificado = Certificado.objects.get()
        self.draft = adesao.open_request(agente, **self.who)
        adesao.attach(self.draft, nome="dois.cer", data=self.der("dois"), **self.who)
        agentes.issue_key("erp", escopo=Escopo.AGENTE, agente=agente, **WHO)

    @cached_property
    def contrato(self) -> contratos.Cena:
        return contratos.create()

    def der(self, host: str) -> bytes:
        return factories.issue(self.hierarquia, self.agente, host=host, now=NOW)


Act = Callable[[], object]


def save_agente(c: Cena) -> Act:
    novo = Agente(cnpj=factories.make_cnpj(77_777_777), sigla="NOVA", razao_social="Nova S.A.", classe="gerador")
    return partial(agentes.save_agente, novo, **WHO)


def save_representacao(c: Cena) -> Act:
    row = Representacao(usuario=c.ana, agente=c.agente, papel=Papel.REPRESENTANTE_LEGAL, desde=clock.local_date(NOW))
    return partial(agentes.save_representacao, row, **WHO)


def end_representacao(c: Cena) -> Act:
    return partial(agentes.end_representacao, Representacao.objects.get(), on=clock.local_date(NOW), **WHO)


def save_usuario(c: Cena) -> Act:
    nova = Usuario(username="nova", nome="Nova", email="nova@exemplo.test")
    return partial(agentes.save_usuario, nova, invite=True, **WHO)


def close_invitation(c: Cena) -> Act:
    agentes.send_invitation(c.ana, **WHO)
    return partial(agentes.close_invitation, Convite.objects.get(), now=NOW)


def drop_invitation(c: Cena) -> Act:
    agentes.send_invitation(c.ana, **WHO)
    return partial(agentes.drop_invitation, Convite.objects.get(), now=NOW)


def link_identity(c: Cena) -> Act:
    return partial(agentes.link_identity, c.ana, SocialAccount(provider="govbr", uid="1"), now=NOW)


def import_authority(c: Cena) -> Act:
    return partial(icp.import_file, Hierarquia.create(at=NOW, nome="outra").raiz.der, "raiz.cer", raiz=True, **WHO)


def include_authority(c: Cena) -> Act:
    root = Hierarquia.create(at=NOW, nome="outra").raiz.cert
    return partial(icp.include, [root], raiz=True, origem="teste", **WHO)


def suspend_authority(c: Cena) -> Act:
    return partial(icp.set_accepted, AutoridadeCertificadora.objects.latest("pk"), ativa=False, motivo="x", **WHO)


def seed_authorities(c: Cena) -> Act:
    AutoridadeCertificadora.objects.filter(origem=icp.SEED).delete()
    return partial(icp.seed, now=NOW)


def seed_policies(c: Cena) -> Act:
    Politica.objects.all().delete()
    return partial(certificados.seed, now=NOW)


def save_politica(c: Cena) -> Act:
    futura = Policy.from_dict({**BUILTIN[0].to_dict(), "codigo": "futura", "desde": "2030-01-01"})
    return partial(certificados.save_politica, futura, **WHO)


def store(c: Cena) -> Act:
    facts = certificados.open_file(c.der("tres"))
    return partial(certificados.store, c.agente, facts, arquivo="tres.cer", protocolo="P", **WHO)


def remove_expired(c: Cena) -> Act:
    return partial(certificados.remove_expired, by=factories.BY, now=c.certificado.valid_until + timedelta(seconds=1))


def revoke(c: Cena) -> Act:
    found = Revogacao(NOW, "chave comprometida", suspenso=False)
    return partial(revogacao.revoke, c.certificado, found, lista="http://lcr.test/", lista_sha256="ab", now=NOW)


def ask_for_lists(c: Cena) -> Act:
    lista, _ = ListaRevogacao.objects.get_or_create(url="http://lcr.test/", defaults={"created_at": NOW})
    PontoDeLista.objects.get_or_create(certificado=c.certificado, lista=lista)
    return override_settings(LCR_CONSULTA=True)(partial(revogacao.ask, [lista.pk], **WHO))


def refuse_certificate(c: Cena) -> Act:
    report = certificados.judge(certificados.open_file(b"lixo"), arquivo="lixo", now=NOW)
    return partial(certificados.record_refusal, report, agente=c.agente, **WHO)


def fill(c: Cena) -> Act:
    return partial(adesao.fill, c.agente, adesao.Envio(arquivos=[("lixo", b"lixo")]), **c.who)


def submit(c: Cena, data: bytes = b"") -> Act:
    arquivos, excluir = [("um.cer", data or c.der("um"))], [c.certificado.pk]
    return partial(adesao.submit, c.agente, senha="40719362", arquivos=arquivos, excluir=excluir, **c.who)


def save_feriado(c: Cena) -> Act:
    novo = Feriado(data=date(2026, 11, 23), nome="Luto oficial")
    return partial(calendario.save_feriado, novo, **WHO)


def save_facultativo(c: Cena) -> Act:
    row = Facultativo.objects.get(codigo="corpus-christi")
    row.dia_util = True
    return partial(calendario.save_facultativo, row, **WHO)


def seed_calendar(c: Cena) -> Act:
    Feriado.objects.all().delete()
    return partial(calendario.seed, now=NOW)


def opt_in(c: Cena) -> Act:
    notificacoes.opt_out(c.ana, now=NOW)
    return partial(notificacoes.opt_in, c.ana, now=NOW)


def take_bounce(c: Cena) -> Act:
    if not Envio.objects.exists():
        factories.undelivered(c.certificado, c.ana, now=NOW)
    envio = Envio.objects.latest("pk")
    return partial(notificacoes.take_bounce, b"From: <>\n\n550 5.1.1 x", para=envelope_sender(envio.pk), now=NOW)


def revoke_agenda(c: Cena) -> Act:
    notificacoes.create_agenda(c.agente, **c.who)
    return partial(notificacoes.revoke_agenda, Agenda.objects.latest("pk").pk, **c.who)


def announce_policy(c: Cena) -> Act:
    futura = Policy.from_dict({**BUILTIN[0].to_dict(), "codigo": "futura", "desde": "2020-01-01", "max_dias": 1})
    seen = politicas.forecast(futura, now=NOW).marca
    return partial(notificacoes.announce_policy, futura, marca=seen, **WHO)


def _on_contract(ready: Callable[[contratos.Cena], Act]) -> Callable[[Cena], Act]:
    return lambda c: ready(c.contrato)


ACTS: dict[str, Callable[[Cena], Act]] = {
    "agentes.save_agente": save_agente,
    "agentes.save_representacao": save_representacao,
    "agentes.end_representacao": end_representacao,
    "agentes.save_usuario": save_usuario,
    "agentes.send_invitation": lambda c: partial(agentes.send_invitation, c.ana, **WHO),
    "agentes.close_invitation": close_invitation,
    "agentes.drop_invitation": drop_invitation,
    "agentes.issue_key": lambda c: partial(agentes.issue_key, "x", escopo=Escopo.GATEWAY, agente=None, **WHO),
    "agentes.revoke_key": lambda c: partial(agentes.revoke_key, ChaveDeMaquina.objects.get(), **WHO),
    "agentes.set_personal_password": lambda c: partial(agentes.set_personal_password, c.ana, "outra longa", now=NOW),
    "agentes.request_password_reset": lambda c: partial(agentes.request_password_reset, c.ana, now=NOW),
    "agentes.link_identity": link_identity,
    "agentes.set_groups": lambda c: partial(agentes.set_groups, c.ana, ["Regulador"], **WHO),
    "agentes.record_session": lambda c: partial(agentes.record_session, "sessao.entrada", username="ana", now=NOW),
    "agentes.record_refusal": lambda c: partial(agentes.record_refusal, cnpj=c.agente.cnpj, acao="x", code="y", **WHO),
    "icp.include": include_authority,
    "icp.import_file": import_authority,
    "icp.set_accepted": suspend_authority,
    "icp.seed": seed_authorities,
    "certificados.store": store,
    "certificados.remove": lambda c: partial(certificados.remove, c.certificado, motivo="x", **WHO),
    "certificados.remove_expired": remove_expired,
    "revogacao.revoke": revoke,
    "revogacao.ask": ask_for_lists,
    "registros.export_records": lambda c: partial(registros.export_records, BytesIO(), **WHO),
    "certificados.record_download": lambda c: partial(certificados.record_download, c.certificado, **WHO),
    "certificados.record_refusal": refuse_certificate,
    "certificados.save_politica": save_politica,
    "certificados.seed": seed_policies,
    "calendario.save_feriado": save_feriado,
    "calendario.save_facultativo": save_facultativo,
    "calendario.seed": seed_calendar,
    "notificacoes.create_agenda": lambda c: partial(notificacoes.create_agenda, c.agente, **c.who),
    "notificacoes.revoke_agenda": revoke_agenda,
    "notificacoes.announce_policy": announce_policy,
    "notificacoes.opt_out": lambda c: partial(notificacoes.opt_out, c.ana, now=NOW),
    "notificacoes.opt_in": opt_in,
    "notificacoes.take_bounce": take_bounce,
    "adesao.attach": lambda c: partial(adesao.attach, c.draft, nome="lixo", data=b"lixo", **c.who),
    "adesao.fill": fill,
    "adesao.conclude": lambda c: partial(adesao.conclude, c.draft, **c.who),
    "adesao.submit": submit,
    "adesao.submit refused": lambda c: submit(c, b"lixo"),
    **{f"webhooks.{nome}": ready for nome, ready in atos_de_webhooks.ACTS.items()},
    **{f"contas.{nome}": ready for nome, ready in atos_de_contas.ACTS.items()},
    **{f"contratos.{nome}": _on_contract(ready) for nome, ready in atos_contratos.ACTS.items()},
}
