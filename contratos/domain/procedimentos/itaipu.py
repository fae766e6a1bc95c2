"""Itaipu: the registered amounts are shown to quota holders before they come into force (3.24)."""

from contratos.domain.procedimentos.modelo import Atividade, Efeito, Procedimento, Responsavel

ITAIPU = Procedimento(
    "itaipu_publicacao",
    "Publicação dos montantes de Itaipu",
    ("S",),
    (
        Atividade(
            "I1",
            "Publicar os montantes de Itaipu",
            Responsavel.CCEE,
            "S-5du",
            ("3.24",),
            evidencia=("comunicado",),
            efeito=Efeito.PUBLICAR_ITAIPU,
            estado="à espera da publicação",
        ),
    ),
    concluido="publicado",
    definitivo="Cláusula 3.24: os montantes já foram publicados aos cotistas.",
)
