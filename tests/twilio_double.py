"""Twilio's calls as far as we use them, with a memory: what is placed can be looked up and ended.

It checks who asks, answers with Twilio's errors, and signs what it tells as Twilio does. It does
not ring anybody: the test says what becomes of a call.
"""

import base64
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import attrs
import msgspec
from twilio.request_validator import RequestValidator

from tests.twilio_numbers import ACCOUNT, BEGAN, ROOT, Stock, page

TOKEN = "the token of the double"  # noqa: S105
BAD_NUMBER, NOT_IN_PROGRESS, NOT_FOUND, NOT_ADMITTED = 21211, 21220, 20404, 20003
DOWN = ("completed", "busy", "no-answer", "failed", "canceled")

Form = Mapping[str, Sequence[str]]


class Refused(Exception):
    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


@attrs.define(kw_only=True)
class PlacedCall:
    sid: str
    to: str
    from_: str
    told_at: str | None
    direction: str
    status: str = "queued"
    sequence: int = 0
    at: datetime = BEGAN
    documents: list[str] = attrs.field(factory=list)


@attrs.frozen(kw_only=True)
class Told:
    """What Twilio would post, and where to."""

    url: str
    form: Mapping[str, str]
    signature: str


@attrs.define
class Account:
    """While `fails` is set it is the status of every answer; while `unheard`, there is none."""

    calls: dict[str, PlacedCall] = attrs.field(factory=dict)
    joined: list[tuple[str, Form]] = attrs.field(factory=list)
    told: list[Told] = attrs.field(factory=list)
    recordings: dict[str, tuple[str, str]] = attrs.field(factory=dict)
    stock: Stock = attrs.field(factory=Stock)
    fails: int | None = None
    unheard: bool = False

    def forget(self) -> None:
        for kept in (self.calls, self.joined, self.told, self.recordings):
            kept.clear()
        self.stock = Stock()
        self.fails, self.unheard = None, False

    def place(self, form: Form) -> PlacedCall:
        to = form["To"][0]
        if not to.startswith("+"):
            raise Refused(400, BAD_NUMBER, f"'To' number {to} is not valid")
        told_at = form.get("StatusCallback", [None])[0]
        return self.begun(to, form["From"][0], told_at, "outbound-api")

    def begun(self, to: str, from_: str, told_at: str | None, direction: str) -> PlacedCall:
        sid = f"CA{len(self.calls) + 1:032x}"
        call = PlacedCall(sid=sid, to=to, from_=from_, told_at=told_at, direction=direction)
        self.calls[sid] = call
        return call

    def call(self, sid: str) -> PlacedCall:
        if sid not in self.calls:
            raise Refused(404, NOT_FOUND, f"The requested resource {sid} was not found")
        return self.calls[sid]

    def change(self, sid: str, form: Form) -> PlacedCall:
        call = self.call(sid)
        if call.status in DOWN or ("Twiml" in form and call.status != "in-progress"):
            raise Refused(400, NOT_IN_PROGRESS, "Call is not in-progress. Cannot redirect.")
        if "Status" in form:
            self.becomes(call, form["Status"][0])
        call.documents += form.get("Twiml", [])
        return call

    def becomes(self, call: PlacedCall, status: str, *, seconds: int = 1) -> Told | None:
        """And it is told, signed."""
        call.status, call.at = status, call.at + timedelta(seconds=seconds)
        if call.told_at is None:
            return None
        form = {
            "AccountSid": ACCOUNT,
            "CallSid": call.sid,
            "CallStatus": status,
            "From": call.from_,
            "To": call.to,
            "Direction": call.direction,
            "ApiVersion": "2010-04-01",
            "Timestamp": format_datetime(call.at),
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(call.sequence),
        }
        call.sequence += 1
        told = Told(url=call.told_at, form=form, signature=signed(call.told_at, form))
        self.told.append(told)
        return told

    def record(self, of: str) -> str:
        self.call(of)
        sid = f"RE{len(self.recordings) + 1:032x}"
        self.recordings[sid] = (of, "in-progress")
        return self.recorded(sid, "in-progress")

    def recorded(self, sid: str, status: str) -> str:
        """Those that are absent are there no more."""
        of, before = self.recordings.get(sid, ("", "absent"))
        if before == "absent":
            raise Refused(404, NOT_FOUND, f"The requested resource {sid} was not found")
        self.recordings[sid] = (of, status)
        return sid

    def listed(self, asked: Form) -> list[PlacedCall]:
        """Newest first."""
        found = [
            call
            for call in self.calls.values()
            if call.to == asked.get("To", [call.to])[0]
            and call.from_ == asked.get("From", [call.from_])[0]
        ]
        return found[::-1]


