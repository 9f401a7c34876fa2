"""What mail looks like outside, and what the adapters do when the other end is difficult."""

import ssl
import subprocess
from collections.abc import Mapping
from pathlib import Path
from shutil import which
from typing import Any

import attrs
import pytest

from adapters.mail.mime import Sender
from adapters.mail.outgoing_files import MailFolder
from adapters.mail.smtp import Security, SmtpMailer, SmtpServer
from application.notifications.ports import NotReached, NotSent
from domain.notifications.desks import DeskCard
from domain.notifications.messages import Undeliverable
from tests.samples_of_notifications import MESSAGE, NOW
from tests.smtp_server import PASSWORD, USERNAME, Script, read_mail, smtp_server

pytestmark = pytest.mark.anyio

SENDER = Sender(name="Front desk", address="desk@example.org")


@attrs.frozen(kw_only=True)
class Identity:
    server: ssl.SSLContext
    trusting: ssl.SSLContext


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    openssl = which("openssl")
    if openssl is None:
        pytest.skip("makes its certificate with openssl")
    folder = tmp_path_factory.mktemp("certificate")
    key, certificate = str(folder / "key.pem"), str(folder / "certificate.pem")
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", key]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-out", certificate]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    return Identity(server=server, trusting=ssl.create_default_context(cafile=certificate))


def mailer_to(script: Script, security: Security = Security.NONE) -> SmtpMailer:
    server = SmtpServer(host="127.0.0.1", port=script.port, security=security, timeout=5)
    return SmtpMailer(server=server, sender=SENDER, clock=lambda: NOW)


def with_login(mailer: SmtpMailer, password: str) -> SmtpMailer:
    server = attrs.evolve(mailer.server, username=USERNAME, password=lambda: password)
    return attrs.evolve(mailer, server=server)


async def test_headers_say_from_whom_when_and_that_nobody_need_answer() -> None:
    with smtp_server(Script()) as script:
        await mailer_to(script).send(MESSAGE)

    [mail] = script.inbox
    assert mail["From"] == "Front desk <desk@example.org>"
    assert mail["Date"].datetime == NOW
    assert mail["Message-ID"] == f"<{MESSAGE.id}@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.defects == []
    [(sender, recipient)] = script.envelopes
    assert sender.startswith("FROM:<desk@example.org>")
    assert recipient == "TO:<ada@example.com>"


async def test_a_desk_writes_in_its_own_name_and_wants_answers_itself() -> None:
    card = DeskCard(name="Seaside\r\nBcc: all@example.com", email="hi@example.com")
    with smtp_server(Script()) as script:
        await mailer_to(script).send(card.sign(MESSAGE))

    [mail] = script.inbox
    assert mail["From"].addresses[0].addr_spec == "desk@example.org"
    assert mail["From"].addresses[0].display_name.startswith("Seaside")
    assert (mail["Reply-To"], mail["Bcc"]) == ("hi@example.com", None)


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({"greeting": "554 go away"}, NotReached),
        ({"EHLO": ""}, NotReached),
        ({"MAIL": "451 later"}, NotReached),
        ({"MAIL": "550 not you"}, NotReached),
        ({"RCPT": "450 mailbox busy"}, NotSent),
        ({"RCPT": "550 ada@example.com is unknown"}, Undeliverable),
        ({"DATA": "451 later"}, NotSent),
        ({".": "452 disk full"}, NotSent),
        ({".": "554 looks like spam"}, Undeliverable),
    ],
)
async def test_only_what_may_succeed_later_is_tried_again(
    answers: Mapping[str, str], refusal: type[Exception]
) -> None:
    with smtp_server(Script(answers=answers)) as script:
        with pytest.raises(refusal) as refused:
            await mailer_to(script).send(MESSAGE)
        assert type(refused.value) is refusal
        assert "ada" not in str(refused.value)
        assert refused.value.__suppress_context__
        assert refused.value.__cause__ is None

    assert script.inbox == []


@pytest.mark.parametrize("goodbye", ["421 shutting down", ""])
async def test_a_message_is_sent_even_if_the_goodbye_fails(goodbye: str) -> None:
    with smtp_server(Script(answers={"QUIT": goodbye})) as script:
        await mailer_to(script).send(MESSAGE)

    assert len(script.inbox) == 1


