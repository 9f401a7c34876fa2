"""What an organization may set about payments that look suspicious."""

from domain.kernel.settings import Setting, SettingType, between

HEAVIEST = 1000
MOST_PAYMENTS = 1_000_000


def _number(
    key: str,
    default: int,
    range: tuple[int, int],
    description: str,
    option: str | None = None,
) -> Setting:
    return Setting(
        key=key,
        type=SettingType.NUMBER,
        category="abuse",
        description=description,
        default=default,
        rule=between(*range),
        option=option,
    )


def _weight(key: str, default: int, what: str) -> Setting:
    return _number(key, default, (0, HEAVIEST), f"What it adds to the score {what}.")


ABUSE_SETTINGS: tuple[Setting, ...] = (
    _number(
        "abuse.review_score",
        40,
        (1, HEAVIEST),
        "From this score on a payment waits for somebody to look at it.",
    ),
    _number("abuse.block_score", 80, (1, HEAVIEST), "From this score on a payment is refused."),
    _number(
        "abuse.payments_per_hour",
        5,
        (1, MOST_PAYMENTS),
        "From so many payments in an hour on, the same e-mail address looks suspicious; from "
        "twice as many on, twice.",
        option="payments_per_hour",
    ),
    _weight("abuse.email_weight", 30, "that one e-mail address pays so often"),
    _number(
        "abuse.actor_payments_per_hour",
        200,
        (1, MOST_PAYMENTS),
        "From so many payments in an hour on, one member or API key looks suspicious; from twice "
        "as many on, twice.",
        option="actor_payments_per_hour",
    ),
    _weight("abuse.actor_weight", 20, "that one member or API key begins so many payments"),
    _number(
        "abuse.amount_times",
        3,
        (2, HEAVIEST),
        "So many times what is usually paid in the currency looks suspicious; twice as many "
        "times, twice.",
    ),
    _weight("abuse.amount_weight", 20, "that so much is paid"),
    _weight("abuse.disposable_weight", 40, "that the e-mail address is one to throw away"),
    _weight("abuse.country_weight", 15, "that the phone number is of another country"),
    _weight(
        "abuse.currency_weight", 0, "that nobody pays in the currency where the customer is from"
    ),
)
