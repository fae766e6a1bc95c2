"""Which companies of a person use one certificate, and which others could: for its page, in two queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from adesao.domain.lote import MAXIMO, Acao, Linha
from adesao.models import Credencial
from certificados import selectors as certificados
from certificados.models import Certificado
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.kernel.errors import DomainError
from portal.kernel.text import visible

NAO_PERMITE = "A política de certificados em vigor não permite o mesmo certificado em mais de uma empresa."
NENHUMA = "Marque ao menos uma empresa."
NAO_ADERIU = "Ainda não aderiu: conclua a adesão dela primeiro"


@dataclass(frozen=True, slots=True)
class Empresa:
    """`linha`: its own row of the certificate, if it uses it. `impede`: why it cannot, in words."""

    agente: Agente
    linha: int | None
    impede: str


@dataclass(frozen=True, slots=True)
class Partilha:
    certificado: Certificado
    permitida: bool
    usam: tuple[Empresa, ...]
    outras: tuple[Empresa, ...]
    mais: int  # others that are not shown

    def lines(self, acao: str, chosen: Collection[int]) -> list[Linha]:
        """What was asked for, of what the page offers. Raises DomainError in words."""
        if acao == Acao.USAR:
            if not self.permitida:
                raise DomainError(NAO_PERMITE)
            found = [
                _line(one, self.certificado.pk, Acao.USAR)
                for one in self.outras
                if one.agente.pk in chosen and not one.impede
            ]
        else:
            every = acao == "remover-todas"
            found = [_line(one, one.linha, Acao.REMOVER) for one in self.usam if every or one.agente.pk in chosen]
        if not found:
            raise DomainError(NENHUMA)
        return found


def _line(empresa: Empresa, alvo: int | None, acao: Acao) -> Linha:
    return Linha(empresa.agente.cnpj, visible(empresa.agente.sigla, 60), alvo, acao)


def read(certificado: Certificado, ator: Ator, *, now: datetime) -> Partilha:
    on = clock.local_date(now)
    policy = certificados.policy_at(on)
    rows = certificados.in_service().order_by().filter(agente=OuterRef("pk"))
    agentes = acesso.alteraveis(ator, on=on).annotate(
        aderiu=Exists(Credencial.objects.filter(agente=OuterRef("pk"))),
        linha=Subquery(rows.filter(sha256=certificado.sha256).values("pk")[:1]),
        em_uso=Coalesce(Subquery(rows.values("agente").annotate(how_many=Count("pk")).values("how_many")), 0),
    )
    found = [_empresa(one, policy.max_certificados) for one in agentes.order_by("sigla_busca", "pk")]
    others = sorted((one for one in found if one.linha is None), key=lambda one: bool(one.impede))
    return Partilha(
        certificado=certificado,
        permitida=policy.varias_empresas,
        usam=tuple(one for one in found if one.linha is not None),
        outras=tuple(others[:MAXIMO]),
        mais=len(others[MAXIMO:]),
    )


def _empresa(agente: Any, limit: int) -> Empresa:
    impede = ""
    if not agente.aderiu:
        impede = NAO_ADERIU
    elif agente.em_uso >= limit:
        impede = f"Já tem {agente.em_uso} em uso, o limite: exclua um antes"
    return Empresa(agente, agente.linha, impede)
