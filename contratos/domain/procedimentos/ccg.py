"""Celebration of the CCG (3.36, 3.37): opened with its contract, on the same anchors and dates."""

from contratos.domain.procedimentos.modelo import Atividade, Fato, Peca, Procedimento, Responsavel


def _ccg(codigo: str, ancora: str, ancoras: tuple[str, ...]) -> Procedimento:
    """On the anchor of its contract, in business days; each step of an agent has three at least."""
    return Procedimento(
        codigo,
        "Celebração do Contrato de Constituição de Garantias",
        ancoras,
        steps(ancora),
        concluido="celebrado",
    )


def steps(ancora: str) -> tuple[Atividade, ...]:
    """G1 to G6, on that anchor."""
    return (
        Atividade(
            "G1",
            "Informar o tipo de garantia e o banco gestor",
            Responsavel.COMPRADOR,
            f"{ancora}+6du",
            ("3.37",),
            evidencia=("tipo_garantia", "banco_gestor"),
            estado="à espera do tipo de garantia",
        ),
        Atividade(
            "G2",
            "Disponibilizar o arquivo para validação",
            Responsavel.CCEE,
            f"{ancora}+9du",
            ("3.37",),
            depois=("G1",),
            evidencia=("arquivo",),
            estado="em elaboração",
        ),
        Atividade(
            "G3",
            "Analisar inconsistências",
            Responsavel.CCEE,
            f"{ancora}+12du",
            ("3.37",),
            depois=("G2",),
            evidencia=("parecer",),
            resultados=("sem_inconsistencia", "inconsistencia"),
            volta=(("inconsistencia", "G1"),),
            estado="em análise",
        ),
        *(
            Atividade(
                f"G4{letra}",
                f"Validar o arquivo ({quem})",
                responsavel,
                f"{ancora}+16du",
                ("3.37",),
                depois=("G3=sem_inconsistencia",),
                evidencia=("parecer",),
                resultados=("validado", "inconsistencia"),
                volta=(("inconsistencia", "G3"),),
                estado="em validação",
            )
            for letra, quem, responsavel in (
                ("v", "vendedor", Responsavel.VENDEDOR),
                ("c", "comprador", Responsavel.COMPRADOR),
            )
        ),
        Atividade(
            "G5",
            "Disponibilizar para assinatura",
            Responsavel.CCEE,
            f"{ancora}+20du",
            ("3.37",),
            depois=("G4v=validado", "G4c=validado"),
            evidencia=("arquivo",),
            emite=Peca.CCG,
            estado="em preparação da assinatura",
        ),
        *(
            Atividade(
                f"G6{letra}",
                f"Assinar o CCG ({quem})",
                responsavel,
                f"{ancora}+25du",
                ("3.36", "3.37"),
                depois=("G5",),
                evidencia=("documento",) if responsavel is Responsavel.BANCO else (),
                fato=None if responsavel is Responsavel.BANCO else Fato.ASSINATURA,
                assina=None if responsavel is Responsavel.BANCO else Peca.CCG,
                estado="disponível para assinatura",
            )
            for letra, quem, responsavel in (
                ("c", "comprador", Responsavel.COMPRADOR),
                ("v", "vendedor", Responsavel.VENDEDOR),
                ("b", "banco gestor", Responsavel.BANCO),
            )
        ),
    )


CCG = _ccg("ccg", "max(P,H)", ("P", "H"))
CCG_EXISTENTE = _ccg("ccg_existente", "H", ("H",))
