"""What of a row is copied. A password's hash, second factors, sessions and keys are not among it, nor telephones."""

PESSOA = ("username", "nome", "email", "is_active")
AGENTE = ("cnpj", "sigla", "razao_social", "classe", "situacao")
REPRESENTACAO = ("papel", "desde", "ate")
