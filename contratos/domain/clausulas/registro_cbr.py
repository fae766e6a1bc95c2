"""Clauses 3.25 to 3.35."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Validação, assinatura e registro de contratos",
    "Contratos Bilaterais Regulados (CBRs)",
    (
        Clausula(
            "3.25",
            Classe.ENFORCE,
            "Vendedor",
            "Todo CBR pertence a um de dois subgrupos: (a) quem compra é distribuidora; (b) quem vende é gerador, "
            "nos contratos dos arts. 5º e 10 da Lei 13.182/2015 e similares.",
            realizada_em=("contratos.domain.cbr.class_problems",),
        ),
        Clausula(
            "3.26",
            Classe.ENFORCE,
            "Vendedor",
            "CBR com distribuidora compradora, e cada alteração dele, se registra conforme a aprovação ou "
            "homologação da ANEEL.",
            nota="Leitura do portal: sem o ato da ANEEL há rascunho, mas não validação.",
            realizada_em=("contratos.services.portoes.cbr._com_ato", "contratos.services.efeitos.cbr.state_act"),
        ),
        Clausula(
            "3.26.1",
            Classe.ENFORCE,
            "CCEE e ANEEL",
            "A CCEE acompanha esses registros com a ANEEL; o que descumpre 3.26 é inválido e não produz efeito "
            "algum na CCEE.",
            tambem=(Classe.TRACK,),
            prazo_texto="permanente",
            realizada_em=("contratos.services.efeitos.fim_do_cbr.invalidate", "contratos.cbr.amounts"),
        ),
        Clausula(
            "3.27",
            Classe.TRACK,
            "Vendedor e comprador",
            "Registrar, ajustar e validar CBR segue os prazos do CCEAL (submódulo 3.1), sem prejuízo do "
            "tratamento próprio entre empresas do mesmo grupo econômico.",
            prazos=("MS+9du",),
            prazo_texto="leitura do portal; quem manda é o submódulo 3.1",
            realizada_em=(
                "contratos.domain.cbr.month_problem",
                "contratos.services.portoes.cbr._no_prazo",
                "contratos.services.efeitos.cbr.lapse",
            ),
        ),
        Clausula(
            "3.28",
            Classe.ENFORCE,
            "Vendedor e, depois, comprador",
            "O vendedor registra ou ajusta e o comprador valida, mês a mês ou para todo o período de suprimento.",
            prazo_texto="os de 3.27",
            realizada_em=(
                "contratos.domain.procedimentos.cbr.CBR_REGISTRO",
                "contratos.domain.procedimentos.cbr.CBR_AJUSTE",
            ),
        ),
        Clausula(
            "3.28.1",
            Classe.ENFORCE,
            "CCEE",
            "CBR do subgrupo (b) de 3.25 só admite vendedores e compradores elegíveis pela Lei 13.182/2015.",
            realizada_em=("contratos.services.portoes.cbr.ineligible",),
        ),
        Clausula(
            "3.28.2",
            Classe.ENFORCE,
            "CCEE, vendedor e compradores elegíveis",
            "Contratos do art. 5º da Lei 13.182/2015: a CCEE os registra, sem validação da contraparte; os "
            "valores horários máximos, o vendedor elegível ajusta e os compradores elegíveis validam.",
            prazo_texto="os de 3.27",
            realizada_em=(
                "contratos.domain.procedimentos.cbr.CBR_ART_5",
                "contratos.domain.procedimentos.cbr.CBR_MAXIMOS",
            ),
        ),
        Clausula(
            "3.29",
            Classe.ENFORCE,
            "Vendedor",
            "Precisam da parcela de usina no registro: geração distribuída por chamada pública ou por "
            "desverticalização, contratos vindos do sistema isolado de distribuidora interligada e os anteriores "
            "à Lei 10.848/2004.",
            realizada_em=("contratos.domain.cbr.terms_problems",),
        ),
        Clausula(
            "3.30",
            Classe.ENFORCE,
            "Vendedor",
            "O vendedor informa por qual período o montante vigora e quanto é, em MWmédio; os contratos do art. "
            "5º da Lei 13.182/2015 ficam fora.",
            realizada_em=("contratos.domain.periodos.reach_problems",),
        ),
        Clausula(
            "3.31",
            Classe.COMPUTE,
            "Sistema",
            "Montantes de CBR têm 6 casas decimais em MWmédio. O que o arredondamento das horas tirar ou puser em "
            "relação ao montante do período de vigência vai, automaticamente, para a primeira hora do contrato.",
            tambem=(Classe.ENFORCE,),
            nota="Leitura do portal: a primeira hora é a do período de vigência, porque é por período que se compara.",
            realizada_em=("contratos.domain.periodos.read", "contratos.domain.periodos.split"),
        ),
        Clausula(
            "3.32",
            Classe.ENFORCE,
            "Partes e CCEE",
            "O registro de um CBR se finaliza por acordo das partes, por desligamento de agente (submódulo 1.5) "
            "ou por decisão judicial, arbitral ou administrativa.",
            realizada_em=(
                "contratos.domain.procedimentos.fim_do_cbr.CBR_FINALIZACAO",
                "contratos.domain.procedimentos.fim_do_cbr.CBR_TERMINO",
            ),
        ),
        Clausula(
            "3.32.1",
            Classe.TRACK,
            "Vendedor e, depois, comprador",
            "Havendo acordo, o vendedor cancela o registro do CBR no sistema e o comprador valida.",
            tambem=(Classe.ENFORCE,),
            prazos=("MS+9du",),
            nota="Leitura do portal: este cancelamento é a finalização por acordo de 3.32, um ato só.",
            realizada_em=(
                "contratos.services.portoes.cbr._fim_no_prazo",
                "contratos.services.efeitos.fim_do_cbr.agree",
            ),
        ),
        Clausula(
            "3.33",
            Classe.COMPUTE,
            "Sistema",
            "A finalização vale a partir da data que o vendedor indicou e o comprador validou.",
            prazo_texto="a data indicada",
            nota="Leitura do portal: essa data é o primeiro dia sem energia.",
            realizada_em=("contratos.services.cessacao.cease_due", "contratos.cbr.reach"),
        ),
        Clausula(
            "3.34",
            Classe.INFO,
            "Agente",
            "Quem não consegue operar os seus contratos por inviabilidade do sistema, falha de conexão com a CCEE "
            "ou restrição de acesso segue a contingência do submódulo 1.4.",
            porque="O procedimento está no submódulo 1.4; aceitar o que chega fora do prazo é decisão da CCEE.",
        ),
        Clausula(
            "3.35",
            Classe.REPORT,
            "CCEE, para a ANEEL",
            "Relatório dos CBRs registrados, com os seus parâmetros e informações.",
            prazo_texto="anual; o documento não fixa o dia",
            realizada_em=("contratos.relatorio.cbrs.page",),
        ),
    ),
)
