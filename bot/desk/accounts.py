"""Accounts of people at the desk: who they are, their passwords, and the lock after repeated failures.

What an account may see is decided in ``leads``; being signed in is ``signed_in``; programs have ``tokens`` instead.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Integer, String, select, update
from sqlalchemy.orm import Session

from bot.desk.audit import record
from bot.desk.base import Base, KoreanTime, new_id
from bot.desk.calendar_models import Planner
from bot.desk.clock_on_wall import wall_now
from bot.desk.contact_data import normal_email
from bot.desk.errors import DeskError, NotFound
from bot.desk.leads import Viewer
from bot.desk.partners import Partner
from knowledge_base import places

ACCOUNT_ROLES = {"planner": "플래너", "center_lead": "센터장", "administrator": "관리자",
                 "partner": "파트너(보기 전용)"}
MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200


class AccountInvalid(DeskError):
    """An account or password that cannot be; the message says what to change."""


class SignInRefused(DeskError):
    """Wrong address, wrong password or disabled account: on purpose the same words for all of them."""

    default = ("이메일이나 비밀번호가 맞지 않아요. 다시 확인해 주세요. "
               "잊으셨다면 관리자에게 새 비밀번호를 부탁해 주세요.")


class AccountLocked(DeskError):
    """Too many failures in a row; the account opens by itself again."""

    default = ("비밀번호를 여러 번 틀려 잠시 잠갔어요. 15분 뒤에 다시 해 주세요. "
               "급하면 관리자가 비밀번호를 새로 정해 드리면 바로 풀려요.")


class User(Base):
    """A person at the desk. ``name`` is how the others see who claimed a lead, so no two share one."""

    __tablename__ = "users"
    id: str = Column(String(36), primary_key=True, default=new_id)
    name: str = Column(String(80), nullable=False, unique=True)
    email: str = Column(String(254), nullable=False, unique=True)
    role: str = Column(String(20), nullable=False)
    center_id: str | None = Column(String(60))
    planner_id: str | None = Column(ForeignKey("planners.id", ondelete="SET NULL"))
    partner_id: str | None = Column(ForeignKey("partners.id"))
    password_hash: str = Column(String(200), nullable=False)
    failures: int = Column(Integer, nullable=False, default=0)
    locked_until: datetime | None = Column(KoreanTime)
    disabled: bool = Column(Boolean, nullable=False, default=False)
    created_at: datetime = Column(KoreanTime, nullable=False, default=wall_now)
    __table_args__ = (
        CheckConstraint("role IN ('planner', 'center_lead', 'administrator', 'partner')", name="role"),
        CheckConstraint("role NOT IN ('planner', 'center_lead') OR center_id IS NOT NULL", name="center_of_role"),
        CheckConstraint("role <> 'partner' OR partner_id IS NOT NULL", name="partner_of_role"),
    )

    @property
    def viewer(self) -> Viewer:
        """The account as the desk's functions know it."""
        return Viewer(self.name, self.role, self.center_id, self.planner_id, self.partner_id)


def add_user(
    session: Session, name: str, email: str, password: str, *, role: str, actor: str, center_id: str | None = None,
    planner_id: str | None = None, partner_id: str | None = None,
) -> User:
    """Make an account. Raises AccountInvalid naming what is missing or taken."""
    name, email = " ".join(name.split()), normal_email(email).lower()
    if not 1 <= len(name) <= 80 or name.startswith("token:"):
        raise AccountInvalid("이름을 80자 안으로 적어 주세요.")
    if role not in ACCOUNT_ROLES:
        raise AccountInvalid(f"쓸 수 있는 역할: {', '.join(ACCOUNT_ROLES)}")
    _check_reach(session, role, center_id, planner_id, partner_id)
    same = session.execute(select(User).where((User.email == email) | (User.name == name))).scalars().first()
    if same is not None:
        what = "이메일" if same.email == email else "이름"
        raise AccountInvalid(f"이미 쓰고 있는 {what}이에요. 동명이인이면 이름 뒤에 센터를 붙여 주세요.")
    added: User = User(name=name, email=email, role=role, center_id=center_id, planner_id=planner_id,
                       partner_id=partner_id, password_hash=_hashed(password))
    session.add(added)
    session.flush()
    _set_up_calendar(session, added)
    record(session, actor, "user.added", added.id, {"role": role, "center": center_id})
    return added


def users(session: Session) -> list[User]:
    """Every account, disabled ones too, by name."""
    return list(session.execute(select(User).order_by(User.name)).scalars())


def by_email(session: Session, email: str) -> User:
    """The account of an address. Raises NotFound."""
    found: User | None = session.execute(
        select(User).where(User.email == email.strip().lower())).scalar_one_or_none()
    if found is None:
        raise NotFound(f"그런 계정이 없어요: {email}")
    return found


def get(session: Session, user_id: str) -> User:
    """An account by its id. Raises NotFound."""
    found: User | None = session.get(User, user_id)
    if found is None:
        raise NotFound("그런 계정이 없어요. 목록에서 다시 골라 주세요.")
    return found


