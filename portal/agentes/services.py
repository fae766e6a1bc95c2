"""The only writer of people, companies, representations and machine keys; each act with its ledger entry."""

import hashlib
import secrets
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.contrib.auth.models import Group, Permission

from portal.agentes.models import Agente, ChaveDeMaquina, Convite, Escopo, Representacao, Usuario
from portal.auditoria.services import act, record
from portal.kernel.cnpj import normalise
from portal.kernel.errors import refusal
from portal.kernel.text import searchable, visible

KEY_PREFIX = "ccee_"
KEY_DAYS, MOST_DAYS = 365, 730  # of a machine's key
PENDENTE: dict[str, Any] = {"sent_at": None, "dropped_at": None}  # of an invitation
USUARIO_FIELDS = ("username", "nome", "email", "telefone", "is_active", "is_staff")
AGENTE_FIELDS = ("cnpj", "sigla", "razao_social", "classe", "situacao", "telefone")


class Usada(Protocol):
    """A key, or what was read of it."""

    @property
    def pk(self) -> int: ...
    @property
    def last_used_at(self) -> datetime | None: ...


@act()
def save_agente(agente: Agente, *, by: str, now: datetime) -> Agente:
    """Create or change. Raises CnpjInvalido."""
    prepare_agente(agente)
    before = Agente.objects.filter(pk=agente.pk).values(*AGENTE_FIELDS).first() or {}
    agente.save()
    after = {field: getattr(agente, field) for field in AGENTE_FIELDS}
    changed = {field: value for field, value in after.items() if field != "cnpj" and before.get(field) != value}
    if changed:
        tipo = "agente.alterado" if before else "agente.incluido"
        record(tipo, at=now, ator=by, cnpj=agente.cnpj, objeto=agente.sigla, **changed)
    return agente


def prepare_agente(agente: Agente) -> None:
    """The stored form of what was typed, with the search columns in step. Raises CnpjInvalido."""
    agente.cnpj = normalise(agente.cnpj)
    agente.sigla, agente.razao_social = visible(agente.sigla, 60).strip(), visible(agente.razao_social).strip()
    agente.sigla_busca = searchable(agente.sigla)[:60]
    agente.razao_social_busca = searchable(agente.razao_social)[:220]


@act()
def save_representacao(representacao: Representacao, *, by: str, now: datetime) -> Representacao:
    tipo = "representacao.incluida" if representacao._state.adding else "representacao.alterada"
    representacao.save()
    record(
        tipo,
        at=now,
        ator=by,
        cnpj=representacao.agente.cnpj,
        objeto=representacao.usuario.username,
        papel=str(representacao.papel),
        desde=representacao.desde.isoformat(),
        ate=representacao.ate.isoformat() if representacao.ate else None,
    )
    return representacao


@act()
def end_representacao(representacao: Representacao, *, by: str, on: date, now: datetime) -> None:
    """The last day is the day before `on`, or the row's own first day if that is later."""
    representacao.ate = max(representacao.desde, on - timedelta(days=1))
    save_representacao(representacao, by=by, now=now)


@act()
def save_usuario(usuario: Usuario, *, by: str, now: datetime, invite: bool = False) -> Usuario:
    """A new person has no password: they choose it by the link of the invitation.

    The ledger names the fields that changed; names and addresses themselves are not kept in it for ever.
    """
    usuario.nome = visible(usuario.nome).strip()
    usuario.email = usuario.email.strip().lower()  # sign-in looks for the lower-case address
    before = Usuario.objects.filter(pk=usuario.pk).values(*USUARIO_FIELDS).first()
    campos = [name for name in USUARIO_FIELDS if before and before[name] != getattr(usuario, name)]
    if before is None:
        usuario.set_unusable_password()
    usuario.save()
    state: dict[str, Any] = {"ativa": usuario.is_active, "operacao": usuario.is_staff}
    if before is None:
        record("pessoa.incluida", at=now, ator=by, objeto=usuario.username, **state)
    elif campos:
        record("pessoa.alterada", at=now, ator=by, objeto=usuario.username, campos=campos, **state)
    if invite:
        send_invitation(usuario, by=by, now=now)
    return usuario


@act()
def send_invitation(usuario: Usuario, *, by: str, now: datetime) -> Convite:
    """One pending invitation a person; asking again while it waits changes nothing."""
    convite, created = Convite.objects.get_or_create(usuario=usuario, **PENDENTE, defaults={"created_at": now})
    if created:
        record("pessoa.convidada", at=now, ator=by, objeto=usuario.username)
    return convite


