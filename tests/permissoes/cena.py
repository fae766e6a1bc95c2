"""One company with everything a URL can name, and one caller per role."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from adesao import services as adesao
from adesao.models import Lote, Solicitacao
from certificados.models import Certificado, Politica
from contratos.assinatura.numeros import new_number
from contratos.models import Chamado, Contrato, Documento, Fluxo
from notificacoes import services as notificacoes
from notificacoes.enderecos import opt_out_path
from notificacoes.models import Aviso, Envio, Tarefa
from portal import clock
from portal.agentes import acesso, services
from portal.agentes.models import Agente, ChaveDeMaquina, Convite, Escopo, Papel, Representacao, Usuario
from portal.auditoria.models import Evento
from portal.calendario.models import Facultativo, Feriado
from portal.demo.hierarquia import Hierarquia
from portal.gateway.models import Passagem
from portal.icp.models import AutoridadeCertificadora
from portal.webhooks import services as webhooks
from portal.webhooks.domain.dados import Dados
from portal.webhooks.models import Destino, Entrega
from tests import factories
from tests.permissoes import cena_contratos

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
SAFE = METHODS[:3]
FORM = "multipart/form-data; boundary=limite"
WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)


@dataclass(frozen=True)
class Cena:
    agente: Agente
    ids: dict[str, Any]  # a piece of a route -> what its <pk> or <object_id> is
    clientes: dict[str, Client]  # role -> a caller


def build(agente: Agente, hierarquia: Hierarquia) -> Cena:
    people = _people(agente)
    clientes = {role: _browser(usuario) for role, usuario in people.items()} | _machines(agente)
    ids = _things(agente, people["representante"], hierarquia)
    ids |= cena_contratos.things(Contrato.objects.get(), people["operacao"], now=clock.now())
    return Cena(agente, ids, {"anonimo": Chamador()} | clientes)


def _people(agente: Agente) -> dict[str, Usuario]:
    today = clock.local_date(clock.now())
    people = {role: factories.create_usuario(role) for role in ("representante", "legal", "contabil", "de_outro")}
    people |= {role: factories.create_usuario(role) for role in ("encerrado", "futuro")}
    factories.represent(people["representante"], agente, Papel.REPRESENTANTE_CCEE)
    factories.represent(people["legal"], agente, Papel.REPRESENTANTE_LEGAL)
    factories.represent(people["contabil"], agente, Papel.REPRESENTANTE_CONTABIL)
    factories.represent(people["de_outro"], factories.create_agente(), Papel.REPRESENTANTE_CCEE)
    factories.represent(people["encerrado"], agente, Papel.REPRESENTANTE_CCEE, ate=today - timedelta(days=1))
    factories.represent(people["futuro"], agente, Papel.REPRESENTANTE_CCEE, desde=today + timedelta(days=1))
    people["operacao"] = factories.create_usuario("op", grupo="Operação", staff=True)
    people["leitura"] = factories.create_usuario("op.leitura", grupo="Operação (leitura)", staff=True)
    people["regulador"] = factories.create_usuario("regulador", grupo="Regulador")
    return people


def _machines(agente: Agente) -> dict[str, Client]:
    now = clock.now()

    def caller(escopo: Escopo, of: Agente | None, *, revoked: bool = False) -> Client:
        key = services.issue_key("erp", escopo=escopo, agente=of, by=factories.BY, now=now)
        if revoked:
            services.revoke_key(ChaveDeMaquina.objects.latest("pk"), by=factories.BY, now=now)
        return Chamador(headers={"Authorization": f"Chave {key}"})

    return {
        "chave": caller(Escopo.AGENTE, agente),
        "chave_de_outro": caller(Escopo.AGENTE, factories.create_agente()),
        "chave_gateway": caller(Escopo.GATEWAY, None),
        "chave_revogada": caller(Escopo.AGENTE, agente, revoked=True),
    }


class Chamador(Client):
    """Every call starts from the same cookies. No template's context is kept: copying them took a tenth of the time."""

    def request(self, **request: Any) -> Any:
        return self.handler(self._base_environ(**request))  # type: ignore[attr-defined]  # the stubs leave it out


