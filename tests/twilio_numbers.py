"""Twilio's telephone numbers as far as we use them: some for sale, and those that were bought."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import attrs

SHELF = {
    "Local": ["+442079460001", "+442079460002", "+442079467940"],
    "Mobile": ["+447700900001"],
    "TollFree": [],
}
NOT_AVAILABLE = 21422
ACCOUNT = "AC" + "0" * 32
ROOT = f"/2010-04-01/Accounts/{ACCOUNT}"
BEGAN = datetime(2027, 3, 1, 12, tzinfo=timezone.utc)

Form = Mapping[str, Sequence[str]]


@attrs.define
class Stock:
    """`bought` are the forms that numbers were bought with; `made` counts purchases.

    While `unheard` is set, what is bought is not answered; `beaten` sells to somebody who asks at
    the same time with the same form.
    """

    bought: dict[str, Form] = attrs.field(factory=dict)
    made: int = 0
    unheard: bool = False
    beaten: bool = False

    def numbers(self) -> list[str]:
        return [form["PhoneNumber"][0] for form in self.bought.values()]

    def offered(self, kind: str, asked: Form) -> list[dict[str, Any]]:
        contains = asked.get("Contains", [""])[0]
        left = [one for one in SHELF[kind] if contains in one and one not in self.numbers()]
        return [
            {
                "friendly_name": one,
                "phone_number": one,
                "lata": None,
                "locality": "London" if kind == "Local" else None,
                "rate_center": None,
                "latitude": None,
                "longitude": None,
                "region": None,
                "postal_code": None,
                "iso_country": "GB",
                "address_requirements": "none",
                "beta": False,
                "capabilities": {"voice": True, "SMS": kind == "Mobile", "MMS": False},
            }
            for one in left
        ]

    def sells(self, form: Form) -> str | None:
        """None for a number that is not for sale."""
        number = form["PhoneNumber"][0]
        if number in self.numbers() or not any(number in shelf for shelf in SHELF.values()):
            return None
        self.made += 1
        sid = f"PN{self.made:032x}"
        self.bought[sid] = form
        return None if self.beaten else sid

    def listed(self, asked: Form) -> list[str]:
        return [
            sid
            for sid, form in self.bought.items()
            if all(
                form[name] == asked[name]
                for name in ("FriendlyName", "PhoneNumber")
                if name in asked
            )
        ]

    def answer(
        self, command: str, place: Sequence[str], path: str, form: Form
    ) -> tuple[int, dict[str, Any]] | None:
        """None for what is not there."""
        asked = parse_qs(urlsplit(path).query)
        match (command, *place):
            case ("GET", "AvailablePhoneNumbers", "GB", kind):
                offers = self.offered(kind, asked)
                return 200, page("AvailablePhoneNumbers", "available_phone_numbers", offers)
            case ("GET", "IncomingPhoneNumbers"):
                found = [self.shown(sid) for sid in self.listed(asked)]
                return 200, page("IncomingPhoneNumbers", "incoming_phone_numbers", found)
            case ("POST", "IncomingPhoneNumbers"):
                sid = self.sells(form)
                if sid is None:
                    return 400, {"code": NOT_AVAILABLE, "message": "not available", "status": 400}
                return 201, self.shown(sid)
            case ("DELETE", "IncomingPhoneNumbers", sid) if sid in self.bought:
                del self.bought[sid]
                return 204, {}
        return None

    def shown(self, sid: str) -> dict[str, Any]:
        form = self.bought[sid]
        number = form["PhoneNumber"][0]
        return {
            "sid": sid,
            "account_sid": ACCOUNT,
            "friendly_name": form["FriendlyName"][0],
            "phone_number": number,
            "voice_url": form["VoiceUrl"][0],
            "voice_method": "POST",
            "status_callback": form["StatusCallback"][0],
            "status_callback_method": "POST",
            "capabilities": {
                "voice": True,
                "sms": number in SHELF["Mobile"],
                "mms": False,
                "fax": False,
            },
            "beta": False,
            "address_requirements": "none",
            "origin": "twilio",
            "date_created": format_datetime(BEGAN),
            "date_updated": format_datetime(BEGAN),
            "api_version": "2010-04-01",
            "uri": f"{ROOT}/IncomingPhoneNumbers/{sid}.json",
        }


def page(of: str, name: str, items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    uri = f"{ROOT}/{of}.json?PageSize=50&Page=0"
    nowhere = {"next_page_uri": None, "previous_page_uri": None}
    return {
        name: items,
        **nowhere,
        "first_page_uri": uri,
        "uri": uri,
        "page": 0,
        "page_size": 50,
        "start": 0,
        "end": max(0, len(items) - 1),
    }
