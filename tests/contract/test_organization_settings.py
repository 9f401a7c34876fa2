"""Settings in storage: each has a version that only goes up, and belongs to one organization."""

from functools import partial
from typing import Any
from uuid import uuid4

import attrs
import pytest

from adapters.readers.organization_settings import SqlSettings
from adapters.repositories.identity import SqlIdentityWork
from adapters.sql.database import Database
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.identity.change_setting import (
    ChangeSetting,
    ChangeSettingHandler,
    ResetSetting,
    ResetSettingHandler,
    set_all,
)
from application.identity.ports import IdentityWork
from application.identity.setting_ports import StoredSetting
from application.kernel.ports import Stale, UnitOfWork
from application.kernel.refusals import VersionChanged
from application.kernel.settings import Source
from domain.identity.organizations import Organization
from domain.kernel.setting_catalogue import CATALOGUE
from tests.contract.storages import SqlStorage
from tests.samples import DESK, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

KEY = "holds.minutes"


@pytest.fixture
async def work(database: Database) -> UnitOfWork[IdentityWork]:
    unit_of_work = SqlUnitOfWork[IdentityWork](
        database=database, work_on=SqlIdentityWork.on, new_id=uuid4, clock=lambda: NOW
    )
    for actor, slug in ((DESK, "ours"), (OTHER_DESK, "theirs")):
        organization = Organization(id=actor.organization_id, slug=slug, name=slug, created_at=NOW)
        await unit_of_work(actor, partial(_add, organization))
    return unit_of_work


@pytest.fixture
def views(database: Database) -> SqlSettings:
    return SqlSettings(database=database, installation={"quotes.minutes": 45})


def _add(organization: Organization, work: IdentityWork) -> None:
    work.organizations.add(organization)


async def change(
    work: UnitOfWork[IdentityWork], value: Any, *, key: str = KEY, version: int | None = None
) -> None:
    handler = ChangeSettingHandler(unit_of_work=work, clock=lambda: NOW)
    await handler(ChangeSetting(actor=DESK, key=key, value=value, version=version))


async def reset(work: UnitOfWork[IdentityWork]) -> None:
    handler = ResetSettingHandler(unit_of_work=work, clock=lambda: NOW)
    await handler(ResetSetting(actor=DESK, key=KEY, version=None))


async def test_nothing_is_set_at_first(work: UnitOfWork[IdentityWork], views: SqlSettings) -> None:
    shown = await views.settings(DESK)

    assert [view.setting.key for view in shown] == sorted(CATALOGUE)
    assert {view.version for view in shown} == {0}
    assert {view.setting.key for view in shown if view.source is Source.INSTALLATION} == {
        "quotes.minutes"
    }
    assert (await views.of(DESK))["quotes.minutes"] == 45
    assert await work(DESK, lambda work: work.settings.get(KEY)) == StoredSetting(key=KEY)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (KEY, 20),
        ("inquiries.offered", False),
        ("references.prefix", "SEA"),
        ("desk.opening_hours", {"monday": "09:00-17:30"}),
        ("desk.opens_on", "2027-05-01"),
    ],
)
async def test_a_value_comes_back_as_it_was_set(
    work: UnitOfWork[IdentityWork], views: SqlSettings, key: str, value: Any
) -> None:
    await change(work, value, key=key)

    view = await views.setting(DESK, key)
    assert (view.value, view.source, view.version) == (value, Source.ORGANIZATION, 1)
    assert view.default == CATALOGUE[key].default
    assert (await views.of(OTHER_DESK))[key] == CATALOGUE[key].default


async def test_the_kind_of_a_desk_has_defaults_of_its_own(
    work: UnitOfWork[IdentityWork], views: SqlSettings, sql: SqlStorage
) -> None:
    sentiment = "escalations.sentiment_percent"
    await change(work, "sales", key="desk.kind")

    view = await views.setting(DESK, sentiment)
    assert (view.value, view.default, view.source, view.version) == (-30, -30, Source.KIND, 0)
    own = await sql.work(DESK, lambda work: work.own_settings.values())
    assert own == {"desk.kind": "sales", sentiment: -30, "calls.holds_after": "extend"}
    assert (await views.of(OTHER_DESK))[sentiment] == -50

    await change(work, -80, key=sentiment)
    view = await views.setting(DESK, sentiment)
    assert (view.value, view.default, view.source) == (-80, -30, Source.ORGANIZATION)


async def test_versions_go_on_after_a_reset(
    work: UnitOfWork[IdentityWork], views: SqlSettings, sql: SqlStorage
) -> None:
    await reset(work)
    for value in (20, 20, 25):
        await change(work, value)
    await reset(work)
    await reset(work)
    view = await views.setting(DESK, KEY)
    await change(work, 30, version=3)

    assert (view.value, view.source, view.version) == (15, Source.DEFAULT, 3)
    assert (await views.setting(DESK, KEY)).version == 4
    assert await sql.events() == ["setting_changed"] * 4


async def test_it_is_changed_by_whoever_saw_the_latest(work: UnitOfWork[IdentityWork]) -> None:
    await change(work, 20, version=0)

    with pytest.raises(VersionChanged):
        await change(work, 25, version=0)
    stale = attrs.evolve(await work(DESK, lambda work: work.settings.get(KEY)), version=7)
    with pytest.raises(Stale):
        await work(DESK, lambda work: work.settings.save(stale, at=NOW, by=DESK.id))
    first = StoredSetting(key=KEY, value=25)
    with pytest.raises(Stale):
        await work(DESK, lambda work: work.settings.save(first, at=NOW, by=DESK.id))


async def test_many_are_set_together_whatever_was_there(
    work: UnitOfWork[IdentityWork], views: SqlSettings
) -> None:
    await change(work, 20)
    wanted: dict[str, Any] = {KEY: 25, "desk.opens_on": "2027-05-01"}

    await work(DESK, lambda work: set_all(work, wanted, DESK, now=NOW))
    await work(DESK, lambda work: set_all(work, wanted, DESK, now=NOW))
    several = await work(DESK, lambda work: work.settings.several([KEY, "quotes.minutes"]))

    shown = [await views.setting(DESK, key) for key in wanted]
    assert [(view.value, view.version) for view in shown] == [(25, 2), ("2027-05-01", 1)]
    assert several == {
        KEY: StoredSetting(key=KEY, value=25, version=2),
        "quotes.minutes": StoredSetting(key="quotes.minutes"),
    }
    theirs = await work(OTHER_DESK, lambda work: work.settings.several([KEY]))
    assert theirs[KEY].version == 0
