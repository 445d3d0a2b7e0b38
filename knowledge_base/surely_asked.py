"""Whether a message asks what the knowledge surely answers, although it was taken for something else.

People tell of their firm and ask in one breath ("여직원이 다음 달 출산인데 출산휴가 며칠"), report what an employee
asks for ("휴직을 연장해 달래요") or type two words as into a search box ("쌍둥이 출산휴가"). The shape of the message
(``question_shape.py``) and how surely the search finds an item decide together. The thresholds were chosen on
written messages of both kinds; ``tests/knowledge_base/test_surely_asked.py`` holds them and what they reached.
"""

from __future__ import annotations

import re
from typing import Literal

from knowledge_base.answer_choice import belief, lacks_subject, named_by, too_general
from knowledge_base.aspects import asked_about
from knowledge_base.may_have import asks_of_the_firm
from knowledge_base.of_the_event import asks_what_is_due
from knowledge_base.question_shape import Shape, shape_of
from knowledge_base.search import evidence, search
from knowledge_base.search_text import matters, normalised, pack

# What the message was taken for: telling facts, asking what the firm may get, asking for a visit or a call, or
# something beside the point.
TakenFor = Literal["telling", "eligibility", "visit", "contact", "unclear", "beside"]
# Per reading and shape: how surely the message is of this field, and the best item's share of belief.
_ENOUGH: dict[tuple[TakenFor, Shape], tuple[float, float]] = {
    ("telling", "question"): (0.7, 0.22),
    ("telling", "request"): (0.8, 0.45),
    ("telling", "reported"): (0.9, 0.7),
    ("telling", "look_up"): (0.9, 0.25),
    ("telling", "bare"): (0.95, 0.35),
    ("eligibility", "question"): (0.9, 0.5),
    ("visit", "question"): (0.7, 0.75),
    ("contact", "question"): (0.7, 0.75),
    ("unclear", "question"): (0.8, 0.35),
    ("unclear", "request"): (0.9, 0.5),
    ("unclear", "reported"): (0.9, 0.7),
    ("unclear", "look_up"): (0.9, 0.3),
    ("unclear", "bare"): (0.95, 0.35),
    ("beside", "question"): (0.95, 0.45),
    ("beside", "request"): (0.95, 0.6),
    ("beside", "look_up"): (0.95, 0.6),
}
_NUMBERS = ("contact", "apply")
_ASKS_PLAINLY = ("question", "look_up")
_NO_SENTENCE = ("look_up", "bare")
_PAY, _PAID = re.compile(r"월급|급여|임금"), ("월급", "임금", "급여")
_LETTERS, _FEWEST_LETTERS = re.compile(r"[가-힣]"), 4  # "29?" answers, and is not sure of it
# A request for a right that the screening itself asks about is told rather than answered.
_ENOUGH_IF_NO_QUESTION = 0.85
_ENOUGH_IF_NOT_NAMED = 0.6
# "와 주실 수 있나요" asks for the visit itself; a question about visits names what it wants to know of them.
_OF_VISITS = re.compile(
    r"상담|비용|공짜|무료|돈|토요일|일요일|주말|공휴일|저녁|야간|밤|퇴근|걸리|걸려|준비|두군데|여러군데|두곳|여러곳|지점"
)
_NAMES_VISITS = re.compile(r"방문|상담|두군데|여러군데|두곳|여러곳|지점")
_THE_VISIT_ITSELF = {"faq_078", "planner_and_industrial_complex"}
# Beside the point only what names leave, grants or hours is ours; the rest is another's trade that looks alike.
_OURS = re.compile(
    r"휴직|육휴|출산휴가|배우자휴가|난임휴가|돌봄휴가|유산휴가|육아|지원금|장려금|대체인력|유연근무|재택|단축|복직|노동청|소개받|한부모|세액공제|"
    r"이수자|감독(관|이|나오|나온|면제)|출산급여|출산지원|소상공인.{0,4}출산|우수기업|가족친화"
)


def surely_asked(text: str, taken_for: TakenFor, *, answering: bool, follows: bool = False) -> bool:
    """Whether ``text`` is to be answered before all else.

    ``answering`` is true where a question of ours is open, so that bare words are its answer; ``follows`` where an
    answer was given before, so that "언제까지요?" asks about the same.
    Raises KnowledgeError where the knowledge cannot be loaded.
    """
    shape = shape_of(text) if len(_LETTERS.findall(text)) >= _FEWEST_LETTERS else None
    if shape is None or (answering and shape in _NO_SENTENCE):
        return False
    if shape == "question" and asks_of_the_firm(text):
        return True  # "우리 4명인데 되나요?" is told yes or no before anything is asked
    if follows and shape == "question" and lacks_subject(text) and asked_about(text).by == "words":
        if taken_for == "contact" and asked_about(text).aspect in _NUMBERS:
            return False  # "전화번호 알려주세요" asks for the center's
        return taken_for != "eligibility" or not asks_what_is_due(text)
    if follows and shape == "question" and taken_for != "eligibility" and asks_what_is_due(text):
        return True
    if follows and shape == "question" and _PAY.search(pack(text)) and too_general(text, "general", besides=_PAID):
        return True  # "월급은 어떻게 해요?" of the leave told of
    enough = _ENOUGH.get((taken_for, shape))
    hits = search(text) if enough else []
    if enough is None or not hits:
        return False
    sure, share = enough
    # A whole question may find several items of one subject; a remark must find the very item.
    found = belief(hits) if shape in _ASKS_PLAINLY and taken_for not in ("visit", "contact") else hits[0].score
    if evidence(text) < sure or found < share:
        return False
    packed = pack(normalised(text))
    if shape in ("request", "reported") and not matters(text)[0]:
        return False  # "쉬겠대요" tells no reason: to answer would be to guess one
    if shape in ("request", "reported") and hits[0].kind != "question" and found < _ENOUGH_IF_NO_QUESTION:
        return False
    if shape in _NO_SENTENCE and hits[0].kind != "question" and not named_by(hits[0].id, packed):
        return found >= _ENOUGH_IF_NOT_NAMED
    if taken_for == "contact" and not _NAMES_VISITS.search(packed):
        return False
    if taken_for in ("visit", "contact"):
        return hits[0].id not in _THE_VISIT_ITSELF and _OF_VISITS.search(packed) is not None
    return taken_for != "beside" or bool((follows or _OURS.search(packed)) and not matters(text)[1])
