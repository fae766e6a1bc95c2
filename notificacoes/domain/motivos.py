"""Why a notice was not sent, in the words that its proof shows for ever."""

ANTES_DA_INCLUSAO = "Data anterior à inclusão do certificado"
ANTES_DA_REPRESENTACAO = "Data anterior ao início da representação"
FORA_DO_DIA = "Não foi enviado na sua data"
SUPERADO = "Superado por um aviso mais próximo do vencimento, antes de ser enviado"

VENCEU = "O certificado venceu antes do envio"
FORA_DE_SERVICO = "O certificado foi substituído ou excluído"
PESSOA_INATIVA = "A pessoa foi desativada no portal"
NAO_REPRESENTA = "A pessoa não representa mais a empresa neste papel"
DISPENSADA = "A pessoa pediu para não receber este aviso"

DE_NOVO = "Por um tempo não foi devido, e voltou a ser"

TALVEZ = " (uma tentativa anterior pode ter chegado)"  # after any of them, where a doubt was never settled

# A person who comes back while the notice still holds is owed it again, whoever gave it up: the plan or the delivery.
_DA_PESSOA = (PESSOA_INATIVA, NAO_REPRESENTA, DISPENSADA)
REVERSIVEIS = (*_DA_PESSOA, *(motivo + TALVEZ for motivo in _DA_PESSOA))

# Of pairs of an account (docs/decisions/043).
CONTA_FECHADA = "A conta está desativada"
NAO_ADMINISTRA = "A pessoa não é mais titular da conta nem administra as contas da empresa"
_DA_CONTA = (PESSOA_INATIVA, CONTA_FECHADA, NAO_ADMINISTRA)
REVERSIVEIS_DA_CONTA = (*_DA_CONTA, *(motivo + TALVEZ for motivo in _DA_CONTA))

SEM_AVISOS = "Nenhum dos avisos desta mensagem é mais devido"
SEM_AVISOS_EM_DUVIDA = "Nenhum dos avisos desta mensagem é mais devido; não se sabe se a última tentativa chegou"

ATIVIDADE_ENCERRADA = "A atividade foi encerrada, dispensada ou cancelada antes do envio"
PRAZO_MUDOU = "O prazo da atividade mudou antes do envio"
MOMENTO_POSTERIOR = "Superado por um aviso posterior da mesma atividade"
