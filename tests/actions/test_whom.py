"""Whom to reach, told in one message: firm, person and phone each find their slot."""

from __future__ import annotations

from typing import Any

import pytest

from actions.memory import Message, read


def told(text: str, **entities: str) -> dict[str, Any]:
    found = tuple({"entity": name, "value": value, "start": text.index(value), "end": text.index(value) + len(value)}
                  for name, value in entities.items())
    return read(Message(text, "inform", found), {"requested_slot": "company_name"}, today="2026-11-23").slots


@pytest.mark.parametrize("text", ["밝은치과 윤서연 010-7777-8888", "밝은치과, 윤서연, 010-7777-8888", "010-7777-8888 윤서연 밝은치과"])
def test_a_name_beside_person_and_phone_is_the_firm_s(text: str) -> None:
    assert told(text, person_name="윤서연", phone="010-7777-8888") == {
        "company_name": "밝은치과", "contact_name": "윤서연", "contact_phone": "010-7777-8888"}


def test_a_phone_alone_names_no_firm() -> None:
    assert told("010-7777-8888", phone="010-7777-8888") == {"contact_phone": "010-7777-8888"}
