"""A hold as most teams would write it: FastAPI, SQLAlchemy's ORM, a lock on the row, a check.

Of what ours does it leaves out keys and scopes, idempotency, quotes, prices, and events; the rows
it writes are the slot and the booking. `python -m benchmarks.peers.fastapi_holds` serves it.
"""

import os
from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone
from typing import Annotated
from uuid import UUID, uuid4

import uvicorn
from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field
from sqlalchemy import DateTime, ForeignKey, String, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

HOLD = timedelta(minutes=15)
PROCESSES = 2


class Base(DeclarativeBase):
    pass


class Slot(Base):
    __tablename__ = "peer_slots"

    id: Mapped[int] = mapped_column(primary_key=True)
    capacity: Mapped[int]
    taken: Mapped[int]


class Booking(Base):
    __tablename__ = "peer_bookings"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    slot_id: Mapped[int] = mapped_column(ForeignKey("peer_slots.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(254), index=True)
    state: Mapped[str] = mapped_column(String(16), default="held")
    units: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class HoldIn(BaseModel):
    slot_id: int
    name: str = Field(min_length=2, max_length=100)
    email: str = Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    units: int = Field(ge=1, le=10)


class HoldOut(BaseModel):
    id: UUID
    slot_id: int
    name: str
    email: str
    state: str
    units: int
    expires_at: datetime


def create_app() -> FastAPI:
    engine = create_async_engine(os.environ["PEER_DATABASE_URL"], pool_size=10, max_overflow=20)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    app = FastAPI()

    async def session() -> AsyncIterator[AsyncSession]:
        async with sessions() as opened:
            yield opened

    @app.post("/holds", status_code=201)
    async def hold(data: HoldIn, session: Annotated[AsyncSession, Depends(session)]) -> HoldOut:
        found = await session.execute(
            select(Slot).where(Slot.id == data.slot_id).with_for_update()
        )
        slot = found.scalar_one_or_none()
        if slot is None:
            raise HTTPException(status_code=404, detail="no such slot")
        if slot.taken + data.units > slot.capacity:
            raise HTTPException(status_code=409, detail="sold out")
        slot.taken += data.units
        booking = Booking(
            slot_id=slot.id,
            name=data.name,
            email=data.email,
            units=data.units,
            expires_at=datetime.now(timezone.utc) + HOLD,
        )
        session.add(booking)
        await session.commit()
        return HoldOut.model_validate(booking, from_attributes=True)

    return app


if __name__ == "__main__":
    uvicorn.run(
        "benchmarks.peers.fastapi_holds:create_app",
        factory=True,
        port=int(os.environ["PEER_PORT"]),
        workers=PROCESSES,
        access_log=False,
        log_level="warning",
    )
