"""Is the holder of a certificate one of those who were designated to sign?"""

import re
from collections.abc import Sequence

from contratos.assinatura.modelos import Codigo, Designado
from contratos.assinatura.titular import Titular
from portal.kernel.cnpj import compact, mask, same_company

Falta = tuple[Codigo, str]


def whose(titular: Titular, designados: Sequence[Designado]) -> Designado | Falta:
    """The one designated, or what is wrong. An e-CNPJ counts for its company only, signed by its responsible person."""
    if titular.cpf is None:
        kind = f"O e-CNPJ {mask(titular.cnpj)}" if titular.cnpj else "O certificado"
        return Codigo.CPF_AUSENTE, f"{kind} não informa um CPF válido de quem assina."
    named = [one for one in designados if re.sub(r"\D", "", one.cpf) == titular.cpf]
    if not named:
        names = ", ".join(dict.fromkeys(one.nome for one in designados)) or "ninguém"
        return Codigo.PESSOA_ERRADA, (
            f"O certificado é de {titular.nome or 'pessoa sem nome'}, CPF {hide(titular.cpf)}; designados: {names}."
        )
    cnpj = titular.cnpj
    if cnpj is None:
        return named[0]
    for one in named:
        if one.cnpj and same_company(compact(one.cnpj), cnpj):
            return one
    return Codigo.EMPRESA_ERRADA, f"O e-CNPJ é de {titular.nome}, CNPJ {mask(cnpj)}."


def hide(cpf: str) -> str:
    """Enough for the person to know it is theirs, and not for others to use it."""
    return f"***.{cpf[3:6]}.{cpf[6:9]}-**"
