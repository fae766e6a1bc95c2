"""Clause 3.85."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Alterações contratuais",
    "Cessão de direitos creditórios e dados bancários do CER",
    (
        Clausula(
            "3.85",
            Classe.TRACK,
            "Vendedor de CER",
            "O vendedor pode pedir a anuência da CCEE para ceder os direitos creditórios do CER ou mudar os dados "
            "bancários dele.",
            prazo_texto="o do procedimento que a CCEE publica no site",
            realizada_em=("contratos.domain.procedimentos.anuencia.ANUENCIA",),
        ),
    ),
)
