"""What an organization may set about gift credit."""

from domain.kernel.settings import Setting, SettingType

GIFT_CREDIT_SETTINGS: tuple[Setting, ...] = (
    Setting(
        key="gift_credit.lapses",
        type=SettingType.BOOLEAN,
        category="gift_credit",
        description="Whether what is left of gift credit that has expired is owed no longer, and "
        "is written into the books as earned. Ask whoever keeps yours whether it may.",
        default=False,
    ),
)
