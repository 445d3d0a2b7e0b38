"""Slowing down who guesses at bookings: a number and a phone open a booking, so wrong pairs are counted and locked.

Counted are the booking number asked for and whoever asks (the conversation), each by its digest. Opening a booking
is ``visits.look_up``'s; accounts have a lock of their own (``accounts``).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Column, Integer, String, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.desk import sealing, visits
from bot.desk.base import Base, KoreanTime
from bot.desk.clock_on_wall import wall_now
from bot.desk.database import session as transaction
from bot.desk.errors import DeskError
from bot.desk.visits import VisitDetails

# A person mistypes now and then. A number is given more tries than one conversation: its owner must not be shut
# out by a single stranger.
MOST_BY_ONE, MOST_AT_ONE_NUMBER = 5, 15
LOCKED_FOR = timedelta(minutes=15)


class TooManyGuesses(DeskError):
    """Too many wrong pairs of number and phone; it opens again by itself."""

    default = ("예약번호와 전화번호가 여러 번 맞지 않아 잠시 멈췄어요. 15분 뒤에 다시 해 주세요. "
               "급하시면 받으신 예약 링크를 열거나 1350(평일 9~18시)으로 전화해 주세요.")


class Guess(Base):
    """Wrong tries at one booking number or by one asker, since when. Holds a digest, nothing that can be read."""

    __tablename__ = "guesses"
    subject: str = Column(String(64), primary_key=True)
    failures: int = Column(Integer, nullable=False)
    last_at: datetime = Column(KoreanTime, nullable=False, index=True)


def look_up(number: str, phone: str, *, asker: str, now: datetime | None = None) -> VisitDetails:
    """A booking by number and phone for ``asker`` (a conversation). Makes its own transactions, as a try must count
    even where it fails.

    Raises NotFound like ``visits.look_up``, and TooManyGuesses, right pair or not, while the lock lasts.
    """
    now = now or wall_now()
    # The asker first: who is locked out must not go on using up the tries at a number.
    subjects = {sealing.digest("guesses by", asker): MOST_BY_ONE,
                sealing.digest("guesses at", visits.plain_number(number)): MOST_AT_ONE_NUMBER}
    for subject, most in subjects.items():
        _count(subject, most, now)
    with transaction() as session:
        found = visits.look_up(session, number, phone)
        # Only this try is taken back: an own booking opened in between must not wipe out the guesses at others.
        session.execute(update(Guess).where(Guess.subject.in_(subjects)).values(failures=Guess.failures - 1)
                        .execution_options(synchronize_session=False))
    return found


def forget_old(session: Session, *, now: datetime | None = None) -> int:
    """Delete the counts whose lock is long over, and say how many."""
    old = delete(Guess).where(Guess.last_at < (now or wall_now()) - 4 * LOCKED_FOR)
    count: int = session.execute(old.execution_options(synchronize_session=False)).rowcount
    return count


def _count(subject: str, most: int, now: datetime) -> None:
    """Count a try before it is looked at, so that many at once cannot outrun the lock. Raises TooManyGuesses."""
    try:
        _counted(subject, most, now)
    except IntegrityError:  # the subject's very first tries came at the same time
        _counted(subject, most, now)


def _counted(subject: str, most: int, now: datetime) -> None:
    with transaction() as session:
        guess: Guess | None = session.execute(
            select(Guess).where(Guess.subject == subject).with_for_update()).scalar_one_or_none()
        if guess is None:
            session.add(Guess(subject=subject, failures=1, last_at=now))
            return
        if guess.last_at + LOCKED_FOR <= now:
            guess.failures = 0
        if guess.failures >= most:
            raise TooManyGuesses()
        guess.failures, guess.last_at = guess.failures + 1, now
