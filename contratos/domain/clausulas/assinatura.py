"""Clauses 3.8 to 3.21."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Validação, assinatura e registro de contratos",
    "CCEARs, CERs e CAs",
    (
        Clausula(
            "3.8",
            Classe.ENFORCE,
            "CCEE",
            "Os contratos de agente novo começam a ser elaborados depois de publicada a outorga e só são "
            "assinados depois da deliberação favorável à adesão (submódulo 1.1).",
            realizada_em=("contratos.services.portoes.require",),
        ),
        Clausula(
            "3.9",
            Classe.TRACK,
            "Candidato a agente ou vendedor de novo empreendimento",
            "Quem venceu o leilão com novo empreendimento informa no sistema os dados do ato regulatório dele, a "
            "contar da publicação.",
            prazos=("P+2du",),
            realizada_em=("contratos.domain.procedimentos.assinatura.NOVO", "contratos.services.evidencias.read"),
        ),
        Clausula(
            "3.10",
            Classe.TRACK,
            "CCEE",
            "A CCEE conduz o contrato até a assinatura efetiva por todas as partes, com garantia contratual "
            "apresentada, validação feita e pendências dos agentes sanadas.",
            tambem=(Classe.COMPUTE,),
            prazos=("max(P,H)+25du",),
            nota=(
                "Leitura do portal: “o que for mais contemporâneo” é o mais tarde entre a publicação da outorga (P) e "
                "a homologação e adjudicação do leilão (H)."
            ),
            realizada_em=(
                "contratos.domain.procedimentos.assinatura.NOVO",
                "contratos.domain.procedimentos.assinatura.EXISTENTE",
            ),
        ),
        Clausula(
            "3.11",
            Classe.ENFORCE,
            "CCEE",
            "Os marcos intermediários dos 25 dias úteis, com o prazo de cada um para a CCEE e os agentes, ficam "
            "no site da CCEE; nenhuma obrigação de agente tem menos de 3 dias úteis.",
            tambem=(Classe.REPORT,),
            prazo_texto="dentro dos 25du de 3.10; ao menos 3du para cada obrigação de agente",
            nota=(
                "Leitura do portal: o mínimo de 3 dias úteis vale para os marcos configurados; 3.9 e 3.90 trazem 2 no "
                "próprio texto."
            ),
            realizada_em=(
                "contratos.domain.procedimentos.marcos.check",
                "contratos.paginas.marcos.published",
            ),
        ),
        Clausula(
            "3.12",
            Classe.ENFORCE,
            "CCEE",
            "Mudar os marcos ou os prazos deles obedece a 3.11: total de 25 dias úteis, ao menos 3 por obrigação "
            "de agente e nova publicação.",
            prazo_texto="os de 3.11",
            realizada_em=(
                "contratos.services.publish_milestones",
                "contratos.services.adopt_milestones",
            ),
        ),
        Clausula(
            "3.13",
            Classe.TRACK,
            "Vendedores, agentes e CCEE",
            "Até a assinatura há no mínimo seis marcos: registro do ato autorizativo por vendedor que não tinha "
            "outorga; pedido de informações; análise da CCEE e saneamento de pendências; validação por quem vai "
            "assinar; garantias, em paralelo; e contrato disponível para assinatura digital ICP-Brasil, com envio "
            "do protocolo de autenticidade à CCEE.",
            tambem=(Classe.ENFORCE,),
            prazo_texto="os dos marcos publicados (3.11)",
            realizada_em=("contratos.domain.procedimentos.marcos.check", "contratos.services.assinaturas.receive"),
        ),
        Clausula(
            "3.13.1",
            Classe.ENFORCE,
            "Partes",
            "Assinatura em papel, com firma reconhecida, só quando o sistema da CCEE estiver indisponível.",
            realizada_em=("contratos.services.assinaturas.accept_paper",),
        ),
        Clausula(
            "3.13.2",
            Classe.INFO,
            "Agentes",
            "Só os agentes respondem pela validade e correção dos dados que indicam, entre eles os signatários e "
            "o banco gestor.",
            porque="Atribui responsabilidade: um portal pode guardar quem informou o quê, não conferir os dados.",
        ),
        Clausula(
            "3.14",
            Classe.REPORT,
            "CCEE, para a ANEEL",
            "A CCEE informa à ANEEL que agente deu causa à não assinatura ou perdeu prazo de pendência no "
            "contrato ou em anexo, e em que data a parte adimplente cumpriu a sua obrigação.",
            prazos=("max(P,H)+25du+5du",),
            prazo_texto="contados do prazo final de assinatura (3.10)",
            realizada_em=("contratos.domain.relatorios.nao_assinatura.write",),
        ),
        Clausula(
            "3.15",
            Classe.ENFORCE,
            "CCEE",
            "Negociações de leilão de energia nova e de reserva são registradas para todo o período de "
            "suprimento, conforme as Regras de Comercialização e o edital, quando os contratos já estão assinados.",
            prazo_texto="depois da assinatura efetiva",
            realizada_em=("contratos.services.contratos.register",),
        ),
        Clausula(
            "3.15.1",
            Classe.ENFORCE,
            "CCEE",
            "Nos leilões de energia existente e de ajuste, registrar, sazonalizar e modular não esperam pela "
            "assinatura, que continua devida no prazo de 3.10.",
            prazos=("H+25du",),
            realizada_em=("contratos.services.contratos.validate",),
        ),
        Clausula(
            "3.16",
            Classe.REPORT,
            "CCEE, para a ANEEL",
            "Relatório, quando couber, da situação das assinaturas de cada leilão: agentes com pendências, "
            "descrição delas, números e datas dos chamados e o mais que sirva à ação da ANEEL.",
            prazo_texto="o do normativo de monitoramento do mercado",
            realizada_em=(
                "contratos.domain.relatorios.situacao.write",
                "contratos.services.register_ticket",
            ),
        ),
        Clausula(
            "3.17",
            Classe.REPORT,
            "CCEE, para a ANEEL",
            "Relatório dos contratos firmados no certame, na forma da regulamentação, contado da informação que "
            "libera as garantias financeiras do último agente.",
            prazos=("G+10du",),
            realizada_em=("contratos.domain.relatorios.firmados.write",),
        ),
        Clausula(
            "3.18",
            Classe.REPORT,
            "CCEE",
            "Os contratos ficam guardados e à disposição da ANEEL.",
            prazo_texto="quando requisitado",
            realizada_em=(
                "contratos.relatorio.exportacao.write",
                "contratos.guarda.refuse",
            ),
        ),
        Clausula(
            "3.19",
            Classe.TRACK,
            "Todos",
            "Os aditivos seguem, quando couber, os prazos das atividades do contrato.",
            prazo_texto="os do contrato",
            realizada_em=("contratos.domain.procedimentos.alteracao.ADITAMENTO",),
        ),
        Clausula(
            "3.20",
            Classe.TRACK,
            "CCEE",
            "Nos aditivos o prazo conta da publicação do ato deliberativo da ANEEL ou do poder concedente, e a "
            "CCEE procura essas publicações todos os dias.",
            prazo_texto="acompanhamento diário",
            realizada_em=("notificacoes.services.tarefas_de_contratos.open_tasks",),
        ),
        Clausula(
            "3.21",
            Classe.INFO,
            "Vendedores e compradores",
            "As partes acompanham o processo inteiro, sejam quais forem as obrigações da CCEE nele.",
            porque=(
                "Pede atenção das partes: cabe mostrar o processo aos dois lados e avisar, mas não há o que conferir."
            ),
        ),
    ),
)
