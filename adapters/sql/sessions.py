"""Whether a session of the server is ours alone, or a pool between us hands it to others as well.

Whose rows are shown is a setting of the session. A pool that gives a session to whoever has a
transaction would show organizations each other's rows, or none.
"""

from sqlalchemy import Connection, Engine, text

ROUNDS = 3
MARK = text("SELECT set_config('app.probe', :mark, false)")
MARKED = text("SELECT coalesce(current_setting('app.probe', true), '')")
SERVED_BY = text("SELECT pg_backend_pid()")


def is_direct(connection: Connection) -> bool:
    """A pool between answers for the server when it connects, with a number of its own."""
    announced = connection.connection.driver_connection
    assert announced is not None  # noqa: S101  (it has just been checked out)
    served_by: int = connection.execute(SERVED_BY).scalar_one()
    return bool(announced.get_server_pid() == served_by)


def are_shared(one: Connection, other: Connection) -> bool:
    """What one sets is seen by the other, or lost while the other is in a transaction."""
    return any(_crossed(one, other, str(number)) for number in range(ROUNDS))


def sessions_are_shared(engine: Engine) -> bool:
    """A pool that has but one connection for us is never seen to mix any up, and has to be one
    that is known to be ours.
    """
    with engine.connect() as one:
        if is_direct(one):
            return False
        with engine.connect() as other:
            return are_shared(one, other)


def _crossed(one: Connection, other: Connection, mark: str) -> bool:
    one.execute(MARK, {"mark": mark})
    other.exec_driver_sql("BEGIN")
    try:
        leaked = other.execute(MARKED).scalar_one() == mark
        lost = one.execute(MARKED).scalar_one() != mark
    finally:
        other.exec_driver_sql("ROLLBACK")
    one.execute(MARK, {"mark": ""})
    return bool(leaked or lost)
