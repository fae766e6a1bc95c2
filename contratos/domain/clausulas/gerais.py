"""Clauses 3.1 to 3.7."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Gerais",
    "Premissas gerais",
    (
        Clausula(
            "3.1",
            Classe.ENFORCE,
            "Distribuidora supridora",
            "Suprimento entre distribuidoras em que a suprida tem mercado próprio inferior a 500 GWh/ano: quem "
            "registra o contrato no sistema, quando couber, é a supridora.",
            realizada_em=(
                "contratos.services.efeitos.sem_validacao.register_supply",
                "contratos.services.registros.register_contract",
            ),
        ),
        Clausula(
            "3.2",
            Classe.ENFORCE,
            "Agentes, CCEE e ANEEL",
            "Cláusulas e condições de contrato anexo a edital de leilão são fixas: nem os agentes nem a CCEE as "
            "mudam sem autorização expressa da ANEEL.",
            realizada_em=("contratos.services.contratos.save_text", "contratos.services.contratos.save_contract"),
        ),
        Clausula(
            "3.3",
            Classe.ENFORCE,
            "CCEE e vendedor",
            "Contrato de leilão só vai para assinatura depois de apresentadas, quando couber, as garantias "
            "financeiras contratuais, que precisam estar válidas.",
            prazo_texto="antes de disponibilizar para assinatura",
            realizada_em=("contratos.services.portoes.require", "contratos.services.garantias.save_guarantee"),
        ),
        Clausula(
            "3.4",
            Classe.ENFORCE,
            "CCEE",
            "A CCEE só registra contrato de leilão que ela mesma já validou.",
            nota=(
                "Leitura do portal: nos leilões de energia existente e de ajuste 3.15.1 dispensa a assinatura, não "
                "esta validação."
            ),
            realizada_em=("contratos.services.contratos.register",),
        ),
        Clausula(
            "3.5",
            Classe.TRACK,
            "CCEE e participantes",
            "As condições do edital para assinar os contratos são cumpridas pelos participantes, e a CCEE as "
            "observa com rigor.",
            tambem=(Classe.ENFORCE,),
            prazo_texto="os do edital",
            realizada_em=(
                "contratos.services.portoes.missing",
                "contratos.services.fulfil",
                "contratos.domain.relatorios.edital.write",
            ),
        ),
        Clausula(
            "3.6",
            Classe.REPORT,
            "CCEE",
            "O texto integral dos contratos de comercialização fica no site da CCEE, quando aplicável, como prevê "
            "a regulamentação.",
            realizada_em=(
                "contratos.paginas.textos.one",
                "contratos.paginas.textos.queue",
            ),
        ),
        Clausula(
            "3.7",
            Classe.ENFORCE,
            "CCEE",
            "Contrato regulado suspenso fica fora de qualquer mecanismo de redução ou rescisão da energia contratada.",
            prazo_texto="enquanto durar a suspensão",
            nota="O documento não diz como a suspensão começa nem como termina.",
            realizada_em=("contratos.services.portoes.require",),
        ),
    ),
)
