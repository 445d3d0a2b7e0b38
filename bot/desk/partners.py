"""Partners whose sites carry the widget: their keys, allowed origins, looks, and counts without personal data.

What a browser gets to see of a partner is decided in ``bot.web.embedding``.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Integer, String, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.desk.base import Base, Document, KoreanTime
from bot.desk.errors import DeskError, NotFound
from knowledge_base.clock import now, today

MILESTONES = ("opened", "talked", "screened", "booked")
OUR_OWN_PAGE = ""
DEFAULT_ACCENT = "#256ef4"  # KRDS primary 50
_ID = re.compile(r"^[a-z0-9][a-z0-9-]{1,39}$")
_HOST = re.compile(r"^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")
_HEX = re.compile(r"^#[0-9a-f]{6}$")
_WHITE = (255, 255, 255)
_DARK_SURFACE = (30, 33, 36)  # KRDS gray 90, the widget's surface in the dark
_READABLE = 4.5


class PartnerError(DeskError):
    """A partner's setting that cannot be; the message says what it takes."""

    default = "파트너 설정을 확인해 주세요."


class Partner(Base):
    """A site that carries the widget. ``origins`` are the only pages that may frame it."""

    __tablename__ = "partners"
    id: str = Column(String(40), primary_key=True)
    name: str = Column(String(80), nullable=False)
    origins: list[str] = Column(Document, nullable=False)
    accent: str = Column(String(7), nullable=False, default=DEFAULT_ACCENT)
    greeting: str | None = Column(String(300))
    first_programs: list[str] = Column(Document, nullable=False, default=list)
    hours_notice: str | None = Column(String(200))
    created_at: datetime = Column(KoreanTime, nullable=False, default=now)
    revoked_at: datetime | None = Column(KoreanTime)


class PartnerKey(Base):
    """A key in a partner's script tag. Everybody who looks at the page can read it: it names, it does not prove."""

    __tablename__ = "partner_keys"
    key: str = Column(String(40), primary_key=True)
    partner_id: str = Column(ForeignKey("partners.id", ondelete="CASCADE"), nullable=False, index=True)
    created_at: datetime = Column(KoreanTime, nullable=False, default=now)
    expires_at: datetime | None = Column(KoreanTime)


class PartnerCount(Base):
    """How many conversations of a partner's site reached a milestone on a day; nothing about whose they were."""

    __tablename__ = "partner_counts"
    # "" is our own page, which is nobody's partner; hence no foreign key.
    partner_id: str = Column(String(40), primary_key=True)
    day: date = Column(Date, primary_key=True)
    milestone: str = Column(String(10), primary_key=True)
    times: int = Column(Integer, nullable=False, default=0)
    __table_args__ = (CheckConstraint("milestone IN ('opened', 'talked', 'screened', 'booked')", name="milestone"),)


@dataclass(frozen=True)
class Accent:
    """A partner's colour made readable: ``light`` under white text, ``dark`` on the dark surface. "#rrggbb"."""

    light: str
    dark: str
    adjusted: bool


def add(session: Session, partner_id: str, name: str, origins: Sequence[str], **settings: Any) -> str:
    """Enter a partner and give back its first key. ``settings`` are those of ``change``.

    Raises PartnerError for an id that is taken or malformed, and for settings that cannot be.
    """
    if not _ID.match(partner_id):
        raise PartnerError("파트너 id는 영문 소문자, 숫자, -로 2~40자여야 해요. 예: suwon-industrial-park")
    if session.get(Partner, partner_id) is not None:
        raise PartnerError(f"이미 있는 파트너 id예요: {partner_id}. `donghaeng partner list`로 확인해 주세요.")
    session.add(Partner(id=partner_id, name=_text(name, 80, "이름") or _missing("이름"), origins=_origins(origins),
                        first_programs=[]))
    session.flush()
    change(session, partner_id, **settings)
    return _new_key(session, partner_id)


