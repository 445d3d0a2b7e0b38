"""Names as people type them when asked: what of a message is the name, and what is shaped like one."""

from __future__ import annotations

import re

from knowledge_base.morphemes import morphemes

_NOUNS = {"NNG", "NNP", "NNB", "SL", "SN", "XSN"}
_NAME_ENDING = re.compile(
    r"(이라고\s*(합니다|해요|하는데요)|라고\s*(합니다|해요|하는데요)|입니다|이에요|예요|에요|이예요|이요|이여|요|임|이야|야)?[\s.!~]*$"
)
_NAME_OPENING = re.compile(
    r"^(아|네|넵|음|저는|전|제\s*이름은|이름은|성함은|담당자는|회사\s*(이름)?은|상호는|저희는|우리는)[\s,]+"
)


def plain_name(text: str) -> str | None:
    """A name as typed in answer to "what is the name?", without the sentence around it; None if it is none.

    "김민지입니다" → "김민지"; a text of several lines, with a question mark or over 40 characters is no name.
    """
    text = text.strip()
    if not text or len(text) > 40 or any(mark in text for mark in "?\n<>{}/"):
        return None
    bare = _NAME_ENDING.sub("", _NAME_OPENING.sub("", text)).strip(" .,!~")
    return bare if bare and re.search(r"[가-힣A-Za-z]", bare) else None


def is_noun(text: str) -> bool:
    """Whether a text is one word or two that end as a noun does, as names do ("밝은치과", "김민지입니다")."""
    bare = plain_name(text)
    return bare is not None and len(bare.split()) <= 2 and morphemes(bare)[-1].tag in _NOUNS
