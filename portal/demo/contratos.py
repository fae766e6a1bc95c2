"""Contracts of the demonstration, brought to where they are by the services that people use."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from contratos import services
from contratos.domain.contrato import Registro
from contratos.domain.procedimentos import EXISTENTE as FLUXO_EXISTENTE
from contratos.domain.procedimentos import NOVO as FLUXO_NOVO
from contratos.models import (
    Atividade,
    Contrato,
    Documento,
    ExigenciaDoEdital,
    Garantia,
    Leilao,
    Minuta,
    TipoDeLeilao,
)
from contratos.selectors import signatories
from portal import clock
from portal.agentes import acesso
from portal.agentes.acesso import Ator
from portal.agentes.models import Agente, Usuario
from portal.demo import assinador, fins, kit
from portal.demo.contas import EMPRESAS
from portal.demo.hierarquia import Hierarquia
from portal.demo.negocios import EVIDENCIA, EXIGENCIAS, NEGOCIOS, TEXTO, Negocio
from portal.demo.signatarios import SIGNATARIOS

BY = "operacao"
SIGNATARIOS_DESDE = timedelta(days=400)
NOVOS = (TipoDeLeilao.NOVA, TipoDeLeilao.RESERVA)
LEILOES = {tipo: 36 + number for number, tipo in enumerate(TipoDeLeilao)}
VENDEDORA, COMPRADORA = EMPRESAS[0].cnpj, EMPRESAS[-1].cnpj
ACER = ("Olga Pires", "71460238001")


def populate(var: Path, hierarquia: Hierarquia, *, now: datetime) -> None:
    """Those that are there already stay as people left them."""
    kit.write(kit.folder(var), SIGNATARIOS, hierarquia, now=now)
    for negocio in NEGOCIOS:
        if not Contrato.objects.filter(numero=negocio.numero).exists():
            with transaction.atomic():  # a story that was interrupted starts again
                _Roteiro(negocio, hierarquia, now).play()


class _Roteiro:
    """One contract's story. Time passes from step to step; signatures are of today, as their certificates are."""

    def __init__(self, negocio: Negocio, hierarquia: Hierarquia, now: datetime) -> None:
        self.negocio, self.hierarquia, self.agora = negocio, hierarquia, now
        self.when = now - timedelta(days=negocio.ha)
        self.ccee, self.vendedor, self.comprador = map(_actor, ("operacao", "ana.ccee", "eva.ccee"))

    def play(self) -> None:
        self.contrato = self._draw_up()
        if self.negocio.passos:
            self._open()
            for codigo in self.negocio.passos:
                self._close(codigo)
        for lado in self.negocio.assinam:
            self._sign(lado)
        for ato in self.negocio.atos:
            self._act(ato)
        if self.negocio.fim:
            self._end(self.negocio.fim)
        if self.negocio.pedido:
            self._request()

    def _draw_up(self) -> Contrato:
        first, last = (self.agora.year + offset for offset in self.negocio.anos)
        inicio, fim = date(first, 1, 1), date(last, 12, 31)
        leilao = _auction(self.negocio.tipo, now=self.agora)
        hours = ((fim - inicio).days + 1) * 24
        contrato = Contrato(
            numero=self.negocio.numero,
            especie=self.negocio.especie,
            leilao=leilao,
            produto=f"{self.negocio.usina} {first}",
            vendedor=Agente.objects.get(cnpj=VENDEDORA),
            comprador=None if self.negocio.tipo == TipoDeLeilao.RESERVA else Agente.objects.get(cnpj=COMPRADORA),
            minuta=_text(self.negocio, leilao, now=self.agora),
            suprimento_inicio=inicio,
            suprimento_fim=fim,
            energia_mwh=self.negocio.mwmed * hours,
            montante_mwmed=self.negocio.mwmed,
            preco="187.50",
            publicavel=self.negocio.publicavel,
        )
        services.save_contract(contrato, by=BY, now=self.when)
        self._parties(contrato)
        return contrato

    def _parties(self, contrato: Contrato) -> None:
        desde = clock.local_date(self.when)
        vale = {"valor": 1_500_000, "vale_de": desde, "vale_ate": desde + timedelta(days=900), "instrumento": "Apólice"}
        garantia = Garantia(contrato=contrato, nome="Garantia de fiel cumprimento")
        if self.negocio.passos:
            services.save_guarantee(garantia, vale, ator=self.vendedor, now=self.when)
        desde = clock.local_date(self.agora - SIGNATARIOS_DESDE)
        sides = [(contrato.vendedor, SIGNATARIOS[0].nome, SIGNATARIOS[0].cpf)]
        sides += [(contrato.comprador, SIGNATARIOS[-1].nome, SIGNATARIOS[-1].cpf)] if contrato.comprador else []
        for agente, nome, cpf in sides:
            _designate(contrato, agente, nome, cpf, desde=desde, ator=self.ccee, now=self.when)
        if contrato.comprador is None:
            _designate(contrato, None, *ACER, desde=desde, ator=self.ccee, now=self.when)
        for exigencia in contrato.leilao.exigencias.all() if contrato.leilao and self.negocio.passos else ():
            services.fulfil(contrato, exigencia, comprovante="Protocolo 4.512", ator=self.ccee, now=self.when)

    def _open(self) -> None:
        codigo = FLUXO_NOVO.codigo if self.negocio.tipo in NOVOS else FLUXO_EXISTENTE.codigo
        leilao = self.contrato.leilao
        ancoras = {"H": leilao.homologado_em} if leilao and leilao.homologado_em and codigo == FLUXO_NOVO.codigo else {}
        services.open_flow(self.contrato, codigo, ator=self.ccee, now=self.when, ancoras=ancoras)

    def _close(self, passo: str) -> None:
        """The steps share out the days since the flow was opened."""
        codigo, _, resultado = passo.partition("=")
        rows = Atividade.objects.filter(fluxo__contrato=self.contrato, codigo=codigo, situacao="aberta")
        row = rows.first()
        if row is None:
            return  # waived: it was on file
        evidencia = EVIDENCIA | {
            "usina": self.negocio.usina,
            "ato_numero": f"{10_000 + NEGOCIOS.index(self.negocio)}/{self.when.year}",
            "ato_publicado_em": (clock.local_date(self.when) - timedelta(days=1)).isoformat(),
            "homologado_em": (clock.local_date(self.when) - timedelta(days=1)).isoformat(),
        }
        comprador = self.comprador if self.contrato.comprador else self.ccee
        who = {"vendedor": self.vendedor, "comprador": comprador, "agentes": self.vendedor}
        ator = who.get(row.responsavel, self.ccee)
        services.close_activity(row.pk, ator=ator, now=self.when, evidencia=evidencia, resultado=resultado)
        self.when = min(self.when + timedelta(days=self.negocio.ha) / len(self.negocio.passos), self.agora)

    def _sign(self, lado: str) -> None:
        pessoa, ator = (SIGNATARIOS[0], self.vendedor) if lado == "v" else (SIGNATARIOS[-1], self.comprador)
        documento = Documento.objects.get(contrato=self.contrato, tipo="contrato", replaced_at=None)
        issued = kit.issue_person(self.hierarquia, nome=pessoa.nome, cpf=pessoa.cpf)
        pdf = bytes(documento.assinado or documento.emitido)
        signed = assinador.sign_pdf(pdf, issued, [self.hierarquia.ac.cert], at=self.agora)
        services.receive(documento, signed, ator=ator, now=self.agora)

    def _act(self, ato: str) -> None:
        agreed = self.negocio.fim is Registro.RESCINDIDO  # last month: it was registered by then
        who: dict[str, Any] = {"ator": self.ccee, "now": self.agora - fins.ANTES if agreed else self.agora}
        if ato == "validar":
            services.validate(self.contrato, **who)
        elif ato == "registrar":
            whole: dict[str, Any] = {"inicio": self.contrato.suprimento_inicio, "fim": self.contrato.suprimento_fim}
            services.register(self.contrato, **whole, **who)
        else:
            services.mark_unsigned(self.contrato, motivo="O vendedor não apresentou a garantia no prazo", **who)

    def _end(self, fim: Registro) -> None:
        motivo = f"{fim.value.capitalize()}: processo 48500.0012/2026"
        who: dict[str, Any] = {"ator": self.ccee, "now": self.agora}
        if fim is Registro.SUSPENSO:
            services.suspend(self.contrato, de=clock.local_date(self.when), ate=None, motivo=motivo, **who)
        elif fim is Registro.CANCELADO:
            fins.cancel(self.contrato, ccee=self.ccee, now=self.agora)
        elif fim is Registro.DISTRATADO:
            signing: dict[str, Any] = {"vendedor": self.vendedor, "comprador": self.comprador}
            fins.dissolve(self.contrato, ccee=self.ccee, hierarquia=self.hierarquia, now=self.agora, **signing)
        elif fim is Registro.RESCINDIDO:
            fins.agree_to_end(self.contrato, vendedor=self.vendedor, comprador=self.comprador, now=self.agora)
        else:
            services.end(self.contrato, fim, motivo=motivo, **who)

    def _request(self) -> None:
        self.contrato.refresh_from_db()
        if self.negocio.pedido == "aditamento_ato":
            ancoras = {"L": clock.local_date(self.agora) - timedelta(days=9)}
            services.open_flow(
                self.contrato, self.negocio.pedido, ator=self.ccee, now=self.agora - timedelta(days=9), ancoras=ancoras
            )
            services.advance(now=self.agora)
        else:
            services.request(
                self.contrato,
                "alteracao_solicitacao",
                solicitante=self.contrato.vendedor,
                evidencia=EVIDENCIA,
                ator=self.vendedor,
                now=self.agora,
            )


