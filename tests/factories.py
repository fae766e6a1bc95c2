"""Plain factories: each builds the real thing through the services, so that a test starts from lawful data."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import count

from django.contrib.auth.hashers import make_password
from stdnum.br.cnpj import calc_check_digits

from adesao import services as adesao
from adesao.models import Solicitacao
from certificados.models import Certificado
from notificacoes.models import Aviso, Envio, Estado, Motivo, Situacao, Tarefa, Tipo
from portal import clock
from portal.agentes import acesso, services
from portal.agentes.models import Agente, Classe, Papel, Representacao, Usuario
from portal.demo.hierarquia import Hierarquia

SENHA = "uma senha longa de teste"  # of every person made here
SENHA_SISTEMICA = "40719362"
BY = "teste"
DESDE = date(2020, 1, 1)
_numbers = count(1)


def make_cnpj(number: int) -> str:
    """A different valid CNPJ for each number below 10**8."""
    base = f"{number:08d}0001"
    return f"{base}{calc_check_digits(base)}"


def create_agente(sigla: str = "", *, cnpj: str = "", razao_social: str = "", now: datetime | None = None) -> Agente:
    number = next(_numbers)
    agente = Agente(
        cnpj=cnpj or make_cnpj(10_000_000 + number),
        sigla=sigla or f"AGENTE {number}",
        razao_social=razao_social or f"Agente {number} Energia S.A.",
        classe=Classe.COMERCIALIZADOR,
    )
    return services.save_agente(agente, by=BY, now=now or clock.now())


def create_usuario(username: str, *, nome: str = "", grupo: str = "", staff: bool = False) -> Usuario:
    usuario = Usuario(
        username=username, nome=nome or username.title(), email=f"{username}@exemplo.test", is_staff=staff
    )
    services.save_usuario(usuario, by=BY, now=clock.now())
    usuario.password = _hashed(SENHA)
    usuario.save(update_fields=["password"])
    services.set_groups(usuario, [grupo] if grupo else [], by=BY, now=clock.now())
    return usuario


@lru_cache
def _hashed(senha: str) -> str:
    return make_password(senha)


def represent(
    usuario: Usuario, agente: Agente, papel: Papel, *, desde: date = DESDE, ate: date | None = None
) -> Representacao:
    row = Representacao(usuario=usuario, agente=agente, papel=papel, desde=desde, ate=ate)
    return services.save_representacao(row, by=BY, now=clock.now())


def adhere(
    agente: Agente,
    ana: Usuario,
    hierarquia: Hierarquia,
    *,
    hosts: tuple[str, ...] = ("api",),
    now: datetime | None = None,
) -> Solicitacao:
    """A concluded adesão with one certificate per host; `ana` must be the representante CCEE."""
    now = now or clock.now()
    arquivos = [(f"{host}.cer", issue(hierarquia, agente, host=host, now=now)) for host in hosts]
    ator = acesso.of_usuario(ana)
    return adesao.submit(agente, senha=SENHA_SISTEMICA, arquivos=arquivos, excluir=(), ator=ator, now=now)


def issue(hierarquia: Hierarquia, agente: Agente, *, host: str = "api", now: datetime | None = None) -> bytes:
    """The DER of a good certificate of that Agente."""
    emitido = hierarquia.issue(
        cnpj=agente.cnpj,
        nome=agente.razao_social,
        host=f"{host}.{agente.cnpj.lower()}.exemplo.test",
        not_before=(now or clock.now()) - timedelta(days=1),
    )
    return emitido.der


def undelivered(certificado: Certificado, ana: Usuario, *, now: datetime) -> Tarefa:
    """A notice to `ana` whose address the server refused, with what operations have to do about it."""
    envio = Envio.objects.create(
        tipo=Tipo.VENCIMENTO,
        chave="vencimento:0",
        message_id="aviso-0@portal.invalid",
        destinatario=ana,
        prazo=certificado.valid_until,
        created_at=now - timedelta(hours=5),
        estado=Estado.MORTA,
        motivo="550 caixa inexistente",
        tentativas=1,
    )
    Aviso.objects.create(
        certificado=certificado,
        antecedencia=30,
        destinatario=ana,
        vence_em=certificado.valid_until,
        situacao=Situacao.MORTA,
        created_at=now,
        settled_at=now,
        envio=envio,
    )
    chave, about = f"nao_entregue:{envio.pk}", {"agente": certificado.agente, "certificado": certificado}
    return Tarefa.objects.create(motivo=Motivo.NAO_ENTREGUE, chave=chave, envio=envio, created_at=now, **about)
