"""What a short message is about in the talk it is said in, where its own words do not tell.

"다른 데로 보내도 돼요?" sounds like nothing of this field; said after an employee came back from leave it asks where
she may be placed. The question is searched together with the name of what is talked of and with what was said just
before. How a short question about the item answered last is understood is ``in_context.py``'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from knowledge_base.answer_choice import belief, content_words
from knowledge_base.follow_up import with_what_was_asked
from knowledge_base.in_context import meant
from knowledge_base.item_schema import Question
from knowledge_base.morphemes import morphemes
from knowledge_base.of_the_event import item_of
from knowledge_base.program_schema import Program
from knowledge_base.question_shape import shape_of
from knowledge_base.search import evidence, search
from knowledge_base.search_items import item, title_of
from knowledge_base.search_text import matters
from knowledge_base.talked_of import Talk

# Whether one may, must or had better: nobody asks that of the weather or of a bot.
_MAY_OR_MUST = re.compile(
    r"(도|면)\s*(안\s*)?(되|돼|된|될|괜찮|문제|걸리|혼나|불법|처벌)|안\s*(되|돼|줘도|해도)|"
    r"(해야|줘야|주어야|내야|써야|어야|아야|여야)\s*(하|되|돼|함|됨|만)|(줘|내|써|해)도\s*(되|돼)|문제\s*(되|돼|없|있)|가능|필요(한|해|하|없)|"
    r"(그대로|똑같이|따로|다시|또|같이|먼저)\s*[가-힣]{0,4}\s*(인가|이에요|예요|죠|나요|줘|주|받)|"
    r"(거|것|일|건)(은|는|이)?\s*아니(죠|지요|에요|예요|겠죠)|안\s*되(죠|지요|나)|누가\s*[가-힣]{1,6}\s*(줘|주|내|하)"
)
# How sure a question must be by itself, and together with what is talked of.
_SURE_ALONE, _SHARE_ALONE, _SHARE_TOGETHER, _SHARE_READY = 0.85, 0.22, 0.3, 0.2
_FIRST_FEW = 3
_FEWEST_LETTERS = 6  # of a sentence
_VISIT, _SHARE_OF_VISITS = "플래너 방문 상담", 0.6
_LEAVES = re.compile(
    r"그만\s*(둔|두|뒀|둘)|관두|관둔|나간(대|다)|나가(는\s*거|겠|려|신대)|퇴사|사직|자발적"
)
# "그거 말고 대체인력이요", "그건 됐고요 기한은요": what is said before is put aside.
_TURNS = re.compile(
    r"^(아니|아|음|네|그게\s*아니라|아까)?[\s,]*(아까\s*)?(말한\s*)?(이|그|저)(거|것|건|게|걸)?\s*(얘기|이야기)?\s*"
    r"(말고|말구|됐고|됐구|알겠고|아니고|아니라)요?[\s,]+(?P<rest>.{2,})$"
)
_POLITE = re.compile(r"\s*(이요|이여|요|여|쪽이요|쪽은요|쪽|알려\s*(줘|주세요|줄래요)|얘기|이야기)+[.~!]*$")
_GOES_AHEAD = re.compile(
    r"다른\s*(거|것|걸|질문|얘기|이야기)\s*(좀|하나|도|를)?\s*(물어|여쭤|여쭐|질문|할게|해\s*볼)|뭐\s*(좀|하나)\s*(물어|여쭤)"
)
_FIRM_GETS = re.compile(r"회사(가|에서|쪽에서)?\s*받|사업주(가)?\s*받|우리(가)?\s*받")
_WHO_LEFT = "휴직 뒤 스스로 그만두면 남은 지원금"
_OF_THE_LEAVE = {"parental_leave", "return_from_leave"}
_LEAVE_NAMED = re.compile(r"육아휴직|휴직|복직|복귀")


def asked_in_talk(
    text: str, talk: Talk, as_of: date, *, of_visits: bool = False, known_other: bool = False
) -> str | None:
    """The whole question that ``text`` asks in this talk; None where nothing of it is asked.

    ``of_visits`` is true while a visit is being arranged, of which it may ask too; ``known_other`` where it was
    taken for another office's matter, so that its own words are no sign.
    Raises KnowledgeError where the knowledge cannot be loaded.
    """
    known = bool(talk.about or talk.event.type or of_visits or matters(talk.before)[0])
    if shape_of(text) not in ("question", "request") or matters(text)[1] or not known:
        return None
    if of_visits and not talk.about:
        hits = search(f"{_VISIT} {text}")
        if hits and hits[0].score >= _SHARE_OF_VISITS:
            return f"{_VISIT} {text}"
    if meant(text, talk, as_of) is not None:
        return text
    if not known_other and evidence(text) >= _SURE_ALONE and belief(search(text)) >= _SHARE_ALONE:
        return text
    if not may_or_must(text):
        return None
    return with_the_talk(text, talk) or next(iter(_behind_what(text, talk)), None)


def turned_to(text: str, before: str | None) -> str | None:
    """The question left where what was said is put aside: "그거 말고 대체인력이요" after an amount was asked."""
    found = _TURNS.match(text.strip())
    if found is None:
        return None
    rest = found["rest"].strip()
    if shape_of(rest) in ("question", "request"):
        return rest
    subject = _POLITE.sub("", rest)
    whole = with_what_was_asked(f"{subject}은요", before)
    return whole if whole != f"{subject}은요" else subject


def of_the_firms_money(text: str, talk: Talk) -> str | None:
    """What a firm gets by the grant just spoken of, for who puts right that this was meant: "아니 회사가 받는 거"."""
    grant = item(talk.about or "")
    meant_so = _FIRM_GETS.search(text) and shape_of(text) != "question"
    return f"{title_of(talk.about or '')} 금액" if meant_so and isinstance(grant, Program) else None


def goes_ahead(text: str) -> bool:
    """Whether ``text`` only says that a question comes: "다른 거 물어볼게요"."""
    return _GOES_AHEAD.search(text) is not None and matters(text)[0] == 0


def may_or_must(text: str) -> bool:
    """Whether ``text`` asks what an employer may or must do."""
    return _MAY_OR_MUST.search(text) is not None


def with_the_talk(text: str, talk: Talk) -> str | None:
    """``text`` behind what is talked of, where that finds an answer; None where nothing does."""
    return _best(_behind_what(text, talk))


def _best(wholes: Sequence[str]) -> str | None:
    """The whole question that finds an answer most surely; None where none does."""
    found = [(belief(hits), hits[0], whole) for whole in wholes if (hits := search(whole))]
    for share, hit, whole in sorted(found, key=lambda one: -one[0]):
        ready = isinstance(item(hit.id), Question) and hit.score >= _SHARE_READY
        if share >= _SHARE_TOGETHER or ready:
            return whole
    return None


def told_of_leaving(text: str, talk: Talk) -> str | None:
    """The question that somebody has who tells that an employee on leave, or just back, leaves for good."""
    if _LEAVES.search(text) is None or shape_of(text) == "question":
        return None
    of_leave = talk.event.type in _OF_THE_LEAVE or _LEAVE_NAMED.search(f"{talk.before} {text}")
    return _WHO_LEFT if of_leave else None


def _behind_what(text: str, talk: Talk) -> list[str]:
    """``text`` behind the name of what is talked of, the employee's event, and what was told."""
    names = (title_of(identifier) for identifier in (talk.about, item_of(talk.event)) if identifier)
    told = [talk.before] if matters(talk.before)[0] else []
    return [f"{before} {text}" for before in dict.fromkeys([*filter(None, names), *told])]


