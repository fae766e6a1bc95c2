"""The words of each refusal: what it is called, what is required, what to do."""

from typing import NamedTuple

from contratos.assinatura.modelos import Codigo, Recusa


class Palavras(NamedTuple):
    titulo: str
    exigido: str
    como_resolver: str


PALAVRAS: dict[Codigo, Palavras] = {
    Codigo.ILEGIVEL: Palavras(
        "Arquivo ilegível",
        "O portal aceita o PDF assinado (PAdES) ou a assinatura separada em arquivo .p7s (CMS).",
        "Abra o arquivo no programa que o assinou, salve-o de novo e envie o resultado.",
    ),
    Codigo.GRANDE_DEMAIS: Palavras(
        "Arquivo grande demais",
        "O arquivo pode ter até 20 MB.",
        "Envie o documento emitido pelo portal com as assinaturas, sem anexos nem páginas digitalizadas.",
    ),
    Codigo.CIFRADO: Palavras(
        "Arquivo protegido por senha",
        "O documento precisa ser o emitido pelo portal, que não tem senha.",
        "Baixe o documento outra vez e assine-o sem proteger com senha.",
    ),
    Codigo.SEM_ASSINATURA: Palavras(
        "Documento sem assinatura",
        "O documento precisa trazer ao menos uma assinatura digital ICP-Brasil.",
        "Assine o PDF com o seu certificado ICP-Brasil e envie o arquivo que o programa salvou. "
        "Uma imagem da assinatura manuscrita não serve.",
    ),
    Codigo.DOCUMENTO_ERRADO: Palavras(
        "Documento errado",
        "A assinatura precisa ser do documento que o portal emitiu para este contrato, byte a byte.",
        "Baixe o documento na página do contrato, assine exatamente esse arquivo e envie o resultado.",
    ),
    Codigo.ADULTERADO: Palavras(
        "Documento alterado",
        "Ao documento emitido pelo portal só se podem acrescentar assinaturas e carimbos do tempo.",
        "Baixe o documento outra vez e assine-o sem editar, imprimir em PDF, juntar ou otimizar o arquivo.",
    ),
    Codigo.SELO_SOBRE_O_TEXTO: Palavras(
        "Selo da assinatura sobre o texto",
        "O selo visível da assinatura só pode ficar na última página, a das assinaturas.",
        "Assine outra vez, com o selo na última página ou com assinatura invisível.",
    ),
    Codigo.DOCUMENTO_FECHADO: Palavras(
        "Documento fechado a outras assinaturas",
        "Quem assina não pode certificar o documento nem travar as assinaturas seguintes.",
        "Baixe o documento outra vez e escolha “assinar”, não “certificar”; a outra parte assina depois.",
    ),
    Codigo.RAIZ_ESTRANHA: Palavras(
        "Certificado de fora da ICP-Brasil",
        "O certificado precisa ter sido emitido por autoridade certificadora da ICP-Brasil aceita pelo portal.",
        "Assine com um e-CPF ou e-CNPJ ICP-Brasil. Se a autoridade é da ICP-Brasil e é nova, peça ao atendimento "
        "que a inclua.",
    ),
    Codigo.VENCIDO: Palavras(
        "Certificado fora da validade",
        "O certificado precisa estar válido quando assina e, sem carimbo do tempo da ICP-Brasil, também quando o "
        "portal recebe o arquivo.",
        "Assine outra vez com um certificado válido.",
    ),
    Codigo.REVOGADO: Palavras(
        "Certificado revogado",
        "O certificado não pode ter sido revogado.",
        "Assine com outro certificado e trate da revogação com a autoridade que o emitiu.",
    ),
    Codigo.USO_INDEVIDO: Palavras(
        "Certificado não serve para assinar",
        "O certificado precisa ser de pessoa (e-CPF) ou de empresa (e-CNPJ), com o uso “não repúdio”.",
        "Certificados de servidor e de sistemas não assinam documentos: use o seu e-CPF ou e-CNPJ.",
    ),
    Codigo.ALGORITMO_FRACO: Palavras(
        "Algoritmo de assinatura fraco",
        "A assinatura precisa usar SHA-256 ou mais forte, com chave RSA de 2048 bits ou equivalente.",
        "Atualize o programa de assinatura, escolha SHA-256 e assine outra vez.",
    ),
    Codigo.CARIMBO_INVALIDO: Palavras(
        "Carimbo do tempo inválido",
        "O carimbo do tempo é opcional; se houver, precisa ser de autoridade de carimbo da ICP-Brasil.",
        "Assine outra vez sem carimbo do tempo ou com um da ICP-Brasil.",
    ),
    Codigo.HORA_INCOERENTE: Palavras(
        "Hora da assinatura no futuro",
        "A hora declarada na assinatura não pode ser posterior ao envio.",
        "Acerte o relógio do computador e assine outra vez.",
    ),
    Codigo.CPF_AUSENTE: Palavras(
        "Certificado sem CPF",
        "O certificado precisa dizer o CPF da pessoa que assina ou, no e-CNPJ, o do responsável.",
        "Assine com o e-CPF da pessoa designada ou com um e-CNPJ que nomeie o responsável.",
    ),
    Codigo.PESSOA_ERRADA: Palavras(
        "Assinado por outra pessoa",
        "Só podem assinar as pessoas designadas para este documento.",
        "Peça a assinatura a uma das pessoas designadas ou peça ao agente que designe quem assinou.",
    ),
    Codigo.EMPRESA_ERRADA: Palavras(
        "e-CNPJ de outra empresa",
        "O e-CNPJ precisa ser da empresa por quem a pessoa designada assina.",
        "Assine com o e-CPF da pessoa designada ou com o e-CNPJ da empresa do contrato.",
    ),
    Codigo.NAO_CONFIRMADA: Palavras(
        "Assinatura não confirmada",
        "A assinatura precisa ser confirmada por inteiro: conteúdo, certificado e cadeia.",
        "Assine outra vez; se o resultado se repetir, envie o arquivo ao atendimento.",
    ),
}


def refuse(codigo: Codigo, encontrado: str, *, assinante: str = "") -> Recusa:
    words = PALAVRAS[codigo]
    return Recusa(codigo, words.titulo, encontrado, words.exigido, words.como_resolver, assinante)
