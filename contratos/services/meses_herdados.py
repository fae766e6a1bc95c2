"""The months that a year's seasonalisation set, where a new contract takes another's place in it (3.86.1, 3.87)."""

from collections import defaultdict
from datetime import date

from contratos import montantes
from contratos.domain.montantes.meses import hours
from contratos.domain.periodos import HORAS_DO_DIA, round6
from contratos.models import Contrato, MontanteDoMes, Sazonalizacao

FINAL = Sazonalizacao.Situacao.FINAL


def pass_on(antigo: Contrato, novo: Contrato, desde: date) -> None:
    """Inside an act. A month within which it happens is parted by its hours: no millionth is lost or counted twice.

    The new contract's year is final too: what was set is not set again.
    """
    moved: dict[int, dict[date, MontanteDoMes]] = defaultdict(dict)
    for row in antigo.montantes.filter(mes__gte=desde.replace(day=1)).order_by("mes"):
        if row.mes < desde:
            row = _part(row, novo, desde)
        row.contrato = novo
        row.save()
        moved[row.mes.year][row.mes] = row
    finals = {each.ano: each for each in Sazonalizacao.objects.filter(contrato=antigo, situacao=FINAL)}
    for ano, rows in moved.items():
        if ano in finals:
            _keep(finals[ano], novo, rows)


def _part(row: MontanteDoMes, novo: Contrato, desde: date) -> MontanteDoMes:
    """The old one keeps the hours before; gives the new one's row."""
    whole = hours(row.mes)
    theirs = round6(row.energia_mwh * (whole - (desde - row.mes).days * HORAS_DO_DIA) / whole)
    row.energia_mwh -= theirs
    row.save(update_fields=["energia_mwh"])
    return MontanteDoMes(contrato=novo, mes=row.mes, energia_mwh=theirs)


def _keep(before: Sazonalizacao, novo: Contrato, rows: dict[date, MontanteDoMes]) -> None:
    Sazonalizacao.objects.create(
        contrato=novo,
        ano=before.ano,
        origem=before.origem,
        calculo=before.calculo,
        situacao=FINAL.value,
        entrada={"herdada_de": before.contrato.numero, **before.entrada},
        saida=montantes.as_text({mes: row.energia_mwh for mes, row in rows.items()}),
        sent_at=before.sent_at,
        sent_by=before.sent_by,
        final_at=before.final_at,
    )
