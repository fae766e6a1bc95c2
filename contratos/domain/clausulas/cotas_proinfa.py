"""Clauses 3.38 to 3.44.2."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Validação, assinatura e registro de contratos",
    "Cotas de energia do PROINFA",
    (
        Clausula(
            "3.38",
            Classe.COMPUTE,
            "CCEE",
            "Unidade consumidora que migra para o ambiente livre, toda ou em parte, recebe da distribuidora cota "
            "do PROINFA proporcional à parcela migrada.",
            realizada_em=(
                "contratos.services.proinfa_cotas.work_out",
                "contratos.services.efeitos.proinfa_registro.register",
            ),
        ),
        Clausula(
            "3.39",
            Classe.COMPUTE,
            "CCEE",
            "A CCEE calcula a cota do PROINFA da unidade que migrou.",
            prazos=("MS+1du",),
            prazo_texto="dia da apuração (3.40)",
            realizada_em=(
                "contratos.services.proinfa_cotas.work_out",
                "contratos.services.proinfa_rotina.open_proinfa",
            ),
        ),
        Clausula(
            "3.39.1",
            Classe.ENFORCE,
            "Agentes",
            "O cálculo se apoia no histórico de consumo que os agentes envolvidos declararam e validaram no sistema.",
            realizada_em=(
                "contratos.services.historicos.declare_history",
                "contratos.services.historicos.answer_history",
                "contratos.services.proinfa_cotas.by_history",
                "notificacoes.mensagens.historicos.card",
            ),
        ),
        Clausula(
            "3.40",
            Classe.TRACK,
            "CCEE e agente",
            "A CCEE apura as cotas e as publica no site; o agente que discorda da sua escreve à central de "
            "atendimento.",
            prazos=(
                "MS+1du",
                "MS+4du",
                "MS+6du",
            ),
            prazo_texto="apurar, publicar e discordar, nesta ordem",
            realizada_em=(
                "contratos.domain.procedimentos.proinfa.PROINFA_MES",
                "contratos.services.proinfa_publicacao.publish_quotas",
                "contratos.services.efeitos.proinfa.contest",
            ),
        ),
        Clausula(
            "3.40.1",
            Classe.ENFORCE,
            "Agente",
            "Quem não manifesta discordância formal no prazo aceitou a cota calculada, sem volta.",
            prazos=("MS+6du",),
            prazo_texto="esgotado esse prazo",
            nota="Leitura do portal: se o erro for da CCEE, só ela reabre, com motivo registrado.",
            realizada_em=(
                "contratos.services.efeitos.proinfa.accept",
                "contratos.services.portoes.proinfa.PORTOES",
                "contratos.services.efeitos.proinfa.review",
            ),
        ),
        Clausula(
            "3.41",
            Classe.TRACK,
            "CCEE",
            "Discordância procedente: a CCEE recalcula a cota e publica a nova.",
            prazos=("MS+8du",),
            realizada_em=("contratos.services.efeitos.proinfa.recalculate",),
        ),
        Clausula(
            "3.42",
            Classe.TRACK,
            "CCEE",
            "A CCEE ajusta os contratos do PROINFA dos agentes envolvidos às novas cotas.",
            prazos=("MS+10du",),
            realizada_em=("contratos.services.proinfa_cotas.settle",),
        ),
        Clausula(
            "3.43",
            Classe.TRACK,
            "Agentes e CCEE",
            "Para a cota anual, o histórico de consumo do agente precisa estar atualizado e validado no "
            "calendário que a CCEE divulga por comunicado.",
            prazos=("CAL:proinfa_anual",),
            realizada_em=(
                "contratos.services.proinfa_anos.calculate",
                "contratos.services.proinfa_anos.leave_out",
                "notificacoes.mensagens.historicos.card",
            ),
        ),
        Clausula(
            "3.44",
            Classe.COMPUTE,
            "Consumidor",
            "O consumidor pode abrir mão da cota do PROINFA a qualquer tempo; ela passa ao ACEP.",
            nota="Leitura do portal: a opção é sempre aceita; o mês em que começa a valer segue 3.44.1.",
            realizada_em=("contratos.services.proinfa_renuncia.finish",),
        ),
        Clausula(
            "3.44.1",
            Classe.ENFORCE,
            "Consumidor",
            "A opção se faz com a declaração de não recebimento de cota, preenchida e enviada à CCEE.",
            prazos=("MS+4du",),
            nota="Leitura do portal: entregue depois, vale para o mês seguinte.",
            realizada_em=(
                "contratos.services.efeitos.proinfa.declare",
                "contratos.domain.proinfa.first_without",
            ),
        ),
        Clausula(
            "3.44.2",
            Classe.TRACK,
            "CCEE",
            "A CCEE finaliza no sistema o contrato do PROINFA de quem optou e informa esse agente à Eletrobras.",
            tambem=(Classe.REPORT,),
            prazos=("MS+10du",),
            realizada_em=(
                "contratos.services.efeitos.proinfa.finish",
                "contratos.paginas.proinfa.page",
            ),
        ),
    ),
)
