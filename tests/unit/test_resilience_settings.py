"""What is done about others that are down, as it is set."""

from pathlib import Path

import pytest

from adapters.resilience.breaker import Preset
from entrypoints.wiring.breakers import breaker_of, payment_breakers, seconds_before_another
from entrypoints.wiring.options import BadSettings
from entrypoints.wiring.resilience_settings import BREAKERS
from entrypoints.wiring.settings import Settings
from tests.fakes.time import Time
from tests.samples import NOW

OURS = Preset(failures=9, successes=2, open_for=90)


def read(value: str, folder: Path) -> Settings:
    return Settings.from_environment(
        {"FRONTDESK_BREAKERS": value, "FRONTDESK_DATA_DIR": str(folder)}
    )


def never(_error: BaseException) -> bool:
    return False


def test_a_breaker_is_as_it_is_set(tmp_path: Path) -> None:
    settings = read("model=3:60, payments=7:15", tmp_path)

    preset = breaker_of("model", OURS, settings, Time(NOW), never).preset
    payments = payment_breakers(settings, Time(NOW)).payments.preset

    assert (preset.failures, preset.open_for, preset.successes) == (3, 60, 2)
    assert (payments.failures, payments.open_for) == (7, 15)


def test_others_are_as_they_come(tmp_path: Path) -> None:
    settings = read("model=3:60", tmp_path)

    assert breaker_of("embedding", OURS, settings, Time(NOW), never).preset == OURS


@pytest.mark.parametrize("value", ["model", "model=3", "model=0:60", "model=3:0", "nothing=3:60"])
def test_what_makes_no_sense_is_refused(value: str, tmp_path: Path) -> None:
    with pytest.raises(BadSettings):
        read(value, tmp_path)


def test_the_names_are_those_of_all_breakers() -> None:
    wiring = Path(__file__).parents[2] / "entrypoints/wiring"
    said = "".join(file.read_text() for file in wiring.glob("*.py") if "settings" not in file.name)

    assert [name for name in BREAKERS if f'"{name}"' not in said] == []


def test_pauses_grow_and_come_apart_up_to_ten_seconds() -> None:
    pauses = [seconds_before_another(n, shortest=0.2, by_chance=0) for n in (1, 2, 3, 10)]

    assert pauses == [0.2, 0.4, 0.8, 10]
    assert seconds_before_another(1, shortest=0.2, by_chance=1) == 0.4
