"""Clauses 3.55 to 3.62."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Sazonalização e modulação de contratos",
    "Contratos de Leilão de Ajuste (CAs)",
    (
        Clausula(
            "3.55",
            Classe.TRACK,
            "Comprador",
            "O comprador sazonaliza no sistema todos os meses contratuais de cada ano civil do CA, uma vez só, na "
            "data que a CCEE fixa para o leilão.",
            prazos=("CAL:sazo_ca",),
            realizada_em=("contratos.domain.procedimentos.sazonalizacao.SAZO_CA",),
        ),
        Clausula(
            "3.56",
            Classe.TRACK,
            "Vendedor",
            "O vendedor valida essa sazonalização, uma vez só para cada ano civil.",
            prazos=("CAL:sazo_ca",),
            realizada_em=("contratos.services.efeitos.sazonalizacao.validate",),
        ),
        Clausula(
            "3.57",
            Classe.ENFORCE,
            "Comprador e vendedor",
            "Sazonalizar e validar o CA se concluem antes de começar o suprimento.",
            prazo_texto="antes do início do suprimento",
            nota="Leitura do portal: entre esta data e a que a CCEE fixa (3.55 e 3.58), vale a primeira.",
            realizada_em=("contratos.services.sazonalizacoes.open_years",),
        ),
        Clausula(
            "3.58",
            Classe.COMPUTE,
            "Sistema",
            "Sem sazonalização ou sem validação no prazo da CCEE, a energia do período se reparte pelos meses na "
            "proporção das horas de cada um (flat).",
            prazos=("CAL:sazo_ca",),
            prazo_texto="esgotado esse prazo",
            realizada_em=("contratos.services.efeitos.sazonalizacao.evenly",),
        ),
        Clausula(
            "3.59",
            Classe.ENFORCE,
            "Comprador",
            "Os montantes sazonalizados do CA ficam entre 85% e 115% da média anual contratada.",
            realizada_em=("contratos.domain.montantes.faixa.problems",),
        ),
        Clausula(
            "3.60",
            Classe.ENFORCE,
            "Comprador",
            "O comprador modula a energia de cada mês contratual do CA, uma vez só, dentro dos limites de "
            "potência associada, até a data da CCEE.",
            tambem=(Classe.TRACK,),
            prazos=("CAL:modulacao_ca",),
            nota="Leitura do portal: 3.61 supõe uma validação que 3.60 não pede; ela é exigida.",
            realizada_em=(
                "contratos.domain.procedimentos.modulacao.MODULACAO_CA",
                "contratos.services.efeitos.modulacao.propose",
                "contratos.domain.montantes.modulacao.problems",
            ),
        ),
        Clausula(
            "3.61",
            Classe.COMPUTE,
            "Sistema",
            "Sem modulação ou sem validação no prazo, a energia do mês se divide por igual entre as horas dele (flat).",
            prazos=("CAL:modulacao_ca",),
            prazo_texto="esgotado esse prazo",
            nota="Leitura do portal: o que o arredondamento à sexta casa deixa vai para a primeira hora do mês.",
            realizada_em=(
                "contratos.domain.montantes.modulacao.flat",
                "contratos.services.efeitos.modulacao.evenly",
                "contratos.services.modulacoes.open_months",
            ),
        ),
        Clausula(
            "3.62",
            Classe.COMPUTE,
            "Sistema",
            "Se o edital não diz, a potência mínima é zero e a máxima é a potência associada à energia contratada.",
            realizada_em=("contratos.domain.montantes.modulacao.power", "contratos.models.PotenciaDoContrato"),
        ),
    ),
)
