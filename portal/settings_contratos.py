"""The readings of Submódulo 3.2 that another house may want otherwise; part of portal.settings."""

from portal import env as e

# How the deadlines of contracts are counted where the rules leave it open (docs/decisions/013).
PRAZO_ANCORA_ROLA = e.boolean("PRAZO_ANCORA_ROLA", False)
PRAZO_CORRIDO_ROLA = e.boolean("PRAZO_CORRIDO_ROLA", False)
PRAZO_AVISO_DU = e.number("PRAZO_AVISO_DU", 3)  # business days before a due date on which its holder is reminded
PRAZOS_CONFIGURADOS = e.texts("PRAZOS_CONFIGURADOS")  # {"anuencia_cer.N2": "T+10du"}: where the document gives none
PRAZO_RELATORIO_CBR = e.env.str("PRAZO_RELATORIO_CBR", "")  # 3.35, of the year after, as "31Jan"
PRAZO_HORA = e.time_of_day("PRAZO_HORA", "23:59:59")  # of the last day, in FUSO; that second is still in time
# Classes of agentes that use reserve energy: each has a CONUER from its admission on (3.46).
USUARIAS = ["distribuidor", "consumidor_livre", "consumidor_especial", "autoprodutor"]
CLASSES_USUARIAS_DE_RESERVA: list[str] = e.env.list("CLASSES_USUARIAS_DE_RESERVA", default=USUARIAS)
# The band of 3.49 holds for what the parties seasonalise too: the clause names it for CCEE's run alone.
SAZONALIZACAO_FAIXA_DAS_PARTES = e.boolean("SAZONALIZACAO_FAIXA_DAS_PARTES", True)
# 3.60 asks for no validation of the hours of a CA, 3.61 speaks of one (docs/decisions/033).
MODULACAO_EXIGE_VALIDACAO = e.boolean("MODULACAO_EXIGE_VALIDACAO", True)
# Agente Comercializador de Energia do PROINFA, which the text sometimes calls Eletrobras: the holder may change.
ACEP_CNPJ = e.env.str("ACEP_CNPJ", "")
PROINFA_MESES_DE_HISTORICO = e.number("PROINFA_MESES_DE_HISTORICO", 12)  # that a quota is worked out from (3.39.1)
# The day on which CCEE's yearly runs begin by themselves (3.49.1, 3.52), of the year before; "N.A.": only by hand.
SAZONALIZACAO_AUTOMATICA = e.env.str("SAZONALIZACAO_AUTOMATICA", "31Dec-2du")
