"""What must hold of every conversation, whatever went wrong while it was held."""

from __future__ import annotations

from collections import Counter

from tests.stack import Person


def check_transcript(person: Person) -> None:
    """Each message stands there once, in order, with its own answers right behind it, each once."""
    lines = person.look()["messages"]
    said = [line["text"] for line in lines if line["from"] == "person"]
    assert [text for text in said if text in person.said] == person.said
    ids = Counter(line["id"] for line in lines)
    assert ids.most_common(1)[0][1] == 1
    positions = [int(line["id"].split(".")[0]) for line in lines]
    assert positions == sorted(positions)
    answered = {line["id"].split(".")[0] for line in lines if line["from"] == "bot" and not line["id"].endswith("wait")}
    assert answered == {str(number) for number in range(max(positions) + 1)}
