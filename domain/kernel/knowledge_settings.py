"""What an organization may set for what its kind of desk does, and for what is found in calls."""

from collections.abc import Sequence
from enum import Enum

from domain.kernel.settings import Setting, SettingType, between, like


class DeskKind(Enum):
    """What most of the calls of a desk are about."""

    CUSTOMER_SUPPORT = "customer_support"
    SALES = "sales"
    APPOINTMENTS = "appointments"


KINDS = tuple(kind.value for kind in DeskKind)
SALES, APPOINTMENTS = DeskKind.SALES.value, DeskKind.APPOINTMENTS.value

DESK_KIND = Setting(
    key="desk.kind",
    type=SettingType.STRING,
    category="desk",
    description="What the calls of the desk are about: `customer_support`, `sales` or "
    "`appointments`. Other settings have other defaults by it.",
    default=DeskKind.CUSTOMER_SUPPORT.value,
    rule=like("|".join(KINDS), "customer_support, sales or appointments"),
)
MOST_FOUND = Setting(
    key="knowledge.top_k",
    type=SettingType.NUMBER,
    category="knowledge",
    description="How many passages of documentation a search in a call finds at the most.",
    default=5,
    rule=between(1, 50),
)
LEAST_FIT = Setting(
    key="knowledge.threshold_percent",
    type=SettingType.NUMBER,
    category="knowledge",
    description="How well a passage has to fit to be found in a call, as a share of what the best "
    "one is worth; 0 for all of them.",
    default=70,
    rule=between(0, 100),
)
KNOWLEDGE_SETTINGS: Sequence[Setting] = (DESK_KIND, MOST_FOUND, LEAST_FIT)
