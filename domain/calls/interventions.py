"""How people step in while a call goes on."""

from datetime import datetime
from enum import Enum
from typing import ClassVar

import attrs

from domain.kernel.identifiers import ActorId, CallId
from domain.kernel.personal import personal
from domain.kernel.refusals import Conflict, Invalid

MOST_INTERVENTIONS = 100


class Intervening(Enum):
    """A message is said to everybody on the line; all else is for the machine that talks."""

    MESSAGE = "message"
    PAUSE = "pause"
    RESUME = "resume"
    OVERRIDE = "override"

    @property
    def takes_words(self) -> bool:
        return self in {Intervening.MESSAGE, Intervening.OVERRIDE}


@attrs.frozen
class WordsMissing(Invalid):
    code: ClassVar[str] = "words_missing"
    field: ClassVar[str] = "text"

    def __str__(self) -> str:
        return "messages and instructions take words"


@attrs.frozen
class NoBotTalks(Conflict):
    code: ClassVar[str] = "no_bot_talks"
    call_id: CallId

    def __str__(self) -> str:
        return f"no machine talks in call {self.call_id}: there is nothing to pause or to instruct"


@attrs.frozen
class TooManyInterventions(Conflict):
    code: ClassVar[str] = "too_many_interventions"
    call_id: CallId

    def __str__(self) -> str:
        return (
            f"people step in {MOST_INTERVENTIONS} times in a call at the most,"
            f" as in {self.call_id}"
        )


@attrs.frozen(kw_only=True)
class Intervention:
    """`text` is what was said or is to be done; with a pause, why."""

    kind: Intervening
    text: str = attrs.field(
        default="", repr=False, metadata=personal("to show how somebody stepped in")
    )
    by: ActorId
    at: datetime

    @property
    def lacks_words(self) -> bool:
        return self.kind.takes_words and not self.text.strip()
