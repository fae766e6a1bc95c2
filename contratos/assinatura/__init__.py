"""Documents that are issued here, signed elsewhere with ICP-Brasil certificates, and judged when they come back.

No rows and no clock: bytes go in, bytes and verdicts come out. pyHanko takes over a second to import, so only
`validacao.validate` brings it in, at its first call.
"""
