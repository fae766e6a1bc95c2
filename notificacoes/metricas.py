"""The queue's figures in the words of Prometheus, and those that apps above this one add."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.conf import settings

from notificacoes.domain.marcos import ANTECEDENCIAS
from notificacoes.models import Situacao
from notificacoes.selectors.fila import Figuras

Medidas = Mapping[str, tuple[str, float]]  # name -> what it is, and how much
# Called with the machine's time. An app that this one may not know adds its own when it is ready.
OUTRAS: list[Callable[[datetime], Medidas]] = []


def measure(at: datetime) -> Medidas:
    return {name: found for medir in OUTRAS for name, found in medir(at).items()}


def exposition(figuras: Figuras, outras: Medidas | None = None) -> tuple[bytes, str]:
    """The text and its content type. A registry of its own: this process's memory and threads are nobody's figure."""
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest  # noqa: PLC0415 - 190 ms

    registry = CollectorRegistry()
    for name, (text, value) in {**_plain(figuras), **(outras or {})}.items():
        Gauge(name, text, registry=registry).set(value)
    avisos = Gauge(
        "portal_avisos", "Avisos de vencimento desde o início", ["antecedencia", "situacao"], registry=registry
    )
    for lead in ANTECEDENCIAS:
        for situacao in Situacao.values:
            avisos.labels(str(lead), situacao).set(figuras.avisos.get((lead, situacao), 0))
    return generate_latest(registry), CONTENT_TYPE_LATEST


def _plain(figuras: Figuras) -> dict[str, tuple[str, float]]:
    found: dict[str, tuple[str, float]] = {
        "portal_avisos_mais_antigo_segundos": (
            "Idade da mensagem mais antiga devida e ainda não enviada (0: nenhuma)",
            figuras.mais_antigo.total_seconds(),
        ),
        "portal_avisos_pendentes": ("Mensagens na fila ou sendo enviadas", figuras.pendentes),
        "portal_avisos_em_duvida": ("Mensagens sem resposta do servidor depois do envio", figuras.em_duvida),
        "portal_avisos_mortas": ("Mensagens que não puderam ser entregues", figuras.mortas),
        "portal_envio_suspenso": ("1 se ENVIO_SUSPENSO está ligado", float(settings.ENVIO_SUSPENSO)),
        "portal_tarefas_abertas": ("Tarefas da operação ainda abertas", figuras.tarefas),
        "portal_certificados_em_servico": ("Certificados em uso", figuras.em_servico),
        "portal_certificados_vencidos_em_servico": (
            "Certificados em uso que já venceram e a varredura ainda não excluiu",
            figuras.vencidos_em_servico,
        ),
    }
    if figuras.varredura is not None:
        seconds = figuras.varredura.total_seconds()
        found["portal_varredura_segundos"] = ("Tempo desde a última varredura", seconds)
    if figuras.lista_mais_antiga is not None:
        seconds = figuras.lista_mais_antiga.total_seconds()
        found["portal_lcr_mais_antiga_segundos"] = (
            "Idade da leitura mais antiga entre as listas de revogação",
            seconds,
        )
    return found
