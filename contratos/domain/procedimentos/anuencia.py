"""CCEE's consent to the assignment of the receivables of a CER, or to a change of its bank data (3.85)."""

from contratos.domain.contrato import Especie
from contratos.domain.procedimentos.modelo import Atividade, Exigencia, Pedido, Procedimento, Responsavel

ANUENCIA = Procedimento(
    "anuencia_cer",
    "Anuência em contrato de energia de reserva",
    ("T",),
    (
        Atividade(
            "N1",
            "Pedir a anuência",
            Responsavel.VENDEDOR,
            "N.A.",
            ("3.85",),
            evidencia=("anuencia",),
            exige=(Exigencia.REGISTRADO,),
            estado="solicitada",
        ),
        Atividade(
            "N2",
            "Analisar o pedido de anuência",
            Responsavel.CCEE,
            "N.A.",
            ("3.85",),
            depois=("N1",),
            evidencia=("parecer",),
            resultados=("anuida", "negada", "pendente"),
            volta=(("pendente", "N1"),),
            recomeca=True,
            estado="em análise",
        ),
        *(
            Atividade(
                f"N3{letra}",
                f"Comunicar às partes {o_que}",
                Responsavel.CCEE,
                "N.A.",
                ("3.85",),
                depois=(f"N2={resultado}",),
                evidencia=("comunicado",),
                estado=f"{desfecho}, a comunicar",
                desfecho=desfecho,
            )
            for letra, resultado, o_que, desfecho in (
                ("a", "anuida", "a anuência", "anuída"),
                ("n", "negada", "a negativa e o motivo", "negada"),
            )
        ),
    ),
    concluido="respondida",
    pedido=Pedido(
        "Pedir anuência",
        "Cláusula 3.85: o vendedor de um CER pede a anuência da CCEE para ceder os direitos creditórios dele ou mudar "
        "os dados bancários. O prazo da resposta é o do procedimento publicado pela CCEE.",
        "Pedido de anuência enviado: a CCEE o analisa conforme o procedimento publicado.",
        frozenset({Especie.CER}),
    ),
)
