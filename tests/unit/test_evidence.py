"""Evidence reaches the provider once, whatever becomes of the answer."""

from datetime import date, timedelta

import attrs
import pytest
from stripe.params import DisputeModifyParamsEvidence

from adapters.stripe.evidence import evidence_of
from application.payments.gateway import PaymentProviderDown
from application.payments.submit_evidence import SubmitEvidence, SubmitEvidenceHandler
from domain.payments.disputes import Dispute
from domain.payments.evidence import Evidence
from domain.payments.provider import DisputeStatus, ProviderStatus
from domain.payments.refusals import EvidenceRefused, NoEvidenceWanted
from tests.samples import DAY, DESK, NOW, pounds
from tests.unit.cashier import Cashier
from tests.unit.test_dispute import opened

pytestmark = pytest.mark.anyio

EVIDENCE = Evidence(
    explanation="They were there.",
    product="First aid",
    service_on=date(2027, 3, 14),
    policy="None within 48 hours",
)


@attrs.frozen
class Contested:
    """A payment that a customer has disputed, and who answers that."""

    cashier: Cashier
    submit: SubmitEvidenceHandler

    @classmethod
    async def opened(cls) -> "Contested":
        cashier = await Cashier.open()
        payment = await cashier.pay(await cashier.held())
        cashier.gateway.becomes(payment.id, ProviderStatus.SUCCEEDED)
        cashier.gateway.disputes(payment.id, DisputeStatus.NEEDS_RESPONSE, withdrawn=pounds(195))
        await cashier.is_told_all()
        await cashier.works_off()
        submit = SubmitEvidenceHandler(
            unit_of_work=cashier.till.work,
            gateways=cashier.till.gateways,
            hear=cashier.till.hear,
            clock=cashier.desk.clock,
        )
        return cls(cashier, submit)

    @property
    def dispute(self) -> Dispute:
        (dispute,) = self.cashier.rows.disputes.values()
        return dispute

    async def answers(self) -> Dispute:
        return await self.submit(
            SubmitEvidence(actor=DESK, dispute_id=self.dispute.id, evidence=EVIDENCE, version=None)
        )


async def test_a_lost_answer_is_asked_for_again_and_sent_once() -> None:
    contested = await Contested.opened()
    gateway = contested.cashier.gateway
    gateway.loses = 1
    with pytest.raises(PaymentProviderDown):
        await contested.answers()
    assert contested.dispute.status is DisputeStatus.NEEDS_RESPONSE

    after = await contested.answers()
    assert after.status is DisputeStatus.UNDER_REVIEW
    assert gateway.evidence == [EVIDENCE]
    with pytest.raises(NoEvidenceWanted):
        await contested.answers()


async def test_what_the_provider_does_not_take_is_said() -> None:
    contested = await Contested.opened()
    contested.cashier.gateway.refuses = "file_too_large"
    with pytest.raises(EvidenceRefused) as refused:
        await contested.answers()
    assert refused.value.reason == "file_too_large"


def test_evidence_is_wanted_until_it_is_due() -> None:
    opened().must_want_evidence(now=NOW + 7 * DAY - timedelta(seconds=1))
    with pytest.raises(NoEvidenceWanted):
        opened().must_want_evidence(now=NOW + 7 * DAY)


def test_stripe_has_a_place_for_all_that_is_said() -> None:
    said = evidence_of(EVIDENCE)

    assert set(said) <= set(DisputeModifyParamsEvidence.__annotations__)
    assert said["service_date"] == "2027-03-14"
    assert evidence_of(Evidence(explanation="No.")) == {"uncategorized_text": "No."}
