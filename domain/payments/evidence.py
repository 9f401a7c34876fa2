"""What is said for us in a dispute. It goes to the provider, and nothing of it is kept here."""

from datetime import date

import attrs

from domain.kernel.personal import personal


@attrs.frozen(kw_only=True)
class Evidence:
    """`product` is what was sold and `service_on` when it took place, `policy` what customers are
    told about cancelling.
    """

    explanation: str = attrs.field(
        repr=False, metadata=personal("what a desk says of a customer to the provider")
    )
    product: str = ""
    service_on: date | None = None
    policy: str = ""
