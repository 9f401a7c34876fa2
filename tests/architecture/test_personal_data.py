"""What says something about a person is marked as that, and listed in docs/personal-data.md."""

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import attrs
import pytest
from sqlalchemy import Column

import domain
from domain.kernel.personal import is_personal, personal
from domain.kernel.refusals import Refusal
from tests.architecture.test_schema import registered

LISTED = Path(__file__).parents[2] / "docs/personal-data.md"
ROW = re.compile(r"^\| `([a-z_]+\.[a-z_]+)` \|", re.MULTILINE)

SUSPICIOUS = re.compile(
    r"(^|_)(name|e?mail|phone|postcode|born|birth|age(?!nt)|text|address|driver)"
)
# Documents that hold whole requests, texts that people write, and what was answered to them.
DOCUMENTS = re.compile(
    r"^(agreement|request|contact|body|payload|marks|entry|note|reason|line)s?$"
)

THINGS = {
    "DeskCard.address",
    "DeskCard.email",
    "DeskCard.name",
    "DeskCard.phone",
    "Message.sender_name",
    "Query.names",
    "Quota.name",
    "ApiKey.name",
    "AssetDetails.name",
    "BillTax.name",
    "CarClass.youngest_driver",
    "Contained.name",
    "ContainedTax.name",
    "Connection.address",
    "CourseSession.minimum_age",
    "CsvOptions.names",
    "ExclusiveClaim.name",
    "Fee.name",
    "Figure.name",
    "Issuer.address",
    "Issuer.name",
    "JsonLinesOptions.names",
    "LastMeasured.name",
    "Leg.name",
    "Measurement.name",
    "NamedRate.name",
    "NoticeTax.name",
    "Organization.name",
    "Viewing.name",
    "PaperTerms.by_mail",
    "Qualification.name",
    "RatePlan.named",
    "ReportRun.mailed",
    "ScheduledReportSent.mailed",
    "Sending.name",
    "Reference.text",
    "Resource.name",
    "Quoted.text",
    "Section.text",
    "Postings.text",
    "Weight.text",
    "Channel.name",
    "Pipeline.name",
    "PostedSpan.name",
    "Source.name",
    "Tax.name",
    "Venue.address",
    "Venue.name",
    "Zone.name",
}
# Written for a moment, from what is stored elsewhere.
TOLD_AND_FORGOTTEN = {
    "BookingNotice.contact_email",
    "BookingNotice.contact_name",
    "CalledOffNotice.contact_email",
    "CalledOffNotice.contact_name",
    "ReleasedBlockNotice.contact_email",
    "ReleasedBlockNotice.contact_name",
    "Message.text",
    "UrgentNeed.name",
    "UrgentNeed.text",
}
# Payloads hold identifiers and values, never what a person is called.
COLUMNS_OF_THINGS = {
    "api_keys.name",
    "channel_syncs.reason",
    "channels.name",
    "crawl_urls.reason",
    "crawls.reason",
    "data_source_attempts.reason",
    "data_sources.name",
    "event_log.name",
    "event_log.payload",
    "import_refusals.line",
    "measurements.name",
    "passages.body",
    "pipeline_runs.reason",
    "pipelines.name",
    "quoted_passages.body",
    "organizations.name",
    "queued_jobs.name",
    "queued_jobs.payload",
    "report_runs.mailed",
    "resources.name",
    "spans.name",
    "waiting_entries.reason",
}


def fields() -> Iterator[tuple[str, "attrs.Attribute[object]"]]:
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        for thing in vars(import_module(module.name)).values():
            ours = isinstance(thing, type) and thing.__module__ == module.name
            if ours and attrs.has(thing) and not issubclass(thing, Refusal):
                for field in attrs.fields(thing):
                    yield f"{thing.__name__}.{field.name}", field


def columns() -> Iterator[tuple[str, "Column[object]"]]:
    for table in registered().sorted_tables:
        for column in table.columns:
            yield f"{table.name}.{column.name}", column


def listed() -> set[str]:
    return set(ROW.findall(LISTED.read_text()))


def suspicious(name: str) -> bool:
    _, _, own = name.partition(".")
    return bool(SUSPICIOUS.search(own) or DOCUMENTS.search(own))


def test_suspicious_members_are_marked() -> None:
    unmarked = {
        name
        for name, field in fields()
        if SUSPICIOUS.search(field.name) and not is_personal(field)
    }

    assert unmarked - TOLD_AND_FORGOTTEN - THINGS == set()


def test_suspicious_columns_are_listed() -> None:
    assert {name for name, _ in columns() if suspicious(name)} - listed() == COLUMNS_OF_THINGS


def test_what_is_listed_exists() -> None:
    assert listed() <= {name for name, _ in columns()}


@pytest.mark.parametrize(
    "name", ["guests.name", "guests.email", "guests.born_on", "guests.phone", "orders.agreement"]
)
def test_what_is_suspicious_is_found(name: str) -> None:
    assert suspicious(name)


def test_a_mark_is_seen() -> None:
    @attrs.frozen
    class Guest:
        name: str = attrs.field(metadata=personal("to greet them"))
        rooms: int

    assert [is_personal(field) for field in attrs.fields(Guest)] == [True, False]
