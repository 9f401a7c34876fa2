"""Wiring of the paperwork feature."""

from collections.abc import Callable, Mapping
from typing import Any

from dependency_injector import containers, providers

from adapters.mail.papers import MailedPapers
from adapters.readers.papers import SqlPaperViews
from adapters.readers.settlements import SqlSettlements
from adapters.rendering.typst_printer import TypstPrinter
from adapters.repositories.paper_sources import SqlPaperWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.kernel.retry_stale import RetryStale
from application.paperwork.erase_papers import ErasePapersHandler
from application.paperwork.invoice_itinerary import InvoiceItineraryHandler
from application.paperwork.issue_certificates import IssueCertificatesHandler
from application.paperwork.issue_papers import IssuePapersHandler
from application.paperwork.issue_receipt import IssueReceiptHandler
from application.paperwork.jobs import Acknowledge, Certify, ForgetWhose, KeepPapers
from application.paperwork.paper_steps import (
    ReissuePaperHandler,
    RevokeCertificateHandler,
    SendPaperHandler,
)
from application.paperwork.printing import Printing
from application.paperwork.send_papers import SendPapersHandler
from application.paperwork.subscribers import BookingPapers, PaymentReceipts, SessionCertificates
from domain.kernel.actors import Permission
from domain.paperwork.contents import Issuer
from domain.paperwork.terms import PaperTerms
from entrypoints.wiring.fitting import Values, fitted
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.wrapping import Observe, observed, use_case


def with_paper_terms(values: Values) -> Mapping[str, Any]:
    issuer = Issuer(
        name=values["desk.legal_name"],
        address=values["desk.address"],
        tax_number=values["desk.tax_number"],
        email=values["desk.email"],
        phone=values["desk.phone"],
        bank_account=values["desk.bank_account"],
    )
    terms = PaperTerms(
        issuer=issuer,
        invoices=values["papers.invoice_series"],
        credit_notes=values["papers.credit_note_series"],
        receipts=values["papers.receipt_series"],
        payment_days=values["papers.payment_days"],
        free_days=values["papers.reissue_free_days"],
        fee_minor=values["papers.reissue_fee_minor"],
        most_reissues=values["papers.reissues"],
        certificate_years=values["certificates.years"],
        refresher_years=values["certificates.refresher_years"],
        by_mail=values["papers.by_mail"],
    )
    return {"terms": terms}


def _url_of(settings: Settings) -> Callable[[str], str]:
    here = settings.public_url.rstrip("/")
    return lambda number: f"{here}/certificates/{number}"


class PaperworkContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()
    observe: providers.Dependency[Observe] = providers.Dependency()
    mailer: providers.Dependency[object] = providers.Dependency()
    business_settings: providers.Dependency[object] = providers.Dependency()

    unit_of_work: Any = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlPaperWork.on),
        new_id=new_id,
        clock=clock,
    )
    settlements: Any = providers.Singleton(SqlSettlements, database)
    views: Any = providers.Singleton(SqlPaperViews, database=database, settlements=settlements)
    printing: Any = providers.Singleton(
        Printing,
        views=views,
        printer=providers.Singleton(TypstPrinter, fonts=settings.provided.fonts_dir),
        unit_of_work=unit_of_work,
    )
    post = providers.Singleton(MailedPapers, mailer)
    url_of = providers.Singleton(_url_of, settings)

    issue_papers: Any = use_case(
        Permission.WRITE_PAPERS,
        fitted(
            business_settings,
            providers.Singleton(
                IssuePapersHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
            ),
            with_paper_terms,
        ),
        observe,
    )
    invoice_itinerary: Any = use_case(
        Permission.WRITE_PAPERS,
        fitted(
            business_settings,
            providers.Singleton(
                InvoiceItineraryHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
            ),
            with_paper_terms,
        ),
        observe,
    )
    issue_certificates: Any = use_case(
        Permission.WRITE_PAPERS,
        fitted(
            business_settings,
            providers.Singleton(
                IssueCertificatesHandler,
                unit_of_work=unit_of_work,
                clock=clock,
                new_id=new_id,
                chance=chance,
                url_of=url_of,
            ),
            with_paper_terms,
        ),
        observe,
    )
    issue_receipt: Any = use_case(
        Permission.WRITE_PAPERS,
        fitted(
            business_settings,
            providers.Singleton(
                IssueReceiptHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
            ),
            with_paper_terms,
        ),
        observe,
    )
    reissue_paper: Any = use_case(
        Permission.WRITE_PAPERS,
        fitted(
            business_settings,
            providers.Singleton(
                ReissuePaperHandler, unit_of_work=unit_of_work, clock=clock, new_id=new_id
            ),
            with_paper_terms,
        ),
        observe,
    )
    send_paper: Any = use_case(
        Permission.WRITE_PAPERS,
        providers.Singleton(SendPaperHandler, unit_of_work=unit_of_work, new_id=new_id),
        observe,
    )
    revoke_certificate: Any = use_case(
        Permission.WRITE_PAPERS,
        providers.Singleton(RevokeCertificateHandler, unit_of_work=unit_of_work, clock=clock),
        observe,
    )
    erase_papers: Any = observed(
        providers.Singleton(
            RetryStale,
            providers.Singleton(ErasePapersHandler, unit_of_work=unit_of_work, clock=clock),
        ),
        observe,
    )

    booking_papers = providers.Singleton(BookingPapers)
    payment_receipts = providers.Singleton(PaymentReceipts)
    session_certificates = providers.Singleton(SessionCertificates)
    keep_papers = providers.Singleton(KeepPapers, issue_papers=issue_papers)
    acknowledge = providers.Singleton(Acknowledge, issue_receipt=issue_receipt)
    certify = providers.Singleton(Certify, issue_certificates=issue_certificates)
    forget_whose = providers.Singleton(ForgetWhose, erase_papers=erase_papers)
    send_papers = providers.Singleton(
        SendPapersHandler,
        views=views,
        printing=printing,
        post=post,
        unit_of_work=unit_of_work,
        clock=clock,
    )
