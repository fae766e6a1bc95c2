"""An integration service to try the gateway with: it tells who came in, by what the gateway says."""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Servico(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Headers of the gateway's; what the caller itself wrote in them never arrives here."""
        seen = {name: self.headers.get(name) for name in ("X-CNPJ", "X-Sigla", "Authorization")}
        body = json.dumps(seen).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Servico).serve_forever()
