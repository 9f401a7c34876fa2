"""Refusals of the machinery speak for themselves."""

import pytest

from application.kernel.once import KeyReused
from application.kernel.pages import BadCursor
from application.kernel.refusals import Busy, RateLimited, Unavailable, VersionChanged
from application.kernel.versions import require_version
from domain.kernel.refusals import Category, Refusal, Severity


@pytest.mark.parametrize(
    ("refusal", "code", "category", "words"),
    [
        (Unavailable(), "unavailable", Category.SYSTEM, "nothing was done"),
        (RateLimited(3), "rate_limited", Category.RATE_LIMIT, "try again in 3 s"),
        (VersionChanged(7), "version_changed", Category.CONCURRENCY, "is now version 7"),
        (Busy(), "busy", Category.CONCURRENCY, "try again"),
        (BadCursor(), "bad_cursor", Category.VALIDATION, "of the page before"),
        (KeyReused(), "idempotency_key_reused", Category.VALIDATION, "use a new one"),
    ],
)
def test_refusals_say_what_to_do(
    refusal: Refusal, code: str, category: Category, words: str
) -> None:
    assert (refusal.code, refusal.category) == (code, category)
    assert words in str(refusal)


def test_those_who_operate_the_desk_hear_of_what_is_down() -> None:
    assert Unavailable().severity is Severity.HIGH
    assert Busy().severity is Severity.LOW
    assert Unavailable().retry_after == Busy().retry_after == 1


def test_whoever_names_no_version_takes_what_is_there() -> None:
    require_version(3, None)
    require_version(3, 3)
    with pytest.raises(VersionChanged):
        require_version(3, 0)
