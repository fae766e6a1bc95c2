"""A party's new name, which changes by submódulo 1.2: CCEE tells the other side of each contract (3.82)."""

from contratos.domain.procedimentos.modelo import Atividade, Procedimento, Responsavel

NOME_ALTERADO = Procedimento(
    "nome_alterado",
    "Mudança de nome de uma parte",
    ("T",),
    (
        Atividade(
            "V1",
            "Informar a contraparte do novo nome",
            Responsavel.CCEE,
            "N.A.",
            ("3.82",),
            evidencia=("comunicado",),
            estado="à espera da CCEE",
        ),
    ),
    concluido="contraparte informada",
)
