"""Clauses 3.77 to 3.78.2."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Sazonalização e modulação de contratos",
    "Contratos Bilaterais Regulados (CBRs)",
    (
        Clausula(
            "3.77",
            Classe.ENFORCE,
            "Vendedor",
            "A modulação do CBR se escolhe quando ele é registrado e segue os critérios das Regras.",
            prazo_texto="no registro do contrato",
            realizada_em=("contratos.domain.evidencia.cbr.PARTICULARES",),
        ),
        Clausula(
            "3.78",
            Classe.INFO,
            "Partes",
            "CBR entre empresas do mesmo grupo econômico, com distribuidora compradora: a modulação é a descrita "
            "nas Regras.",
            porque=(
                "O método está nas Regras de Comercialização; aqui só cabem a condição de mesmo grupo e as datas de "
                "3.78.1 e 3.78.2."
            ),
        ),
        Clausula(
            "3.78.1",
            Classe.ENFORCE,
            "Partes e CCEE",
            "Modulação ex-ante combinada entre as partes é inserida e validada antes do dia do PMO do mês de "
            "referência, que a CCEE divulga no site conforme o seu Calendário Geral de Operações.",
            tambem=(Classe.REPORT,),
            prazo_texto="antes da data do PMO do mês de referência",
            realizada_em=(
                "contratos.domain.procedimentos.modulacao.MODULACAO_CBR",
                "contratos.services.portoes.modulacao.PORTOES",
                "contratos.paginas.janelas.page",
            ),
        ),
        Clausula(
            "3.78.2",
            Classe.COMPUTE,
            "Sistema",
            "Sem inserção ou sem validação antes de sair o PLD do mês de referência, a modulação é flat.",
            prazos=("CAL:pld",),
            prazo_texto="na divulgação do PLD",
            nota="Leitura do portal: a entrada fecha no PMO (3.78.1) e a modulação flat se aplica quando sai o PLD.",
            realizada_em=("contratos.services.modulacoes.modulate_due", "contratos.domain.modulacao.MesDeCbr"),
        ),
    ),
)
