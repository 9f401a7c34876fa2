"""What one unit costs on a day, as the database reckons it from stored rates."""

from sqlalchemy import BigInteger, ColumnElement, literal_column

SQLITE = """(
    coalesce(
        (SELECT json_extract(season.value, '$.price.minor')
            FROM json_each({rates}, '$.seasons') AS season
            WHERE json_extract(season.value, '$.dates.first') <= {day}
                AND json_extract(season.value, '$.dates.until') > {day}),
        json_extract({rates}, '$.price.minor')
    ) * (100 + coalesce(
        (SELECT json_extract(more.value, '$.percent')
            FROM json_each({rates}, '$.weekdays') AS more,
                json_each(more.value, '$.weekdays') AS weekday
            WHERE weekday.value = (strftime('%w', {day}) + 6) % 7 + 1),
        0
    )) + 50) / 100"""
POSTGRES = """(
    coalesce(
        (SELECT CAST(season -> 'price' ->> 'minor' AS bigint)
            FROM jsonb_array_elements({rates} -> 'seasons') AS season
            WHERE season -> 'dates' ->> 'first' <= to_char({day}, 'YYYY-MM-DD')
                AND season -> 'dates' ->> 'until' > to_char({day}, 'YYYY-MM-DD')),
        CAST({rates} -> 'price' ->> 'minor' AS bigint)
    ) * (100 + coalesce(
        (SELECT CAST(more ->> 'percent' AS bigint)
            FROM jsonb_array_elements({rates} -> 'weekdays') AS more
            WHERE more -> 'weekdays' @> to_jsonb(CAST(extract(isodow FROM {day}) AS integer))),
        0
    )) + 50) / 100"""


def unit_price(dialect: str, rates: str, day: str) -> ColumnElement[int]:
    """What the domain says in RatePlan.unit_price; of a day that is null, the usual price.

    `rates` and `day` are SQL.
    """
    template = POSTGRES if dialect == "postgresql" else SQLITE
    return literal_column(template.format(rates=rates, day=day), BigInteger())