def signed(url: str, form: Mapping[str, str]) -> str:
    return str(RequestValidator(TOKEN).compute_signature(url, form))


def shown(call: PlacedCall) -> dict[str, Any]:
    over = call.status in DOWN
    return {
        "sid": call.sid,
        "account_sid": ACCOUNT,
        "api_version": "2010-04-01",
        "to": call.to,
        "from": call.from_,
        "status": call.status,
        "direction": call.direction,
        "date_created": format_datetime(BEGAN),
        "date_updated": format_datetime(call.at),
        "start_time": format_datetime(BEGAN),
        "end_time": format_datetime(call.at) if over else None,
        "duration": "1" if over else None,
        "queue_time": "0",
        "parent_call_sid": None,
        "uri": f"{ROOT}/Calls/{call.sid}.json",
    }


class Handler(BaseHTTPRequestHandler):
    account: Account
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answered({})

    def do_DELETE(self) -> None:
        self._answered({})

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        self._answered(parse_qs(self.rfile.read(length).decode(), keep_blank_values=True))

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""

    def _answered(self, form: Form) -> None:
        try:
            status, answer = self._answer(form)
        except Refused as refused:
            status = refused.status
            more = f"https://www.twilio.com/docs/errors/{refused.code}"
            answer = {
                "code": refused.code,
                "message": str(refused),
                "more_info": more,
                "status": status,
            }
        if self.account.unheard or (self.account.stock.unheard and self.command == "POST"):
            self.close_connection = True
            return
        body = msgspec.json.encode(answer) if answer else b""
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _recording(self, sid: str) -> dict[str, Any]:
        of, status = self.account.recordings[sid]
        named = {"sid": sid, "account_sid": ACCOUNT, "call_sid": of, "status": status}
        return {**named, "channels": 1, "uri": f"{ROOT}/Recordings/{sid}.json"}

    def _answer(self, form: Form) -> tuple[int, dict[str, Any]]:
        if self.account.fails:
            raise Refused(self.account.fails, 20000 + self.account.fails, "out of order")
        known = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {known}":
            raise Refused(401, NOT_ADMITTED, "Authenticate")
        url = urlsplit(self.path)
        place = url.path.removeprefix(ROOT).removesuffix(".json").strip("/").split("/")
        match (self.command, *place):
            case ("POST", "Calls"):
                return 201, shown(self.account.place(form))
            case ("GET", "Calls"):
                found = self.account.listed(parse_qs(url.query))
                return 200, page("Calls", "calls", [shown(call) for call in found])
            case ("GET", "Calls", sid):
                return 200, shown(self.account.call(sid))
            case ("POST", "Calls", sid):
                return 200, shown(self.account.change(sid, form))
            case ("POST", "Conferences", room, "Participants"):
                self.account.joined.append((room, form))
                return 201, participant(room)
        return self._answer_of_recordings(place, form)

    def _answer_of_recordings(
        self, place: Sequence[str], form: Form
    ) -> tuple[int, dict[str, Any]]:
        account = self.account
        match (self.command, *place):
            case ("GET", "Calls", sid, "Recordings"):
                held = [one for one, (of, _) in account.recordings.items() if of == sid]
                return 200, page(sid, "recordings", [self._recording(one) for one in held])
            case ("POST", "Calls", sid, "Recordings"):
                return 201, self._recording(account.record(sid))
            case ("POST", "Calls", _, "Recordings", sid):
                return 200, self._recording(account.recorded(sid, form["Status"][0]))
            case ("DELETE", "Recordings", sid):
                account.recorded(sid, "absent")
                return 204, {}
        known = account.stock.answer(self.command, place, self.path, form)
        if known is None:
            raise Refused(404, NOT_FOUND, "The requested resource was not found")
        return known


def participant(room: str) -> dict[str, Any]:
    return {
        "account_sid": ACCOUNT,
        "call_sid": "CA" + "f" * 32,
        "conference_sid": "CF" + "0" * 32,
        "hold": False,
        "muted": False,
        "status": "queued",
        "end_conference_on_exit": False,
        "uri": f"{ROOT}/Conferences/{room}/Participants/CA{'f' * 32}.json",
    }


@contextmanager
def serving(account: Account) -> Iterator[str]:
    handler = type("HandlerOfAccount", (Handler,), {"account": account})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
