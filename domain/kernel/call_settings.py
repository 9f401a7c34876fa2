"""What an organization may set for its calls."""

from collections.abc import Sequence
from typing import Any

from domain.kernel.knowledge_settings import APPOINTMENTS, SALES
from domain.kernel.settings import Setting, SettingType, between, like

MOST_KEYWORDS = 50
LONGEST_KEYWORD = 60
RECORDINGS_DAYS = 90
RECORDINGS_DAYS_BY_DUTY = 1827  # five years, as for orders of financial instruments
KEYWORDS = (
    "manager",
    "supervisor",
    "human",
    "speak to someone",
    "complaint",
    "refund",
    "cancel",
    "pricing",
    "discount",
)


def _keywords(value: Any) -> str | None:
    words = "must be a list of at most 50 words or phrases, each of 1 to 60 characters"
    if not isinstance(value, Sequence) or len(value) > MOST_KEYWORDS:
        return words
    fit = all(isinstance(word, str) and len(word.strip()) >= 1 for word in value)
    return None if fit and all(len(word) <= LONGEST_KEYWORD for word in value) else words


def _number(
    key: str, default: int, least: int, most: int, description: str, **more: Any
) -> Setting:
    return Setting(
        key=key,
        type=SettingType.NUMBER,
        category="escalations",
        description=description,
        default=default,
        rule=between(least, most),
        **more,
    )


CALL_SETTINGS: Sequence[Setting] = (
    Setting(
        key="calls.wrap_up",
        type=SettingType.BOOLEAN,
        category="calls",
        description="Whether people write a call up after the line is down, before it counts as "
        "completed.",
        default=False,
    ),
    Setting(
        key="calls.disposition_required",
        type=SettingType.BOOLEAN,
        category="calls",
        description="Whether no call is written up without a disposition.",
        default=False,
    ),
    Setting(
        key="calls.yes_required",
        type=SettingType.BOOLEAN,
        category="calls",
        description="Whether it takes a recorded yes of the customer to confirm, change or cancel "
        "a booking in a call.",
        default=False,
        of_kinds={APPOINTMENTS: True},
    ),
    Setting(
        key="calls.holds_after",
        type=SettingType.STRING,
        category="calls",
        description="What becomes of what was held in a call once its line is down: `keep` it "
        "as long as it is held anyway, `release` it, or `extend` it. Whoever is paying is left "
        "alone.",
        default="keep",
        of_kinds={SALES: "extend"},
        rule=like("keep|release|extend", "keep, release or extend"),
    ),
    Setting(
        key="calls.holds_after_minutes",
        type=SettingType.NUMBER,
        category="calls",
        description="How long after the end of the call holds go on that are to be extended, "
        "within the cap of holds.",
        default=30,
        rule=between(1, 1440),
    ),
    Setting(
        key="calls.recordings_days",
        type=SettingType.NUMBER,
        category="calls",
        description="For how many days the recording of a call is kept that was announced or "
        "agreed to. Then it is deleted, here and at whoever carried the call.",
        default=RECORDINGS_DAYS,
        rule=between(1, 3650),
    ),
    Setting(
        key="calls.recordings_days_by_duty",
        type=SettingType.NUMBER,
        category="calls",
        description="For how many days the recording of a call is kept that was made by a legal "
        "duty: as many as that duty says.",
        default=RECORDINGS_DAYS_BY_DUTY,
        rule=between(1, 7305),
    ),
    _number(
        "escalations.sentiment_percent",
        -50,
        -100,
        100,
        "A customer who sounds like this, or worse, is escalated: from -100 to 100.",
        of_kinds={SALES: -30},
    ),
    Setting(
        key="escalations.keywords",
        type=SettingType.JSON,
        category="escalations",
        description="A customer who says one of these is escalated; whole words, in any case.",
        default=list(KEYWORDS),
        rule=_keywords,
    ),
    _number(
        "escalations.complexity_percent",
        80,
        1,
        100,
        "A customer whose sentences are as long as this is escalated: 5 for every word in an "
        "average sentence.",
    ),
    _number(
        "escalations.offer_seconds",
        30,
        5,
        600,
        "How long an agent has to accept a caller before the next one is asked.",
    ),
    _number(
        "escalations.lease_minutes",
        240,
        1,
        1440,
        "How long a caller is left with an agent who is not heard of.",
    ),
    _number(
        "escalations.wrap_up_seconds",
        0,
        0,
        3600,
        "How long an agent is left alone after a caller, to write it up.",
    ),
)
