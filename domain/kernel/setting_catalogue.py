"""All settings there are. Every one of them has an effect, and is described in the guide."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.kernel.abuse_settings import ABUSE_SETTINGS
from domain.kernel.call_settings import CALL_SETTINGS
from domain.kernel.gift_credit_settings import GIFT_CREDIT_SETTINGS
from domain.kernel.history_settings import HISTORY_SETTINGS
from domain.kernel.instalment_settings import INSTALMENT_SETTINGS
from domain.kernel.knowledge_settings import KNOWLEDGE_SETTINGS
from domain.kernel.paper_settings import PAPER_SETTINGS
from domain.kernel.periods import UnknownZone, Zone
from domain.kernel.quality_settings import QUALITY_SETTINGS
from domain.kernel.settings import (
    Setting,
    SettingType,
    UnknownSetting,
    between,
    like,
    text,
)

LONGEST_HOLD = 10_080
LONGEST_WEEKS = 336
LONGEST_SAVED = 1000
LONGEST_NOTICE = 8760
MOST_PASSES = 100
MOST_DISCOUNTS = 10
LARGEST_PARTY = 1000
MOST_UNITS = 1000
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# No more than mail programs everywhere take: customers are to answer to it.
ATOM = "[A-Za-z0-9_%+-]{1,32}"
LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = rf"{ATOM}(?:\.{ATOM}){{0,3}}@(?:{LABEL}\.){{1,4}}[A-Za-z]{{2,24}}"
HOURS = r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d"

_opening = like(HOURS, "hours such as 09:00-17:30")


def _zone(value: Any) -> str | None:
    try:
        Zone(value)
    except UnknownZone:
        return "must be a time zone of the IANA database such as Europe/Lisbon"
    return None


def _opening_hours(value: Any) -> str | None:
    words = "must map days such as monday to hours such as 09:00-17:30"
    if not isinstance(value, Mapping) or not set(value) <= set(DAYS):
        return words
    bad = [hours for hours in value.values() if not isinstance(hours, str) or _opening(hours)]
    return words if bad else None


def _group_discounts(value: Any) -> str | None:
    words = (
        'must be a list of at most 10 such as {"party": 5, "percent": 10}, each for another '
        "number of people from 1 to 1000 and 1 to 100 percent off"
    )
    if not isinstance(value, Sequence) or len(value) > MOST_DISCOUNTS:
        return words
    fit = all(isinstance(step, Mapping) and _is_group_discount(step) for step in value)
    return None if fit and len({step["party"] for step in value}) == len(value) else words


def _is_group_discount(step: Mapping[str, Any]) -> bool:
    return (
        set(step) == {"party", "percent"}
        and all(SettingType.NUMBER.problem(number) is None for number in step.values())
        and 1 <= step["party"] <= LARGEST_PARTY
        and 1 <= step["percent"] <= 100  # noqa: PLR2004
    )


def _number(key: str, default: int, most: int, description: str, **more: Any) -> Setting:
    return Setting(
        key=key,
        type=SettingType.NUMBER,
        category=key.partition(".")[0],
        description=description,
        default=default,
        rule=between(more.pop("least", 1), most),
        **more,
    )


REQUIRE_SECOND_FACTOR = Setting(
    key="members.require_second_factor",
    type=SettingType.BOOLEAN,
    category="members",
    description="Whether members without a second factor can do nothing but set one up.",
    default=False,
)

SETTINGS: Sequence[Setting] = (
    _number(
        "holds.minutes",
        15,
        LONGEST_HOLD,
        "How long a hold lasts before it may expire, unless the product says otherwise.",
        option="hold_minutes",
        public=True,
    ),
    _number(
        "holds.minutes_at_most",
        60,
        LONGEST_HOLD,
        "How long a hold may last in all, with every extension.",
        option="hold_minutes_at_most",
        editable=False,
        requires_restart=True,
    ),
    _number(
        "inquiries.hours",
        24,
        LONGEST_WEEKS,
        "How long an inquiry is held for a customer to make up their mind.",
        option="inquiry_hours",
        public=True,
    ),
    Setting(
        key="inquiries.offered",
        type=SettingType.BOOLEAN,
        category="inquiries",
        description="Whether customers may inquire: hold something without obligation.",
        default=True,
        public=True,
    ),
    _number(
        "approvals.hours",
        24,
        LONGEST_WEEKS,
        "How long what is sold on request is held until somebody approves.",
        option="approval_hours",
    ),
    _number(
        "quotes.minutes",
        30,
        LONGEST_HOLD,
        "How long a quoted price is good.",
        option="quote_minutes",
        public=True,
    ),
    _number(
        "promises.minutes",
        15,
        1440,
        "How long the quoted price of a change or a cancellation is good.",
        option="promise_minutes",
    ),
    Setting(
        key="references.prefix",
        type=SettingType.STRING,
        category="references",
        description="Two to four letters before the references of bookings to come.",
        default="FD",
        rule=like("[A-Z]{2,4}", "2 to 4 capital letters from A to Z"),
        option="reference_prefix",
    ),
    _number(
        "waiting.offer_hours",
        24,
        LONGEST_WEEKS,
        "How long a place is held for whoever was waiting for it.",
        option="offer_hours",
    ),
    _number(
        "waiting.passes",
        3,
        MOST_PASSES,
        "How often smaller parties may pass a larger one on a waiting list before units are "
        "saved up for it.",
        least=0,
        option="waiting_passes",
    ),
    _number(
        "waiting.saved_hours",
        48,
        LONGEST_SAVED,
        "How long units are saved up for a party at the most.",
        option="waiting_saved_hours",
    ),
    _number(
        "bookings.close_hours_before",
        0,
        LONGEST_NOTICE,
        "So many hours before it begins nothing is booked any more; a product may close earlier.",
        least=0,
        public=True,
    ),
    Setting(
        key="discounts.groups",
        type=SettingType.JSON,
        category="discounts",
        description="Group discounts of whatever has none of its own in its sales terms.",
        default=[],
        rule=_group_discounts,
    ),
    _number(
        "availability.few_units",
        3,
        MOST_UNITS,
        "So many units left are almost full, or a share of the capacity if that is more, unless "
        "the product says otherwise.",
        least=0,
    ),
    _number(
        "availability.few_percent",
        20,
        100,
        "The share of the capacity which, when left, is almost full.",
        least=0,
    ),
    Setting(
        key="desk.phone",
        type=SettingType.STRING,
        category="desk",
        description="Where customers call. Shown to anybody, and under mail to customers.",
        default="",
        rule=text(40),
        public=True,
    ),
    Setting(
        key="desk.address",
        type=SettingType.STRING,
        category="desk",
        description="Where the desk is: under mail to customers and on papers, where commas "
        "begin a new line. Shown to anybody.",
        default="",
        rule=text(300),
        public=True,
    ),
    Setting(
        key="desk.email",
        type=SettingType.STRING,
        category="desk",
        description="Where customers write to: under mail to them, whose answers go there, and on "
        "papers. Shown to anybody.",
        default="",
        rule=like(f"|{ADDRESS}", "an e-mail address such as desk@example.com, or empty"),
        public=True,
    ),
    Setting(
        key="desk.opening_hours",
        type=SettingType.JSON,
        category="desk",
        description="When somebody is at the desk, by day of the week. Shown to anybody.",
        default={},
        rule=_opening_hours,
        public=True,
    ),
    Setting(
        key="desk.opens_on",
        type=SettingType.DATE,
        category="desk",
        description="The day from which on the desk takes bookings. Shown to anybody.",
        default="1970-01-01",
        public=True,
    ),
    Setting(
        key="desk.zone",
        type=SettingType.STRING,
        category="desk",
        description="On whose clock the days of figures begin, by its name in the IANA database.",
        default="UTC",
        rule=_zone,
    ),
    REQUIRE_SECOND_FACTOR,
    *PAPER_SETTINGS,
    *CALL_SETTINGS,
    *HISTORY_SETTINGS,
    *ABUSE_SETTINGS,
    *INSTALMENT_SETTINGS,
    *GIFT_CREDIT_SETTINGS,
    *QUALITY_SETTINGS,
    *KNOWLEDGE_SETTINGS,
)

CATALOGUE: Mapping[str, Setting] = {setting.key: setting for setting in SETTINGS}


def setting_called(key: str) -> Setting:
    """Raises UnknownSetting."""
    if key not in CATALOGUE:
        raise UnknownSetting
    return CATALOGUE[key]
