"""What a company's page says of its way through the gateway: when each certificate was seen, and what was refused."""

from dataclasses import dataclass
from datetime import datetime

from certificados import selectors as certificados
from certificados.models import Certificado
from portal import clock
from portal.agentes.models import Agente
from portal.gateway.models import Passagem

TOM = {"vigente": "ok", "vence_em_breve": "alerta", "vencido": "erro", "ainda_nao_vigente": "neutro"}


@dataclass(frozen=True, slots=True)
class Conexao:
    """Of one certificate in service. `passagem`: None where the gateway never saw it."""

    certificado: Certificado
    tom: str
    status: str
    passagem: Passagem | None

    @property
    def vista(self) -> bool:
        return self.passagem is not None and self.passagem.seen_at is not None


def read(agente: Agente, *, now: datetime) -> dict[str, object]:
    """For the page. Three questions to the database, whatever there is."""
    rows = {row.certificado_id: row for row in Passagem.objects.filter(agente=agente)}
    conexoes = [_of(each, rows.get(each.pk), now=now) for each in certificados.of_agente(agente)]
    sem_cadastro = rows.get(None)
    return {
        "agente": agente,
        "conexoes": conexoes,
        "avisos": _warnings(conexoes),
        "sem_cadastro": sem_cadastro,
        "nunca": not any(conexao.vista for conexao in conexoes),
    }


def _of(certificado: Certificado, passagem: Passagem | None, *, now: datetime) -> Conexao:
    status = certificados.status_of_certificado(certificado, now=now)
    return Conexao(certificado, TOM[status], certificados.CERTIFICADO_STATUS[status], passagem)


def _warnings(conexoes: list[Conexao]) -> list[str]:
    """The one in use ends first, and none of those that stay was ever seen: on that day the integration stops."""
    if len(conexoes) < 2 or not conexoes[0].vista or any(other.vista for other in conexoes[1:]):
        return []
    first, *later = conexoes
    end = clock.local_date(first.certificado.valid_until)
    return [
        f"{first.certificado.nome_arquivo}, que está em uso, vence em {end:%d/%m/%Y}, e o sucessor, "
        f" {later[-1].certificado.nome_arquivo}, nunca foi visto no gateway. Instale-o no sistema que se "
        "conecta e faça uma conexão antes dessa data."
    ]
