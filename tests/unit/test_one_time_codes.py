"""Codes that change with the time: those of RFC 6238, and how they are shown."""

from datetime import datetime, timedelta, timezone
from random import Random

import pytest

from domain.identity.one_time_codes import (
    code_at,
    draw_secret,
    setup_link,
    step_at,
    step_of,
    written,
)
from domain.identity.second_factors import (
    CODES,
    SecondFactor,
    WrongCode,
    draw_recovery_codes,
    is_recovery_code,
    plain,
)
from domain.kernel.identifiers import MemberId
from tests.samples import DESK, NOW

# Appendix B of RFC 6238, for SHA-1: seconds since 1970 and the code of eight digits.
VECTORS = (
    (59, "94287082"),
    (1111111109, "07081804"),
    (1111111111, "14050471"),
    (1234567890, "89005924"),
    (2000000000, "69279037"),
    (20000000000, "65353130"),
)
SECRET = b"12345678901234567890"
STEP = timedelta(seconds=30)


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    moment = datetime.fromtimestamp(seconds, timezone.utc)

    assert code_at(step_at(moment), SECRET, digits=8) == code
    assert code_at(step_at(moment), SECRET) == code[2:]


def test_clocks_may_be_wrong_by_one_step() -> None:
    code = code_at(step_at(NOW), SECRET)

    good = [step_of(code, SECRET, now=NOW + n * STEP) is not None for n in (-2, -1, 0, 1, 2)]

    assert good == [False, True, True, True, False]


def test_a_code_is_good_once_and_those_before_it_no_more() -> None:
    factor = SecondFactor(member_id=MemberId(DESK.id), secret=SECRET, created_at=NOW)
    before, code = (code_at(step_at(NOW) + n, SECRET) for n in (-1, 0))

    used = factor.used(code, now=NOW)

    assert factor.used(before, now=NOW).last_step == used.last_step - 1
    for again in (code, before, "", "12345", "1234567", code[:-1] + "x"):
        with pytest.raises(WrongCode):
            used.used(again, now=NOW + STEP)
    assert used.used(code_at(step_at(NOW) + 1, SECRET), now=NOW).last_step == step_at(NOW) + 1
    assert SECRET.hex() not in repr(factor)
    assert "12345678" not in repr(factor)


def test_a_link_says_whose_it_is() -> None:
    link = setup_link(SECRET, organization="Sea & Side: Hotel", email="a+b@example.com")

    assert link == (
        "otpauth://totp/Sea%20%26%20Side%3A%20Hotel:a%2Bb%40example.com"
        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sea%20%26%20Side%3A%20Hotel"
        "&algorithm=SHA1&digits=6&period=30"
    )


def test_secrets_and_recovery_codes_are_drawn() -> None:
    chance = Random(1).randrange
    secrets = {draw_secret(chance) for _ in range(100)}
    codes = draw_recovery_codes(chance)

    assert len(secrets) == 100
    assert {len(one) for one in secrets} == {20}
    assert {len(written(one)) for one in secrets} == {32}
    assert len(set(codes)) == CODES
    assert all(is_recovery_code(plain(code)) for code in codes)
    assert plain(f" {codes[0].upper()} ") == codes[0].replace("-", "")
