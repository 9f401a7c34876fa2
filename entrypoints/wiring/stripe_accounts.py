"""Accounts with Stripe: the keys of each organization, or those of all."""

from collections.abc import Callable, Sequence

import attrs

from adapters.signing.signatures import SignedNotifications
from adapters.stripe.gateway import PROVIDER, StripeGateway
from adapters.stripe.reading import event_in
from application.kernel.secrets import NoSuchSecret, Secret, Secrets
from application.payments.gateway import (
    NoPaymentProvider,
    Notifications,
    PaymentGateway,
    PaymentGateways,
)
from domain.kernel.identifiers import OrganizationId

KEY = "stripe-key"
SIGNING = ("stripe-webhook", "stripe-webhook-previous")


@attrs.define(kw_only=True, eq=False)
class StripeAccounts(PaymentGateways):
    """`stripe-key-<id of the organization>` goes before `stripe-key`, and so do the others.

    Secrets are looked up each time; connections are kept for as long as the key is the same.
    """

    secrets: Secrets = attrs.field(repr=False)
    url: str
    around: Callable[[PaymentGateway], PaymentGateway]
    _open: dict[str, StripeGateway] = attrs.field(factory=dict, init=False, repr=False)

    def of(self, organization_id: OrganizationId, /) -> PaymentGateway:
        key = self._secret(KEY, organization_id)
        if key is None:
            raise NoPaymentProvider
        if key.value not in self._open:
            self._open[key.value] = StripeGateway.open(key, self.url)
        return self.around(self._open[key.value])

    def notifications(self, organization_id: OrganizationId, provider: str, /) -> Notifications:
        if provider != PROVIDER or not self._signing(organization_id):
            raise NoPaymentProvider
        return SignedNotifications(secrets=lambda: self._signing(organization_id), read=event_in)

    async def close(self) -> None:
        opened, self._open = self._open, {}
        for gateway in opened.values():
            await gateway.close()

    def _signing(self, organization_id: OrganizationId) -> Sequence[Secret]:
        found = [self._secret(name, organization_id) for name in SIGNING]
        return [secret for secret in found if secret is not None]

    def _secret(self, name: str, organization_id: OrganizationId) -> Secret | None:
        for one in (f"{name}-{organization_id}", name):
            try:
                return self.secrets.get(one)
            except NoSuchSecret:
                continue
        return None
