"""What the routes of payments are given."""

from collections.abc import Mapping
from typing import Any

from entrypoints.wiring.container import Container


def used_by_payments(container: Container) -> Mapping[str, Any]:
    payments: Any = container.payments
    rules: Any = payments.rules
    return {
        "pay_booking": payments.pay_booking(),
        "pay_itinerary": payments.pay_itinerary(),
        "take_payment": payments.take_payment(),
        "settle_booking": payments.settle_booking(),
        "carry_on_payment": payments.carry_on_payment(),
        "capture_payment": payments.capture_payment(),
        "cancel_payment": payments.cancel_payment(),
        "request_refund": payments.request_refund(),
        "approve_refund": payments.approve_refund(),
        "reject_refund": payments.reject_refund(),
        "retry_refund": payments.retry_refund(),
        "say_refund_paid": payments.say_refund_paid(),
        "receive_event": payments.receive_event(),
        "replay_event": payments.replay_event(),
        "payment_pages": container.payment_providers.pages(),
        "reconcile": payments.reconcile(),
        "reconciliation_views": payments.reconciliation_views(),
        "approve_payment": rules.approve_payment(),
        "decline_payment": rules.decline_payment(),
        "instalment_views": rules.instalment_views(),
        "issue_gift_credit": rules.issue_gift_credit(),
        "use_gift_credit": rules.use_gift_credit(),
        "gift_credit_views": rules.gift_credit_views(),
        "quote_refund": rules.quote_refund(),
        "refund_as_quoted": rules.refund_as_quoted(),
        "submit_evidence": rules.submit_evidence(),
        "drop_refund": rules.drop_refund(),
        "payment_reviews": rules.payment_reviews(),
        "payment_views": payments.views(),
        "money_views": payments.money_views(),
    }
