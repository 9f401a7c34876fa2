"""What an organization may set about instalments that are not paid."""

from domain.kernel.settings import Setting, SettingType, between, like

LONGEST_HOURS = 8760

INSTALMENT_SETTINGS: tuple[Setting, ...] = (
    Setting(
        key="instalments.remind_hours_before",
        type=SettingType.NUMBER,
        category="instalments",
        description="So many hours before the rest of a deposit is due, customers are reminded.",
        default=72,
        rule=between(0, LONGEST_HOURS),
    ),
    Setting(
        key="instalments.grace_hours",
        type=SettingType.NUMBER,
        category="instalments",
        description="How long after it was due, and they were told so, customers may still pay.",
        default=48,
        rule=between(0, LONGEST_HOURS),
    ),
    Setting(
        key="instalments.policy",
        type=SettingType.STRING,
        category="instalments",
        description="What becomes of bookings that are not paid then: `keep` them as overdue, or "
        "`cancel` them with the agreed fee.",
        default="keep",
        rule=like("keep|cancel", "keep or cancel"),
    ),
)
