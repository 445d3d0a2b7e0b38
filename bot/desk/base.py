"""What every table of the desk is built on: the declarative base and the column types for times and sealed text."""

from __future__ import annotations

import uuid
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import JSON, DateTime, MetaData, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeMeta, registry
from sqlalchemy.types import TypeDecorator

from bot.desk import sealing
from knowledge_base.clock import KST

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s", "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
_registry = registry(metadata=MetaData(naming_convention=_NAMES))


class Base(metaclass=DeclarativeMeta):
    """The one base of all tables in this database; modules that add tables derive from it."""

    __abstract__ = True
    registry = _registry
    metadata = _registry.metadata
    __init__ = _registry.constructor


class KoreanTime(TypeDecorator):
    """A moment: stored in UTC, given back aware in KST. A naive datetime is refused, not guessed."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """UTC for the database; SQLite keeps no zone, so it gets the bare UTC time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"시간대가 없는 시각은 저장하지 않습니다: {value!r}")
        moment = value.astimezone(timezone.utc)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """KST from what the database holds."""
        if value is None:
            return None
        return (value if value.tzinfo else value.replace(tzinfo=timezone.utc)).astimezone(KST)


class Sealed(TypeDecorator):
    """Text that is encrypted in the database and plain in Python."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """The sealed text."""
        return None if value is None else sealing.seal(value)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        """The plain text."""
        return None if value is None else sealing.unseal(value)


# none_as_null: an absent document is SQL NULL, never the JSON word null.
Document = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def new_id() -> str:
    """A random id of 122 bits for a row that outside systems may name."""
    return str(uuid.uuid4())
