"""Signature of the contracts of auctions: the drawn flows 1 and 2 of PdC 3.2."""

from contratos.domain.procedimentos.modelo import Atividade, Exigencia, Fato, Peca, Procedimento, Responsavel

PARA_ASSINAR = (Exigencia.OUTORGA, Exigencia.AGENTES_ATIVOS, Exigencia.GARANTIAS, Exigencia.EDITAL)
TERMO = "max(P,H)+25du"


def _signing(codigo: str, quem: str, responsavel: Responsavel, depois: str, prazo: str) -> Atividade:
    return Atividade(
        codigo,
        f"Assinar digitalmente ({quem})",
        responsavel,
        prazo,
        ("3.8", "3.10", "3.13"),
        depois=(depois,),
        exige=(Exigencia.AGENTES_ATIVOS,),
        fato=Fato.ASSINATURA,
        assina=Peca.CONTRATO,
        estado="disponível para assinatura",
    )


NOVO = Procedimento(
    "assinatura_novo",
    "Assinatura de CCEAR de novo empreendimento e de CER",
    ("P", "H"),
    (
        Atividade(
            "N1",
            "Enviar a outorga",
            Responsavel.VENDEDOR,
            "P+2du",
            ("3.9",),
            evidencia=("outorga",),
            estado="à espera da outorga",
        ),
        Atividade(
            "N2",
            "Providências para a assinatura",
            Responsavel.CCEE,
            TERMO,
            ("3.10", "3.13"),
            depois=("N1",),
            exige=PARA_ASSINAR,
            fato=Fato.SUBFLUXO,
            emite=Peca.CONTRATO,
            estado="em providências",
        ),
        _signing("N3", "vendedor", Responsavel.VENDEDOR, "N2", TERMO),
        _signing("N4", "comprador", Responsavel.COMPRADOR, "N2", TERMO),
    ),
    concluido="assinado",
    subfluxos=(("N2", "marcos"), ("N2", "ccg")),
)
EXISTENTE = Procedimento(
    "assinatura_existente",
    "Assinatura de CCEAR de empreendimento existente e de CA",
    ("H",),
    (
        Atividade(
            "E1",
            "Constatar a homologação e adjudicação",
            Responsavel.CCEE,
            "N.A.",
            ("3.10",),
            evidencia=("homologacao",),
            estado="à espera da homologação",
        ),
        Atividade(
            "E2",
            "Providências para a assinatura",
            Responsavel.CCEE,
            "H+25du",
            ("3.10", "3.13"),
            depois=("E1",),
            exige=PARA_ASSINAR,
            fato=Fato.SUBFLUXO,
            emite=Peca.CONTRATO,
            estado="em providências",
        ),
        _signing("E3", "vendedor", Responsavel.VENDEDOR, "E2", "H+25du"),
        _signing("E4", "comprador", Responsavel.COMPRADOR, "E2", "H+25du"),
    ),
    concluido="assinado",
    subfluxos=(("E2", "marcos"), ("E2", "ccg_existente")),
)
