"""Whether it is too late to claim: asked so ("작년 11월에 시작했는데 늦었나요"), and said first of a deadline.

The deadlines themselves are the programs' (``deadlines.py``).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from knowledge_base.answer_choice import too_general
from knowledge_base.asked_date import asked_date
from knowledge_base.deadlines import dues
from knowledge_base.program_schema import Program
from knowledge_base.search_text import normalised, pack
from knowledge_base.situation import Situation, add_months

_LATE = re.compile(
    r"늦(었|은|지|나|을|는)|지났|지난(건|거|일|뒤|후)|넘었|끝났는데|끝난(지|거|건)|지금이라도|이제라도|이제와서|아직(도)?(신청|되|돼|가능|받)|"
    r"(이미|벌써).{0,8}(되|돼|신청|가능|받)|소급"
)
_ASKS = re.compile(r"나요|나\?|까|돼|되|죠|지요|건가|은가|가능|\?|받을수")
# "4개월 지났으면 못 쓰죠" asks of the leave itself, not of a claim for it.
_OF_USING = re.compile(r"(못|안)?(쓰|써|쓸)(죠|지요|나|는|면|도|수|요)|못(쓰|써)")
_CLAIMS = re.compile(r"신청|받|지원|급여|청구|소급|접수|돈")
# What is said of the leave besides: its beginning and end.
_BESIDES = (
    "시작", "끝", "끝나", "늦", "지나", "이미", "벌써", "아직", "지금", "이제", "신청", "휴직", "휴가", "단축",
    "들어가", "가", "쓰", "쉬", "복직", "복귀", "직원", "년", "월", "개월", "전", "후", "뒤", "소급", "라도", "넘",
    "와서", "오", "너무", "지원금", "작년", "재작년", "올해",
    "초", "말", "봄", "여름", "가을", "겨울", "중", "지", "종료",
    "한", "두", "세", "석", "네", "넉", "달", "데", "반년", "육아", "육아휴직", "출산휴가", "출산", "직원분",
)
_ENDED = re.compile(r"끝|종료|복직|복귀")
_BEGAN = re.compile(r"시작|들어갔|들어간|갔|부터")
_IN_TIME, _TOO_LATE = "아직 늦지 않았어요.", "늦었어요. 신청 기한이 지났어요."
_HANGS = "언제 끝났는지에 따라 달라요."
_PARTLY = "휴직 중에 받는 몫은 기한이 지났지만, 나머지 50%는 아직 신청할 수 있어요."
_SHORTEST = 1  # months; no grant is paid for a shorter leave


def asks_whether_late(text: str) -> bool:
    """Whether ``text`` asks if it is too late to claim, naming no grant of its own."""
    packed = pack(normalised(text)) + ("?" if "?" in text else "")
    if not _LATE.search(packed) or not _ASKS.search(packed):
        return False
    if _OF_USING.search(packed) and not _CLAIMS.search(packed):
        return False
    return too_general(text, "general", besides=_BESIDES)


def whether_late(program: Program, situation: Situation, today: date, text: str = "") -> str | None:
    """Whether on ``today`` the last day to claim has passed, in a sentence; None where nothing of the event tells it.

    ``text`` may say itself when the leave was over: "작년 3월에 끝났는데 받을 수 있나요".
    """
    claims = [due for due in dues(program, situation) if due.deadline.kind == "apply_by" and due.deadline.rule]
    rules = [(due, due.deadline.rule) for due in claims if due.deadline.rule]
    first = next(((due, rule) for due, rule in rules if rule.anchor == "event_end"), None)
    if first is None:
        return None
    due, rule = first
    if over := _over(text, today):
        passed = [add_months(day, rule.months) < today for day in over]
        rest = [later for _, later in rules if later.anchor == "return_date"]
        if not all(passed):
            return _HANGS if any(passed) else _IN_TIME
        return _PARTLY if any(add_months(over[1], later.months) >= today for later in rest) else _TOO_LATE
    if due.date is not None:
        return _TOO_LATE if due.date < today else _IN_TIME
    told = asked_date(text, today) if _BEGAN.search(pack(normalised(text))) else None
    start = told.day if told and told.day <= today else situation.start
    if start is None:
        return None
    # However short the leave was, it counts from a month at least.
    return _IN_TIME if add_months(start, _SHORTEST + rule.months) > today else _HANGS


def _over(text: str, as_of: date) -> tuple[date, date] | None:
    """The first and the last day on which the leave may have ended, where ``text`` says when it did."""
    told = asked_date(text, as_of) if _ENDED.search(pack(normalised(text))) else None
    if told is None or told.day > as_of:
        return None
    if told.grain == "year":
        return told.day.replace(month=1, day=1), told.day.replace(month=12, day=31)
    if told.grain == "month":
        return told.day.replace(day=1), add_months(told.day.replace(day=1), 1) - timedelta(days=1)
    return told.day, told.day