def change(
    session: Session,
    partner_id: str,
    *,
    name: str | None = None,
    origins: Sequence[str] | None = None,
    accent: str | None = None,
    greeting: str | None = None,
    first_programs: Sequence[str] | None = None,
    hours_notice: str | None = None,
) -> Partner:
    """Change what is given, leave the rest; an empty greeting or notice is taken away.

    Raises NotFound for an unknown partner, PartnerError naming the setting that cannot be.
    """
    partner = get(session, partner_id)
    if name is not None:
        partner.name = _text(name, 80, "이름") or _missing("이름")
    if origins is not None:
        partner.origins = _origins(origins)
    if accent is not None:
        partner.accent = _hex(accent)
    if greeting is not None:
        partner.greeting = _text(greeting, 300, "인사말")
    if first_programs is not None:
        partner.first_programs = [one.strip() for one in first_programs if one.strip()][:5]
    if hours_notice is not None:
        partner.hours_notice = _text(hours_notice, 200, "운영시간 안내")
    return partner


def get(session: Session, partner_id: str) -> Partner:
    """The partner of an id. Raises NotFound."""
    partner: Partner | None = session.get(Partner, partner_id)
    if partner is None:
        raise NotFound(f"그런 파트너가 없어요: {partner_id}. `donghaeng partner list`로 확인해 주세요.")
    return partner


def of_key(session: Session, key: str) -> Partner | None:
    """The partner a valid key names; None for keys unknown, expired or of a revoked partner, which look all alike."""
    found: PartnerKey | None = session.get(PartnerKey, key[:40])
    if found is None or (found.expires_at is not None and found.expires_at <= now()):
        return None
    partner: Partner | None = session.get(Partner, found.partner_id)
    return partner if partner is not None and partner.revoked_at is None else None


def everyone(session: Session) -> list[Partner]:
    """All partners, revoked ones too, by id."""
    return list(session.execute(select(Partner).order_by(Partner.id)).scalars())


def names(session: Session) -> dict[str, str]:
    """The name of every partner by its id."""
    return dict(session.execute(select(Partner.id, Partner.name)).all())


def name_of(session: Session, partner_id: str | None) -> str | None:
    """A partner's name; the id where the partner is not entered (any more), None where there is none."""
    known: Partner | None = session.get(Partner, partner_id) if partner_id else None
    return known.name if known else partner_id


def keys(session: Session, partner_id: str) -> list[PartnerKey]:
    """The keys of a partner that work, the newest first."""
    return list(session.execute(
        select(PartnerKey).where(PartnerKey.partner_id == partner_id)
        .where((PartnerKey.expires_at.is_(None)) | (PartnerKey.expires_at > now()))
        .order_by(PartnerKey.created_at.desc(), PartnerKey.expires_at.desc())).scalars())


def rotate(session: Session, partner_id: str, *, grace_days: int = 14) -> str:
    """A new key; the old ones work ``grace_days`` longer, so that the partner has time to change its page."""
    get(session, partner_id)
    end = now() + timedelta(days=grace_days)
    session.execute(
        update(PartnerKey).where(PartnerKey.partner_id == partner_id)
        .where((PartnerKey.expires_at.is_(None)) | (PartnerKey.expires_at > end))
        .values(expires_at=end).execution_options(synchronize_session=False))
    return _new_key(session, partner_id)


def revoke(session: Session, partner_id: str) -> None:
    """From now on the widget does not open on the partner's site. Raises NotFound."""
    partner = get(session, partner_id)
    partner.revoked_at = partner.revoked_at or now()


def restore(session: Session, partner_id: str) -> None:
    """Take a revocation back. Raises NotFound."""
    get(session, partner_id).revoked_at = None


def count(session: Session, partner_id: str | None, milestone: str) -> None:
    """One more conversation of this partner (None is our own page) reached the milestone today."""
    key = {"partner_id": partner_id or OUR_OWN_PAGE, "day": today(), "milestone": milestone}
    bump = update(PartnerCount).filter_by(**key).values(times=PartnerCount.times + 1)
    if session.execute(bump.execution_options(synchronize_session=False)).rowcount:
        return
    try:
        with session.begin_nested():
            session.add(PartnerCount(**key, times=1))
    except IntegrityError:  # somebody else counted the first one of the day meanwhile
        session.execute(bump.execution_options(synchronize_session=False))


