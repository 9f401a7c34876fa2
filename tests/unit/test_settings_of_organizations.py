"""Settings: every default keeps its own rule, and every option that stands in for one exists."""

from typing import Any

import pytest

from domain.bookings.conditions import Conditions
from domain.bookings.holding import InquiriesNotOffered
from domain.bookings.life import HoldPurpose
from domain.kernel.desk_kinds import of_its_kind
from domain.kernel.knowledge_settings import DESK_KIND
from domain.kernel.setting_catalogue import CATALOGUE, SETTINGS, setting_called
from domain.kernel.settings import (
    BadSettingValue,
    Setting,
    SettingNotEditable,
    SettingType,
    UnknownSetting,
)
from entrypoints.wiring.fitting import installation_of, installation_values, policy_of
from entrypoints.wiring.settings import Settings
from tests.samples import HOUR, MINUTE

EVERY = pytest.mark.parametrize("setting", CATALOGUE.values(), ids=lambda one: one.key)


@EVERY
def test_defaults_keep_their_own_rules(setting: Setting) -> None:
    setting.must_be(setting.default)


@EVERY
def test_defaults_of_kinds_keep_the_rules_and_stand_before_no_option(setting: Setting) -> None:
    for kind, value in setting.of_kinds.items():
        DESK_KIND.must_be(kind)
        setting.must_be(value)
        assert value != setting.default
        assert setting.option is None
        assert setting.editable


def test_a_kind_has_defaults_of_its_own_and_what_is_set_goes_before_them() -> None:
    sales = {DESK_KIND.key: "sales"}
    assert of_its_kind({}) == {}
    assert of_its_kind(sales)["escalations.sentiment_percent"] == -30
    own = {**sales, "escalations.sentiment_percent": -80}
    assert of_its_kind(own)["escalations.sentiment_percent"] == -80
    assert of_its_kind({DESK_KIND.key: "appointments"})["calls.yes_required"] is True


def test_the_installation_may_set_what_keeps_the_rules_and_has_the_same_defaults() -> None:
    for key, value in installation_of(Settings()).items():
        setting_called(key).must_be(value)
        assert value == CATALOGUE[key].default, key


def test_no_two_settings_are_called_the_same() -> None:
    assert len(CATALOGUE) == len(SETTINGS)


def test_there_is_a_setting_of_every_type() -> None:
    assert {setting.type for setting in CATALOGUE.values()} == set(SettingType)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("holds.minutes", 0),
        ("holds.minutes", 10_081),
        ("holds.minutes", True),
        ("holds.minutes", 1.5),
        ("holds.minutes", "15"),
        ("inquiries.offered", 1),
        ("inquiries.offered", "yes"),
        ("references.prefix", "fd"),
        ("references.prefix", "FDFDF"),
        ("waiting.passes", 101),
        ("discounts.groups", {"party": 5, "percent": 10}),
        ("discounts.groups", [5]),
        ("discounts.groups", [{"party": 5}]),
        ("discounts.groups", [{"party": 0, "percent": 10}]),
        ("discounts.groups", [{"party": 5, "percent": True}]),
        ("discounts.groups", [{"party": 5, "percent": 10}] * 2),
        ("discounts.groups", [{"party": 5 + n, "percent": 10} for n in range(11)]),
        ("desk.email", "desk"),
        ("desk.email", "a..b@example.com"),
        ("desk.email", "a@example.com\nBcc: b@example.com"),
        ("desk.phone", "x" * 41),
        ("desk.phone", " 1"),
        ("desk.phone", "1\n"),
        ("desk.opening_hours", {"moonday": "09:00-17:00"}),
        ("desk.opening_hours", {"monday": "9-17"}),
        ("desk.opening_hours", {"monday": 9}),
        ("desk.opening_hours", ["monday"]),
        ("desk.opening_hours", "always"),
        ("desk.opens_on", "2027-02-29"),
        ("desk.opens_on", "20270301"),
        ("desk.opens_on", 2027),
    ],
)
def test_what_breaks_the_rule_is_refused_with_the_rule(key: str, value: Any) -> None:
    with pytest.raises(BadSettingValue) as refused:
        setting_called(key).must_be(value)
    assert refused.value.setting == key
    assert str(refused.value).startswith(f"{key} must")


def test_what_is_not_there_or_not_theirs_is_refused() -> None:
    with pytest.raises(UnknownSetting):
        setting_called("holds.hours")
    with pytest.raises(SettingNotEditable):
        setting_called("holds.minutes_at_most").must_be_editable()


def test_holds_follow_from_settings_and_never_outlast_the_cap() -> None:
    values = {**installation_values(Settings()), "holds.minutes": 20, "inquiries.hours": 2}
    conditions = Conditions()

    assert policy_of(values).of(HoldPurpose.PAYMENT, conditions).lasts == 20 * MINUTE
    assert policy_of(values).of(HoldPurpose.INQUIRY, conditions).lasts == 2 * HOUR
    long = policy_of({**values, "holds.minutes": 90}).of(HoldPurpose.PAYMENT, conditions)
    assert (long.lasts, long.at_most) == (HOUR, HOUR)
    with pytest.raises(InquiriesNotOffered):
        policy_of({**values, "inquiries.offered": False}).of(HoldPurpose.INQUIRY, conditions)
