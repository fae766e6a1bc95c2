"""The ledger in words: one Portuguese sentence per kind of entry, and the names of what it recorded."""

from datetime import datetime
from typing import Any

from portal import clock
from portal.kernel.text import visible

GRUPOS = {
    "adesao": ("Adesão e senha sistêmica", ("adesao.", "atualizacao.", "senha.")),
    "certificados": ("Certificados", ("certificado.", "lista.")),
    "avisos": ("Avisos por e-mail", ("aviso.", "tarefa.")),
    "empresa": ("Empresa e representantes", ("agente.", "representacao.", "pessoa.", "chave.")),
    "contratos": ("Contratos", ("contrato.",)),
    "webhooks": ("Webhooks", ("webhook.",)),
    "acessos": ("Acessos e recusas", ("sessao.", "acesso.", "agenda.", "senha_pessoal.", "segundo_fator.")),
}
FRASES = {
    "adesao.concluida": "concluiu a adesão à plataforma",
    "atualizacao.concluida": "concluiu uma atualização do cadastro",
    "senha.definida": "definiu a senha do usuário sistêmico",
    "certificado.incluido": "incluiu um certificado",
    "certificado.excluido": "excluiu um certificado",
    "registros.exportados": "copiou empresas e pessoas para um arquivo (sandbox)",
    "registros.importados": "trouxe empresas e pessoas da produção para o sandbox",
    "agente.copiado": "trouxe da produção o cadastro da empresa",
    "certificado.revogado": "achou um certificado na lista de revogação da certificadora",
    "lista.consulta_pedida": "pediu que uma lista de revogação seja consultada",
    "certificado.baixado": "baixou um certificado",
    "certificado.recusado": "enviou um arquivo que foi recusado",
    "gateway.senha_bloqueada": "deixou de conferir senhas com um certificado, depois de erradas demais",
    "aviso.devolvido": "recebeu de volta um e-mail que não pôde ser entregue",
    "aviso.dispensado": "pediu para não receber os avisos que pode dispensar",
    "aviso.dispensa_retirada": "voltou a receber os avisos que tinha dispensado",
    "aviso.enviado": "enviou um aviso por e-mail",
    "aviso.nao_entregue": "não conseguiu entregar um e-mail",
    "aviso.conciliado": "reconheceu como enviado um e-mail que o servidor já tinha aceitado",
    "aviso.reenvio": "pôs um e-mail de volta na fila",
    "aviso.politica": "mandou avisar de certificados que novas regras deixarão de aceitar",
    "aviso.por_telefone": "registrou que o aviso foi dado por telefone",
    "tarefa.concluida": "concluiu uma tarefa da operação",
    "agente.incluido": "cadastrou a empresa",
    "agente.alterado": "alterou o cadastro da empresa",
    "representacao.incluida": "incluiu uma representação",
    "representacao.alterada": "alterou uma representação",
    "representacao.encerrada": "encerrou uma representação",
    "pessoa.incluida": "cadastrou a pessoa",
    "pessoa.alterada": "alterou o cadastro da pessoa",
    "pessoa.grupos": "mudou os direitos da pessoa",
    "pessoa.convidada": "convidou a pessoa",
    "pessoa.convite_enviado": "enviou o e-mail para escolher a senha",
    "pessoa.convite_nao_entregue": "não conseguiu entregar o e-mail para escolher a senha",
    "pessoa.idioma": "escolheu o idioma das suas mensagens",
    "pessoa.identidade_vinculada": "vinculou uma identidade externa (OpenID Connect)",
    "chave.emitida": "emitiu uma chave de máquina",
    "chave.revogada": "revogou uma chave de máquina",
    "conta.empresa_incluida": "cadastrou uma empresa do mercado",
    "conta.aberta": "abriu a conta de uma pessoa",
    "conta.alterada": "mudou o direito ou a situação de uma conta",
    "conta.par_registrado": "registrou um par de certificados",
    "conta.par_excluido": "excluiu um par de certificados",
    "conta.par_recusado": "enviou um par de certificados que foi recusado",
    "conta.autoridade_incluida": "incluiu uma autoridade na lista das permitidas",
    "conta.certificado_publicado": "publicou um certificado do operador",
    "conta.publicado_em_vigor": "mudou o que está em vigor na lista publicada",
    "agenda.criada": "criou um endereço secreto de agenda",
    "agenda.revogada": "revogou um endereço secreto de agenda",
    "calendario.alterado": "alterou o calendário de dias úteis",
    "calendario.facultativo": "mudou um dia facultativo de todos os anos",
    "calendario.semeado": "incluiu anos no calendário de dias úteis",
    "contrato.cadastrado": "cadastrou o contrato",
    "contrato.alterado": "alterou os termos do contrato",
    "contrato.texto": "registrou o texto de um contrato",
    "contrato.texto_recusado": "tentou mudar o texto de um contrato, que está travado",
    "contrato.situacao": "mudou a situação do contrato",
    "contrato.fluxo_aberto": "abriu um fluxo do contrato",
    "contrato.ccg_celebrado": "celebrou um CCG, que está em vigor",
    "contrato.ccg_revogado": "revogou o CCG anterior, pela celebração do novo",
    "contrato.aditamento_assinado": "completou as assinaturas de um aditamento",
    "contrato.aditamento_eficaz": "deu eficácia a um aditamento",
    "contrato.aditamento_dispensado": "dispensou um aditamento, por mudança só técnica",
    "contrato.fluxo_cancelado": "cancelou um fluxo do contrato",
    "contrato.atividade_concluida": "concluiu uma atividade do contrato",
    "contrato.atividade_dispensada": "dispensou uma atividade do contrato",
    "contrato.prazo_alterado": "mudou o prazo de uma atividade do contrato",
    "contrato.prazos_nao_recontados": "não pôde recontar os prazos de um fluxo do contrato",
    "contrato.decurso_a_confirmar": "deixou à CCEE confirmar o cancelamento por decurso de prazo",
    "contrato.assinatura_aceita": "recebeu uma assinatura válida de um documento",
    "contrato.assinatura_recusada": "enviou um documento cuja assinatura foi recusada",
    "contrato.protocolo": "emitiu o protocolo de autenticidade de um documento",
    "contrato.documento_emitido": "emitiu um documento para assinatura",
    "contrato.cadastro_incluido": "incluiu um cadastro dos contratos",
    "contrato.cadastro_alterado": "alterou um cadastro dos contratos",
    "contrato.marcos_publicados": "publicou um conjunto de marcos",
    "contrato.marcos_adotados": "fez o fluxo adotar outra versão dos marcos",
    "contrato.chamado_registrado": "registrou um chamado sobre uma pendência do contrato",
    "contrato.chamado_encerrado": "encerrou um chamado sobre o contrato",
    "contrato.garantia": "registrou uma garantia do contrato",
    "contrato.signatario_indicado": "indicou um signatário",
    "contrato.signatario_encerrado": "retirou um signatário",
    "contrato.exigencia_cumprida": "deu por cumprida uma exigência do edital",
    "contrato.cbr_enviado": "enviou o registro do CBR à validação do comprador",
    "contrato.cbr_registrado": "registrou o CBR do art. 5º",
    "contrato.cbr_ajustado": "ajustou os montantes do CBR",
    "contrato.cbr_validado": "validou os montantes do CBR",
    "contrato.cbr_devolvido": "devolveu os montantes do CBR ao vendedor",
    "contrato.cbr_sem_efeito": "deu por sem efeito os montantes do CBR, não validados no prazo",
    "contrato.cbr_ato": "informou o ato da ANEEL sobre o CBR",
    "contrato.cbr_finalizado": "finalizou o registro do CBR",
    "contrato.cbr_invalido": "deu o registro do CBR por inválido",
    "contrato.acordo_registrado": "registrou um acordo bilateral",
    "contrato.sazonalizacao_informada": "informou a sazonalização, à espera da validação",
    "contrato.sazonalizacao_devolvida": "devolveu a sazonalização para correção",
    "contrato.rodada_iniciada": "iniciou uma rodada de sazonalização",
    "contrato.rodada_concluida": "concluiu uma rodada de sazonalização",
    "contrato.disponibilidade_declarada": "declarou outra disponibilidade da usina",
    "contrato.inflexibilidade_informada": "informou o CVU e a inflexibilidade do ano",
    "contrato.sazonalizado": "definiu a energia de cada mês do ano, uma vez só",
    "contrato.modulacao_informada": "informou a modulação do mês, à espera da validação",
    "contrato.modulacao_devolvida": "devolveu a modulação do mês para correção",
    "contrato.modulado": "definiu a energia de cada hora do mês, uma vez só",
    "contrato.percentual_acl": "informou o percentual da geração no ambiente livre",
    "contrato.acordo_validado": "validou o acordo bilateral, que é definitivo",
    "contrato.sucessao_efetivada": "deu efeito à sucessão de uma parte do contrato",
    "contrato.sucessao_assumida": "passou a posição no contrato à sucessora",
    "contrato.fluxos_recebidos": "levou ao novo contrato o que estava em andamento",
    "contrato.exportado": "exportou o contrato com tudo o que o portal guarda dele",
    "contrato.ccer_registrado": "registrou o CCER da unidade consumidora",
    "contrato.ccer_zerado": "registrou montante zero por inadimplência",
    "contrato.ccer_restaurado": "registrou a quitação e restaurou os montantes do CCER",
    "contrato.suprimento_registrado": "registrou o suprimento entre distribuidoras",
    "contrato.itaipu_publicado": "publicou os montantes de Itaipu",
    "contrato.cota_registrada": "registrou a cota do PROINFA",
    "contrato.cota_apurada": "apurou a cota do PROINFA do mês",
    "contrato.cota_publicada": "publicou a cota do PROINFA do mês",
    "contrato.cota_contestada": "discordou da cota do PROINFA do mês",
    "contrato.cota_aceita": "deu por aceita, sem volta, a cota do PROINFA do mês",
    "contrato.cota_mantida": "manteve a cota do PROINFA do mês",
    "contrato.cota_ajustada": "ajustou os contratos à cota do PROINFA do mês",
    "contrato.cota_transferida": "passou energia de um contrato do PROINFA a outro",
    "contrato.cota_pendente": "não pôde calcular a cota do PROINFA",
    "contrato.cota_anual": "registrou a cota anual do PROINFA",
    "contrato.cota_sazonalizada": "levou ao contrato a sazonalização das cotas do PROINFA",
    "contrato.cotistas_informados": "informou aos cotistas a sazonalização do PROINFA",
    "contrato.nao_cota_declarada": "declarou não receber a cota do PROINFA",
    "contrato.cota_no_acep": "finalizou o contrato do PROINFA e passou a cota ao ACEP",
    "contrato.proinfa_sazonalizado": "sazonalizou as cotas do PROINFA",
    "contrato.historico_declarado": "declarou um histórico de consumo",
    "contrato.historico_validado": "validou um histórico de consumo",
    "contrato.historico_devolvido": "devolveu um histórico de consumo para correção",
    "contrato.conuer_enviado": "enviou o CONUER, aceito com a adesão",
    "webhook.criado": "criou um destino de webhook",
    "webhook.alterado": "alterou um destino de webhook",
    "webhook.ligado": "ligou um destino de webhook",
    "webhook.desligado": "desligou um destino de webhook",
    "webhook.removido": "removeu um destino de webhook",
    "webhook.segredo_trocado": "trocou o segredo de um destino de webhook",
    "webhook.testado": "enviou um teste a um destino de webhook",
    "webhook.reenvio": "mandou repetir uma entrega de webhook",
    "webhook.pausado": "pôs em pausa um destino de webhook que não atende",
    "webhook.retomado": "retomou um destino de webhook, que voltou a atender",
    "acesso.recusado": "teve um pedido recusado",
    "sessao.entrada": "entrou no portal",
    "sessao.recusada": "não conseguiu entrar no portal",
    "sessao.saida": "saiu do portal",
    "senha_pessoal.alterada": "trocou a própria senha do portal",
    "senha_pessoal.recuperacao": "pediu para redefinir a senha do portal",
    "segundo_fator.incluido": "ativou um segundo fator",
    "segundo_fator.removido": "removeu um segundo fator",
}
ROTULOS = {
    "senhas_erradas": "senhas erradas",
    "tipo": "tipo",
    "servidor": "resposta do servidor",
    "repeticao": "repetição após dúvida",
    "antecedencia": "antecedência (dias)",
    "acao": "pedido",
    "ate": "até",
    "desde": "desde",
    "dia_util": "dia útil",
    "chaves": "chaves de dias facultativos",
    "destinatario": "destinatário",
    "debito": "débito",
    "quitacao": "quitação",
    "mercado_gwh": "mercado próprio da suprida (GWh/ano)",
    "meses_perdidos": "meses que contam zero",
    "emissor": "emissor",
    "escopo": "escopo",
    "falou_com": "falou com",
    "ip": "endereço IP",
    "meio": "meio",
    "meios": "meios",
    "motivo": "motivo",
    "numero_serie": "número de série",
    "mes": "mês",
    "papel": "papel",
    "versao_da_curva": "versão da sazonalização",
    "a_partir_de": "a partir de",
    "protocolo": "protocolo",
    "razao_social": "razão social",
    "regras": "regras que falharam",
    "sha256": "SHA-256",
    "situacao": "situação",
    "valid_until": "válido até",
    "valido_ate": "válido até",
    "versao": "versão da senha",
    "versao_do_cbr": "versão do CBR",
}
VALORES = {
    "password": "senha",
    "mfa": "segundo fator",
    "socialaccount": "identidade externa",
    "totp": "aplicativo autenticador",
    "webauthn": "chave de segurança",
    "recovery_codes": "códigos de reserva",
    "representante_ccee": "representante CCEE",
    "representante_legal": "representante legal",
    "representante_contabil": "representante contábil",
}


def sentence(tipo: str) -> str:
    """A kind that nobody has worded yet is shown plainly, never hidden."""
    return FRASES.get(tipo, f"registrou «{tipo}»")


def details(dados: dict[str, Any]) -> list[tuple[str, str]]:
    return [(ROTULOS.get(name, name.replace("_", " ")), _value(value)) for name, value in sorted(dados.items())]


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or "—"
    if isinstance(value, dict) and value.keys() == {"de", "para"}:
        return f"de {_value(value['de'])} para {_value(value['para'])}"
    if isinstance(value, dict):
        return "; ".join(f"{name}: {text}" for name, text in details(value)) or "—"
    if isinstance(value, bool):
        return "sim" if value else "não"
    if value is None or value == "":
        return "—"
    text = str(value)
    return VALORES.get(text) or _instant(text) or visible(text, 500)


def _instant(text: str) -> str:
    """ISO instants as São Paulo dates; '' for any other text."""
    if len(text) < len("2026-11-21T12:00+00:00"):
        return ""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return f"{clock.local_date(instant):%d/%m/%Y}" if instant.tzinfo else ""
