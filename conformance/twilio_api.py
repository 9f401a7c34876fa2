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
RECORDING = {
    "type": "object",
    "required": ["sid", "call_sid", "status"],
    "properties": {
        "sid": _sid("RE"),
        "account_sid": _sid("AC"),
        "call_sid": _sid("CA"),
        "status": {
            "type": "string",
            "enum": ["in-progress", "paused", "stopped", "processing", "completed", "absent"],
        },
        "channels": WHOLE,
        "uri": TEXT,
    },
}
CAN = {"type": "boolean"}
OFFER = {
    "type": "object",
    "required": ["phone_number", "iso_country", "capabilities"],
    "properties": {
        "phone_number": TEXT,
        "iso_country": {"type": "string", "pattern": "^[A-Z]{2}$"},
        "locality": PERHAPS,
        "region": PERHAPS,
        "capabilities": {
            "type": "object",
            "properties": {"voice": CAN, "SMS": CAN, "MMS": CAN, "fax": CAN},
        },
    },
}
NUMBER = {
    "type": "object",
    "required": ["sid", "phone_number", "friendly_name", "capabilities"],
    "properties": {
        "sid": _sid("PN"),
        "account_sid": _sid("AC"),
        "phone_number": TEXT,
        "friendly_name": TEXT,
        "voice_url": PERHAPS,
        "status_callback": PERHAPS,
        "capabilities": {
            "type": "object",
            "properties": {"voice": CAN, "sms": CAN, "mms": CAN, "fax": CAN},
        },
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


def _page(name: str, item: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [name, "uri", "page_size"],
        "properties": {
            name: {"type": "array", "items": item},
            "next_page_uri": PERHAPS,
            "page_size": WHOLE,
            "uri": TEXT,
        },
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


def _gone() -> dict[str, Any]:
    return {"204": {"description": ""}, **_answers("200", TROUBLE)}


ENABLED = ("VoiceEnabled", "SmsEnabled", "MmsEnabled", "FaxEnabled")
OF_CALL = _place("CallSid", _sid("CA"))
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
                "responses": _answers("200", _page("calls", CALL)),
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
        f"{ROOT}/Calls/{{CallSid}}/Recordings.json": {
            "post": {
                "parameters": [ACCOUNT, OF_CALL],
                "requestBody": _form([]),
                "responses": _answers("201", RECORDING),
            },
            "get": {
                "parameters": [ACCOUNT, OF_CALL, _place("PageSize", WHOLE, where="query")],
                "responses": _answers("200", _page("recordings", RECORDING)),
            },
        },
        f"{ROOT}/Calls/{{CallSid}}/Recordings/{{Sid}}.json": {
            "post": {
                "parameters": [ACCOUNT, OF_CALL, _place("Sid", _sid("RE"))],
                "requestBody": _form(
                    ["Status"],
                    Status={"type": "string", "enum": ["in-progress", "paused", "stopped"]},
                ),
                "responses": _answers("200", RECORDING),
            }
        },
        f"{ROOT}/Recordings/{{Sid}}.json": {
            "delete": {
                "parameters": [ACCOUNT, _place("Sid", _sid("RE"))],
                "responses": _gone(),
            }
        },
        **{
            f"{ROOT}/AvailablePhoneNumbers/{{CountryCode}}/{kind}.json": {
                "get": {
                    "parameters": [
                        ACCOUNT,
                        _place("CountryCode", {**TEXT, "pattern": "^[A-Z]{2}$"}),
                        _place("Contains", TEXT, where="query"),
                        *(_place(name, CAN, where="query") for name in ENABLED),
                        _place("PageSize", WHOLE, where="query"),
                    ],
                    "responses": _answers("200", _page("available_phone_numbers", OFFER)),
                }
            }
            for kind in ("Local", "Mobile", "TollFree")
        },
        f"{ROOT}/IncomingPhoneNumbers.json": {
            "post": {
                "parameters": [ACCOUNT],
                "requestBody": _form(
                    ["PhoneNumber"],
                    PhoneNumber=TEXT,
                    FriendlyName=TEXT,
                    VoiceUrl={"type": "string", "format": "uri"},
                    VoiceMethod=METHOD,
                    StatusCallback={"type": "string", "format": "uri"},
                    StatusCallbackMethod=METHOD,
                ),
                "responses": _answers("201", NUMBER),
            },
            "get": {
                "parameters": [
                    ACCOUNT,
                    *(
                        _place(name, TEXT, where="query")
                        for name in ("FriendlyName", "PhoneNumber")
                    ),
                    _place("PageSize", WHOLE, where="query"),
                ],
                "responses": _answers("200", _page("incoming_phone_numbers", NUMBER)),
            },
        },
        f"{ROOT}/IncomingPhoneNumbers/{{Sid}}.json": {
            "delete": {
                "parameters": [ACCOUNT, _place("Sid", _sid("PN"))],
                "responses": _gone(),
            }
        },
    },
}
