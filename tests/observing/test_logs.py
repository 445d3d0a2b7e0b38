"""Log lines: JSON for machines, readable for people, with the id of the request and without anybody's data."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from bot.observing import logs, request_ids


def line(text: str, *arguments: object, exc_info: object = None) -> str:
    record = logging.LogRecord("bot.web.talk", logging.WARNING, __file__, 1, text, arguments, exc_info)  # type: ignore[arg-type]
    return logs.formatter("web").format(record)


@pytest.fixture
def as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_FORMAT", "json")


@pytest.mark.usefixtures("as_json")
def test_json_line_says_when_who_what_and_for_which_request() -> None:
    with request_ids.bound("0" * 32, conversation="c-1"):
        told = json.loads(line("a message has to wait: %s", "Rasa answered 503"))
    assert told.pop("at").endswith("Z")
    assert told == {"level": "warning", "process": "web", "logger": "bot.web.talk", "request": "0" * 32, "conversation": "c-1",
                    "event": "a message has to wait: Rasa answered 503"}


@pytest.mark.usefixtures("as_json")
def test_contact_data_is_masked_in_text_and_traceback() -> None:
    try:
        raise ValueError("전화 010-1234-5678")
    except ValueError:
        told = line("메일 hana@firm.kr 주민번호 900101-2345678", exc_info=sys.exc_info())
    assert "ValueError" in told
    for secret in ("1234-5678", "hana@", "2345678"):
        assert secret not in told


@pytest.mark.usefixtures("as_json")
def test_of_rasas_structured_events_only_the_event_and_the_error_are_kept() -> None:
    rasas = {"event": "pika.events.publish.failed", "event_info": "Logging a reduced version", "rasa_event": {"text": "저는 김하나예요"},
             "exception": [{"exc_type": "OSError", "exc_value": "gone", "frames": [{"locals": {"text": "저는 김하나예요"}}]}]}
    told = json.loads(line(json.dumps(rasas).replace("%", "%%")))
    assert told["event"] == "pika.events.publish.failed Logging a reduced version"
    assert told["exception"] == "OSError: gone"
    assert "김하나" not in json.dumps(told, ensure_ascii=False)


def test_text_line_is_one_readable_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOG_FORMAT", raising=False)
    with request_ids.bound("ab"):
        told = line("ready")
    assert told.endswith("warning  web bot.web.talk: ready  [request=ab]")


def test_unknown_format_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(logs.LogFormatError, match="LOG_FORMAT"):
        logs.formatter()


@pytest.mark.parametrize(("told", "taken"), [
    ("0b6f3a52-6d0e-4c39-9d4e-0a9f7e1d2c3b", True), ("0b6f3a526d0e4c399d4e0a9f7e1d2c3b", True), ("010-1234-5678", False),
    ("m1\nlevel=error", False), ("", False), (None, False)])
def test_only_a_uuid_is_taken_over_as_request_id(told: str | None, taken: bool) -> None:
    assert (request_ids.usable(told) is not None) is taken
