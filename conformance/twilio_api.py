"""As much of Twilio's API as we use, written down from its documentation, in OpenAPI's words.

Twilio publishes a description of everything; FRONTDESK_TWILIO_SPEC says where it lies.
"""

from typing import Any

STATUSES = [
    "queued",
    "ringing",
    "in-progress",
    "completed",
    "busy",
    "failed",
    "no-answer",
    "canceled",
]
METHODS = ["GET", "POST"]
TEXT: dict[str, Any] = {"type": "string"}
WHOLE: dict[str, Any] = {"type": "integer"}
PERHAPS: dict[str, Any] = {"type": "string", "nullable": True}
SEVERAL: dict[str, Any] = {"type": "array", "items": TEXT}


def _sid(letters: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^{letters}[0-9a-fA-F]{{32}}$", **more}


CALL = {
    "type": "object",
    "required": ["sid", "status", "to", "from", "direction"],
    "properties": {
        "sid": _sid("CA"),
        "account_sid": _sid("AC"),
        "parent_call_sid": _sid("CA", nullable=True),
        "status": {"type": "string", "enum": STATUSES},
        "to": TEXT,
        "from": TEXT,
        "direction": TEXT,
        "date_created": PERHAPS,
        "date_updated": PERHAPS,
        "start_time": PERHAPS,
        "end_time": PERHAPS,
        "duration": PERHAPS,
        "queue_time": PERHAPS,
    },
}
CALLS = {
    "type": "object",
    "required": ["calls", "uri", "page_size"],
    "properties": {
        "calls": {"type": "array", "items": CALL},
        "next_page_uri": PERHAPS,
        "page_size": WHOLE,
        "uri": TEXT,
    },
}
PARTICIPANT = {
    "type": "object",
    "properties": {
        "call_sid": _sid("CA"),
        "conference_sid": _sid("CF"),
        "hold": {"type": "boolean"},
    },
}
TROUBLE = {
    "type": "object",
    "required": ["code", "message", "status"],
    "properties": {"code": WHOLE, "message": TEXT, "more_info": TEXT, "status": WHOLE},
}


def _place(name: str, schema: dict[str, Any], *, where: str = "path") -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "schema": schema}


def _answers(status: str, schema: dict[str, Any]) -> dict[str, Any]:
    def answer(shape: dict[str, Any]) -> dict[str, Any]:
        return {"description": "", "content": {"application/json": {"schema": shape}}}

    troubles = {code: answer(TROUBLE) for code in ("400", "401", "404", "429", "500", "503")}
    return {status: answer(schema), **troubles}


def _form(required: list[str], **fields: dict[str, Any]) -> dict[str, Any]:
    several = [name for name, field in fields.items() if field is SEVERAL]
    return {
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "required": required, "properties": fields},
                "encoding": {name: {"style": "form", "explode": True} for name in several},
            }
        }
    }


ACCOUNT = _place("AccountSid", _sid("AC"))
ROOT = "/2010-04-01/Accounts/{AccountSid}"
METHOD = {"type": "string", "enum": METHODS}

DESCRIPTION: dict[str, Any] = {
    "openapi": "3.0.1",
    "info": {"title": "Twilio, as far as it is used", "version": "2010-04-01"},
    "security": [{"basic": []}],
    "components": {"securitySchemes": {"basic": {"type": "http", "scheme": "basic"}}},
    "paths": {
        f"{ROOT}/Calls.json": {
            "post": {
                "parameters": [ACCOUNT],
                "requestBody": _form(
                    ["To", "From"],
                    To=TEXT,
                    From=TEXT,
                    Url={"type": "string", "format": "uri"},
                    Method=METHOD,
                    StatusCallback={"type": "string", "format": "uri"},
                    StatusCallbackEvent=SEVERAL,
                    StatusCallbackMethod=METHOD,
                    Timeout=WHOLE,
                ),
                "responses": _answers("201", CALL),
            },
            "get": {
                "parameters": [
                    ACCOUNT,
                    *(_place(name, TEXT, where="query") for name in ("To", "From")),
                    _place("StartTime>", {**TEXT, "format": "date-time"}, where="query"),
                    _place("PageSize", WHOLE, where="query"),
                ],
                "responses": _answers("200", CALLS),
            },
        },
        f"{ROOT}/Calls/{{Sid}}.json": {
            "get": {
                "parameters": [ACCOUNT, _place("Sid", _sid("CA"))],
                "responses": _answers("200", CALL),
            },
            "post": {
                "parameters": [ACCOUNT, _place("Sid", _sid("CA"))],
                "requestBody": _form(
                    [], Twiml=TEXT, Status={"type": "string", "enum": ["canceled", "completed"]}
                ),
                "responses": _answers("200", CALL),
            },
        },
        f"{ROOT}/Conferences/{{ConferenceSid}}/Participants.json": {
            "post": {
                "parameters": [ACCOUNT, _place("ConferenceSid", TEXT)],
                "requestBody": _form(
                    ["To", "From"],
                    To=TEXT,
                    From=TEXT,
                    StatusCallback={"type": "string", "format": "uri"},
                    StatusCallbackEvent=SEVERAL,
                    EndConferenceOnExit={"type": "boolean"},
                ),
                "responses": _answers("201", PARTICIPANT),
            }
        },
    },
}
