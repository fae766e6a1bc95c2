"""What a procedure is made of: data, in the order in which people act."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from contratos.domain.contrato import Especie
from contratos.domain.prazos import parse


class Responsavel(StrEnum):
    CCEE = "ccee"
    VENDEDOR = "vendedor"
    COMPRADOR = "comprador"
    AGENTES = "agentes"  # either party: whoever does it does it for both
    SOLICITANTE = "solicitante"
    SUCESSORA = "sucessora"  # the company that takes the place of one side (3.87)
    BANCO = "banco"  # has no access: CCEE's people act on its papers


RESPONSAVEIS = {
    Responsavel.CCEE: "CCEE",
    Responsavel.VENDEDOR: "Vendedor",
    Responsavel.COMPRADOR: "Comprador",
    Responsavel.AGENTES: "Agentes envolvidos",
    Responsavel.SOLICITANTE: "Agente solicitante",
    Responsavel.SUCESSORA: "Sucessora",
    Responsavel.BANCO: "Banco gestor",
}
DA_CCEE = frozenset({Responsavel.CCEE, Responsavel.BANCO})


class Condicao(StrEnum):
    """How another activity must have ended, once its deadline has told."""

    NO_PRAZO = "no_prazo"
    ATRASOU = "atrasou"


class Fato(StrEnum):
    """What closes an activity that nobody closes by hand."""

    ASSINATURA = "assinatura"  # the party's signature on the document `assina` was accepted
    SUBFLUXO = "subfluxo"  # the flow under it ended
    DECURSO = "decurso"  # the nightly run found the time over


class Peca(StrEnum):
    """What is issued to be signed."""

    CONTRATO = "contrato"
    FORMULARIO = "formulario"
    TERMO_ADITIVO = "termo_aditivo"
    CCG = "ccg"
    TERMO_DE_SUCESSAO = "termo_sucessao"
    NAO_COTA = "nao_cota"


PECAS = {
    Peca.CONTRATO: "Contrato",
    Peca.FORMULARIO: "Formulário de alteração",
    Peca.TERMO_ADITIVO: "Termo aditivo",
    Peca.CCG: "Contrato de Constituição de Garantias",
    Peca.TERMO_DE_SUCESSAO: "Termo de sucessão",
    Peca.NAO_COTA: "Declaração de não recebimento de cota do PROINFA",
}


class Exigencia(StrEnum):
    """Gates in front of a closing; contratos.services.portoes holds them."""

    OUTORGA = "outorga"
    GARANTIAS = "garantias"
    EDITAL = "edital"
    AGENTES_ATIVOS = "agentes_ativos"
    NAO_SO_TECNICA = "nao_so_tecnica"
    SO_TECNICA = "so_tecnica"
    CCG_EM_VIGOR = "ccg_em_vigor"
    NAO_SUSPENSO = "nao_suspenso"
    REGISTRADO = "registrado"
    ASSINADO = "assinado"
    JANELA_DE_ACORDO = "janela_de_acordo"
    FORA_DA_SAZONALIZACAO = "fora_da_sazonalizacao"
    CBR_VALIDO = "cbr_valido"
    CBR_EM_VIGOR = "cbr_em_vigor"
    CBR_MENSAL = "cbr_mensal"
    CBR_ART_5 = "cbr_art_5"
    CBR_ELEGIVEL = "cbr_elegivel"
    CBR_COM_ATO = "cbr_com_ato"
    CBR_NO_PRAZO = "cbr_no_prazo"
    CBR_FIM_NO_PRAZO = "cbr_fim_no_prazo"
    CANCELAVEL = "cancelavel"
    RESCISAO_ACORDADA = "rescisao_acordada"
    SUCESSORA_ATIVA = "sucessora_ativa"
    DIA_DO_EFEITO = "dia_do_efeito"
    REDE_BASICA = "rede_basica"
    JANELA_DE_SAZONALIZACAO = "janela_de_sazonalizacao"
    PRAZO_DA_DISCORDANCIA = "prazo_da_discordancia"
    COTA_DE_UNIDADE = "cota_de_unidade"
    CONTA_DO_ACEP = "conta_do_acep"
    PRAZO_DO_ACEP = "prazo_do_acep"
    CURVA_APLICADA = "curva_aplicada"
    HISTORICO_ATUALIZADO = "historico_atualizado"
    JANELA_DE_MODULACAO = "janela_de_modulacao"
    POTENCIA_INFORMADA = "potencia_informada"
    ANTES_DO_PMO = "antes_do_pmo"
    DIA_DO_PLD = "dia_do_pld"


PELO_DECLARADO = frozenset({Exigencia.NAO_SO_TECNICA, Exigencia.SO_TECNICA})  # judged with what is stated


class Efeito(StrEnum):
    """What a closed activity brings about beside its flow; contratos.services.efeitos carries it out."""

    REGISTRAR_ACORDO = "registrar_acordo"
    VALIDAR_ACORDO = "validar_acordo"
    CADUCAR_ACORDO = "caducar_acordo"
    PEDIR_SUBSTITUICAO = "pedir_substituicao"
    INFORMAR_GARANTIA = "informar_garantia"
    CONFERIR_GARANTIA = "conferir_garantia"
    ASSINAR_ADITAMENTO = "assinar_aditamento"
    DAR_EFICACIA = "dar_eficacia"
    DISPENSAR_ADITAMENTO = "dispensar_aditamento"
    REGISTRAR_CCER = "registrar_ccer"
    ZERAR_CCER = "zerar_ccer"
    RESTAURAR_CCER = "restaurar_ccer"
    REGISTRAR_SUPRIMENTO = "registrar_suprimento"
    PUBLICAR_ITAIPU = "publicar_itaipu"
    ENVIAR_CONUER = "enviar_conuer"
    REGISTRAR_CBR = "registrar_cbr"
    REGISTRAR_CBR_ART_5 = "registrar_cbr_art_5"
    AJUSTAR_CBR = "ajustar_cbr"
    VALIDAR_CBR = "validar_cbr"
    CADUCAR_CBR = "caducar_cbr"
    INFORMAR_ATO_DO_CBR = "informar_ato_do_cbr"
    PROPOR_FIM_DO_CBR = "propor_fim_do_cbr"
    FINALIZAR_CBR = "finalizar_cbr"
    TERMINAR_CBR = "terminar_cbr"
    INVALIDAR_CBR = "invalidar_cbr"
    REGISTRAR_DECISAO = "registrar_decisao"
    CANCELAR_REGISTRO = "cancelar_registro"
    PEDIR_RECONTABILIZACAO = "pedir_recontabilizacao"
    REGISTRAR_SUCESSAO = "registrar_sucessao"
    EFETIVAR_SUCESSAO = "efetivar_sucessao"
    PROPOR_SAZONALIZACAO = "propor_sazonalizacao"
    VALIDAR_SAZONALIZACAO = "validar_sazonalizacao"
    CADUCAR_SAZONALIZACAO = "caducar_sazonalizacao"
    SAZONALIZAR_PELO_PERFIL = "sazonalizar_pelo_perfil"
    SAZONALIZAR_FLAT = "sazonalizar_flat"
    SAZONALIZAR_USINA = "sazonalizar_usina"
    SAZONALIZAR_PELO_DECLARADO = "sazonalizar_pelo_declarado"
    DECLARAR_DISPONIBILIDADE = "declarar_disponibilidade"
    INFORMAR_INFLEXIBILIDADE = "informar_inflexibilidade"
    SAZONALIZAR_COTAS = "sazonalizar_cotas"
    REGISTRAR_PROINFA = "registrar_proinfa"
    APURAR_COTA = "apurar_cota"
    PUBLICAR_COTA = "publicar_cota"
    CONTESTAR_COTA = "contestar_cota"
    ACEITAR_COTA = "aceitar_cota"
    JULGAR_DISCORDANCIA = "julgar_discordancia"
    RECALCULAR_COTA = "recalcular_cota"
    AJUSTAR_PROINFA = "ajustar_proinfa"
    REVER_COTA = "rever_cota"
    PEDIR_NAO_COTA = "pedir_nao_cota"
    DECLARAR_NAO_COTA = "declarar_nao_cota"
    FINALIZAR_PROINFA = "finalizar_proinfa"
    REGISTRAR_ANO_DO_PROINFA = "registrar_ano_do_proinfa"
    SAZONALIZAR_PROINFA = "sazonalizar_proinfa"
    SAZONALIZAR_AUTOMATICAMENTE = "sazonalizar_automaticamente"
    INFORMAR_COTISTAS = "informar_cotistas"
    REVER_GARANTIA_FISICA = "rever_garantia_fisica"
    LISTAR_SEM_HISTORICO = "listar_sem_historico"
    CALCULAR_COTA_ANUAL = "calcular_cota_anual"
    PROPOR_MODULACAO = "propor_modulacao"
    MODULAR = "modular"
    VALIDAR_MODULACAO = "validar_modulacao"
    MODULAR_FLAT = "modular_flat"
    INFORMAR_PERCENTUAL = "informar_percentual"


@dataclass(frozen=True, slots=True)
class Pedido:
    """How somebody starts a procedure by doing its first activity, in one act: its responsible does it.

    `ancoras`: the letter, and what was stated that it is the date of, or the first that was of
    several ("a|b"); "" is the day of the request.
    """

    rotulo: str
    texto: str
    feito: str
    especies: frozenset[Especie]
    ancoras: tuple[tuple[str, str], ...] = (("T", ""),)
    novo: bool = False  # it makes the contract, too
    um_por_vez: bool = True
    tambem_ccee: bool = False  # CCEE may ask for it as well as the party that does


@dataclass(frozen=True, slots=True)
class Atividade:
    """`depois`: all of them must be over; "A2a|A2b" is over with either, "S2=deferida" with that result.

    `evidencia` names what must be stated to close it. `volta` maps a result to the activity that starts again with it.
    `encerra` are the activities that end, undone, when this one closes.
    """

    codigo: str
    nome: str
    responsavel: Responsavel
    prazo: str
    clausulas: tuple[str, ...]
    depois: tuple[str, ...] = ()
    condicao: tuple[Condicao, str] | None = None
    evidencia: tuple[str, ...] = ()
    resultados: tuple[str, ...] = ()
    volta: tuple[tuple[str, str], ...] = ()
    encerra: tuple[str, ...] = ()
    exige: tuple[Exigencia, ...] = ()
    fato: Fato | None = None
    emite: Peca | None = None  # the document that the portal issues when this one closes
    efeito: Efeito | None = None
    assina: Peca | None = None  # the document that the party signs here
    opcional: bool = False
    recomeca: bool = False  # in a later round its T is the day on which the activity before it closed
    estado: str = ""  # what the flow is called while this is the next thing to do
    desfecho: str = ""  # what the flow is called when this one ends it early

    @property
    def anteriores(self) -> tuple[tuple[str, ...], ...]:
        """For each term of `depois` the codes of which one is enough."""
        return tuple(tuple(part.partition("=")[0] for part in term.split("|")) for term in self.depois)


@dataclass(frozen=True, slots=True)
class Procedimento:
    """Raises ValueError for data that contradict themselves. `versao` counts up with each change of the data."""

    codigo: str
    nome: str
    ancoras: tuple[str, ...]
    atividades: tuple[Atividade, ...]
    revisao: str = "6.0"
    versao: int = 1
    concluido: str = "concluído"
    subfluxos: tuple[tuple[str, str], ...] = ()  # (activity, procedure that opens with it)
    pedido: Pedido | None = None
    definitivo: str = ""  # why nobody undoes it once it is over
    por_codigo: dict[str, Atividade] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "por_codigo", {a.codigo: a for a in self.atividades})
        seen: set[str] = set()
        for atividade in self.atividades:
            parse(atividade.prazo)
            self._check(atividade, seen)
            seen.add(atividade.codigo)
        if len(seen) != len(self.atividades):
            raise ValueError(f"{self.codigo}: an activity stands twice")

    def _check(self, atividade: Atividade, seen: set[str]) -> None:
        before = {codigo for term in atividade.anteriores for codigo in term}
        if not before <= seen:
            raise ValueError(f"{self.codigo}.{atividade.codigo}: comes before {sorted(before - seen)}")
        condition = {atividade.condicao[1]} if atividade.condicao else set()
        named = {*condition, *atividade.encerra, *(codigo for _, codigo in atividade.volta)}
        if not named <= self.por_codigo.keys():
            raise ValueError(f"{self.codigo}.{atividade.codigo}: names {sorted(named - self.por_codigo.keys())}")

    @property
    def comeca_na_ccee(self) -> bool:
        return self.atividades[0].responsavel in DA_CCEE

    def depende_de(self, codigo: str) -> Iterable[str]:
        """Everything that comes after that activity, itself first: what starts again with it."""
        again = {codigo}
        for atividade in self.atividades:
            if any(again & set(term) for term in atividade.anteriores):
                again.add(atividade.codigo)
        return [atividade.codigo for atividade in self.atividades if atividade.codigo in again]
