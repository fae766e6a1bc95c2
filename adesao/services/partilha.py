"""One certificate in several companies, as far as the policy lets (docs/decisions/040): a request for each of them."""

from datetime import datetime

from adesao.domain.lote import Linha, Situacao
from adesao.services.conclusao import submit
from certificados import selectors as certificados
from certificados.models import Certificado
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente
from portal.kernel.errors import NotFound

SAIU = "O certificado saiu de uso depois de marcado: nada mudou. Inclua-o de novo a partir de uma empresa que o use."


def use(linha: Linha, *, ator: Ator, now: datetime) -> Linha:
    """The certificate `alvo` for the company of the line: judged anew, and by whoever represents all that hold it."""
    agente = _agente(linha, ator, now)
    certificado = certificados.in_service().select_related("arquivo").filter(pk=linha.alvo or 0).first()
    if certificado is None:
        return linha.settle(Situacao.RECUSADA, texto=SAIU)
    if certificados.of_agente(agente).filter(sha256=certificado.sha256).exists():
        return linha.settle(Situacao.JA_FEITA)
    arquivos = [(certificado.nome_arquivo, bytes(certificado.arquivo.der))]
    feita = submit(agente, senha="", arquivos=arquivos, excluir=(), ator=ator, now=now)
    return linha.settle(Situacao.FEITA, protocolo=feita.protocolo or "")


def take_out(linha: Linha, *, ator: Ator, now: datetime) -> Linha:
    """The row `alvo` of the company of the line; what other companies have stays."""
    agente = _agente(linha, ator, now)
    row: Certificado = certificados.find(agente, linha.alvo or 0)
    if row.slot is None:
        return linha.settle(Situacao.JA_FEITA)
    feita = submit(agente, senha="", arquivos=(), excluir=[row.pk], ator=ator, now=now)
    return linha.settle(Situacao.FEITA, protocolo=feita.protocolo or "")


def _agente(linha: Linha, ator: Ator, now: datetime) -> Agente:
    """Raises NotFound where the actor no longer may act for it."""
    found = acesso.alteraveis(ator, on=clock.local_date(now)).filter(cnpj=linha.cnpj).first()
    if found is None:
        raise NotFound("Você não é mais representante CCEE desta empresa: nada mudou nela.")
    return found
