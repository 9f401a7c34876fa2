"""Why a socket is closed. Codes from 4000 on are ours; they resemble the statuses of HTTP."""

import attrs


@attrs.frozen
class Closing:
    code: int
    reason: str


GOING_AWAY = Closing(1001, "the server stops: connect again and resume")
TOO_LARGE = Closing(1009, "the message is too large")
FAILED = Closing(1011, "a fault of ours: connect again and resume")
TRY_LATER = Closing(1013, "not now: try again in some seconds")
TICKET_REFUSED = Closing(4401, "ask for another ticket")
REVOKED = Closing(4403, "the key or session has ended, or may do less now")
SILENT = Closing(4408, "nothing heard for too long: send pings, connect again and resume")
TOO_MANY_SOCKETS = Closing(4429, "too many sockets of this key or member")
TOO_MANY_MESSAGES = Closing(4430, "too many messages: slow down")
TOO_SLOW = Closing(4431, "messages were not taken fast enough: connect again and resume")
