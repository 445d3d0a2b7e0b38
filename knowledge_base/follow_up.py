"""A question that leaves out what was asked before: "그럼 단축은요?" after "육아휴직 거부하면 어떻게 돼요?".

The new subject takes the place of the old one. Questions that leave out the subject itself ("언제까지요?") need
nothing of this: ``answers.py`` answers them about what was last talked of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from knowledge_base.answer_choice import lacks_subject
from knowledge_base.aspects import asked_about
from knowledge_base.item_schema import NamesFile
from knowledge_base.items import read_item
from knowledge_base.loading import load_knowledge
from knowledge_base.morphemes import morphemes
from knowledge_base.search_items import NAMES_FILE, official_names
from knowledge_base.search_text import normalised

_ONLY_A_SUBJECT = re.compile(
    r"^(아|음|네|예|그럼|그러면|그리고|그런데|근데|혹시|또)?[\s,]*(?P<subject>[0-9가-힣·+. ]{2,14}?)"
    r"(은|는|도|의\s*경우(에는|엔|는)?|면|라면|인데|인데도)(요|여)?\s*[?.!~]*$"
)
# Somebody in particular, for whom first of all it is asked whether.
_WHO = re.compile(
    r"직$|직원|근로자|알바|사장|대표|딸|아들|가족|남편|아내|와이프|배우자|프리랜서|외국인|남자|여자|아빠|엄마|인턴|수습|신입"
)
_HOW_MUCH = re.compile(r"(총|전부|모두|한\s*달에|다\s*해서)?\s*(얼마|금액|단가).*$")
_PARTICLE = r"(을|를|이|가|은|는|도|의|에|에서|으로|로|만|이랑|랑|과|와)?"


def with_what_was_asked(text: str, before: str | None) -> str:
    """``text`` as a whole question, with what ``before`` asked; unchanged where it asks something by itself."""
    found = _ONLY_A_SUBJECT.match(text.strip())
    asked = asked_about(text)
    if not before or found is None or (asked.by == "words" and asked.aspect != "under5"):
        return text
    if lacks_subject(text) and not _WHO.search(found["subject"]):  # "아빠는요?" names somebody at least
        return text
    subject = found["subject"].strip()
    if not _is_noun(subject):
        return text  # "대체인력 뽑으면요" asks by itself
    if not _subjects().match(normalised(subject)):
        return f"{subject} {_whether(before) if _WHO.search(subject) else before}"  # "계약직은요?", "수원은요?"
    rest = _subjects().sub(" ", normalised(before), count=1).strip()
    return f"{subject} {rest}" if rest else text


def _whether(before: str) -> str:
    """``before`` as a question of whether: for somebody in particular it is not the amount that is asked first."""
    return _HOW_MUCH.sub("되나요", before) if asked_about(before).aspect == "amount" else before


def _is_noun(subject: str) -> bool:
    """Whether ``subject`` ends in a noun or a number: "쌍둥이(면요)", not "뽑으(면요)"."""
    tokens = morphemes(subject)
    return bool(tokens) and str(tokens[-1].tag).startswith(("N", "SN", "SL", "XSN"))


def names_a_subject(text: str) -> bool:
    """Whether ``text`` names a program or a right itself, officially or as people call it."""
    return _subjects().search(normalised(text)) is not None


def named_in(text: str) -> list[str]:
    """The ids of the programs and rights that ``text`` names, in its order; of one name, the first that bears it."""
    called = {name: identifier for identifier, name in reversed(list(_names()))}
    found = (called.get(re.sub(r"\s", "", match[1])) for match in _subjects().finditer(normalised(text)))
    return list(dict.fromkeys(identifier for identifier in found if identifier))


def without_names(text: str) -> str:
    """``text`` without the programs and rights that it names."""
    return _subjects().sub(" ", normalised(text))


def adds_a_case(text: str) -> bool:
    """Whether ``text`` only says for whom or where the same is asked ("계약직은요?"), so that what was asked before
    stays what the next such words are asked of."""
    found = _ONLY_A_SUBJECT.match(text.strip())
    if found is None or not _is_noun(found["subject"].strip()):
        return False
    return not _subjects().match(normalised(found["subject"].strip()))


@lru_cache(maxsize=1)
def _subjects() -> re.Pattern[str]:
    """What a question may be about: official names and what people call them, the longest first."""
    names = {name for _, name in _names()} | {"단축", "단축근무", "출산휴가", "대체인력", "업무분담"}
    packed = sorted((name for name in names if len(name) >= 2), key=len, reverse=True)
    spaced = "|".join(r"\s?".join(map(re.escape, name)) for name in packed)
    return re.compile(f"({spaced}){_PARTICLE}")


def _names() -> Iterator[tuple[str, str]]:
    """Ids of programs and rights with each name that they bear, as it is searched for: official ones first."""
    known, said = load_knowledge(), read_item(NAMES_FILE, NamesFile)
    rights_first = (*known.rights, *known.programs)
    official = ((identifier, name) for identifier in rights_first for name in official_names(identifier))
    called = {**said.rights, **said.programs}
    spoken = ((identifier, name) for identifier in rights_first for name in called.get(identifier, ()))
    for identifier, name in (*official, *spoken):
        yield identifier, normalised(name).replace(" ", "")
