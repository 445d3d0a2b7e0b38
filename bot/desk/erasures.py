"""Erasures that wait until a conversation has stopped writing: a turn under way would put back what was deleted.

Rasa saves a tracker after the action that asked for the erasure, and the web stores the answer to it after that.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Column, String, select
from sqlalchemy.orm import Session

from bot.desk import privacy
from bot.desk.base import Base, KoreanTime
from bot.desk.clock_on_wall import wall_now

QUIET = timedelta(minutes=1)


class Erasure(Base):
    """A conversation whose transcript and tracker are to be deleted once ``due_at`` has passed."""

    __tablename__ = "erasures"
    conversation_id: str = Column(String(120), primary_key=True)
    due_at: datetime = Column(KoreanTime, nullable=False, index=True)


def erase_soon(session: Session, conversation_id: str, *, actor: str = "bot") -> privacy.Erased:
    """Erase what came of a conversation at once, and its transcript and tracker a minute later.

    This is what the conversation itself calls for "지워 주세요"; ``run_due`` carries the second part out.
    """
    done = privacy.erase_conversation(session, conversation_id, actor=actor)
    waiting: Erasure = session.get(Erasure, conversation_id) or Erasure(conversation_id=conversation_id)
    waiting.due_at = wall_now() + QUIET
    session.add(waiting)
    session.flush()
    return done


def run_due(session: Session) -> int:
    """Carry out the erasures whose time has come, and say how many there were."""
    due = session.execute(select(Erasure).where(Erasure.due_at <= wall_now())
                          .with_for_update(skip_locked=True)).scalars().all()
    for waiting in due:
        privacy.erase_conversation(session, waiting.conversation_id, actor="system")
        session.delete(waiting)
    return len(due)
