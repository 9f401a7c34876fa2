"""How channels fare, and what is refused about them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from uuid import UUID

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.bookings.publish_busy_times import FeedLink, NoSuchFeed
from domain.bookings.channels import (
    BadFeed,
    Channel,
    ChannelHealth,
    Known,
    NoFeed,
    WrongChannelState,
)
from domain.kernel.identifiers import (
    ChannelId,
    OrganizationId,
    ResourceId,
)

NOW = datetime(2027, 3, 1, 12, tzinfo=timezone.utc)
TODAY = NOW.date()
DAY = timedelta(days=1)
CHANNEL = Channel(
    id=ChannelId(UUID(int=1)),
    resource_id=ResourceId(UUID(int=2)),
    name="Flats",
    link="secret",
    feed="https://www.example.com/a.ics",
)


def test_health_follows_from_what_came_of_syncs() -> None:
    channel, later = CHANNEL.added(now=NOW), NOW + DAY
    synced = channel.synced(known=Known(), vanished=0, next_at=later, now=NOW)
    failed = [synced]
    for _ in range(3):
        failed.append(failed[-1].not_synced(next_at=later, now=NOW))
    held_up = synced.synced(known=Known(), vanished=5, next_at=later, now=NOW)

    assert channel.health is ChannelHealth.UNKNOWN
    assert [each.health for each in failed] == [
        ChannelHealth.HEALTHY,
        ChannelHealth.DEGRADED,
        ChannelHealth.DEGRADED,
        ChannelHealth.UNHEALTHY,
    ]
    assert held_up.health is ChannelHealth.HELD_UP
    assert held_up.events[-1].name == "channel_health_changed"
    assert failed[3].pause_after_failures() == timedelta(hours=4)
    assert attrs.evolve(synced, failed=9).pause_after_failures() == timedelta(hours=6)
    assert (CHANNEL.may_vanish(2), CHANNEL.may_vanish(100)) == (3, 10)


def test_steps_that_make_no_sense_are_refused() -> None:
    archived = CHANNEL.archived(now=NOW)

    steps: Sequence[Callable[[], Channel]] = (
        lambda: archived.archived(now=NOW),
        lambda: archived.rotated("other", now=NOW),
        lambda: archived.changed({"name": "Other"}, now=NOW),
        lambda: CHANNEL.resumed(now=NOW),
        lambda: CHANNEL.paused(now=NOW).syncing(UUID(int=1)),
    )
    for refused in steps:
        with pytest.raises(WrongChannelState):
            refused()
    with pytest.raises(NoFeed):
        attrs.evolve(CHANNEL, feed=None).syncing(UUID(int=1))
    for feed in ("ftp://example.com/a", "https://a:b@example.com/a", "https:///a", "https://[/a"):
        with pytest.raises(BadFeed):
            CHANNEL.changed({"feed": feed}, now=NOW)
    assert CHANNEL.changed({"name": "Flats"}, now=NOW) is CHANNEL
    assert "a.ics" not in repr(CHANNEL)
    assert "secret" not in repr(CHANNEL)


@given(st.text(max_size=90))
def test_any_text_is_a_link_or_none_of_ours(text: str) -> None:
    link = FeedLink(
        organization_id=OrganizationId(UUID(int=5)), channel_id=CHANNEL.id, secret="s" * 32
    )
    assert FeedLink.read(link.token) == link
    with suppress(NoSuchFeed):
        FeedLink.read(text)
