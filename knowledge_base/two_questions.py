"""Two questions in one message ("얼마고 언제까지 신청해요?"): where the one ends and the other begins.

Answering each is in ``answers.py``; what either asks about is in ``aspects.py``.
"""

from __future__ import annotations

import re

from knowledge_base.aspects import asked_about
from knowledge_base.search_text import pack

# Where a question is joined to the next: a connecting ending before a space, or the first question's own mark.
_JOINT = re.compile(r"(?<=[가-힣])(?:이고|하고|고|이며|며|구요|고요|인지|랑),?\s+|\s*[?!]+\s*|\s*,\s*|\s+그리고\s+")
_SHORTEST = 3  # letters; less is no question of its own


def two_questions(text: str) -> tuple[str, str] | None:
    """The two questions of ``text`` where they ask about different aspects in plain words; None for one question."""
    for joint in _JOINT.finditer(text):
        first, second = text[: joint.start()].strip(), text[joint.end():].strip()
        if min(len(pack(first)), len(pack(second))) < _SHORTEST:
            continue
        asked = [asked_about(part) for part in (first, second)]
        if all(one.by == "words" for one in asked) and asked[0].aspect != asked[1].aspect:
            return first, second
    return None
