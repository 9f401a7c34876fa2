"""Wiring of the notifications feature."""

from email.utils import parseaddr
from typing import Any

from dependency_injector import containers, providers

from adapters.mail.mime import Sender
from adapters.mail.outgoing_files import MailFolder
from adapters.mail.smtp import Security, SmtpMailer, SmtpServer
from adapters.readers.called_off import SqlCalledOffNotices
from adapters.readers.desks import DescribedDesks
from adapters.readers.low_scores import SqlLowScores
from adapters.readers.notifications import SqlNotices
from adapters.readers.released_blocks import SqlReleasedBlockNotices
from adapters.readers.urgent_needs import SqlNeedsToTell
from adapters.rendering.calendar import IcalendarFiles
from adapters.resilience.mail import PRESET, BreakingMailer, is_outage
from application.kernel.ports import Clock
from application.notifications.ports import Mailer
from application.notifications.send_booking_message import SendBookingMessageHandler
from application.notifications.send_called_off import SendCalledOffHandler
from application.notifications.send_low_score import SendLowScoreHandler
from application.notifications.send_released_block import SendReleasedBlockHandler
from application.notifications.send_urgent_needs import SendUrgentNeedsHandler
from application.notifications.subscribers import (
    BookingMessages,
    CalledOffMessages,
    LowScoreMessages,
    ReleasedBlockMessages,
    UrgentRequirements,
)
from application.notifications.traced_mailer import TracedMailer
from entrypoints.wiring.breakers import breaker_of
from entrypoints.wiring.notices import NoticesContainer
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.wrapping import Observe


def _sender(settings: Settings) -> Sender:
    name, address = parseaddr(settings.mail_from)
    return Sender(name=name, address=address)


def _mailer(settings: Settings, sender: Sender, clock: Clock) -> Mailer:
    if settings.smtp_host is None:
        return MailFolder(folder=settings.outgoing_mail_dir, sender=sender, clock=clock)
    server = SmtpServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=Security(settings.smtp_security),
        username=settings.smtp_user,
        password=settings.smtp_password,
    )
    smtp = SmtpMailer(server=server, sender=sender, clock=clock)
    return BreakingMailer(smtp, breaker_of("mail", PRESET, settings, clock, is_outage))


class NotificationsContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    links: providers.Dependency[object] = providers.Dependency()
    business_settings: providers.Dependency[object] = providers.Dependency()
    organization_views: providers.Dependency[object] = providers.Dependency()
    continuing: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()

    in_program: Any = providers.Container(
        NoticesContainer, database=database, clock=clock, new_id=new_id, observe=observe
    )
    notices_to_members = in_program.to_members

    sender = providers.Singleton(_sender, settings)
    transport = providers.Singleton(_mailer, settings, sender, clock)
    mailer = providers.Singleton(TracedMailer, transport, continuing)
    desks = providers.Singleton(DescribedDesks, organization_views, business_settings)
    calendar_files = providers.Singleton(
        IcalendarFiles,
        organizer_name=sender.provided.name,
        organizer_email=sender.provided.address,
    )
    notices = providers.Singleton(SqlNotices, database=database, links=links)
    booking_messages = providers.Singleton(BookingMessages)
    urgent_requirements = providers.Singleton(UrgentRequirements)
    called_off_messages = providers.Singleton(CalledOffMessages)
    send_called_off = providers.Singleton(
        SendCalledOffHandler,
        notices=providers.Singleton(SqlCalledOffNotices, database),
        mailer=mailer,
        desks=desks,
    )
    released_block_messages = providers.Singleton(ReleasedBlockMessages)
    released_block_notices = providers.Singleton(SqlReleasedBlockNotices, database)
    send_released_block = providers.Singleton(
        SendReleasedBlockHandler, notices=released_block_notices, mailer=mailer, desks=desks
    )
    low_score_messages = providers.Singleton(LowScoreMessages)
    send_low_score = providers.Singleton(
        SendLowScoreHandler,
        low_scores=providers.Singleton(SqlLowScores, database),
        mailer=mailer,
    )
    needs_to_tell = providers.Singleton(SqlNeedsToTell, database)
    send_urgent_needs = providers.Singleton(
        SendUrgentNeedsHandler, needs_to_tell=needs_to_tell, mailer=mailer
    )
    send_booking_message = providers.Singleton(
        SendBookingMessageHandler,
        notices=notices,
        calendar_files=calendar_files,
        mailer=mailer,
        desks=desks,
    )