def _actor(username: str) -> Ator:
    return acesso.of_usuario(Usuario.objects.get(username=username))


def _auction(tipo: TipoDeLeilao, *, now: datetime) -> Leilao:
    """The conditions of the edital are those of the new plants' auction."""
    today = clock.local_date(now)
    found = Leilao.objects.filter(tipo=tipo).first()
    if found is None:
        found = Leilao(
            numero=LEILOES[tipo],
            tipo=tipo,
            edital=f"Edital nº {LEILOES[tipo]}/{today.year}",
            realizado_em=today - timedelta(days=120),
            homologado_em=today - timedelta(days=75) if tipo in NOVOS else None,
        )
        services.save_record(found, by=BY, now=now)
        for texto, de_quem in EXIGENCIAS if tipo == TipoDeLeilao.NOVA else ():
            services.save_record(ExigenciaDoEdital(leilao=found, texto=texto, de_quem=de_quem), by=BY, now=now)
    return found


def _text(negocio: Negocio, leilao: Leilao, *, now: datetime) -> Minuta:
    found = Minuta.objects.filter(leilao=leilao, especie=negocio.especie).first()
    titulo = f"{negocio.especie.value.replace('_', ' ').upper()} — anexo do edital"
    nova = Minuta(leilao=leilao, especie=negocio.especie, titulo=titulo, texto=TEXTO)
    return found or services.save_text(nova, by=BY, now=now)


def _designate(
    contrato: Contrato, agente: Agente | None, nome: str, cpf: str, *, desde: date, ator: Ator, now: datetime
) -> None:
    if not signatories(agente, on=desde).filter(cpf=cpf).exists():
        services.designate(contrato, agente, nome=nome, cpf=cpf, email="", desde=desde, ator=ator, now=now)
