"""Make the file of a run and send it; runs as a job, and may be interrupted anywhere."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import attrs

from application.analytics.export_ports import Download, DownloadLinks, ExportViews
from application.analytics.reports import Reports
from application.analytics.run_export import RunExport
from application.analytics.run_schedules import SendReport
from application.analytics.schedule_ports import (
    Addressees,
    AttachedFile,
    Posted,
    ReportLetter,
    ReportPost,
    ScheduleViews,
    ScheduleWork,
)
from application.analytics.tables import MEDIA_TYPES
from application.kernel.jobs import JobContext, JobHandler, PassingTrouble, QueuedJob
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.refusals import TEMPORARY, Unavailable
from domain.analytics.exports import Export, ExportNotFound, ExportState
from domain.analytics.report_runs import ReportRun
from domain.analytics.report_schedules import ReportSchedule, ReportScheduleNotFound
from domain.analytics.schedule_events import ScheduledReportFailed, ScheduledReportSent
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ExportId, MemberId

NOBODY = "bad_recipients"
NOT_TAKEN = "mail_not_taken"
UNFINISHED = "unfinished"
LATER, GIVEN_UP = Posted.LATER.value, "given_up"
WAITED_FOR = timedelta(minutes=15)
PUT_OFF_FOR = timedelta(days=2)


class NothingTaken(PassingTrouble):
    """Nobody has the report yet."""


@attrs.frozen(kw_only=True)
class SendReportHandler:
    """The file is made by the handler of exports, which goes on behind what there is of it. A mail
    that was sent is remembered as a step; sent again after all, it is the same message. A mail
    host that takes none at all is left for later, for PUT_OFF_FOR from when the file was made;
    where it took some, the others wait for WAITED_FOR.
    """

    make: JobHandler
    reports: Reports
    views: ScheduleViews
    exports: ExportViews
    addressees: Addressees
    post: ReportPost
    links: DownloadLinks
    unit_of_work: UnitOfWork[ScheduleWork]
    clock: Clock
    attached_at_most: int
    link_good_for: timedelta

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        actor = context.actor
        run = await self.views.run(actor, SendReport.of(job).run_id)
        if run is None or run.is_over or run.export_id is None:
            return
        order = RunExport(export_id=run.export_id).job
        try:
            await self.make(attrs.evolve(job, name=order.name, payload=order.payload), context)
            await self._made(context, run, run.export_id)
        except ReportScheduleNotFound:
            return
        except ExportNotFound as gone:
            await self._failed(actor, run, gone.code)
        except (PassingTrouble, *TEMPORARY):
            raise
        except Exception:
            await self._failed(actor, run, UNFINISHED)
            raise

    async def _made(self, context: JobContext, run: ReportRun, export_id: ExportId) -> None:
        actor = context.actor
        schedule = await self.views.schedule(actor, run.schedule_id)
        export = await self.exports.export(actor, export_id)
        if export.state is ExportState.COMPLETED:
            await self._sent(context, schedule, run, export)
        else:
            await self._failed(actor, run, export.problem or f"export_{export.state.value}")

    async def _sent(
        self, context: JobContext, schedule: ReportSchedule, run: ReportRun, export: Export
    ) -> None:
        actor = context.actor
        letter = await self._letter(actor, schedule, run, export)
        recipients = schedule.sending.recipients
        # What steps answer is stored: ids may be, addresses may not.
        found = await context.step("recipients", partial(self._found, actor, recipients))
        made_at = export.ended_at or run.began_at
        outcomes = [
            await context.step(f"send {id}", self._sending(context, letter, id)) for id in found
        ]
        if set(outcomes) == {LATER}:  # from the beginning, as nobody has it
            if self.clock() < made_at + PUT_OFF_FOR:
                raise NothingTaken
            outcomes = [GIVEN_UP]
        for id in [id for id, said in zip(found, outcomes, strict=False) if said == LATER]:
            insist = self._sending(context, letter, id, until=made_at + WAITED_FOR)
            outcomes.append(await context.step(f"send {id} again", insist))
        await self._posted(actor, run, Counter(outcomes), attached=letter.file is not None)

    async def _found(self, actor: Actor, recipients: Sequence[MemberId]) -> list[str]:
        return [str(one.member_id) for one in await self.addressees.among(actor, recipients)]

    def _sending(
        self,
        context: JobContext,
        letter: ReportLetter,
        member_id: str,
        until: datetime | None = None,
    ) -> Callable[[], Awaitable[str]]:
        actor, addressee = context.actor, [MemberId(UUID(member_id))]

        async def send() -> str:
            for to in await self.addressees.among(actor, addressee):
                posted = await self.post.send(letter, to)
                if posted is not Posted.LATER or until is None:
                    return posted.value
                if self.clock() < until:
                    raise Unavailable
                return GIVEN_UP
            return Posted.REFUSED.value

        return send

    async def _letter(
        self, actor: Actor, schedule: ReportSchedule, run: ReportRun, export: Export
    ) -> ReportLetter:
        ordered = export.ordered
        download = Download(
            organization_id=actor.organization_id,
            export_id=export.id,
            expires_at=min(self.clock() + self.link_good_for, export.expires_at),
        )
        file = await self._file(actor, export)
        link = None if file is not None else self.links.url(download)
        return ReportLetter(
            run=run,
            name=schedule.sending.name,
            title=self.reports.called(ordered.report).title,
            period=ordered.period,
            zone=ordered.zone,
            rows=export.rows,
            file=file,
            link=link,
            link_until=None if link is None else download.expires_at,
            path=f"/v1/exports/{export.id}/file",
        )

    async def _file(self, actor: Actor, export: Export) -> AttachedFile | None:
        if export.size > self.attached_at_most:
            return None
        parts = [part async for part in self.exports.file(actor, export)]
        return AttachedFile(
            filename=export.filename,
            media_type=MEDIA_TYPES[export.ordered.format],
            content=b"".join(parts),
        )

    async def _posted(
        self, actor: Actor, run: ReportRun, outcomes: Counter[str], *, attached: bool
    ) -> None:
        mailed = outcomes[Posted.TAKEN.value]
        if outcomes[GIVEN_UP]:
            await self._failed(actor, run, NOT_TAKEN, mailed=mailed, attached=attached)
        elif mailed:
            await self._done(actor, run, mailed, attached=attached)
        else:
            await self._failed(actor, run, NOBODY)

    async def _done(self, actor: Actor, run: ReportRun, mailed: int, *, attached: bool) -> None:
        def done(work: ScheduleWork) -> None:
            now = self.clock()
            current = work.runs.find(run.id)
            if current is None or current.is_over:
                return
            work.runs.save(current.sent(mailed=mailed, attached=attached, now=now))
            told = work.schedules.get(run.schedule_id).telling(
                ScheduledReportSent,
                now,
                run_id=run.id,
                export_id=current.export_id,
                mailed=mailed,
                attached=attached,
            )
            work.facts.publish(told.events)

        await self.unit_of_work(actor, done)

    async def _failed(
        self,
        actor: Actor,
        run: ReportRun,
        problem: str,
        *,
        mailed: int = 0,
        attached: bool = False,
    ) -> None:
        def failed(work: ScheduleWork) -> None:
            now = self.clock()
            current = work.runs.find(run.id)
            if current is None or current.is_over:
                return
            work.runs.save(
                current.failed(problem, now=now, mailed=mailed, attached=attached and mailed > 0)
            )
            told = work.schedules.get(run.schedule_id).telling(
                ScheduledReportFailed, now, run_id=run.id, problem=problem
            )
            work.facts.publish(told.events)

        await self.unit_of_work(actor, failed)
