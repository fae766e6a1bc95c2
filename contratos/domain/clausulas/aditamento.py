"""Clauses 3.86 to 3.97."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Alterações contratuais",
    "Alteração por meio de aditamentos",
    (
        Clausula(
            "3.86",
            Classe.TRACK,
            "Partes e CCEE",
            "Alteração societária que possa reunir CCEARs ou CAs leva ao distrato dos originais e a novos "
            "contratos com a sucessora, ou a um termo de cessão, conforme o caso.",
            realizada_em=("contratos.domain.procedimentos.sucessao.SUCESSAO",),
        ),
        Clausula(
            "3.86.1",
            Classe.ENFORCE,
            "Partes",
            "O distrato se celebra no dia em que começam os novos contratos e declara esse início; eles duram "
            "exatamente o que restava aos originais.",
            realizada_em=("contratos.domain.sucessao.date_problems", "contratos.services.herdeiros.replace_contract"),
        ),
        Clausula(
            "3.86.2",
            Classe.TRACK,
            "Partes",
            "Mudando a titularidade da concessão, permissão ou autorização, as partes distratam a garantia "
            "financeira original e constituem outra.",
            nota=(
                "3.98 e 3.101 dispensam o distrato. Leitura do portal: o CCG anterior é sempre revogado "
                "automaticamente, e este distrato fica como pendência que não bloqueia."
            ),
            realizada_em=("contratos.domain.procedimentos.sucessao.GARANTIA_DE_SUCESSAO",),
        ),
        Clausula(
            "3.87",
            Classe.TRACK,
            "Novo signatário",
            "Quem entra no contrato assume tudo a que o signatário original tinha direito e estava obrigado.",
            prazo_texto="na data do efeito",
            realizada_em=("contratos.services.efeitos.sucessao.take_effect",),
        ),
        Clausula(
            "3.88",
            Classe.TRACK,
            "CCEE",
            "A CCEE pode pedir mais documentos que justifiquem a alteração.",
            prazo_texto="o documento não dá prazo",
            realizada_em=(
                "contratos.domain.procedimentos.sucessao.SUCESSAO",
                "contratos.domain.procedimentos.documento.DE_DOCUMENTO",
            ),
        ),
        Clausula(
            "3.89",
            Classe.TRACK,
            "Todos",
            "O aditamento corre nos prazos do contrato de que nasceu.",
            prazo_texto="os do contrato",
            realizada_em=("contratos.domain.procedimentos.alteracao.ADITAMENTO",),
        ),
        Clausula(
            "3.90",
            Classe.TRACK,
            "Agentes",
            "Ato regulatório que muda dados de CCEAR, CA ou CER é informado à CCEE no sistema (Gestão ACR), a "
            "contar da publicação, e dá início ao aditamento.",
            prazos=("L+2du",),
            realizada_em=("contratos.domain.procedimentos.alteracao.ADITAMENTO",),
        ),
        Clausula(
            "3.91",
            Classe.TRACK,
            "CCEE",
            "(a) Se os agentes não informaram o ato, a CCEE inicia a alteração em nome deles e comunica o "
            "descumprimento à ANEEL; (b) se informaram, valida os dados. Nos dois casos disponibiliza o "
            "formulário eletrônico.",
            tambem=(Classe.REPORT,),
            prazos=("L+2du+2du",),
            prazo_texto="contados do fim do prazo de 3.90, mesmo que o agente informe antes",
            nota="Na alínea (b) o verbo vem mascarado no documento; a descrição das atividades mostra que é “validar”.",
            realizada_em=("contratos.domain.procedimentos.alteracao.ADITAMENTO",),
        ),
        Clausula(
            "3.92",
            Classe.ENFORCE,
            "CCEE",
            "Alteração de características técnicas do empreendimento de geração dispensa aditivo.",
            realizada_em=(
                "contratos.services.portoes.require",
                "contratos.domain.procedimentos.alteracao.DISPENSA",
            ),
        ),
        Clausula(
            "3.93",
            Classe.TRACK,
            "CCEE",
            "A CCEE conduz o aditivo até a assinatura efetiva por todas as partes, com garantia contratual "
            "apresentada, validação feita e pendências sanadas, a contar da publicação do ato.",
            prazos=("L+25du",),
            realizada_em=("contratos.domain.procedimentos.alteracao.ADITAMENTO",),
        ),
        Clausula(
            "3.94",
            Classe.ENFORCE,
            "Partes",
            "Só se assina aditamento quando as partes são agentes da CCEE.",
            realizada_em=("contratos.services.portoes.require",),
        ),
        Clausula(
            "3.95",
            Classe.ENFORCE,
            "Sistema",
            "O aditamento só é eficaz quando se celebra o CCG correspondente, ou o equivalente.",
            realizada_em=("contratos.services.eficacia.due",),
        ),
        Clausula(
            "3.96",
            Classe.INFO,
            "Agentes",
            "Os agentes respondem solidariamente pelas etapas da assinatura do aditamento e lhes cabe acompanhá-las.",
            porque="Regra de responsabilidade: cabe mostrar as etapas e avisar a todos, mas não há o que conferir.",
        ),
        Clausula(
            "3.97",
            Classe.REPORT,
            "CCEE, para a ANEEL",
            "Para cada certame, relatórios no sistema com os dados de cada aditamento e do processo de assinatura "
            "dele.",
            prazo_texto="o documento não dá prazo",
            realizada_em=("contratos.domain.relatorios.aditamentos.write",),
        ),
    ),
)
