"""Which events are told over sockets.

Everything else is read from `/v1/events`.
"""

from collections.abc import Mapping

from domain.analytics import export_events as exports
from domain.analytics import saved_views
from domain.analytics import schedule_events as schedules
from domain.bookings import block_events as blocks
from domain.bookings import customer_events as customers
from domain.bookings import events as bookings
from domain.bookings import flight_events as flights
from domain.bookings import instalment_events as instalments
from domain.bookings import itinerary_events as itineraries
from domain.bookings import pricing_events as pricing
from domain.bookings import waiting_events as waiting
from domain.bookings.attendance_events import AttendanceRecorded
from domain.calls import agent_events as agents
from domain.calls import escalation_events as escalations
from domain.calls import quality_events as quality
from domain.documentation import events as documentation
from domain.identity import archives
from domain.identity import events as identity
from domain.inventory import events as inventory
from domain.kernel.events import Event
from domain.notifications import events as notifications
from domain.paperwork import events as papers
from domain.payments import events as payments
from domain.payments import gift_events as gifts
from domain.payments import reconciliation
from domain.pipelines import events as pipelines
from entrypoints.realtime.public_of_calls import KEPT_OF_CALLS, TOLD_OF_CALLS
from entrypoints.realtime.public_of_channels import KEPT_OF_CHANNELS
from entrypoints.realtime.public_of_pipelines import KEPT_OF_PIPELINES

TOLD: frozenset[type[Event]] = TOLD_OF_CALLS | frozenset(
    {
        AttendanceRecorded,
        agents.AgentAdded,
        agents.AgentChanged,
        agents.AgentDeleted,
        agents.AgentPresenceChanged,
        agents.QueueAdded,
        agents.QueueChanged,
        blocks.BlockDrawn,
        blocks.BlockOpened,
        blocks.BlockReleased,
        bookings.BookingApproved,
        bookings.BookingCancelled,
        bookings.BookingChanged,
        bookings.BookingCheckedIn,
        bookings.BookingCompleted,
        bookings.BookingConfirmed,
        bookings.BookingContinued,
        bookings.BookingDeclined,
        bookings.BookingExpired,
        bookings.BookingHeld,
        bookings.BookingNotShown,
        bookings.BookingReinstated,
        bookings.BookingReleased,
        bookings.BookingRescheduled,
        bookings.HoldExtended,
        bookings.UnitsAssigned,
        documentation.CrawlApproved,
        documentation.CrawlBlocked,
        documentation.CrawlCancelled,
        documentation.CrawlFinished,
        documentation.CrawlPaused,
        documentation.CrawlProgressed,
        documentation.CrawlResumed,
        documentation.CrawlStarted,
        documentation.DocumentAdded,
        documentation.DocumentDeleted,
        documentation.DocumentReplaced,
        documentation.SiteAdded,
        documentation.SiteChanged,
        documentation.SiteDeleted,
        escalations.EscalationAccepted,
        escalations.EscalationBridged,
        escalations.EscalationBriefing,
        escalations.EscalationCallbackScheduled,
        escalations.EscalationCancelled,
        escalations.EscalationCompleted,
        escalations.EscalationDueSoon,
        escalations.EscalationFailed,
        escalations.EscalationMessageTaken,
        escalations.EscalationOfferEnded,
        escalations.EscalationOffered,
        escalations.EscalationOverdue,
        escalations.EscalationPaused,
        escalations.EscalationQueued,
        escalations.EscalationResumed,
        escalations.EscalationRinging,
        escalations.EscalationTriggered,
        flights.FlightArrived,
        flights.FlightBoarding,
        flights.FlightDelayed,
        flights.FlightDeparted,
        flights.FlightOnTime,
        flights.FlightRestored,
        inventory.AssetAdded,
        inventory.AssetChanged,
        inventory.AssetDeleted,
        inventory.AssetRestored,
        inventory.AvailabilityFull,
        inventory.AvailabilityLow,
        inventory.AvailableAgain,
        inventory.IntentActive,
        inventory.IntentCancelled,
        inventory.IntentExpired,
        inventory.PoolsOpened,
        inventory.ResourceAdded,
        inventory.ResourceCancelled,
        inventory.ResourceChanged,
        inventory.ResourceCompleted,
        inventory.ResourceDeleted,
        inventory.ResourcePublished,
        inventory.ResourceRestored,
        inventory.ResourceWithdrawn,
        inventory.SessionStaffed,
        inventory.UnitAdded,
        inventory.UnitWithdrawn,
        itineraries.ItineraryConfirmed,
        itineraries.ItineraryExtended,
        itineraries.ItineraryGrown,
        itineraries.ItineraryHeld,
        itineraries.ItineraryReleased,
        notifications.NoticesGiven,
        pipelines.ImportCompleted,
        pipelines.ImportProgressed,
        pipelines.ImportStarted,
        pricing.SalesTermsSet,
        quality.QaScoreUpdated,
        quality.SentimentChanged,
        waiting.SavingEnded,
        waiting.UnitsSavedUp,
        waiting.WaitingAccepted,
        waiting.WaitingCalledOff,
        waiting.WaitingEnded,
        waiting.WaitingJoined,
        waiting.WaitingOffered,
        waiting.WaitingWithdrawn,
    }
)