def counts(session: Session, partner_id: str | None, *, since: date | None = None) -> dict[str, int]:
    """``{"opened": 12, "talked": 9, "screened": 5, "booked": 2}`` since a day, or ever."""
    query = select(PartnerCount).where(PartnerCount.partner_id == (partner_id or OUR_OWN_PAGE))
    if since is not None:
        query = query.where(PartnerCount.day >= since)
    totals = dict.fromkeys(MILESTONES, 0)
    for row in session.execute(query).scalars():
        totals[row.milestone] += row.times
    return totals


def allows(partner: Partner, origin: str) -> bool:
    """Whether a page of ``origin`` ("https://host[:port]") may frame the widget of this partner."""
    for allowed in partner.origins:
        if allowed == origin:
            return True
        scheme, _, host = allowed.partition("://")
        if host.startswith("*.") and origin.startswith(f"{scheme}://") and origin.endswith(host[1:]):
            return True
    return False


def origin_of(given: str) -> str:
    """"https://host[:port]" of an address as people write it. Raises PartnerError for what is none, or not https."""
    advice = f"사이트 주소는 https://이름 꼴이어야 해요(경로 없이, 시험용은 http://localhost 가능). 받은 값: {given}"
    try:
        parts = urlsplit(given.strip().lower())
        port = parts.port
    except ValueError as error:
        raise PartnerError(advice) from error
    host = parts.hostname or ""
    if host and not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError as error:
            raise PartnerError(advice) from error
    local = host in ("localhost", "127.0.0.1")
    if parts.scheme not in ("https", "http") or (parts.scheme == "http" and not local) or not _HOST.match(host):
        raise PartnerError(advice)
    bare = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username)
    if not bare or ("." not in host and not local):
        raise PartnerError(advice)
    default = {"https": 443, "http": 80}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != default else "")


def readable(accent: str) -> Accent:
    """``accent`` darkened until white text on it has 4.5:1, and lightened until it has that on the dark surface."""
    wanted = _rgb(_hex(accent))
    light, dark = wanted, wanted
    while contrast(light, _WHITE) < _READABLE:
        light = _towards(light, (0, 0, 0))
    while contrast(dark, _DARK_SURFACE) < _READABLE:
        dark = _towards(dark, _WHITE)
    return Accent(_name(light), _name(dark), light != wanted)


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _new_key(session: Session, partner_id: str) -> str:
    key = f"dh_{secrets.token_urlsafe(18)}"
    session.add(PartnerKey(key=key, partner_id=partner_id))
    session.flush()
    return key


def _origins(given: Sequence[str]) -> list[str]:
    origins = [origin_of(one) for one in given if one.strip()]
    if not origins:
        raise PartnerError("위젯을 넣을 사이트 주소(origin)를 하나 이상 적어 주세요. 예: https://www.example.or.kr")
    return list(dict.fromkeys(origins))


def _text(given: str, longest: int, what: str) -> str | None:
    text = " ".join(given.split())
    if len(text) > longest:
        raise PartnerError(f"{what}은(는) {longest}자까지예요. 지금 {len(text)}자예요.")
    return text or None


def _missing(what: str) -> str:
    raise PartnerError(f"{what}이(가) 비어 있어요. 적어 주세요.")


def _hex(given: str) -> str:
    colour = given.strip().lower()
    if not _HEX.match(colour):
        raise PartnerError(f"색은 #rrggbb 꼴로 적어 주세요. 예: {DEFAULT_ACCENT}. 받은 값: {given}")
    return colour


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _name(colour: tuple[int, int, int]) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in colour)


def _towards(colour: tuple[int, int, int], end: tuple[int, int, int]) -> tuple[int, int, int]:
    def step(here: int, there: int) -> int:
        moved = round(here + (there - here) * 0.06)
        return moved if moved != here or here == there else here + (1 if there > here else -1)

    return step(colour[0], end[0]), step(colour[1], end[1]), step(colour[2], end[2])


def _luminance(colour: tuple[int, int, int]) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(channel) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
