"""What is said in a dispute, in Stripe's words."""

from collections.abc import Mapping

from domain.payments.evidence import Evidence


def evidence_of(evidence: Evidence) -> Mapping[str, str]:
    """Without what is not said: an empty text would take back what was said before."""
    day = evidence.service_on
    said = {
        "uncategorized_text": evidence.explanation,
        "product_description": evidence.product,
        "service_date": day.isoformat() if day is not None else "",
        "cancellation_policy_disclosure": evidence.policy,
    }
    return {name: text for name, text in said.items() if text}
