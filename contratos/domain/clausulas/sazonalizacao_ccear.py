"""Clauses 3.48 to 3.54."""

from contratos.domain.clausulas.modelo import Classe, Clausula, Secao

SECAO = Secao(
    "Sazonalização e modulação de contratos",
    "CCEARs",
    (
        Clausula(
            "3.48",
            Classe.TRACK,
            "CCEE, comprador e vendedor",
            "A CCEE informa o calendário; o comprador sazonaliza no sistema o CCEAR por quantidade e o vendedor "
            "valida, uma vez só, para todos os meses contratuais do ano civil seguinte.",
            tambem=(Classe.ENFORCE,),
            prazos=(
                "31Dec",
                "CAL:sazo_ccear",
            ),
            prazo_texto="informar o calendário; sazonalizar e validar",
            nota=(
                "Leitura do portal: o calendário precisa terminar antes de 31 de dezembro, quando a CCEE sazonaliza o "
                "que faltou (3.49.1)."
            ),
            realizada_em=(
                "contratos.services.sazonalizacoes.open_years",
                "contratos.domain.procedimentos.sazonalizacao.SAZO_CCEAR",
            ),
        ),
        Clausula(
            "3.49",
            Classe.COMPUTE,
            "CCEE",
            "Perdido o prazo ou sem acordo, a CCEE sazonaliza o CCEAR por quantidade pelo perfil de carga que a "
            "distribuidora declarou (SIMPLES ou sucedâneo), conforme as Regras, entre 85% e 115% da média anual "
            "contratada.",
            nota="Leitura do portal: a faixa vale também para a sazonalização feita pelas partes.",
            realizada_em=(
                "contratos.domain.montantes.perfil.distribute",
                "contratos.services.anuais.ask",
            ),
        ),
        Clausula(
            "3.49.1",
            Classe.TRACK,
            "CCEE",
            "A sazonalização de 3.49 acontece uma vez só e abrange todos os meses contratuais do ano civil seguinte.",
            prazos=("31Dec",),
            realizada_em=("contratos.services.rodadas.run_year",),
        ),
        Clausula(
            "3.50",
            Classe.COMPUTE,
            "CCEE",
            "CCEAR por quantidade de fonte hidráulica em leilão de energia nova, do 25º LEN em diante: é sempre a "
            "CCEE que sazonaliza, pelo perfil de carga da distribuidora.",
            tambem=(Classe.ENFORCE,),
            prazos=("31Dec",),
            nota="A remissão à “premissa anterior” alcança 3.49 (perfil e limites), e não só 3.49.1 (prazo).",
            realizada_em=(
                "contratos.montantes.rule",
                "contratos.services.rodadas.run_year",
            ),
        ),
        Clausula(
            "3.51",
            Classe.ENFORCE,
            "Vendedor",
            "CCEAR por quantidade de fonte eólica ou solar do 28º e do 29º LEN: quem sazonaliza é o vendedor, "
            "entre 80% e 120% da disponibilidade declarada no anexo I do contrato.",
            prazos=("CAL:sazo_ccear",),
            nota=(
                "Leitura do portal: a faixa é conferida mês a mês e o total anual se mantém, pois o documento não "
                "fala dele."
            ),
            realizada_em=(
                "contratos.domain.montantes.disponibilidade.problems",
                "contratos.services.efeitos.disponibilidade.by_seller",
            ),
        ),
        Clausula(
            "3.51.1",
            Classe.COMPUTE,
            "CCEE",
            "Se o vendedor nada declara no prazo do calendário, a CCEE sazonaliza pelos valores de "
            "disponibilidade do anexo I.",
            prazos=("CAL:sazo_ccear",),
            prazo_texto="esgotado esse prazo",
            realizada_em=("contratos.services.efeitos.disponibilidade.as_declared",),
        ),
        Clausula(
            "3.51.2",
            Classe.COMPUTE,
            "Sistema",
            "Há um só perfil de sazonalização por empreendimento, aplicado na proporção a todos os CCEARs do "
            "mesmo produto.",
            realizada_em=(
                "contratos.domain.montantes.disponibilidade.split",
                "contratos.montantes.same_plant",
            ),
        ),
        Clausula(
            "3.51.3",
            Classe.TRACK,
            "Vendedor",
            "Alteradas as características técnicas da usina, o vendedor pode declarar outros valores de "
            "disponibilidade.",
            realizada_em=("contratos.services.efeitos.disponibilidade.declare",),
        ),
        Clausula(
            "3.51.4",
            Classe.ENFORCE,
            "Sistema",
            "Os valores de 3.51.3 entram na sazonalização do próximo ano civil; a do ano corrente fica como está.",
            realizada_em=("contratos.montantes.availability",),
        ),
        Clausula(
            "3.52",
            Classe.COMPUTE,
            "CCEE",
            "O CCEAR por disponibilidade é sazonalizado pela CCEE de modo uniforme (flat), uma vez a cada ano, "
            "para todos os meses contratuais do ano civil seguinte.",
            prazos=("31Dec",),
            realizada_em=(
                "contratos.domain.montantes.flat.distribute_by_hours",
                "contratos.services.rodadas.run_year",
            ),
        ),
        Clausula(
            "3.53",
            Classe.TRACK,
            "CCEE",
            "CCEAR por disponibilidade com CVU diferente de zero: a CCEE preenche no sistema, uma vez só e nos "
            "termos do contrato, a inflexibilidade de cada mês contratual do ano civil seguinte.",
            tambem=(Classe.ENFORCE,),
            prazos=("31Dec",),
            realizada_em=("contratos.services.efeitos.disponibilidade.inform_inflexibility",),
        ),
        Clausula(
            "3.54",
            Classe.TRACK,
            "Vendedor",
            "Vendedor que opta por destinar ao CCEAR por disponibilidade a geração mensal da parcela da usina no "
            "ambiente livre informa o percentual.",
            tambem=(Classe.ENFORCE,),
            prazos=("MS+8du",),
            realizada_em=(
                "contratos.domain.procedimentos.modulacao.PERCENTUAL_ACL",
                "contratos.services.efeitos.modulacao.state_percent",
            ),
        ),
    ),
)
