"""`frontdesk demo`: a small hotel and a course, to play with."""

import argparse
import asyncio
from datetime import date, datetime, timedelta
from pathlib import Path

import attrs
import uvloop

from application.bookings.quote_booking import QuoteBooking
from application.identity.accept_invitation import AcceptInvitation
from application.identity.invite_owner import InviteOwner
from application.identity.issue_api_key import IssueApiKey
from application.kernel.pages import Slice
from domain.bookings.attendees import Attendee
from domain.bookings.contacts import Contact
from domain.bookings.training import CourseSession, TrainingBookingRequest
from domain.identity.api_keys import ALPHABET, Mode, Unauthenticated
from domain.identity.organizations import Organization
from domain.inventory.resources import Resource
from domain.kernel.actors import Actor, Permission
from entrypoints.cli.business import open_business
from entrypoints.cli.keys import organization_called
from entrypoints.cli.migrate import migrate
from entrypoints.cli.serve import require_free_port, serve
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings

SLUG = "demo"
OWNER = "owner@example.com"
MOST_RESOURCES = 100
PASSWORD_LENGTH = 24


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--serve", action="store_true", help="serve it as well: API and worker in one process"
    )


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    if arguments.serve:
        require_free_port(settings)
    uvloop.run(
        _run(
            Container(settings=_for_playing(settings)),
            and_serve=arguments.serve,
        )
    )
    return 0


def _for_playing(settings: Settings) -> Settings:
    """Anybody may register, pay with money that is none, and ring people who are none."""
    usual = attrs.fields(Settings).public_url.default
    here = f"http://{settings.http_host}:{settings.http_port}"
    return attrs.evolve(
        settings,
        registration="open",
        payments="simulator",
        telephony="simulator",
        public_url=here if settings.public_url == usual else settings.public_url,
    )


async def _run(container: Container, *, and_serve: bool) -> None:
    await migrate(container)
    demo = await prepare(container)
    if and_serve:
        await serve(container, with_worker=True, announce=demo.announce)
    else:
        demo.explain()
        print("\nThese work while `frontdesk serve --worker` runs.")
        await container.database().close()


@attrs.frozen(kw_only=True)
class Demo:
    """What a newcomer needs to try it. The key is in a file, and shown when it is made."""

    url: str
    key_file: Path
    new_key: str | None
    new_password: str | None
    hotel: Resource
    session: Resource
    quote_id: str
    from_day: date

    def announce(self) -> None:
        """When it is served."""
        print(f"\nFrontdesk serves {self.url}")
        print(f"  try it out   {self.url}/docs")
        print(f"  description  {self.url}/openapi.json")
        print(f"  health       {self.url}/readyz")
        self.explain()

    def explain(self) -> None:
        """How to ask for something, now or when it is served."""
        if self.new_key:
            print(f"\nAPI key, shown this once and kept in {self.key_file}:\n  {self.new_key}")
        if self.new_password:
            print(f"\nOwner {OWNER} of {SLUG}, password shown this once:\n  {self.new_password}")
        print("\nWhat is free, what it costs, and a seat held for fifteen minutes:")
        print("\n".join(f"  {line}" for line in self.curls()), flush=True)

    def curls(self) -> tuple[str, str, str]:
        key = f'-H "Authorization: Bearer $(cat {self.key_file})"'
        send = f"{key} -H 'Content-Type: application/json'"
        until = self.from_day + timedelta(days=3)
        stay = (
            f'{{"kind":"hotel","resource_id":"{self.hotel.id}","check_in":"{self.from_day}",'
            f'"check_out":"{until}","rooms":1,"guests":2,'
            '"contact":{"name":"Ana Sousa","email":"ana@example.com"}}'
        )
        free = f"{self.url}/v1/availability?from={self.from_day}&until={until}"
        priced = f'-H "Idempotency-Key: quote-$(date +%s)" {self.url}/v1/quotes'
        held = f"-H 'Idempotency-Key: hold-{self.quote_id}' {self.url}/v1/holds"
        quote = f'{{"quote_id":"{self.quote_id}"}}'
        return (
            f"curl -s {key} '{free}'",
            f"curl -s {send} {priced} -d '{stay}'",
            f"curl -s {send} {held} -d '{quote}'",
        )


async def prepare(container: Container) -> Demo:
    """Opens the business unless it is open already; prices a seat in its next session."""
    settings = container.settings()
    organization = await organization_called(container, SLUG)
    actor = Actor.system(organization.id)
    key_file = (settings.data_dir / "demo-key").resolve()
    known = await _is_known(container, organization, key_file)
    new_key = None if known else await _new_key(container, actor, key_file)
    views, now = container.inventory.views(), container.clock()()
    page = await views.resources(actor, kind=None, slice=Slice(limit=MOST_RESOURCES))
    resources = page.items or await open_business(container, actor)
    session = _next_session(resources, now)
    quote = await container.bookings.quote_booking()(
        QuoteBooking(actor=actor, request=_seat_in(session, now))
    )
    return Demo(
        url=f"http://{settings.http_host}:{settings.http_port}",
        key_file=key_file,
        new_key=new_key,
        new_password=await _new_owner(container, organization),
        hotel=next(one for one in resources if one.offering.kind == "hotel"),
        session=session,
        quote_id=str(quote.id),
        from_day=now.date() + timedelta(days=14),
    )


async def _new_owner(container: Container, organization: Organization) -> str | None:
    """The password of the owner, if there was none before."""
    if await container.people.views().member_with(organization.id, OWNER) is not None:
        return None
    people, chance = container.people, container.chance()
    invited = await people.invite_owner()(
        InviteOwner(organization=organization, email=OWNER, name="Ada Lovelace")
    )
    password = "".join(ALPHABET[chance(len(ALPHABET))] for _ in range(PASSWORD_LENGTH))
    await people.accept_invitation()(AcceptInvitation(token=invited.secret, password=password))
    return password


def _seat_in(session: Resource, now: datetime) -> TrainingBookingRequest:
    # A person has one place in a session, so every start of the demo brings somebody else.
    attendee = Attendee(name="Ana Sousa", email=f"ana+{now:%H%M%S%f}@example.com")
    return TrainingBookingRequest(
        resource_id=session.id,
        contact=Contact(name="Ana Sousa", email="ana@example.com"),
        attendees=(attendee,),
    )


def _next_session(resources: list[Resource], now: datetime) -> Resource:
    sessions = [
        (one.offering.period.starts_at, one)
        for one in resources
        if isinstance(one.offering, CourseSession)
    ]
    return min(((at, one) for at, one in sessions if at > now), key=lambda found: found[0])[1]


async def _is_known(container: Container, organization: Organization, key_file: Path) -> bool:
    """Not if it was made for a database that has been taken away since, or was revoked."""
    if not await asyncio.to_thread(key_file.exists):
        return False
    secret = await asyncio.to_thread(key_file.read_text)
    try:
        actor = await container.identity.authenticate()(secret.strip())
    except Unauthenticated:
        return False
    is_ours: bool = actor.organization_id == organization.id
    return is_ours


async def _new_key(container: Container, actor: Actor, key_file: Path) -> str:
    issued = await container.identity.issue_api_key()(
        IssueApiKey(
            actor=actor, name="demo", mode=Mode.TEST, scopes=frozenset(Permission), good_for=None
        )
    )
    await asyncio.to_thread(_keep, key_file, issued.secret)
    secret: str = issued.secret
    return secret


def _keep(key_file: Path, secret: str) -> None:
    key_file.parent.mkdir(parents=True, exist_ok=True)
    key_file.touch(mode=0o600)
    key_file.write_text(secret)
