"""Reçoit des événements par webhook, vérifie leur signature et les affiche (standardwebhooks)."""
import http.server
import sys

from standardwebhooks import Webhook, WebhookVerificationError

port, secrets = int(sys.argv[1]), sys.argv[2:]


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        for secret in secrets:
            try:
                Webhook(secret).verify(body, headers)
            except WebhookVerificationError:
                continue
            print(body.decode(), flush=True)
            self.send_response(204)
            self.end_headers()
            return
        self.send_response(401)
        self.end_headers()

    def log_message(self, *_arguments):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", port), Receiver).serve_forever()