async def test_nobody_at_home_is_tried_again() -> None:
    with smtp_server(Script()) as script:
        pass
    with pytest.raises(NotSent):
        await mailer_to(script).send(MESSAGE)


async def test_a_server_of_the_old_world_cannot_reach_addresses_of_the_new() -> None:
    with (
        smtp_server(Script(extensions=())) as script,
        pytest.raises(Undeliverable, match="ASCII"),
    ):
        await mailer_to(script).send(attrs.evolve(MESSAGE, to="zoë@example.com"))


async def test_a_domain_that_cannot_exist_is_given_up() -> None:
    with smtp_server(Script()) as script, pytest.raises(Undeliverable):
        await mailer_to(script).send(attrs.evolve(MESSAGE, to="ada@" + "ü" * 80 + ".example"))


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
async def test_mail_and_password_travel_encrypted(identity: Identity, security: Security) -> None:
    told = Script(certificate=identity.server, tls_at_once=security is Security.TLS)
    with smtp_server(told) as script:
        mailer = attrs.evolve(mailer_to(script, security), tls=identity.trusting)
        await with_login(mailer, PASSWORD).send(MESSAGE)

    assert script.encrypted == [True]
    assert script.users == [USERNAME]


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
async def test_a_server_that_cannot_prove_its_name_gets_nothing(
    identity: Identity, security: Security
) -> None:
    told = Script(certificate=identity.server, tls_at_once=security is Security.TLS)
    with smtp_server(told) as script, pytest.raises(NotSent):
        await with_login(mailer_to(script, security), PASSWORD).send(MESSAGE)

    assert (script.inbox, script.users) == ([], [])


async def test_without_encryption_there_is_no_mail_unless_it_was_given_up() -> None:
    with smtp_server(Script()) as script, pytest.raises(NotSent):
        await mailer_to(script, Security.STARTTLS).send(MESSAGE)

    assert script.inbox == []


async def test_a_wrong_password_sends_nothing(identity: Identity) -> None:
    with smtp_server(Script(certificate=identity.server)) as script, pytest.raises(NotSent):
        mailer = attrs.evolve(mailer_to(script, Security.STARTTLS), tls=identity.trusting)
        await with_login(mailer, "wrong").send(MESSAGE)

    assert script.inbox == []


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"username": USERNAME}, "together"),
        ({"password": lambda: PASSWORD}, "together"),
        (
            {"username": USERNAME, "password": lambda: PASSWORD, "security": Security.NONE},
            "in the clear",
        ),
    ],
)
def test_settings_that_cannot_work_are_refused(settings: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        SmtpServer(host="mail", **settings)


def test_a_sender_has_a_bare_address() -> None:
    with pytest.raises(ValueError, match="bare"):
        Sender(name="Desk", address="Desk <desk@example.org>")


def test_settings_keep_their_secrets() -> None:
    server = SmtpServer(host="mail", username=USERNAME, password=lambda: PASSWORD)

    assert PASSWORD not in repr(server)


async def test_a_folder_has_one_whole_file_a_message(tmp_path: Path) -> None:
    mailer = MailFolder(folder=tmp_path / "out", sender=SENDER, clock=lambda: NOW)
    await mailer.send(MESSAGE)
    await mailer.send(MESSAGE)

    [file] = (tmp_path / "out").iterdir()
    assert file.name == f"{MESSAGE.id}.eml"
    assert read_mail(file.read_bytes())["Date"].datetime == NOW


@pytest.mark.parametrize(
    ("address", "seven_bits"), [("ada@example.com", True), ("zoë@example.com", False)]
)
async def test_mail_is_seven_bits_wide_unless_an_address_is_not(
    tmp_path: Path, address: str, *, seven_bits: bool
) -> None:
    mailer = MailFolder(folder=tmp_path, sender=SENDER, clock=lambda: NOW)
    await mailer.send(attrs.evolve(MESSAGE, to=address, text="Zoë\n"))

    content = (tmp_path / f"{MESSAGE.id}.eml").read_bytes()
    assert f"To: {address}\r\n".encode() in content
    assert content.isascii() is seven_bits


async def test_a_folder_that_cannot_be_written_to_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")
    mailer = MailFolder(folder=tmp_path / "out", sender=SENDER, clock=lambda: NOW)

    with pytest.raises(NotSent):
        await mailer.send(MESSAGE)
