"""An organization in which something of everything has happened, marked with one word."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import attrs
import httpx

from domain.kernel.identifiers import (
    BookingId,
    DisputeId,
    MemberId,
    NoticeId,
    PaymentId,
    ReconciliationId,
)
from domain.kernel.money import Money
from domain.notifications.member_notices import MemberNotice, NoticeKind
from domain.payments.disputes import Dispute
from domain.payments.provider import DisputeStatus
from domain.payments.reconciliation import Reconciliation
from entrypoints.http.pipeline_shapes import ROOM_TYPES
from entrypoints.http.scorecard_shapes import MANNERS
from entrypoints.wiring.container import Container
from tests.fakes.time import Time
from tests.http.archiving import archived
from tests.http.call_desk import CallDesk
from tests.http.calling import goes_on, of, talks
from tests.http.desk import SESSION, Caller, Desk, seats, stay
from tests.http.kept_pages import keep, page
from tests.http.people import owner_signed_in
from tests.http.report_scheduling import scheduled
from tests.http.sales import confirmed, held, on_sale
from tests.http.test_blocks import open_block
from tests.http.test_cars import CARS, rental
from tests.http.test_documents import hands_in
from tests.http.test_excursions import DOLPHINS, party
from tests.http.test_flights import flight, fly, segment
from tests.http.test_imports import ROOMS, bring, run
from tests.http.test_staffing import TRAINER, VENUE
from tests.http.test_telemetry import post_marked

NIGHTS = {"from": "2027-03-01", "until": "2027-04-01"}
Ids = defaultdict[str, list[str]]


@attrs.frozen(kw_only=True)
class Lively:
    """`ids` are ours, by the parameters they stand for. `owner` is a member, who has signed in."""

    desk: Desk
    word: str
    owner: Caller
    ids: Mapping[str, list[str]]

    @classmethod
    async def opened(cls, container: Container, clock: Time, word: str) -> "Lively":
        desk = await Desk.opened(container, clock, slug=word)
        about = {"name": f"{word} lodge"}
        await desk.send("PUT", "/v1/organization", json=about, headers={"If-Match": "*"})
        lively = cls(desk=desk, word=word, owner=await owner_signed_in(desk, word), ids=Ids(list))
        await lively.offer()
        await lively.sell()
        await lively.earn()
        await lively.escalate()
        await lively.organize()
        await lively.read()
        await lively.bring_in()
        await desk.relay()
        return lively

    @property
    def marks(self) -> tuple[str, ...]:
        """What nobody else is to be told."""
        return (self.word, *(id for ids in self.ids.values() for id in ids))

    async def ask(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        """As whoever may: no member has every permission, and no key has sessions."""
        account = path.startswith(("/v1/sessions", "/v1/me", "/v1/notices"))
        return await (self.owner if account else self.desk).send(method, path, **options)

    @property
    def contact(self) -> dict[str, str]:
        return {"name": f"Ana {self.word}", "email": f"ana@{self.word}.example"}

    def keep(self, parameter: str, answer: httpx.Response) -> httpx.Response:
        """The answer, whose id is remembered."""
        assert answer.status_code in (200, 201, 202), answer.text
        self.ids[parameter].append(answer.json()["id"])
        return answer

    async def offer(self) -> None:
        """Of all kinds, with single cars, a venue, a trainer and a discount."""
        desk, named = self.desk, {"name": f"{self.word} of ours"}
        many = {"capacity": 5}
        self.ids["resource_id"] += [
            await desk.rooms(capacity=3, name=f"{self.word} room"),
            await on_sale(desk, {**CARS, **named}, NIGHTS | many),
            await on_sale(desk, {**DOLPHINS, **named}, many),
            await on_sale(desk, {**SESSION, **named}, many),
            await fly(desk, flight() | named),
        ]
        cars = f"/v1/resources/{self.ids['resource_id'][1]}/units"
        self.keep("unit_id", await desk.post(cars, {"label": f"{self.word} 1"}))
        self.keep("asset_id", await desk.post("/v1/venues", VENUE | named))
        self.keep("asset_id", await desk.post("/v1/trainers", TRAINER | named))
        code = {"code": f"{self.word}27", "percent": 10, "limit": 5}
        self.keep("discount_code_id", await desk.post("/v1/discount-codes", code))
        room = f"{ROOMS}{self.word},Imported,Nowhere,hotel,2\n"
        await run(desk, self.keep("import_id", await bring(desk, "offerings", room)))
        self.keep(
            "export_id", await desk.post("/v1/exports", {"report": "bookings", "format": "csv"})
        )
        self.ids["archive_id"].append(await archived(desk))

    async def sell(self) -> None:
        """Bookings, attendance, somebody who waits, a block and an itinerary."""
        desk = self.desk
        by: dict[str, Any] = {"contact": self.contact}
        rooms, cars, trip, course, plane = self.ids["resource_id"]
        person = {
            "name": f"Eva {self.word}",
            "special_requirements": [
                {"category": "medical", "text": f"{self.word} pills", "confidential": True}
            ],
        }
        self.keep("booking_id", await confirmed(desk, stay(rooms, **by)))
        self.keep("booking_id", await confirmed(desk, rental(cars, **by)))
        self.keep("booking_id", await confirmed(desk, party(trip, **by)))
        seat = self.keep("booking_id", await confirmed(desk, seats(course, person) | by))
        self.keep(
            "booking_id", await confirmed(desk, segment(plane, {"name": person["name"]}) | by)
        )
        issued = await desk.post(f"/v1/bookings/{seat.json()['id']}/papers")
        self.ids["paper_id"] += [paper["id"] for paper in issued.json()["items"]]
        listed = f"/v1/resources/{course}/attendance"
        marks = [{"booking_id": seat.json()["id"], "number": 1, "presence": "present"}]
        tag = (await desk.get(listed)).headers["ETag"]
        came = await desk.send("PUT", listed, json={"marks": marks}, headers={"If-Match": tag})
        assert came.status_code in (200, 409), came.text
        self.keep("booking_id", await held(desk, stay(rooms, **by)))
        self.ids["quote_id"] += [await desk.quote(rooms, night=day, **by) for day in (12, 12, 20)]
        parts = {"quote_ids": self.ids["quote_id"][:2]}
        self.keep("itinerary_id", await desk.post("/v1/itineraries", parts))
        note = {"note": f"{self.word} group", "units": 1, **by}
        self.keep("block_id", await open_block(desk, rooms, **note))
        self.keep("waiting_id", await desk.post("/v1/waiting-list", stay(rooms, **by)))

    async def earn(self) -> None:
        """Money that came and shall go back, and a day that was compared."""
        desk = self.desk
        cash = {"method": "cash", "amount_minor": 2000, "currency": "EUR", "note": self.word}
        path = f"/v1/bookings/{self.ids['booking_id'][0]}/payments/by-hand"
        paid = self.keep("payment_id", await desk.post(path, cash))
        back = {"amount_minor": 500, "reason": f"{self.word} rain"}
        refunds = f"/v1/payments/{paid.json()['id']}/refunds"
        self.keep("refund_id", await desk.post(refunds, back))
        await self.dispute(PaymentId(UUID(paid.json()["id"])))
        gift = {"amount_minor": 500, "currency": "EUR", "paid_by": "given", "note": self.word}
        issued = await desk.post("/v1/gift-credits", gift)
        self.ids["gift_credit_id"].append(issued.json()["gift_credit"]["id"])
        made = Reconciliation(
            id=ReconciliationId(uuid4()),
            provider="simulator",
            since=desk.clock.now - timedelta(days=1),
            until=desk.clock.now,
            mended=0,
            totals=(),
            findings=(),
            made_at=desk.clock.now,
        )
        await desk.container.payments.reconciliation_work()(
            desk.actor, lambda work: work.reconciliations.add(made)
        )
        self.ids["reconciliation_id"].append(str(made.id))

    async def dispute(self, payment_id: PaymentId) -> None:
        """Somebody wants the money back that they have paid."""
        made = Dispute(
            id=DisputeId(uuid4()),
            payment_id=payment_id,
            booking_id=BookingId(UUID(self.ids["booking_id"][0])),
            provider_reference=f"dp_{self.word}",
            status=DisputeStatus.NEEDS_RESPONSE,
            inquiry=True,
            reason="general",
            amount=Money(2000, "EUR"),
            withdrawn=Money(0, "EUR"),
            opened_at=self.desk.clock.now,
        )
        settlements: Any = self.desk.container.payments.settlements()
        await settlements(self.desk.actor, lambda work: work.disputes.save(made))
        self.ids["dispute_id"].append(str(made.id))

    async def escalate(self) -> None:
        """A call, the agent who was offered it, and a queue."""
        calls = CallDesk(desk=self.desk)
        self.keep("agent_id", await calls.agent(f"Ana {self.word}"))
        self.keep("queue_id", await calls.queue(title=f"{self.word} line"))
        self.ids["call_id"].append(call_id := await calls.call())
        note = {"text": f"{self.word} calls"}
        self.keep("call_note_id", await self.desk.post(f"/v1/calls/{call_id}/notes", note))
        ours = {"number": "+351210000000", "label": f"{self.word} desk"}
        self.keep("desk_number_id", await self.desk.post("/v1/phone-numbers", ours))
        on = {"basis": "agreed", "reference": f"{self.word}.wav"}
        assert (await self.desk.post(f"/v1/calls/{call_id}/recording", on)).status_code == 200
        came = {"label": f"{self.word} sold"}
        self.keep("disposition_id", await self.desk.post("/v1/dispositions", came))
        self.keep("call_template_id", await self.desk.post("/v1/call-templates", came))
        self.keep("escalation_id", await calls.escalate(call_id, note=f"{self.word} asks"))
        await self.judge()

    async def judge(self) -> None:
        """A call that is over, a scorecard and what somebody made of it by that."""
        desk = self.desk
        call = await goes_on(desk, await talks(desk, f"{self.word} line"), "completed")
        self.keep("call_id", call)
        titled = {**MANNERS, "title": f"{self.word} manners"}
        card = self.keep("scorecard_id", await desk.post("/v1/scorecards", titled))
        path = f"/v1/scorecards/{card.json()['id']}/activate"
        await desk.post(path, headers={"If-Match": card.headers["ETag"]})
        by = {"scorecard_id": card.json()["id"]}
        self.keep("evaluation_id", await desk.post(of(call, "evaluations"), by))
        line = {"speaker": "agent", "text": self.word, "begins_at": "2027-03-01T12:00:00Z"}
        said = await desk.post(of(call, "lines"), {"lines": [line]})
        assert said.status_code == 201, said.text

    async def read(self) -> None:
        """A page of documentation, what is found on it and quoted, and a site to be read."""
        self.keep("document_id", await hands_in(self.desk, title=f"{self.word} rules"))
        start = f"https://{self.word}.example/guide/"
        about = {"title": f"{self.word} guide", "starts": [start]}
        site = self.keep("site_id", await self.desk.post("/v1/sites", about))
        crawls = f"/v1/sites/{site.json()['id']}/crawls"
        self.keep("crawl_id", await self.desk.post(crawls))
        told = {"name": f"{self.word} guests", "kind": "csv", "address": f"{start}guests.csv"}
        self.keep("data_source_id", await self.desk.post("/v1/data-sources", told))
        kept = page(f"What {self.word} says of itself.", url=f"https://{self.word}.example/")
        await keep(self.desk, kept)
        listed = (await self.desk.get("/v1/pages")).json()["items"]
        self.ids["page_id"] += [each["id"] for each in listed]
        found = (await self.desk.get("/v1/passages/search", params={"q": self.word})).json()
        self.ids["passage_id"] += [each["id"] for each in found["items"]]
        quoted = {"passage_id": self.ids["passage_id"][0]}
        quotations = f"/v1/calls/{self.ids['call_id'][0]}/quotations"
        self.keep("quotation_id", await self.desk.post(quotations, quoted))

    async def bring_in(self) -> None:
        """A pipeline, a run of it, and what programs post."""
        about = {**ROOM_TYPES, "name": f"{self.word} rooms"}
        pipeline = self.keep("pipeline_id", await self.desk.post("/v1/pipelines", about))
        runs = f"/v1/pipelines/{pipeline.json()['id']}/runs"
        self.keep("run_id", await self.desk.post(runs))
        flats = {"resource_id": self.ids["resource_id"][0], "name": f"{self.word} flats"}
        self.keep("channel_id", await self.desk.post("/v1/channels", flats))
        await post_marked(self.desk, self.word)

    async def organize(self) -> None:
        """Members, keys, settings and sessions."""
        desk, owner = self.desk, self.owner
        invited = {"email": f"bo@{self.word}.example", "name": "Bo", "role": "agent"}
        self.keep("member_id", await owner.post("/v1/members", invited))
        key = {"name": f"{self.word} till", "mode": "test", "scopes": ["events:read"]}
        issued = await desk.post("/v1/api-keys", key)
        self.ids["api_key_id"].append(issued.json()["api_key"]["id"])
        phone, whichever = {"value": self.word}, {"If-Match": "*"}
        said = await desk.send("PUT", "/v1/settings/desk.phone", json=phone, headers=whichever)
        assert said.status_code == 200, said.text
        sessions = (await owner.get("/v1/sessions")).json()["items"]
        self.ids["session_id"] += [one["id"] for one in sessions]
        self.ids["notice_id"].append(await told(desk, owner))
        self.keep("schedule_id", await scheduled(desk, owner, self.word))
        viewing = {"name": self.word, "figures": ["calls"], "calls": {}, "days": 7, "shared": True}
        self.keep("view_id", await desk.post("/v1/analytics/views", viewing))


async def told(desk: Desk, member: Caller) -> str:
    """The id of a notice that a member has."""
    member_id = MemberId(UUID((await member.get("/v1/me")).json()["member"]["id"]))
    notice = MemberNotice(
        id=NoticeId(uuid4()),
        member_id=member_id,
        kind=NoticeKind.CRAWL_BLOCKED,
        about=uuid4(),
        given_at=desk.clock(),
    )
    notices: Any = desk.container.notifications.in_program
    await notices.work()(desk.actor, lambda work: work.notices.give([notice]))
    return str(notice.id)