MONEY = "what money does is for whoever may see payments"
AUDITED = "for the audit trail, which is read by whoever may"
PAPERS = "papers are read by whoever may"

KEPT: Mapping[type[Event], str] = {
    bookings.BookingImported: "the past, by the thousand; how far the import is, is told",
    bookings.DuplicateBookingTried: "who has a place already is nobody else's business",
    **KEPT_OF_CALLS,
    **KEPT_OF_CHANNELS,
    **KEPT_OF_PIPELINES,
    archives.ArchiveTaken: AUDITED,
    exports.ExportCancelled: AUDITED,
    exports.ExportCompleted: AUDITED,
    exports.ExportDeleted: AUDITED,
    exports.ExportFailed: AUDITED,
    exports.ExportRequested: AUDITED,
    exports.ExportTaken: AUDITED,
    exports.ReportTaken: AUDITED,
    schedules.ReportScheduleAdded: AUDITED,
    schedules.ReportScheduleChanged: AUDITED,
    schedules.ReportScheduleDeleted: AUDITED,
    schedules.ReportSchedulePaused: AUDITED,
    schedules.ReportScheduleResumed: AUDITED,
    schedules.ScheduledReportFailed: AUDITED,
    schedules.ScheduledReportSent: AUDITED,
    saved_views.SavedViewAdded: AUDITED,
    saved_views.SavedViewChanged: AUDITED,
    saved_views.SavedViewDeleted: AUDITED,
    customers.BlockErased: "that somebody was forgotten is nobody else's business",
    customers.BookingErased: "that somebody was forgotten is nobody else's business",
    customers.CustomerErased: "that somebody was forgotten is nobody else's business",
    customers.CustomerExported: "what somebody asked for is nobody else's business",
    customers.WaitingErased: "that somebody was forgotten is nobody else's business",
    identity.AccessRefused: AUDITED,
    identity.AccessRestored: AUDITED,
    identity.ApiKeyChanged: AUDITED,
    identity.ApiKeyCreated: AUDITED,
    identity.ApiKeyRevoked: AUDITED,
    identity.ApiKeyRotated: AUDITED,
    identity.MemberDeactivated: AUDITED,
    identity.MemberInvited: AUDITED,
    identity.MemberJoined: AUDITED,
    identity.MemberReactivated: AUDITED,
    identity.MemberRemoved: AUDITED,
    identity.MemberRoleChanged: AUDITED,
    identity.MemberSignedIn: AUDITED,
    identity.OrganizationMetadataChanged: AUDITED,
    identity.OrganizationRenamed: AUDITED,
    identity.OrganizationStatusChanged: AUDITED,
    identity.OrganizationTierChanged: AUDITED,
    identity.PasswordChanged: AUDITED,
    identity.PasswordReset: AUDITED,
    identity.RecoveryCodeUsed: AUDITED,
    identity.RecoveryCodesRenewed: AUDITED,
    identity.SecondFactorAdded: AUDITED,
    identity.SecondFactorRemoved: AUDITED,
    identity.SecondFactorReset: AUDITED,
    identity.SessionsEnded: AUDITED,
    identity.SettingChanged: AUDITED,
    identity.SignInsFailed: AUDITED,
    **dict.fromkeys((*gifts.EVERY, *instalments.EVERY, *payments.DISPUTES), MONEY),
    payments.PaymentAuthorised: MONEY,
    payments.PaymentAwaitsCustomer: MONEY,
    payments.PaymentCancelled: MONEY,
    payments.PaymentCaptured: MONEY,
    payments.PaymentDeclined: MONEY,
    payments.PaymentFailed: MONEY,
    payments.PaymentFeeKnown: MONEY,
    payments.PaymentParked: MONEY,
    payments.PaymentProcessing: MONEY,
    payments.PaymentRequested: MONEY,
    payments.PaymentReviewed: MONEY,
    payments.PaymentStarted: MONEY,
    reconciliation.PaymentsReconciled: MONEY,
    payments.RefundApproved: MONEY,
    payments.RefundDropped: MONEY,
    payments.RefundFailed: MONEY,
    payments.RefundRejected: MONEY,
    payments.RefundRequested: MONEY,
    payments.RefundRetried: MONEY,
    payments.RefundSubmitted: MONEY,
    payments.RefundSucceeded: MONEY,
    papers.CertificateRevoked: AUDITED,
    papers.PaperErased: "that somebody was forgotten is nobody else's business",
    papers.PaperIssued: PAPERS,
    papers.PaperReissued: PAPERS,
    papers.PaperWithdrawn: PAPERS,
    pricing.DiscountCodeChanged: "whoever knows a code may use it",
    pricing.DiscountCodeCreated: "whoever knows a code may use it",
}

NAMES = frozenset(event.name for event in TOLD)