def _browser(usuario: Usuario) -> Client:
    """Signed in once."""
    client = Chamador(REMOTE_ADDR="127.0.0.1")
    client.force_login(usuario, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _things(agente: Agente, ana: Usuario, hierarquia: Hierarquia) -> dict[str, Any]:
    now, ator = clock.now(), acesso.of_usuario(ana)
    first, second = (factories.issue(hierarquia, agente, host=host, now=now) for host in ("um", "dois"))
    draft = adesao.open_request(agente, ator=ator, now=now)
    adesao.stage_senha(draft, factories.SENHA_SISTEMICA)
    adesao.attach(draft, nome="um.cer", data=first, ator=ator, now=now)
    feita = adesao.conclude(draft, ator=ator, now=now)
    open_draft = adesao.open_request(agente, ator=ator, now=now)
    anexo = adesao.attach(open_draft, nome="dois.cer", data=second, ator=ator, now=now)
    Lote.objects.create(aberto_por=ana, opened_at=now, linhas=[])
    services.send_invitation(ana, by=factories.BY, now=now)
    mensagem = notificacoes.keep(EmailMessage("Assunto", "Texto", to=["a@exemplo.test"]), now=now)
    factories.undelivered(Certificado.objects.get(agente=agente), ana, now=now)
    models: list[type[Any]] = [Agente, Representacao, ChaveDeMaquina, Usuario, Convite, AutoridadeCertificadora]
    models += [Certificado, Politica, Lote, Aviso, Envio, Tarefa, Feriado, Facultativo, Passagem]
    Passagem.objects.create(agente=agente, refused_at=now, motivo="certificado-desconhecido")
    destino, _ = webhooks.create(
        agente, Dados("ERP", "https://exemplo.com.br/", ["senha.definida"]), ator=ator, now=now
    )
    Entrega.objects.create(destino=destino, evento="evt_1", tipo="webhook.teste", created_at=now)
    models += [Destino, Entrega]
    contrato = _contract(agente, now=now)
    agenda, segredo = notificacoes.create_agenda(None, ator=ator, now=now)
    admin = {f"admin/{m._meta.app_label}/{m._meta.model_name}/": m.objects.latest("pk").pk for m in models}
    return admin | {
        "admin/auditoria/evento/": Evento.objects.latest("pk").pk,
        "admin/adesao/solicitacao/": feita.pk,
        "content_type": ContentType.objects.get_for_model(Agente).pk,
        "admin/r/": agente.pk,
        "avisos/dispensa/": opt_out_path(ana.pk).split("/")[-2],
        "/anexos/": anexo.pk,
        "/webhooks/<int:pk>": destino.pk,
        "entrega": Entrega.objects.get().pk,
        "/certificados/": Certificado.objects.get(agente=agente).pk,
        "concluir-varias/<int:pk>": Lote.objects.get().pk,
        "/recibos/": Solicitacao.objects.get(pk=feita.pk).protocolo,
        "caixa-de-saida/": mensagem.pk,
        "agenda/<int:pk>": agenda.pk,
        "numero": contrato.numero,
        "autenticidade/": contrato.documentos.get().protocolo,
        "/chamados/": contrato.chamados.get().pk,
        "agenda/<segredo:segredo>": segredo,
    }


def _contract(agente: Agente, *, now: datetime) -> Contrato:
    """Signed and public, with its document and a ticket; `agente` sells."""
    contrato = Contrato.objects.create(
        numero="CCEAR-1",
        especie="ccear_quantidade",
        vendedor=agente,
        comprador=factories.create_agente(),
        suprimento_inicio=date(2028, 1, 1),
        suprimento_fim=date(2047, 12, 31),
        energia_mwh=1,
        montante_mwmed=1,
        assinatura="assinado",
        publicavel=True,
        created_at=now,
    )
    fluxo = Fluxo.objects.create(contrato=contrato, procedimento="assinatura_novo", opened_at=now, opened_by="op")
    documento = {"titulo": "Contrato", "emitido": b"%PDF-1.7", "sha256": "0" * 64, "issued_at": now}
    documento |= {"protocolo": new_number(), "completed_at": now}
    Documento.objects.create(contrato=contrato, fluxo=fluxo, tipo="contrato", **documento)
    ticket = {"numero": "1", "aberto_em": clock.local_date(now), "descricao": "Pendência", "registered_at": now}
    Chamado.objects.create(contrato=contrato, agente=agente, **ticket)
    return contrato


def routes() -> list[str]:
    """Every leaf of portal.urls, as Django writes it."""
    return list(_walk(get_resolver()))


def _walk(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, route)
        else:
            yield route


CODIGOS = {"/pedidos/": "alteracao_solicitacao", "/registrar/": "cbr_registro"}
REGEXES = {"nova/(?P": "nova/a-b/", "(?P<app_label>": "agentes/", "(?P<url>": "nada"}


def url_of(route: str, cena: Cena, *, cnpj: str = "") -> str:
    """The address of the scene's own things; with `cnpj`, of another company's."""
    for start, sample in REGEXES.items():
        if start in route:
            return "/" + re.split(r"\^?(?:nova/)?\(\?P", route)[0] + sample
    pieces = [piece for piece in cena.ids if piece in f"/{route}" or route.startswith(piece)]
    known = {"cnpj": cnpj or cena.agente.cnpj, "provider_id": "govbr", "content_type_id": cena.ids["content_type"]}
    codigo = next((sample for piece, sample in CODIGOS.items() if piece in route), "situacao")
    numero = cena.ids["numero_com_horas" if "/modulacao/" in route else "numero"]
    known |= {"entrega": cena.ids["entrega"], "webhook": cena.ids["/webhooks/<int:pk>"]}
    known |= {"numero": numero, "codigo": codigo, "mes": f"{cena_contratos.MES_MODULADO:%Y-%m}"}
    known |= {"ano": cena_contratos.MES_MODULADO.year} if "/montantes/" in route else {}
    own = cena.ids[max(pieces, key=len)] if pieces else 1
    return "/" + re.sub(r"<\w+:(\w+)>", lambda match: str(known.get(match[1], own)), route)


def send(client: Client, method: str, url: str) -> tuple[Any, list[str]]:
    """The answer, and the tables that the call wrote to; all of it is undone."""
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITE.match(sql):
            written.append(found[1])
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(watch):
        response = client.generic(method, url, content_type=FORM) if method == "POST" else client.generic(method, url)
        transaction.set_rollback(True)
    return response, written


def outcome(response: HttpResponse) -> str:
    """In the words of matriz.py."""
    status = response.status_code
    if status == 302 and response.headers["Location"].startswith(("/entrar/", "/admin/login/")):
        return "entrar"
    if status in (401, 403, 404, 405):
        return str(status)
    return f"falhou: {status}" if status >= 500 or status == 429 else "entra"
