"""A mail server for tests: takes everything, answers as it is told, knows TLS and one password."""

import ssl
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import Parser
from email.policy import SMTP
from itertools import takewhile
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

import attrs

LOST, SLOW = "lost", "slow"
USERNAME, PASSWORD = "desk", "correct horse"
CREDENTIALS = b64encode(f"\0{USERNAME}\0{PASSWORD}".encode()).decode()


def read_mail(content: bytes) -> EmailMessage:
    """Headers may be in UTF-8 (RFC 6532), which the standard library does not read from bytes."""
    return Parser(_class=EmailMessage, policy=SMTP).parsestr(content.decode())


@attrs.define(kw_only=True)
class Script:
    """What the server says instead of the usual, by command (`.` ends a mail); "" hangs up.

    `at_first` is said once each before that. LOST takes a mail and hangs up, SLOW takes it and
    says so when nobody waits for it any more.
    """

    answers: Mapping[str, str] = attrs.field(factory=dict)
    at_first: Mapping[str, list[str]] = attrs.field(factory=dict)
    extensions: tuple[str, ...] = ("SMTPUTF8", "8BITMIME")
    certificate: ssl.SSLContext | None = None
    tls_at_once: bool = False
    port: int = 0
    envelopes: list[tuple[str, str]] = attrs.field(factory=list)
    inbox: list[EmailMessage] = attrs.field(factory=list)
    encrypted: list[bool] = attrs.field(factory=list)
    users: list[str] = attrs.field(factory=list)


@contextmanager
def smtp_server(script: Script) -> Iterator[Script]:
    """Listens on a port of its own; `inbox` has what was accepted, also after the end."""

    class Session(SmtpSession):
        told = script

    with ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        script.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield script
        finally:
            server.shutdown()
            thread.join()


class SmtpSession(StreamRequestHandler):
    told: Script
    timeout = 10

    def handle(self) -> None:
        self.arguments: dict[str, str] = {}
        try:
            if self.told.tls_at_once:
                self.encrypt()
            self.say("greeting", "220 ready")
            while self.obey(self.rfile.readline().decode().strip()):
                pass
        except OSError:
            """The client hung up or does not trust us."""

    def obey(self, line: str) -> bool:
        command, _, argument = line.partition(" ")
        match command.upper():
            case "EHLO":
                offers = [*self.told.extensions, "AUTH PLAIN"]
                offers += ["STARTTLS"] if self.told.certificate else []
                self.say(
                    "EHLO", "\r\n".join(["250-hello", *(f"250-{o}" for o in offers), "250 ok"])
                )
            case "STARTTLS":
                self.say("STARTTLS", "220 go ahead")
                self.encrypt()
            case "AUTH":
                known = argument == f"PLAIN {CREDENTIALS}"
                self.told.users += [USERNAME] if known else []
                self.say("AUTH", "235 welcome" if known else "535 who are you")
            case "MAIL" | "RCPT" | "RSET":
                self.arguments[command.upper()] = argument
                self.say(command.upper(), "250 ok")
            case "DATA":
                if self.say("DATA", "354 go on").startswith("354"):
                    self.receive()
            case "QUIT":
                self.say("QUIT", "221 bye")
        return command.upper() not in ("QUIT", "")

    def receive(self) -> None:
        lines = takewhile(lambda line: line != b".\r\n", self.rfile)
        content = b"".join(line.removeprefix(b".") for line in lines)
        fault = (self.told.at_first.get(".") or [""])[0]
        if fault in (LOST, SLOW):
            self.take(content)
        if self.say(".", "250 taken").startswith("250"):
            self.take(content)

    def take(self, content: bytes) -> None:
        self.told.envelopes.append((self.arguments["MAIL"], self.arguments["RCPT"]))
        self.told.inbox.append(read_mail(content))
        self.told.encrypted.append(isinstance(self.connection, ssl.SSLSocket))

    def say(self, command: str, usual: str) -> str:
        answer = self.told.answers.get(command, usual)
        if self.told.at_first.get(command):
            answer = self.told.at_first[command].pop(0)
        if answer == SLOW:
            self.rfile.read(1)  # until the client has had enough and hangs up
        if answer in (LOST, SLOW, ""):
            raise ConnectionAbortedError
        self.wfile.write(f"{answer}\r\n".encode())
        return answer

    def encrypt(self) -> None:
        assert self.told.certificate
        self.connection = self.told.certificate.wrap_socket(self.connection, server_side=True)
        self.rfile.close()
        self.setup_files()

    def setup_files(self) -> None:
        self.rfile = self.connection.makefile("rb", self.rbufsize)
        self.wfile = self.connection.makefile("wb", 0)

    def finish(self) -> None:
        super().finish()
        self.connection.close()