@act()
def issue_key(nome: str, *, escopo: Escopo, agente: Agente | None, by: str, now: datetime, dias: int = KEY_DAYS) -> str:
    """The key itself, shown this once; the database keeps its SHA-256."""
    if not 1 <= dias <= MOST_DAYS:
        raise refusal("dias", f"Uma chave vale de 1 a {MOST_DAYS} dias.")
    expires_at = now + timedelta(days=dias)
    key = KEY_PREFIX + secrets.token_urlsafe(32)
    ChaveDeMaquina.objects.create(
        nome=visible(nome, 79),
        escopo=escopo,
        agente=agente,
        sha256=hash_key(key),
        created_at=now,
        expires_at=expires_at,
    )
    dados = {"escopo": str(escopo), "valido_ate": expires_at.isoformat()}
    record("chave.emitida", at=now, ator=by, cnpj=agente.cnpj if agente else "", objeto=nome, **dados)
    return key


@act()
def revoke_key(chave: ChaveDeMaquina, *, by: str, now: datetime) -> None:
    chave.revoked_at = now
    chave.save(update_fields=["revoked_at"])
    cnpj = chave.agente.cnpj if chave.agente else ""
    record("chave.revogada", at=now, ator=by, cnpj=cnpj, objeto=chave.nome)


def touch_key(chave: Usada, *, now: datetime) -> None:
    """Last use, to the hour: a row is not written at every request."""
    if chave.last_used_at is None or now - chave.last_used_at > timedelta(hours=1):
        ChaveDeMaquina.objects.filter(pk=chave.pk).update(last_used_at=now)


def hash_key(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


@act()
def set_personal_password(usuario: Usuario, senha: str, *, now: datetime) -> None:
    """The person's own password. Every other session of theirs ends with it."""
    usuario.set_password(senha)
    usuario.save(update_fields=["password"])
    record("senha_pessoal.alterada", at=now, ator=usuario.username)


@act()
def request_password_reset(usuario: Usuario, *, now: datetime) -> None:
    """The link goes to the address of the person's record, by the same way as an invitation."""
    _, created = Convite.objects.get_or_create(usuario=usuario, **PENDENTE, defaults={"created_at": now})
    if created:
        record("senha_pessoal.recuperacao", at=now, ator=usuario.username)


@act()
def link_identity(usuario: Usuario, account: Any, *, now: datetime) -> None:
    """`account` is allauth's unsaved SocialAccount of an OpenID Connect issuer."""
    account.user = usuario
    account.save()
    record("pessoa.identidade_vinculada", at=now, ator=usuario.username, emissor=account.provider)


@act()
def close_invitation(convite: Convite, *, now: datetime) -> bool:
    """Sent, perhaps after it had been dropped. False where it was closed before."""
    closed = Convite.objects.filter(pk=convite.pk, sent_at=None).update(sent_at=now) == 1
    if closed:
        record("pessoa.convite_enviado", at=now, ator="portal", objeto=convite.usuario.username)
    return closed


@act()
def drop_invitation(convite: Convite, *, now: datetime) -> bool:
    """Its message was given up; another one may be asked for. False where it was closed before."""
    dropped = Convite.objects.filter(pk=convite.pk, **PENDENTE).update(dropped_at=now) == 1
    if dropped:
        record("pessoa.convite_nao_entregue", at=now, ator="portal", objeto=convite.usuario.username)
    return dropped


@act()
def record_session(tipo: str, *, username: str, now: datetime, **dados: Any) -> None:
    """Sign-in, refusal, sign-out."""
    record(tipo, at=now, ator=username or "desconhecido", **dados)


@act()
def record_refusal(*, by: str, cnpj: str, acao: str, code: str, now: datetime, regras: Collection[str] = ()) -> None:
    """`regras`: the codes of the certificate rules that failed, where those were the reason."""
    dados = {"regras": list(regras)} if regras else {}
    record("acesso.recusado", at=now, ator=by, cnpj=cnpj, objeto=acao, motivo=code, **dados)


def seed_groups(rights: Mapping[str, Collection[str]]) -> None:
    """Groups with exactly these rights ("app.codename"): who is in them is operations' matter, what they may, ours."""
    codes = {
        f"{app}.{code}": pk
        for pk, app, code in Permission.objects.values_list("pk", "content_type__app_label", "codename")
    }
    for nome, wanted in rights.items():
        group, _ = Group.objects.get_or_create(name=nome)
        group.permissions.set([codes[code] for code in wanted])


@act()
def set_groups(usuario: Usuario, nomes: Collection[str], *, by: str, now: datetime) -> None:
    """What a person of operations may do is decided by these names alone."""
    before = set(usuario.groups.values_list("name", flat=True))
    if before != set(nomes):
        usuario.groups.set(Group.objects.filter(name__in=nomes))
        record("pessoa.grupos", at=now, ator=by, objeto=usuario.username, de=sorted(before), para=sorted(nomes))
