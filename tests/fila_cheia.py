"""A queue of notices to as many people, each of a company of its own."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction

from certificados.models import Certificado
from notificacoes.enderecos import domain
from notificacoes.models import Aviso, Envio, Tipo
from portal.agentes.models import Agente, Classe, Papel, Representacao, Usuario
from tests.factories import DESDE, make_cnpj


@transaction.atomic()
def fill(count: int, *, now: datetime, start: int = 0) -> None:
    """Rows as planning leaves them: all at once, for a worker may be looking."""
    numbers = range(start, start + count)
    names = [f"Empresa {n} Energia S.A." for n in numbers]
    agentes = Agente.objects.bulk_create(
        Agente(
            cnpj=make_cnpj(20_000_000 + n), sigla=f"E{n}", razao_social=name, classe=Classe.GERADOR,
            sigla_busca=f"E{n}", razao_social_busca=name.upper(),
        )
        for n, name in zip(numbers, names, strict=True)
    )  # fmt: skip
    people = Usuario.objects.bulk_create(
        Usuario(username=f"p{n}", nome=f"Pessoa {n}", email=f"p{n}@exemplo.test", password="!") for n in numbers
    )
    Representacao.objects.bulk_create(
        Representacao(usuario=person, agente=agente, papel=Papel.REPRESENTANTE_CCEE, desde=DESDE)
        for person, agente in zip(people, agentes, strict=True)
    )
    certificados = Certificado.objects.bulk_create(
        _certificado(agente, now, n) for n, agente in zip(numbers, agentes, strict=True)
    )
    envios = Envio.objects.bulk_create(
        Envio(
            tipo=Tipo.VENCIMENTO, chave=f"vencimento:{n}", message_id=f"aviso-{n}-7@{domain()}", destinatario=person,
            prazo=certificado.valid_until, created_at=now,
        )
        for n, person, certificado in zip(numbers, people, certificados, strict=True)
    )  # fmt: skip
    Aviso.objects.bulk_create(
        Aviso(
            certificado=certificado, antecedencia=7, destinatario=envio.destinatario, vence_em=certificado.valid_until,
            created_at=now, envio=envio,
        )
        for certificado, envio in zip(certificados, envios, strict=True)
    )  # fmt: skip
    if connection.vendor == "postgresql":  # as autovacuum would: a plan made for empty tables takes minutes of these
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _certificado(agente: Agente, now: datetime, number: int) -> Certificado:
    mark = sha256(f"fila cheia {number}".encode()).hexdigest()
    return Certificado(
        agente=agente, nome_arquivo=f"{number}.cer", sha256=mark, titular=f"CN={number}", emissor="CN=AC",
        certificadora="AC", versao=3, numero_serie=str(number), valid_from=now - timedelta(days=300),
        valid_until=now + timedelta(days=6, seconds=number % 3600), subject_hash=mark, subject_hash_unordered=mark,
        spki_sha256=mark, politica="bench", slot=1, limite=2, included_at=now - timedelta(days=290),
        included_by="bench",
    )  # fmt: skip
