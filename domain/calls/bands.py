"""Words for scores. A band goes from its lower end up to the next one: no score is without."""

from collections.abc import Sequence
from itertools import pairwise

import attrs

from domain.calls.thousandths import WHOLE


@attrs.frozen(kw_only=True)
class Band:
    """`at_least` is in thousandths."""

    label: str
    at_least: int


USUAL_BANDS = (
    Band(label="poor", at_least=0),
    Band(label="fair", at_least=400),
    Band(label="good", at_least=600),
    Band(label="excellent", at_least=800),
)


def are_bands(bands: Sequence[Band]) -> bool:
    """Whether they begin at nought, rise, and are called something different each."""
    ends = [band.at_least for band in bands]
    rising = all(one < other for one, other in pairwise(ends))
    named = len({band.label for band in bands}) == len(bands)
    return bool(bands) and ends[0] == 0 and ends[-1] <= WHOLE and rising and named


def band_of(score: int, bands: Sequence[Band]) -> str:
    """Of the score as it is shown: rounded before, never after."""
    return max(
        (band for band in bands if band.at_least <= score), key=lambda band: band.at_least
    ).label
