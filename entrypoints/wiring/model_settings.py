"""Settings of a model that listens to calls."""

import attrs

from entrypoints.wiring.options import BadSetting, number, option, text
from entrypoints.wiring.payment_settings import ENCRYPTED, ON_THIS_MACHINE
from entrypoints.wiring.telephony_settings import TelephonySettings

LONGEST_URL = 200


def _model_url(value: str) -> str:
    """What was said in calls is sent there, and a key."""
    server = "/".join(value.split("/")[:3])
    known = ENCRYPTED.fullmatch(server) or ON_THIS_MACHINE.fullmatch(server)
    if not known or len(value) > LONGEST_URL or not value.isascii() or value.endswith("/"):
        raise BadSetting("must be like https://api.example.com/v1, or http:// on this machine")
    return value


@attrs.frozen(kw_only=True)
class ModelSettings(TelephonySettings):
    """The lines about who listens."""

    model_url: str | None = option(
        _model_url,
        None,
        "Where a model is that speaks as OpenAI's chat completions do, without "
        "`/chat/completions`. It is told what was said in calls, and feels for it. Without one a "
        "list of words does.",
    )
    model_name: str = option(text(1, 100), "default", "Which model is asked there.")
    model_seconds: int = option(
        number(1, 300), 20, "All the time it has for a call; after that a list of words listens."
    )