def change(
    session: Session, user_id: str, *, role: str, actor: str, center_id: str | None = None,
    planner_id: str | None = None, partner_id: str | None = None,
) -> User:
    """Give an account another role or reach, at once for whoever is signed in with it.

    Raises NotFound, AccountInvalid naming what is missing.
    """
    user = get(session, user_id)
    if role not in ACCOUNT_ROLES:
        raise AccountInvalid(f"쓸 수 있는 역할: {', '.join(ACCOUNT_ROLES)}")
    _check_reach(session, role, center_id, planner_id, partner_id)
    before = {"role": user.role, "center": user.center_id}
    user.role, user.center_id, user.planner_id, user.partner_id = role, center_id, planner_id, partner_id
    _set_up_calendar(session, user)
    record(session, actor, "user.changed", user.id, {"from": before, "to": {"role": role, "center": center_id}})
    return user


def unlock(session: Session, user_id: str, *, actor: str) -> User:
    """Take the lock of repeated failures away; the password stays. Raises NotFound."""
    user = get(session, user_id)
    user.failures, user.locked_until = 0, None
    record(session, actor, "user.unlocked", user.id)
    return user


def new_password() -> str:
    """A password to hand over, to be changed by the person: four groups that can be read aloud."""
    letters = "23456789abcdefghjkmnpqrstuvwxyz"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


def disable(session: Session, email: str, *, actor: str, disabled: bool = True) -> User:
    """Shut an account (its sessions end with it) or open it again. Raises NotFound."""
    user = by_email(session, email)
    user.disabled = disabled
    record(session, actor, "user.disabled" if disabled else "user.enabled", user.id)
    return user


def set_password(session: Session, email: str, password: str, *, actor: str) -> User:
    """A new password, which also takes the lock away. Ending the sessions is ``signed_in.end_all``'s.

    Raises NotFound, AccountInvalid for a password that is too short.
    """
    user = by_email(session, email)
    user.password_hash, user.failures, user.locked_until = _hashed(password), 0, None
    record(session, actor, "user.password", user.id)
    return user


def attempt(session: Session, email: str, *, now: datetime | None = None) -> tuple[str | None, str]:
    """Count a try to sign in and give (account id, hash to check the password against).

    The try counts before the password is looked at, so that many tries at once cannot outrun the lock. An unknown
    address gets a hash that nothing fits, so that it takes as long as a known one. Raises AccountLocked.
    """
    now = now or wall_now()
    user: User | None = session.execute(
        select(User).where(User.email == email.strip().lower()).with_for_update()).scalar_one_or_none()
    if user is None:
        return None, _nobody()
    if user.locked_until is not None:
        if user.locked_until > now:
            raise AccountLocked()
        user.failures, user.locked_until = 0, None
    user.failures += 1
    if user.failures >= MOST_FAILURES:
        user.locked_until = now + LOCKED_FOR
        record(session, "system", "user.locked", user.id)
    return (None if user.disabled else user.id), user.password_hash


def fits(password_hash: str, password: str) -> bool:
    """Whether the password is the hash's; slow on purpose, so not to be called within a writing transaction."""
    try:
        return _hasher().verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def succeeded(session: Session, user_id: str) -> User:
    """Forget the failures of an account whose password was right. Raises SignInRefused if it was shut meanwhile."""
    session.execute(update(User).where(User.id == user_id).values(failures=0, locked_until=None)
                    .execution_options(synchronize_session=False))
    user: User | None = session.get(User, user_id)
    if user is None or user.disabled:
        raise SignInRefused()
    return user


def _check_reach(
    session: Session, role: str, center_id: str | None, planner_id: str | None, partner_id: str | None
) -> None:
    if role in ("planner", "center_lead") and center_id not in places.places().centers:
        raise AccountInvalid("이 역할에는 센터가 있어야 해요. 센터 id를 확인해 주세요.")
    if planner_id is not None:
        planner = session.get(Planner, planner_id)
        if planner is None or planner.center_id != center_id:
            raise AccountInvalid("그 센터에 그런 플래너가 없어요. 플래너 id를 확인해 주세요.")
    if role == "partner" and (partner_id is None or session.get(Partner, partner_id) is None):
        raise AccountInvalid("파트너 계정에는 등록된 파트너 id가 있어야 해요.")


def _set_up_calendar(session: Session, user: User) -> None:
    """Give the calendar of a center nobody had set up to its person, so that the next planner does not shut it."""
    planner = session.get(Planner, user.planner_id) if user.planner_id else None
    if planner is not None and planner.seeded:
        planner.name, planner.seeded = user.name, False


def _hashed(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise AccountInvalid(f"비밀번호는 {SHORTEST_PASSWORD}자 이상이어야 해요. 낱말 서너 개를 이어 쓰면 좋아요.")
    return _hasher().hash(password)


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher().hash("no account has this hash")
