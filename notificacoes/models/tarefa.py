"""What operations staff must do by hand, most often on the telephone."""

from django.db import models
from django.db.models import Q

from certificados.models import Certificado
from contratos.models import Atividade
from notificacoes.models.envio import Envio
from portal.agentes.models import Agente


class Motivo(models.TextChoices):
    ULTIMO_DIA_UTIL = "ultimo_dia_util", "Último dia útil antes do vencimento"
    VENCE_HOJE = "vence_hoje", "Vence hoje"
    SEM_ENDERECO = "sem_endereco", "Ninguém a quem avisar por e-mail"
    NAO_ENTREGUE = "nao_entregue", "E-mail não entregue"
    DEVOLVIDO = "devolvido", "E-mail devolvido"
    ATIVIDADE_ATRASADA = "atividade_atrasada", "Atividade da CCEE atrasada"
    CONFERIR_DOU = "conferir_dou", "Conferir o Diário Oficial da União"
    REVOGADO = "revogado", "Certificado revogado"
    LISTA_SEM_LEITURA = "lista_sem_leitura", "Lista de revogação sem leitura válida"


class Tarefa(models.Model):
    """Open until somebody writes down what was done. `chave` makes it once for what it is about."""

    motivo = models.CharField("motivo", max_length=20, choices=Motivo.choices)
    chave = models.CharField(max_length=120, unique=True, editable=False)
    agente = models.ForeignKey(Agente, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="agente")
    certificado = models.ForeignKey(
        Certificado, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="certificado"
    )
    atividade = models.ForeignKey(
        Atividade, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="atividade"
    )
    envio = models.ForeignKey(Envio, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="mensagem")
    detalhe = models.CharField("detalhe", max_length=500, blank=True)
    created_at = models.DateTimeField("criada em")
    done_at = models.DateTimeField("concluída em", null=True, blank=True)
    done_by = models.CharField("concluída por", max_length=200, blank=True)
    nota = models.CharField("o que foi feito", max_length=500, blank=True)

    class Meta:
        verbose_name = "tarefa da operação"
        verbose_name_plural = "tarefas da operação"
        ordering = ["-id"]
        indexes = [models.Index(fields=["-id"], condition=Q(done_at=None), name="tarefa_aberta")]

    def __str__(self) -> str:
        return self.get_motivo_display()
