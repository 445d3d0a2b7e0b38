"""API tokens: the administrator's first one, making and revoking others, and telling who a token is."""

from __future__ import annotations

import logging
import os
import secrets
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk.audit import record
from bot.desk.clock_on_wall import wall_now
from bot.desk.errors import DeskError, NotFound
from bot.desk.lead_models import ApiToken
from bot.desk.leads import Viewer
from bot.desk.sealing import data_dir, token_digest

log = logging.getLogger(__name__)

_PREFIX = "dh_"
_FIRST = "첫 관리자 토큰"
TOKEN_ROLES = ("planner", "center_lead", "administrator", "partner")


class TokenInvalid(DeskError):
    """The token's role lacks what it needs."""


def first_token(session: Session) -> Path:
    """Make sure the administrator's token lies in ``$DATA_DIR/desk-token`` (mode 0600) and give the path.

    A token already there and known is left alone; a lost or outdated file gets a new one and the old is revoked.
    """
    path = data_dir() / "desk-token"
    if path.exists() and authenticate(session, path.read_text().strip()) is not None:
        path.chmod(0o600)
        return path
    for old in session.execute(select(ApiToken).where(
            ApiToken.name == _FIRST, ApiToken.revoked_at.is_(None))).scalars():
        old.revoked_at = wall_now()
    _, token = create(session, _FIRST, role="administrator", actor="system")
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(token + "\n")
    # The file appears whole or not at all, and a reader never sees it with wider rights.
    draft.replace(path)
    log.info("Wrote the desk administrator's API token to %s", path)
    return path


def create(
    session: Session, name: str, *, role: str, actor: str, center_id: str | None = None, partner: str | None = None,
    expires_at: datetime | None = None,
) -> tuple[ApiToken, str]:
    """A new token with its secret, which is shown only now. Raises TokenInvalid for a role without its center."""
    if role not in TOKEN_ROLES:
        raise TokenInvalid(f"쓸 수 있는 역할: {', '.join(TOKEN_ROLES)}")
    if role in ("planner", "center_lead") and not center_id:
        raise TokenInvalid("이 역할에는 센터가 있어야 해요. 센터 id를 함께 적어 주세요.")
    if role == "partner" and not partner:
        raise TokenInvalid("파트너 토큰에는 파트너 id를 함께 적어 주세요.")
    if not 1 <= len(name := " ".join(name.split())) <= 80:
        raise TokenInvalid("어디에 쓰는 토큰인지 80자 안으로 적어 주세요.")
    secret = _PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(name=name, token_digest=token_digest(secret), role=role, center_id=center_id, partner=partner,
                     expires_at=expires_at)
    session.add(token)
    session.flush()
    record(session, actor, "token.created", token.id, {"role": role, "center": center_id, "partner": partner})
    return token, secret


def revoke(session: Session, token_id: str, *, actor: str) -> None:
    """Make a token useless at once. Raises NotFound."""
    token = session.get(ApiToken, token_id)
    if token is None or token.revoked_at is not None:
        raise NotFound("그런 토큰이 없거나 이미 폐기됐어요.")
    token.revoked_at = wall_now()
    record(session, actor, "token.revoked", token_id)


def everyone(session: Session) -> list[ApiToken]:
    """Every token, the newest first, revoked ones too."""
    return list(session.execute(select(ApiToken).order_by(ApiToken.created_at.desc(), ApiToken.id)).scalars())


def authenticate(session: Session, secret: str) -> Viewer | None:
    """Who a bearer token is, or None for a forged, revoked or expired one."""
    if not secret.startswith(_PREFIX):
        return None
    token: ApiToken | None = session.execute(select(ApiToken).where(
        ApiToken.token_digest == token_digest(secret), ApiToken.revoked_at.is_(None))).scalar_one_or_none()
    if token is None or (token.expires_at is not None and token.expires_at <= wall_now()):
        return None
    return Viewer(f"token:{token.name}", token.role, token.center_id, partner=token.partner)
