"""Who signs in the demonstration. The CPFs are well-formed and made up; nothing here has legal value."""

from dataclasses import dataclass

from portal.demo.contas import EMPRESAS


@dataclass(frozen=True, slots=True)
class Signatario:
    """`cnpj`: the company for which the person signs with an e-CPF, or with the company's e-CNPJ."""

    nome: str
    cpf: str
    cnpj: str

    @property
    def arquivo(self) -> str:
        return self.nome.split()[0].lower()


SIGNATARIOS = (
    Signatario("Ana Ribeiro", "52998224725", EMPRESAS[0].cnpj),
    Signatario("Bruno Tavares", "11144477735", EMPRESAS[1].cnpj),
    Signatario("Carla Menezes", "12345678909", EMPRESAS[2].cnpj),
    Signatario("Davi Nogueira", "98765432100", EMPRESAS[3].cnpj),
    Signatario("Eva Prado", "39053344705", EMPRESAS[4].cnpj),
)
