"""What the routes of an organization, its settings, keys and facts are given."""

from collections.abc import Mapping
from typing import Any

from entrypoints.wiring.container import Container


def used_by_organizations(container: Container) -> Mapping[str, Any]:
    identity = container.identity
    return {
        "set_up": container.onboarding.set_up(),
        "export_customer": container.customers.export_customer(),
        "erase_customer": container.customers.erase_customer(),
        "archive_views": identity.archive_views(),
        "take_archive": identity.take_archive(),
        "audit_trail": container.audit_trail(),
        "event_feed": container.event_feed(),
        "organization_views": identity.organization_views(),
        "settings_views": identity.settings_views(),
        "change_setting": identity.change_setting(),
        "reset_setting": identity.reset_setting(),
        "note_metadata": identity.note_metadata(),
        "rename_organization": identity.rename_organization(),
        "issue_ticket": identity.issue_ticket(),
        "issue_api_key": identity.issue_api_key(),
        "change_api_key": identity.change_api_key(),
        "rotate_api_key": identity.rotate_api_key(),
        "revoke_api_key": identity.revoke_api_key(),
        "identity_views": identity.views(),
    }
