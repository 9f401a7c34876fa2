"""Settings in JSON."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from msgspec import Meta

from application.kernel.settings import SettingView
from entrypoints.http.refusals import TEXT, TEXT_OR_NOTHING
from entrypoints.http.shapes import LAST_VERSION, ONE_LINE, Input, Output

MOST = 1_000_000
MOST_SETTINGS = 200
LONGEST = 2000

# Which of them, the type of the setting says.
SettingValue = (
    bool
    | Annotated[int, Meta(ge=-MOST, le=MOST, examples=[20])]
    | Annotated[str, Meta(max_length=LONGEST, pattern=TEXT_OR_NOTHING)]
    | Annotated[Sequence[Any], Meta(max_length=100, extra_json_schema={"items": {}})]
    | Annotated[Mapping[str, Any], Meta(max_length=100)]
)
Key = Annotated[
    str, Meta(pattern=r"^[a-z_]+\.[a-z_]+$", max_length=64, examples=["holds.minutes"])
]
Word = Annotated[str, Meta(pattern="^[a-z_]+$", max_length=32, examples=["holds"])]


class SettingInput(Input, frozen=True):
    value: SettingValue


class SettingBody(Output, frozen=True):
    """`source` says who has set the value: the organization, the installation, or nobody; of that,
    `kind` is the default at desks of its kind.
    """

    key: Key
    type: Annotated[str, Meta(pattern="^[a-z]+$", max_length=16, examples=["number"])]
    category: Word
    description: Annotated[str, Meta(max_length=500, pattern=TEXT)]
    value: SettingValue
    default: SettingValue
    source: Annotated[str, Meta(pattern="^[a-z]+$", max_length=16, examples=["organization"])]
    public: bool
    editable: bool
    requires_restart: bool
    version: Annotated[
        int, Meta(ge=0, le=LAST_VERSION, description="0 if it was never set.", examples=[0])
    ]

    @classmethod
    def of(cls, view: SettingView) -> "SettingBody":
        setting = view.setting
        return cls(
            key=setting.key,
            type=setting.type.value,
            category=setting.category,
            description=setting.description,
            value=view.value,
            default=view.default,
            source=view.source.value,
            public=setting.public,
            editable=setting.editable,
            requires_restart=setting.requires_restart,
            version=view.version,
        )


class SettingList(Output, frozen=True):
    items: Annotated[Sequence[SettingBody], Meta(max_length=MOST_SETTINGS)]


class PublicSettings(Output, frozen=True):
    """What anybody may know of a desk, by key."""

    name: Annotated[str, Meta(max_length=100, pattern=ONE_LINE, examples=["Seaside Hotel"])]
    settings: Annotated[Mapping[str, SettingValue], Meta(max_length=MOST_SETTINGS)]
