"""Make the file of a run and send it; runs as a job, and may be interrupted anywhere."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
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
    ReportLetter,
    ReportPost,
    ScheduleViews,
    ScheduleWork,
)
from application.analytics.tables import MEDIA_TYPES
from application.kernel.jobs import JobContext, JobHandler, QueuedJob
from application.kernel.ports import Clock, UnitOfWork
from domain.analytics.exports import Export, ExportNotFound, ExportState
from domain.analytics.report_runs import ReportRun
from domain.analytics.report_schedules import ReportSchedule, ReportScheduleNotFound
from domain.analytics.schedule_events import ScheduledReportFailed, ScheduledReportSent
from domain.kernel.actors import Actor
from domain.kernel.identifiers import MemberId

NOBODY = "bad_recipients"


@attrs.frozen(kw_only=True)
class SendReportHandler:
    """The file is made by the handler of exports, which goes on behind what there is of it. A mail
    that was sent is remembered as a step; sent again after all, it is the same message.
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
        making = attrs.evolve(
            job, name=RunExport.JOB, payload=RunExport(export_id=run.export_id).job.payload
        )
        await self.make(making, context)
        try:
            schedule = await self.views.schedule(actor, run.schedule_id)
            export = await self.exports.export(actor, run.export_id)
        except ReportScheduleNotFound:
            return
        except ExportNotFound as gone:
            await self._failed(actor, run, gone.code)
            return
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
        mailed = 0
        for member_id in found:
            send = self._sending(actor, letter, MemberId(UUID(member_id)))
            mailed += await context.step(f"send {member_id}", send)
        if mailed:
            await self._done(actor, run, mailed, attached=letter.file is not None)
        else:
            await self._failed(actor, run, NOBODY)

    async def _found(self, actor: Actor, recipients: Sequence[MemberId]) -> list[str]:
        return [str(one.member_id) for one in await self.addressees.among(actor, recipients)]

    def _sending(
        self, actor: Actor, letter: ReportLetter, member_id: MemberId
    ) -> Callable[[], Awaitable[int]]:
        async def send() -> int:
            sent = [
                await self.post.send(letter, to)
                for to in await self.addressees.among(actor, [member_id])
            ]
            return sum(sent)

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

    async def _failed(self, actor: Actor, run: ReportRun, problem: str) -> None:
        def failed(work: ScheduleWork) -> None:
            now = self.clock()
            current = work.runs.find(run.id)
            if current is None or current.is_over:
                return
            work.runs.save(current.failed(problem, now=now))
            told = work.schedules.get(run.schedule_id).telling(
                ScheduledReportFailed, now, run_id=run.id, problem=problem
            )
            work.facts.publish(told.events)

        await self.unit_of_work(actor, failed)
