"""Which item answers a question: the one found first, or the program or right that is meant by its name.

Ranking is in ``search.py``; this only weighs what was asked against what was found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from knowledge_base.asked_date import AskedDate
from knowledge_base.aspects import Aspect, asked_about
from knowledge_base.item_schema import Question, Right
from knowledge_base.loading import load_knowledge
from knowledge_base.search import Hit, index
from knowledge_base.search_items import item, official_names
from knowledge_base.search_text import normalised, pack, words

_NO_SUBJECT = re.compile(
    r"^(그럼|그러면|그건|그거|그게|그것|이건|이거|이게|거기|근데|그런데|혹시|저희|우리|회사|도|은|는|이|가|요|언제|까지|부터|얼마|나|"
    r"얼마나|어떻게|신청|방법|하|되|돼|서류|뭐|무엇|필요|기한|기간|조건|대상|자격|금액|며칠|몇일|몇번|번|회|횟수|몇개월|몇달|몇|월|년|일|내년|작년|올해|누가|돈|"
    r"벌금|과태료|처벌|거부|안|못|주|줘|받|알|알려|말|좀|더|자세히|자세하|설명|법|근거|전화|전화번호|번호|어디|중복|같이|함께|명|인|미만|"
    r"이상|있|없|수|것|거|때|가능|들|내|나오|쓰|5인|다른|지급|시기|해당|지원|또|다시|어떡하|그렇|정확히|진짜|정말|왜|최대|최소|총|전부|다|"
    r"한|입금|제출|준비|양식|신청서|동안|들어오|둘|거절|반려|남자|여자|남성|여성|아빠|엄마|들어가|물어보|문의|연락처|통장|일시금|한번에|"
    r"나눠|나누|서|쪼개|쓰|써|사용|안해주|해주|그만|이거|그대로|똑같이|온라인|고용24|홈페이지|접수|처|곳|늦|지나|놓치|유급|무급|연장|의무|무조건|꼭|하루|달|개월|주일|시|날|\d[\d,]*%?)$"
)
_KINDS = frozenset({"지원금", "장려금", "급여", "휴가", "휴직", "제도", "혜택", "지원", "돈"})
# Words of time and of people that stand for what was spoken of.
_NAMES_NOTHING = frozenset({"계속", "사람", "그때", "지금", "그동안", "전", "후", "뒤", "중", "경우", "정도",
                           "이번", "아니"})
# What a program answers better than a ready question, where it is named; and a right likewise.
_OF_PROGRAMS = ("amount", "documents", "apply", "deadline", "payment", "combination", "who_pays", "law")
_OF_RULES = ("penalty", "refusal", "duration", "eligibility", "under5", "law")
_OF_RIGHTS = ("amount", "law")
_OF_MONEY = ("급여", "지원금", "단축근무", "기간과 분할", "출산·유산", "배우자·돌봄")
# A question that says more than a name is met with the ready question that says the same, unless the item named is
# this many times as likely; these aspects a program or a right tells best by itself.
_MORE_LIKELY = {"right": 3.3, "program": 1.25}
_TOLD_BEST_BY_ITSELF = ("amount", "documents", "apply", "law", "combination", "contact", "under5", "who_pays")
_HARDLY_ANYTHING_ELSE = 0.85  # "부정수급 신고하면" is of one question only
_PAPERS = ("apply", "documents", "contact", "deadline")
_OF_QUESTIONS = ("payment", "penalty", "who_pays")
_OF_FOLLOW_UPS = ("documents", "apply", "deadline", "payment", "combination", "amount", "eligibility")
PENALTIES = "penalty_table"
# The firm is reported; "휴직 신고" to 근로복지공단 is another thing.
_REPORTED = re.compile(r"신고(를)?(당|하면|한다|한대|하겠|들어|했)|고발|진정(을|서|넣|들어)")
MATERNITY, FATHERS = "maternity_leave", "spouse_childbirth_leave"
_OF_A_MAN = re.compile(r"남(자|직원|성|편)|아빠|(배우자|아내).{0,3}출산휴가")
# "안 줘도 된다던데 맞아요?" must not be met with the "네" of the question whether it must be given.
_DENIED = re.compile(r"안(줘도|해도|지켜도|해줘도)")
_NAMED_IN_FULL = 7  # "대체인력지원금" has seven syllables
_GRANT = re.compile(r"지원금|장려금|공제|지원(되|돼|해|받|이나|도)")


def lacks_subject(text: str) -> bool:
    """Whether a question names nothing to ask about, like "서류는요?" or "2027년에는?"."""
    return all(_NO_SUBJECT.match(form) for form in words(text).exact)


def content_words(text: str, besides: Collection[str] = ()) -> tuple[str, ...]:
    """What a question names beside words of asking, kinds of support and ``besides``: its own words."""
    return tuple(form for form in words(text).exact if not _NO_SUBJECT.match(form)
                 and form not in _KINDS and form not in _NAMES_NOTHING and form not in besides)


def too_general(text: str, aspect: Aspect, *, besides: Sequence[str] = ()) -> bool:
    """Whether a question names nothing of its own but "지원금" or "휴가" (or one of ``besides``), so that answering
    from one item would be guessing."""
    if lacks_subject(text):
        return True
    return aspect in ("general", "definition", "amount", "eligibility") and all(
        _NO_SUBJECT.match(form) or form in _KINDS or form in besides for form in words(text).exact
    )


def belief(hits: Sequence[Hit]) -> float:
    """The share of belief in the first item, with that in others about the same program or right."""
    subject = _subject(hits[0].id)
    return hits[0].score + sum(hit.score for hit in hits[1:] if subject & _subject(hit.id))


def _subject(identifier: str) -> set[str]:
    """The programs and rights that an item is about: itself, or what a ready question names."""
    found = item(identifier)
    return {*found.related_programs, *found.related_rights} if isinstance(found, Question) else {identifier}


def best(text: str, hits: Sequence[Hit], aspect: Aspect, dated: AskedDate | None) -> str:
    """The id to answer from.

    An item called by its official name goes before one that is not; a program goes before all else where grants are
    asked to be combined; a penalty is told of the right itself rather than of the table of all penalties.
    """
    first = hits[0]
    packed = pack(normalised(text))
    named = {hit.id: length for hit in hits if (length := named_by(hit.id, packed))}
    if aspect == "combination" or (first.kind == "right" and _GRANT.search(packed) and aspect == "eligibility"):
        programs = [hit for hit in hits if hit.kind == "program" and hit.score * 4 > first.score]
        if programs and (_GRANT.search(packed) or (aspect == "combination" and "받" in packed)):
            return programs[0].id
    if first.kind == "question" and _GRANT.search(packed) and (granted := _grant_behind(first, hits, named)):
        return granted
    if aspect == "penalty" and _REPORTED.search(packed) and first.score < _HARDLY_ANYTHING_ELSE:
        return right_called(packed) or PENALTIES
    if first.id == PENALTIES and aspect == "penalty":
        rights = [hit for hit in hits[1:] if hit.kind == "right" and hit.id in named]
        return max(rights, key=lambda hit: named[hit.id]).id if rights else right_called(packed) or first.id
    if ready := narrower(text, hits, aspect):
        return ready
    called = right_called(packed) if aspect in _OF_RULES else None
    if first.id == MATERNITY and called == FATHERS:
        return FATHERS
    if aspect == "under5" and called and (_DENIED.search(packed) or _does_not_say(first, called)):
        return called
    if first.kind == "right" and aspect in _PAPERS and (told := _told_by_a_question(first, hits)):
        return told
    found = {hit.id for hit in hits}
    if first.kind == "right" and first.id not in named and first.score < 0.7 and called in found and called:
        return called
    if first.kind == "question" and aspect in _OF_QUESTIONS and (asks_the_same := _of_aspect(hits[:3], aspect)):
        return asks_the_same
    if first.kind == "question":
        return _behind(first, hits, aspect, dated, named)
    if first.kind == "program":  # what a firm is paid is never answered from the right that it is paid for
        named = {hit.id: named[hit.id] for hit in hits if hit.kind == "program" and hit.id in named}
    chosen = first.id
    if first.id not in named and first.score < 0.7 and named and aspect != "general":
        longest = max(named, key=lambda identifier: named[identifier])
        if next(hit for hit in hits if hit.id == longest).score * 6 > first.score:
            chosen = longest
    if aspect == "amount" and first.kind == "right" and not _tells_money(chosen):
        paying = (hit.id for hit in hits[:3] if hit.kind == "program" or _tells_money(hit.id))
        return next(paying, chosen)
    return chosen


def narrower(text: str, hits: Sequence[Hit], aspect: Aspect) -> str | None:
    """The ready question about the program or right found first, where ``text`` names something besides it and the
    question is nearly as likely: "배우자 출산휴가를 반차로 써도 되나요" asks for more than what the leave is."""
    first = hits[0]
    if first.kind not in _MORE_LIKELY or aspect in _TOLD_BEST_BY_ITSELF:
        return None
    names = {form for name in official_names(first.id) for form in words(name).exact}
    besides = set(content_words(text, names))
    near = [hit for hit in hits[1:] if hit.kind == "question" and first.id in _subject(hit.id)
            and hit.score * _MORE_LIKELY[first.kind] >= first.score and besides & _words_of(hit.id)]
    return max(near, key=lambda hit: (len(besides & _words_of(hit.id)), hit.score)).id if near else None


@lru_cache(maxsize=512)
def _words_of(question: str) -> frozenset[str]:
    """The words in which a ready question is asked."""
    found = index().items[index().position(question)]
    return frozenset(form for phrase in (found.title, *found.names) for form in words(phrase).exact)


def _told_by_a_question(first: Hit, hits: Sequence[Hit]) -> str | None:
    """The next ready question where ``first`` is a right of which no way to apply is known; None for none near."""
    right = item(first.id)
    if not isinstance(right, Right) or right.how_to_apply:
        return None
    return next((hit.id for hit in hits[1:3] if hit.kind == "question" and hit.score * 2 > first.score), None)


def _of_aspect(hits: Sequence[Hit], aspect: Aspect) -> str | None:
    """The next ready question that asks for ``aspect`` itself where the first one asks for something else."""
    asked = [hit for hit in hits if isinstance(found := item(hit.id), Question)
             and asked_about(found.question).aspect == aspect]
    return asked[0].id if asked and asked[0] is not hits[0] and asked[0].score * 3 > hits[0].score else None


def _tells_money(identifier: str) -> bool:
    """Whether an item is a right with amounts of 원 (or penalties), so that "얼마" can be answered from it."""
    found = item(identifier)
    return isinstance(found, Right) and any(row.is_money for row in found.pay)


def _does_not_say(first: Hit, right: str) -> bool:
    """Whether ``first`` lists what does not hold in firms of fewer than five, while ``right`` holds there."""
    question, called = item(first.id), load_knowledge().rights[right]
    return isinstance(question, Question) and question.under5 is False and called.under5.applies is True


def _grant_behind(first: Hit, hits: Sequence[Hit], named: dict[str, int]) -> str | None:
    """Where a grant is asked for and a ready question of something else came first: the grant called by its whole
    name, or the grant that the question names, or the next question about grants; None where there is none near."""
    question = item(first.id)
    if not isinstance(question, Question) or question.category == "지원금" or _GRANT.search(pack(question.question)):
        return None
    grants = [hit.id for hit in hits if hit.kind == "program" and named.get(hit.id, 0) >= _NAMED_IN_FULL]
    if grants and not question.related_programs:
        return max(grants, key=lambda identifier: named[identifier])
    for hit in hits[1:3]:
        other = item(hit.id)
        about = isinstance(other, Question) and other.related_programs and not question.related_programs
        if hit.score * 4 > first.score and (hit.id in question.related_programs or about):
            return hit.id
    return None


def _behind(first: Hit, hits: Sequence[Hit], aspect: Aspect, dated: AskedDate | None, named: dict[str, int]) -> str:
    """The named program or right behind a ready question that came first, or the question itself."""
    for hit in hits[1:3]:
        fitting = _OF_PROGRAMS if hit.kind == "program" else _OF_RIGHTS if hit.kind == "right" else ()
        if aspect == "amount" and hit.kind == "right" and not _tells_money(hit.id):
            continue
        whole = named.get(hit.id, 0) >= _NAMED_IN_FULL
        if hit.id in named and aspect in fitting and (whole or hit.score * 3 > first.score):
            return hit.id
    return answering(first.id, aspect, dated, among=[hit.id for hit in hits[:4]])


def answering(identifier: str, aspect: Aspect, dated: AskedDate | None, among: Sequence[str] | None = None) -> str:
    """The item that answers ``aspect`` for ``identifier``: itself, or what a ready question is about.

    ``among`` are the ids found besides; without it (a follow-up) the item behind the question answers paperwork.
    """
    found = item(identifier)
    if isinstance(found, Right) and aspect == "who_pays" and among is None:
        return _told_of(identifier, aspect) or identifier
    if not isinstance(found, Question):
        return identifier
    own = asked_about(found.question).aspect
    if aspect in ("under5", "penalty") and among is None and found.related_rights and own != aspect:
        return found.related_rights[0]
    related = [*found.related_programs, *found.related_rights]
    if not related or (own == aspect and aspect != "amount" and dated is None):
        return identifier
    who = found.category == "대체인력" and own == "eligibility"  # who is paid for, when how much is asked
    if aspect == "amount" and len(found.related_programs) == 1 and (found.category == "지원금" or who):
        return found.related_programs[0]
    if dated is not None and aspect in ("amount", "duration") and len(related) <= 2 and found.category in _OF_MONEY:
        return found.related_rights[0] if found.related_rights else related[0]
    return related[0] if among is None and aspect in _OF_FOLLOW_UPS else identifier


def _told_of(right: str, aspect: Aspect) -> str | None:
    """The ready question that asks for ``aspect`` of this right first of all; None where there is none."""
    about = (question for question in load_knowledge().questions.values() if question.related_rights[:1] == (right,))
    return next((question.id for question in about if asked_about(question.question).aspect == aspect), None)


def named_by(identifier: str, packed: str) -> int:
    """How long the longest official name of an item standing in ``packed`` is; 0 where none of 4 syllables does."""
    names = (pack(normalised(name)) for name in official_names(identifier))
    lengths = (len(name) for name in names if name in packed)
    longest = max(lengths, default=0)
    return longest if longest >= 4 else 0


def right_called(packed: str) -> str | None:
    """The right called by the longest official name in ``packed``, whether search found it or not; None for none."""

    lengths = {identifier: named_by(identifier, packed) for identifier in load_knowledge().rights}
    longest = max(lengths, key=lambda identifier: lengths[identifier])
    if longest == MATERNITY and _OF_A_MAN.search(packed):
        return FATHERS  # a man's "출산휴가" is the leave at his wife's birth
    return longest if lengths[longest] else None
