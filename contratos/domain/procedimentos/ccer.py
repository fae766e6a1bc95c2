"""CCER: registered by the distributor for the whole supply (3.22, 3.23, 3.70); zero while the consumer owes (3.72)."""

from contratos.domain.contrato import Especie
from contratos.domain.procedimentos.modelo import (
    Atividade,
    Efeito,
    Exigencia,
    Pedido,
    Procedimento,
    Responsavel,
)

SO_CCER = frozenset({Especie.CCER})
CCER_REGISTRO = Procedimento(
    "ccer_registro",
    "Registro do CCER",
    ("MS",),
    (
        Atividade(
            "C1",
            "Registrar e sazonalizar o CCER",
            Responsavel.VENDEDOR,
            "MS+9du",
            ("3.22", "3.23", "3.70"),
            evidencia=("ccer",),
            efeito=Efeito.REGISTRAR_CCER,
            estado="em registro",
        ),
    ),
    concluido="registrado",
    definitivo=(
        "Cláusula 3.23: o registro do CCER é um só e cobre todo o suprimento; não se cancela nem se refaz. "
        "Se o contrato termina antes, a CCEE o encerra."
    ),
    pedido=Pedido(
        "Registrar CCER",
        "Cláusulas 3.22, 3.23 e 3.70: a distribuidora registra um CCER por unidade consumidora parcialmente livre ou "
        "especial, de uma vez, com a energia de todos os meses do suprimento, até MS+9du do primeiro mês. O consumidor "
        "não valida. Mês que chegue a seu MS+9du sem registro conta zero, definitivamente (cláusula 3.71).",
        "CCER registrado. A energia que conta em cada mês está abaixo.",
        SO_CCER,
        ancoras=(("MS", "suprimento_inicio"),),
        novo=True,
    ),
)
CCER_INADIMPLENCIA = Procedimento(
    "ccer_inadimplencia",
    "Montante zero do CCER por inadimplência",
    ("T",),
    (
        Atividade(
            "D1",
            "Registrar montante zero",
            Responsavel.VENDEDOR,
            "N.A.",
            ("3.72",),
            evidencia=("debito",),
            exige=(Exigencia.REGISTRADO, Exigencia.REDE_BASICA),
            efeito=Efeito.ZERAR_CCER,
            estado="em registro",
        ),
        Atividade(
            "D2",
            "Registrar a quitação e restaurar os montantes",
            Responsavel.VENDEDOR,
            "N.A.",
            ("3.72",),
            depois=("D1",),
            evidencia=("quitacao",),
            efeito=Efeito.RESTAURAR_CCER,
            estado="montante zero até a quitação",
        ),
    ),
    concluido="débito quitado, montantes restaurados",
    definitivo=(
        "Cláusula 3.72: o débito foi quitado e os montantes voltaram. Zero de novo, só com o registro de outro débito."
    ),
    pedido=Pedido(
        "Zerar por inadimplência",
        "Cláusula 3.72: enquanto o consumidor parcialmente livre, com unidade na Rede Básica, dever pagamentos deste "
        "CCER, a distribuidora pode registrar montante zero. Quitado o débito, ela registra a quitação e os montantes "
        "voltam. Mês cujo prazo (MS+9du) já passou é definitivo e não muda.",
        "Montante zero registrado: vale até a quitação do débito.",
        SO_CCER,
    ),
)
DO_CCER = (CCER_REGISTRO, CCER_INADIMPLENCIA)
