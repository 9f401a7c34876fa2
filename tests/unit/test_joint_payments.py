"""What a provider says of one payment for several is divided without a rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.money import Money, total
from domain.payments.joint import named_there, shares_of_dispute, shares_of_payment
from domain.payments.provider import DisputeStatus, ProviderStatus
from tests.samples import pounds
from tests.samples_of_payments import dispute_news, news

AMOUNTS = st.lists(st.integers(1, 10**9).map(lambda minor: Money(minor, "GBP")), min_size=1)


@given(AMOUNTS, st.integers(0, 10**6))
def test_shares_add_up_to_what_was_said(amounts: list[Money], fee: int) -> None:
    whole = total(amounts, currency="GBP")
    said = news(ProviderStatus.SUCCEEDED, amount=whole, captured=whole, fee=Money(fee, "GBP"))
    shares = shares_of_payment(said, amounts)

    assert [share.captured for share in shares] == [share.amount for share in shares] == amounts
    assert sum(share.fee.minor for share in shares if share.fee is not None) == fee
    assert {named_there(share.reference) for share in shares} == {said.reference}
    assert len({share.reference for share in shares}) == len(amounts)


@given(AMOUNTS, st.integers(0, 10**10))
def test_what_is_disputed_adds_up_as_well(amounts: list[Money], withdrawn: int) -> None:
    whole = total(amounts, currency="GBP")
    said = dispute_news(
        DisputeStatus.NEEDS_RESPONSE, amount=whole, withdrawn=Money(withdrawn, "GBP")
    )
    shares = shares_of_dispute(said, amounts)

    assert [share.amount for share in shares] == amounts
    assert sum(share.withdrawn.minor for share in shares) == withdrawn
    assert {named_there(share.reference) for share in shares} == {said.reference}


@pytest.mark.parametrize("status", [ProviderStatus.PROCESSING, ProviderStatus.CANCELED])
def test_of_nothing_captured_every_share_is_nothing(status: ProviderStatus) -> None:
    said = news(status, amount=pounds(3), captured=pounds(0))
    shares = shares_of_payment(said, [pounds(1), pounds(2)])

    assert [share.captured.minor for share in shares] == [0, 0]
    assert [share.fee for share in shares] == [None, None]


def test_a_share_is_named_after_the_whole_and_nothing_else_is() -> None:
    said = news(ProviderStatus.SUCCEEDED, amount=pounds(2), captured=pounds(2))
    first, second = shares_of_payment(said, [pounds(1), pounds(1)])

    assert (first.reference, second.reference) == (said.reference, f"{said.reference}#2")
    assert named_there(second.reference) == said.reference
    assert named_there("dp_1") == "dp_1"
    assert named_there("") == ""