def is_told(text: str) -> bool:
    """Whether ``text`` is a whole sentence that asks nothing: "회사가 자른 게 아니고요"."""
    letters, tokens = sum(char.isalpha() for char in text), morphemes(text)
    last = next((str(token.tag) for token in reversed(tokens) if token.tag not in ("JX", "SF")), "")
    told = shape_of(text) in (None, "reported") and (last.startswith("E") or last == "MAG")
    return told and letters >= _FEWEST_LETTERS


def names_what(text: str) -> tuple[str, ...]:
    """The nouns by which ``text`` names what it asks of, beside words of asking."""
    nouns = {token.form for token in morphemes(text) if token.tag in ("NNG", "NNP", "SL")}
    return tuple(word for word in content_words(text) if word in nouns)


def other_readings(text: str, talk: Talk, *, besides: Sequence[str]) -> list[str]:
    """``text`` with the names of the items that it may be about in this talk, without those of ``besides``."""
    found: list[str] = []
    for whole in (text, *_behind_what(text, talk)):
        for hit in search(whole)[:_FIRST_FEW]:
            if hit.id not in besides and hit.score >= _SHARE_READY and any(
                word in _all_of(hit.id) for word in names_what(text)
            ):
                found.append(f"{title_of(hit.id)} {text}")
    return list(dict.fromkeys(found))


def _all_of(identifier: str) -> str:
    """All that an item holds, as one text."""
    return repr(item(identifier))
