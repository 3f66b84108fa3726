"""A real SMTP server for tests: aiosmtpd on a free port, over TLS from an authority of the tests, with one name and password.

Usage: server.py FOLDER MODE PORT, where MODE is tls, starttls or plain. Every mail that it took lies in FOLDER/taken, named in their order.
FOLDER/fault says what it does wrong: `die` ends it after the mail came whole and before it answered; `later` and `refuse` answer so.
"""

import os
import ssl
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, SMTP

folder, mode = sys.argv[1:3]
taken = os.path.join(folder, "taken")
os.makedirs(taken, exist_ok=True)


def fault():
    try:
        with open(os.path.join(folder, "fault")) as file:
            return file.read().strip()
    except FileNotFoundError:
        return ""


def authenticate(server, session, envelope, mechanism, data):
    fits = (data.login, data.password) == (b"entente", b"a fictional password")
    # What does not fit is answered by the server.
    return AuthResult(success=fits, handled=False)


class Mails:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if fault() == "refuse":
            return "550 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if fault() == "die":
            os._exit(9)
        if fault() == "later":
            return "451 not now"
        name = os.path.join(taken, "%04d" % len(os.listdir(taken)))
        with open(name + ".part", "wb") as file:
            file.write(b"X-To: " + ",".join(envelope.rcpt_tos).encode() + b"\r\n" + envelope.original_content)
        os.rename(name + ".part", name)
        return "250 taken"


def certificate():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(folder, "server.crt"), os.path.join(folder, "server.key"))
    return context


class Server(Controller):
    def factory(self):
        return SMTP(
            self.handler,
            hostname="localhost",
            authenticator=authenticate,
            auth_required=True,
            auth_require_tls=mode != "plain",
            require_starttls=mode == "starttls",
            tls_context=certificate() if mode == "starttls" else None,
        )


class Wrapped(Server):
    def factory(self):
        # The line is TLS from its first byte: nothing is left to demand.
        return SMTP(self.handler, hostname="localhost", authenticator=authenticate, auth_required=True, auth_require_tls=False)


kind = Wrapped if mode == "tls" else Server
context = certificate() if mode == "tls" else None
port = int(sys.argv[3])
server = kind(Mails(), hostname="127.0.0.1", port=port, ssl_context=context)
server.start()
print("ready", flush=True)
threading.Event().wait()
