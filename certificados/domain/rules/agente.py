"""The agent and what the platform already holds. No text here ever names another agent."""

from certificados.domain.rules.base import (
    CASA,
    MANUAL,
    RuleOfUpload,
    Upload,
    aviso,
    falha,
    nao_avaliada,
    of_certificate,
    ok,
)
from portal.kernel.cnpj import mask, same_company
from portal.kernel.rules import ILEGIVEL, Finding, Rule

_NO_AGENT = "Só é avaliada quando o certificado é enviado para um agente."


def _cnpj(upload: Upload) -> Finding:
    agente, cnpj = upload.contexto.agente_cnpj, upload.facts.cnpj
    if agente is None:
        return nao_avaliada(_NO_AGENT)
    if cnpj is None:
        return Finding(upload.policy.severity("cnpj-do-agente"), "nenhum CNPJ no certificado")
    if cnpj == agente:
        return ok(f"CNPJ {mask(cnpj)}")
    if same_company(cnpj, agente):
        return aviso(
            f"CNPJ {mask(cnpj)}, de outro estabelecimento da mesma empresa",
            "Confira se é este o certificado que quer usar: ele está em nome de outro estabelecimento.",
        )
    return Finding(upload.policy.severity("cnpj-do-agente"), f"CNPJ {mask(cnpj)}, de outra empresa")


def _subject(upload: Upload) -> Finding:
    in_use = upload.contexto.subject_em_uso
    if in_use is None:
        return nao_avaliada(_NO_AGENT)
    if upload.facts.subject_hash is None:
        return falha(ILEGIVEL)
    if in_use:
        return falha("requerente já usado por outro certificado ativo")
    shared = upload.contexto.compartilhado
    return ok("o mesmo certificado, já em uso em outra empresa que você representa" if shared else "requerente único")


def _limite(upload: Upload) -> Finding:
    active, limit = upload.contexto.ativos_depois, upload.policy.max_certificados
    if active is None:
        return nao_avaliada(_NO_AGENT)
    found = "1 certificado ativo" if active == 1 else f"{active} certificados ativos"
    return ok(f"{found} após o pedido") if active <= limit else falha(f"seriam {found} após o pedido")


def _chave(upload: Upload) -> Finding:
    used = upload.contexto.chave_ja_usada
    if used is None:
        return nao_avaliada(_NO_AGENT)
    if used:
        return Finding(upload.policy.severity("chave-reutilizada"), "chave já usada em outro certificado")
    return ok("chave nova")


RULES: tuple[RuleOfUpload, ...] = (
    Rule(
        codigo="cnpj-do-agente",
        titulo="Certificado emitido para o CNPJ do agente",
        fonte=CASA,
        exigido=lambda upload: (
            f"CNPJ {mask(upload.contexto.agente_cnpj)}" if upload.contexto.agente_cnpj else "o CNPJ do agente"
        ),
        como_resolver="Confira se este é o certificado do agente escolhido; se não for, envie o do agente.",
        check=of_certificate(_cnpj),
    ),
    Rule(
        codigo="subject-unico",
        titulo="Requerente (subject) precisa ser único por certificado",
        fonte=MANUAL,
        exigido="nenhum outro certificado ativo na plataforma com o mesmo requerente",
        como_resolver=(
            "Se está renovando, remova o certificado anterior no mesmo pedido (substituir). Se não, peça à "
            "autoridade certificadora um certificado com outro requerente (subject)."
        ),
        check=of_certificate(_subject),
    ),
    Rule(
        codigo="limite-por-cnpj",
        titulo="Até dois certificados vinculados ao CNPJ",
        fonte=MANUAL,
        exigido=lambda upload: f"no máximo {upload.policy.max_certificados} certificados ativos por CNPJ",
        como_resolver="Remova um dos certificados atuais no mesmo pedido ou envie menos arquivos.",
        check=of_certificate(_limite),
    ),
    Rule(
        codigo="chave-reutilizada",
        titulo="Chave nova a cada certificado",
        fonte=CASA,
        exigido="chave que ainda não foi usada em outro certificado",
        como_resolver="Na próxima renovação, gere uma nova chave: a repetida prolonga um vazamento.",
        check=of_certificate(_chave),
    ),
)
