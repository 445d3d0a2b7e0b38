"""Who is signed in at the desk: server-side sessions, for accounts and for people who came with an API token.

The browser holds a random secret, the database only its digest. Idle and absolute expiry go by the wall clock.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, delete, select
from sqlalchemy.orm import Session

from bot.desk import accounts, tokens
from bot.desk.accounts import SignInRefused, User
from bot.desk.audit import record
from bot.desk.base import Base, KoreanTime
from bot.desk.clock_on_wall import wall_now
from bot.desk.database import session as transaction
from bot.desk.lead_models import ApiToken
from bot.desk.leads import Viewer
from bot.desk.sealing import token_digest

IDLE = timedelta(hours=1)
AT_MOST = timedelta(hours=10)
# A page seen within this time is not written down again: reading pages would else always write.
_SEEN_EVERY = timedelta(minutes=1)


class DeskSession(Base):
    """One browser that is signed in, by an account or by an API token."""

    __tablename__ = "desk_sessions"
    digest: str = Column(String(64), primary_key=True)
    user_id: str | None = Column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_id: str | None = Column(ForeignKey("api_tokens.id", ondelete="CASCADE"), index=True)
    created_at: datetime = Column(KoreanTime, nullable=False)
    seen_at: datetime = Column(KoreanTime, nullable=False)
    __table_args__ = (CheckConstraint("(user_id IS NULL) <> (token_id IS NULL)", name="of_somebody"),)


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in. ``csrf`` stands in every form of theirs; ``email`` is None for an API token."""

    viewer: Viewer
    csrf: str
    email: str | None = None


def with_password(email: str, password: str) -> str:
    """Sign in an account and give the secret for the browser. Makes its own transactions.

    Raises SignInRefused or AccountLocked.
    """
    with transaction() as session:
        user_id, password_hash = accounts.attempt(session, email)
    right = accounts.fits(password_hash, password)
    if user_id is None or not right:
        raise SignInRefused()
    with transaction() as session:
        user = accounts.succeeded(session, user_id)
        record(session, user.name, "signed in", user.id)
        return _open(session, user_id=user_id)


def with_token(token: str) -> str:
    """Sign in the holder of an API token and give the secret for the browser. Raises SignInRefused."""
    with transaction() as session:
        viewer = tokens.authenticate(session, token)
        if viewer is None:
            raise SignInRefused("토큰이 맞지 않거나 폐기됐어요. 관리자에게 받은 토큰을 다시 확인해 주세요.")
        token_id = session.execute(
            select(ApiToken.id).where(ApiToken.token_digest == token_digest(token))).scalar_one()
        record(session, viewer.name, "signed in", token_id)
        return _open(session, token_id=token_id)


def find(session: Session, secret: str, *, now: datetime | None = None) -> tuple[Visitor, bool] | None:
    """Who holds the secret and whether to call ``seen``; None when the session or what it stands on has ended."""
    now = now or wall_now()
    row: DeskSession | None = session.get(DeskSession, token_digest(secret)) if secret else None
    if row is None or row.seen_at + IDLE <= now or row.created_at + AT_MOST <= now:
        return None
    csrf, stale = csrf_of(secret), row.seen_at + _SEEN_EVERY <= now
    if row.user_id is not None:
        user: User | None = session.get(User, row.user_id)
        return None if user is None or user.disabled else (Visitor(user.viewer, csrf, user.email), stale)
    token: ApiToken | None = session.get(ApiToken, row.token_id)
    if token is None or token.revoked_at is not None or (token.expires_at is not None and token.expires_at <= now):
        return None
    return Visitor(Viewer(f"token:{token.name}", token.role, token.center_id, partner=token.partner), csrf), stale


def seen(session: Session, secret: str, *, now: datetime | None = None) -> None:
    """Note that the person is still there."""
    row: DeskSession | None = session.get(DeskSession, token_digest(secret))
    if row is not None:
        row.seen_at = now or wall_now()


def end(session: Session, secret: str) -> None:
    """Sign out."""
    session.execute(delete(DeskSession).where(DeskSession.digest == token_digest(secret))
                    .execution_options(synchronize_session=False))


def end_all(session: Session, user_id: str) -> None:
    """End every session of an account, wherever it is signed in (new password, account shut)."""
    session.execute(delete(DeskSession).where(DeskSession.user_id == user_id)
                    .execution_options(synchronize_session=False))


def csrf_of(secret: str) -> str:
    """What a form must carry to be believed: known only to who holds the secret, and no way back to it."""
    return token_digest(f"form\0{secret}")


def _open(session: Session, *, user_id: str | None = None, token_id: str | None = None) -> str:
    now = wall_now()
    session.execute(delete(DeskSession).where(DeskSession.created_at < now - AT_MOST)
                    .execution_options(synchronize_session=False))
    secret = secrets.token_urlsafe(32)
    session.add(DeskSession(digest=token_digest(secret), user_id=user_id, token_id=token_id, created_at=now,
                            seen_at=now))
    return secret
