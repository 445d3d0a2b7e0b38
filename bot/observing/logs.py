"""Log lines of every process: JSON with ``LOG_FORMAT=json``, else readable in a terminal; contact data is masked.

Standard ``logging`` stays the way to log. Of what Rasa logs in its own structure only the event and where it failed
are kept: the rest can hold what people said.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from bot.desk.masking import mask_text

_OWN_FIELDS = ("at", "level", "process", "logger", "event", "request", "conversation", "exception")


class LogFormatError(ValueError):
    """LOG_FORMAT is neither json nor text."""


def configure(process: str, level: int = logging.INFO) -> None:
    """Send everything this process logs to stderr, one line an event. Raises LogFormatError."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(process))
    logging.basicConfig(level=level, handlers=[handler], force=True)


def formatter(process: str = "rasa") -> logging.Formatter:
    """The formatter of ``LOG_FORMAT`` for a process of that name; also named in ``logging_rasa.yml``."""
    chosen = os.environ.get("LOG_FORMAT", "").strip().lower() or "text"
    if chosen not in ("json", "text"):
        raise LogFormatError(f"LOG_FORMAT={chosen!r}: json이나 text로 적어 주세요.")

    def name_process(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        return {**event, "process": process}

    shown = structlog.processors.JSONRenderer(ensure_ascii=False) if chosen == "json" else _line
    return structlog.stdlib.ProcessorFormatter(processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        name_process,
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        _unwrap,
        _mask,
        shown,
    ])


def _unwrap(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Rasa hands on its structured events as JSON text: take the name of the event and the error out of it."""
    try:
        told = json.loads(str(event["event"])) if str(event["event"]).startswith("{") else None
    except ValueError:
        told = None
    if not isinstance(told, dict) or "event" not in told:
        return event
    names = " ".join(str(told[name]) for name in ("event", "event_info") if told.get(name))
    failed = [f"{one.get('exc_type')}: {one.get('exc_value')}" for one in told.get("exception") or []
              if isinstance(one, dict)]
    return {**event, "event": names, **({"exception": "\n".join(failed)} if failed else {})}


def _mask(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {name: mask_text(str(event[name])) for name in _OWN_FIELDS if event.get(name)}


def _line(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> str:
    known = [str(event.get(name, "")) for name in ("at", "level", "process", "logger", "event")]
    more = [f"{name}={event[name]}" for name in ("request", "conversation") if name in event]
    line = "{} {:8} {} {}: {}".format(*known) + (f"  [{' '.join(more)}]" if more else "")
    return f"{line}\n{event['exception']}" if "exception" in event else line
