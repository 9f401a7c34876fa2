"""Whose calls somebody sees: all of them, or those that are theirs or nobody's yet."""

from application.calls.ports import CallWork
from domain.calls.call import Call
from domain.calls.refusals import CallNotFound
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import ActorId, CallId


def only_of(actor: Actor, permission: Permission) -> ActorId | None:
    """Whose calls alone they are shown, or may handle: their own, without the permission for all.

    None where it is all calls.
    """
    return None if permission in actor.permissions else actor.id


def theirs(work: CallWork, actor: Actor, call_id: CallId) -> Call:
    """Locked, to be changed. Raises CallNotFound as well for what is not theirs, or deleted."""
    call = work.calls.locked(call_id)
    must_be_theirs(call, actor)
    return call


def must_be_theirs(call: Call, actor: Actor) -> None:
    """To handle. Raises CallNotFound as well for what is not theirs, or deleted."""
    whose = only_of(actor, Permission.WRITE_CALLS)
    if call.deleted_at is not None or (whose is not None and not call.is_of(whose)):
        raise CallNotFound(call.id)
