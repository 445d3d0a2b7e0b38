"""A question that leaves out what was asked before: "그럼 단축은요?" after "육아휴직 거부하면 어떻게 돼요?".

The new subject takes the place of the old one. Questions that leave out the subject itself ("언제까지요?") need
nothing of this: ``answers.py`` answers them about what was last talked of.
"""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge_base.answer_choice import lacks_subject
from knowledge_base.aspects import asked_about
from knowledge_base.item_schema import NamesFile
from knowledge_base.items import read_item
from knowledge_base.loading import load_knowledge
from knowledge_base.search_items import NAMES_FILE, official_names
from knowledge_base.search_text import normalised

_ONLY_A_SUBJECT = re.compile(
    r"^(아|음|네|예|그럼|그러면|그리고|그런데|근데|혹시|또)?[\s,]*(?P<subject>[0-9가-힣·+. ]{2,14}?)"
    r"(은|는|도|의\s*경우(에는|엔|는)?|면|라면)(요|여)?\s*[?.!~]*$"
)
_PARTICLE = r"(을|를|이|가|은|는|도|의|에|에서|으로|로|만|이랑|랑|과|와)?"


def with_what_was_asked(text: str, before: str | None) -> str:
    """``text`` as a whole question, with what ``before`` asked; unchanged where it asks something by itself."""
    found = _ONLY_A_SUBJECT.match(text.strip())
    asked = asked_about(text)
    if not before or found is None or lacks_subject(text) or (asked.by == "words" and asked.aspect != "under5"):
        return text
    subject = found["subject"].strip()
    if not _subjects().match(normalised(subject)):
        return f"{subject} {before}"  # who or where, not what: "계약직은요?", "수원은요?"
    rest = _subjects().sub(" ", normalised(before), count=1).strip()
    return f"{subject} {rest}" if rest else text


@lru_cache(maxsize=1)
def _subjects() -> re.Pattern[str]:
    """What a question may be about: official names and what people call them, the longest first."""
    known, said = load_knowledge(), read_item(NAMES_FILE, NamesFile)
    names = {name for identifier in (*known.programs, *known.rights) for name in official_names(identifier)}
    names |= {name for called in (*said.programs.values(), *said.rights.values()) for name in called}
    names |= {"단축", "단축근무", "출산휴가", "대체인력", "업무분담"}
    packed = sorted({normalised(name).replace(" ", "") for name in names if len(name) >= 2}, key=len, reverse=True)
    spaced = "|".join(r"\s?".join(map(re.escape, name)) for name in packed)
    return re.compile(f"({spaced}){_PARTICLE}")
