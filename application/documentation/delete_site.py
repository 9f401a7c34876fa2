"""Have a site read no more, and nothing of it found."""

from typing import ClassVar
from uuid import UUID

import attrs

from application.documentation.crawl_ports import CrawlWork
from application.kernel.jobs import Job, JobContext, QueuedJob
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.documentation.site import Site
from domain.kernel.actors import Actor
from domain.kernel.identifiers import SiteId

TOGETHER = 100


@attrs.frozen(kw_only=True)
class DeleteSite:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    site_id: SiteId
    version: int | None


@attrs.frozen(kw_only=True)
class ForgetSite:
    """Take its pages away, however many there are."""

    JOB: ClassVar[str] = "forget_site"

    site_id: SiteId

    @property
    def job(self) -> Job:
        return Job(name=self.JOB, payload={"site_id": str(self.site_id)})

    @classmethod
    def of(cls, job: QueuedJob) -> "ForgetSite":
        return cls(site_id=SiteId(UUID(str(job.payload["site_id"]))))


@attrs.frozen(kw_only=True)
class DeleteSiteHandler:
    unit_of_work: UnitOfWork[CrawlWork]
    clock: Clock

    async def __call__(self, command: DeleteSite, /) -> Site:
        """Whatever is being read of it is not kept any more. Raises SiteNotFound."""

        def delete(work: CrawlWork) -> Site:
            site, now = work.sites.get(command.site_id), self.clock()
            require_version(site.version, command.version)
            deleted = work.sites.save(site.deleted(now=now))
            crawl = work.crawls.under_way(site.id)
            if crawl is not None:
                work.crawls.save(crawl.cancel(now=now))
            work.frontier.forget(site.id)
            work.jobs.enqueue(ForgetSite(site_id=site.id).job)
            return deleted

        return await self.unit_of_work(command.actor, delete)


@attrs.frozen(kw_only=True)
class ForgetSiteHandler:
    """Some pages at a time: whoever is interrupted goes on with the rest."""

    unit_of_work: UnitOfWork[CrawlWork]
    clock: Clock

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        site_id = ForgetSite.of(job).site_id

        def forget(work: CrawlWork) -> int:
            return work.pages.forget_some(site_id, limit=TOGETHER, at=self.clock())

        while await self.unit_of_work(context.actor, forget):
            """There may be more."""
