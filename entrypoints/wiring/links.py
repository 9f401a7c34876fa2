"""Links that customers go on with."""

from adapters.rendering.links import SignedLinks
from entrypoints.wiring.ambient import new_secret
from entrypoints.wiring.link_secrets import link_secrets
from entrypoints.wiring.settings import Settings


def continuation_links(settings: Settings) -> SignedLinks:
    secrets = link_secrets(settings, new_secret)
    return SignedLinks(page=settings.inquiry_page, secrets=secrets)
