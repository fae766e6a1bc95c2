"""Everything that the portal keeps of one contract, in one file, with the digest of each piece (3.18)."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import BinaryField, Model

from contratos.models import (
    AcordoBilateral,
    Aditamento,
    AssinaturaAceita,
    Cbr,
    Ccer,
    Ccg,
    Contrato,
    Modulacao,
    MontanteDoMes,
    PercentualDoAcl,
    PeriodoDoCbr,
    PotenciaDoContrato,
    Sucessao,
    Suprimento,
    UnidadeConsumidora,
    VersaoDoCbr,
)
from portal.auditoria.models import Evento

INSTRUMENTOS: tuple[tuple[type[Model], str], ...] = (  # each with its way to the contract
    (AcordoBilateral, "contrato"),
    (Ccg, "contrato"),
    (Aditamento, "contrato"),
    (Cbr, "contrato"),
    (VersaoDoCbr, "cbr__contrato"),
    (PeriodoDoCbr, "versao__cbr__contrato"),
    (Ccer, "contrato"),
    (UnidadeConsumidora, "ccers__contrato"),
    (MontanteDoMes, "contrato"),
    (Suprimento, "contrato"),
    (Sucessao, "contrato"),
    (PotenciaDoContrato, "contrato"),
    (Modulacao, "contrato"),
    (PercentualDoAcl, "contrato"),
)
QUANDO = (1980, 1, 1, 0, 0, 0)  # the same contract gives the same bytes, whenever it is asked for
LEIA = """Contrato {numero}, como o portal o guarda.

contrato.json    termos, partes, garantias, exigências, chamados, documentos, assinaturas,
                 o que se registrou dele (CCER, CBR, CCG, acordos, sucessões, montantes),
                 e os fluxos com suas atividades e a evidência de cada uma
trilha.json      o que foi feito, por quem e quando, com o encadeamento da trilha de auditoria
documentos/      o que foi emitido e o que voltou assinado
assinaturas/     cada arquivo de assinatura, como foi enviado
garantias/       os instrumentos apresentados
atos/            os atos regulatórios
conferencia.json SHA-256 de cada um dos arquivos acima
"""


def write(contrato: Contrato) -> bytes:
    pieces = dict(_pieces(contrato))
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in pieces.items()}
    pieces["conferencia.json"] = _json(digests)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in pieces.items():
            archive.writestr(zipfile.ZipInfo(name, QUANDO), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _pieces(contrato: Contrato) -> Iterator[tuple[str, bytes]]:
    yield "LEIA-ME.txt", LEIA.format(numero=contrato.numero).encode()
    yield "contrato.json", _json(_everything(contrato))
    yield "trilha.json", _json(_ledger(contrato))
    for documento in contrato.documentos.order_by("pk"):
        yield f"documentos/{documento.pk}-{documento.tipo}-emitido.pdf", bytes(documento.emitido)
        if documento.assinado:
            yield f"documentos/{documento.pk}-{documento.tipo}-assinado.pdf", bytes(documento.assinado)
        for assinatura in documento.assinaturas.order_by("pk"):
            yield f"assinaturas/{assinatura.pk}.bin", bytes(assinatura.arquivo)
    for garantia in contrato.garantias.order_by("pk"):
        if garantia.arquivo:
            yield f"garantias/{garantia.pk}.bin", bytes(garantia.arquivo)
    if contrato.outorga is not None and contrato.outorga.ato.arquivo:
        yield f"atos/{contrato.outorga.ato.pk}.bin", bytes(contrato.outorga.ato.arquivo)


def _everything(contrato: Contrato) -> dict[str, Any]:
    return {
        "contrato": _row(contrato),
        "situacao": contrato.situacao,
        "vendedor": _company(contrato.vendedor),
        "comprador": _company(contrato.comprador) if contrato.comprador else None,
        "leilao": _row(contrato.leilao) if contrato.leilao else None,
        "outorga": {**_row(contrato.outorga), "ato": _row(contrato.outorga.ato)} if contrato.outorga else None,
        "minuta": _row(contrato.minuta) if contrato.minuta else None,
        "garantias": [_row(row) for row in contrato.garantias.order_by("pk")],
        "exigencias": [
            {**_row(row), "texto": str(row.exigencia)}
            for row in contrato.cumprimentos.select_related("exigencia").order_by("pk")
        ],
        "instrumentos": {
            model._meta.model_name: [
                _row(row) for row in model._default_manager.filter(**{way: contrato}).order_by("pk")
            ]
            for model, way in INSTRUMENTOS
        },
        "chamados": [_row(row) for row in contrato.chamados.order_by("pk")],
        "fluxos": [
            {**_row(fluxo), "atividades": [_row(row) for row in fluxo.atividades.order_by("ordem", "rodada")]}
            for fluxo in contrato.fluxos.order_by("pk")
        ],
        "documentos": [_row(row) for row in contrato.documentos.order_by("pk")],
        "assinaturas": [
            _row(row) for row in AssinaturaAceita.objects.filter(documento__contrato=contrato).order_by("pk")
        ],
    }


def _company(agente: Any) -> dict[str, str]:
    return {"cnpj": agente.cnpj, "sigla": agente.sigla, "razao_social": agente.razao_social}


def _row(row: Model) -> dict[str, Any]:
    """Every column but files, which are beside it."""
    columns = (column for column in row._meta.concrete_fields if not isinstance(column, BinaryField))
    return {column.attname: getattr(row, column.attname) for column in columns}


def _ledger(contrato: Contrato) -> list[Mapping[str, Any]]:
    rows = Evento.objects.filter(objeto=f"contrato {contrato.numero}").order_by("numero")
    return [{**row.body(), "anterior": row.anterior, "hash": row.hash} for row in rows]


def _json(value: Any) -> bytes:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True).encode()
