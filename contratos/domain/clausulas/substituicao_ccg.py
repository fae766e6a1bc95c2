"""Clauses 3.98 to 3.102."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Alterações contratuais",
    "Substituição de CCG",
    (
        Clausula(
            "3.98",
            Classe.ENFORCE,
            "Comprador",
            "A garantia de fiel cumprimento que o comprador deu e o vendedor aceitou no CCEAR ou CA é substituída "
            "quando muda a titularidade do vendedor ou do comprador, quando muda o banco gestor e em outros casos "
            "que a ANEEL reconheça; a anterior não precisa de distrato.",
            realizada_em=("contratos.domain.garantia.reason_problems", "contratos.services.efeitos.garantia.ask"),
        ),
        Clausula(
            "3.99",
            Classe.ENFORCE,
            "Comprador",
            "A nova garantia segue o que especificam o edital do leilão e o CCEAR ou CA das partes.",
            realizada_em=("contratos.domain.garantia.new_problems", "contratos.domain.garantia.checklist_problems"),
        ),
        Clausula(
            "3.100",
            Classe.TRACK,
            "Comprador",
            "O comprador pede à CCEE, pelo sistema, que se comece a fazer o novo instrumento de garantia.",
            prazo_texto="o pedido abre o processo",
            realizada_em=("contratos.domain.procedimentos.substituicao.SUBSTITUICAO",),
        ),
        Clausula(
            "3.101",
            Classe.ENFORCE,
            "Sistema",
            "Celebrado o novo CCG, o anterior fica revogado automaticamente, também nos registros da CCEE; o que "
            "a revogação produz entre as partes é assunto e risco delas.",
            realizada_em=("contratos.services.instrumentos.reflect",),
        ),
        Clausula(
            "3.102",
            Classe.TRACK,
            "CCEE",
            "A substituição tem prazos semelhantes aos da celebração do CCG (3.36 e 3.37).",
            prazos=("T+25du",),
            prazo_texto="leitura do portal: conta-se do pedido de substituição",
            realizada_em=("contratos.domain.procedimentos.substituicao.SUBSTITUICAO",),
        ),
    ),
)
