"""Disputes: opened, changed, and closed for good."""

from uuid import UUID

import attrs
import pytest

from domain.kernel.identifiers import DisputeId
from domain.payments.disputes import CLOSED, Dispute, DisputeOutcome
from domain.payments.provider import DisputeStatus, ProviderDispute
from tests.samples import DAY, NOW, pounds
from tests.samples_of_payments import NOTHING, PRICE, booking_id, dispute_news, payment_id

LATER = NOW + DAY
ASKED = dispute_news(DisputeStatus.NEEDS_RESPONSE, withdrawn=pounds(195), due_by=NOW + 7 * DAY)


def opened(news: ProviderDispute = ASKED) -> Dispute:
    return Dispute.open(
        DisputeId(UUID(int=1001)),
        news,
        payment_id=payment_id(),
        booking_id=booking_id(),
        now=NOW,
    )


def names(dispute: Dispute) -> list[str]:
    return [event.name for event in dispute.events]


def test_a_dispute_is_open_and_says_until_when_evidence_is_accepted() -> None:
    dispute = opened()

    assert (dispute.is_open, dispute.due_by) == (True, NOW + 7 * DAY)
    assert (dispute.amount, dispute.withdrawn) == (PRICE, pounds(195))
    assert names(dispute) == ["dispute_opened"]


def test_what_changes_is_told_once() -> None:
    review = attrs.evolve(ASKED, status=DisputeStatus.UNDER_REVIEW)
    dispute = opened().heard(review, now=LATER)

    assert names(dispute) == ["dispute_opened", "dispute_changed"]
    assert dispute.heard(review, now=LATER) == dispute
    assert names(dispute.heard(review, now=LATER)) == names(dispute)


@pytest.mark.parametrize("status", list(DisputeStatus))
def test_every_status_is_open_or_an_end(status: DisputeStatus) -> None:
    assert opened(attrs.evolve(ASKED, status=status)).is_open is (status not in CLOSED)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (DisputeStatus.WON, DisputeOutcome.WON),
        (DisputeStatus.LOST, DisputeOutcome.LOST),
        (DisputeStatus.CLOSED, DisputeOutcome.NONE),
        (DisputeStatus.PREVENTED, DisputeOutcome.NONE),
    ],
)
def test_what_has_come_to_its_end_stays_there(
    status: DisputeStatus, outcome: DisputeOutcome
) -> None:
    dispute = opened().heard(attrs.evolve(ASKED, status=status), now=LATER)

    assert (dispute.outcome, names(dispute)[-1]) == (outcome, "dispute_closed")
    for other in DisputeStatus:
        late = attrs.evolve(ASKED, status=other, withdrawn=NOTHING)
        assert dispute.heard(late, now=LATER) == dispute


def test_one_that_is_heard_of_at_its_end_was_opened_as_well() -> None:
    dispute = opened(attrs.evolve(ASKED, status=DisputeStatus.LOST))

    assert names(dispute) == ["dispute_opened", "dispute_closed"]
