"""Which of several counts of the same people holds: the staff without the owner, the exact one beside a rough one."""

from __future__ import annotations

import itertools
import re

from bot.nlu.facts.fact import Said
from bot.nlu.facts.movers import Count
from bot.nlu.facts.numbers import Number
from bot.nlu.facts.scope import others_spans
from bot.nlu.facts.staff import INSURED

_WITH_OWNER = re.compile(r"(?:저|나|사장|대표|원장|점장)(?:님)?\s?(?:까지|포함)\s?(?:해서|하면|하여|해"
    r"|치면)?\s?(?:총\s?|모두\s?|다\s?)?$")
_BUSY = re.compile(
    r"(?:성수기|시즌|(?<=[는은인확])\s?철|농번기|바쁠\s?때|주말|명절|한창때)(?:에는|에는?|엔|때|에|이면|면)?\s?"
    r"(?:는\s)?(?:한\s|약\s)?$"
)


# "하청 인원까지 하면 쉰 명인데 우리 소속은 서른하나".
_WITH_OTHERS = re.compile(
    r"(?:하청|협력\s?(?:업체|사)|용역|도급|외주|파견)(?:\s?(?:인원|직원|업체))?까지"
    r"\s?(?:다\s)?(?:하면|치면|합치면|합하면|넣으면|쳐서|해서)\s?(?:총\s|한\s)?$"
)


def _without_owner(said: Said, counts: list[Count]) -> list[Count]:
    """``counts`` without the one that has the owner in it or is the season's, where the plain staff is told too."""
    kept = [
        count for count in counts
        if not any(pattern.search(said.before(count.start, 20)) for pattern in (_WITH_OTHERS, _WITH_OWNER, _BUSY))
    ]
    return kept if kept else counts


_OF_A_UNIT = re.compile(
    r"(?:(?:우리|저희|저희가|제)\s)?(?:[가-힣]{0,4}(?:팀|부서|파트|라인|지점|매장|지사|반|과|실|본부|사업부|현장))(?:은|는|이|가|만|에|에는|엔|에서는)?\s?(?:인원|직원|사람)?(?:은|이)?\s?$"
)
_OF_THE_FIRM = re.compile(
    r"(?<![가-힣])(?<![네의는은그런던집]\s)(?:회사|전사|법인|본사\s?포함|업체|병원|공장|학원)\s?(?:는|은|가|이|로는|전체|전체는|전체로는|전체로|전체가|총원은?|다\s?합(?:치면|쳐서)|통틀어)"
    r"(?:\s?(?:총|다\s?합쳐서?|직원|인원|약|한))?(?:은|이)?\s?$"
    r"|(?:전체|총|전부|모두|다\s?합쳐서?|다\s?합치면|합치면|통틀어)\s?(?:직원|인원|근로자|사원|회사)?\s?(?:수)?(?:은|는|이|가|으로는|로는)?\s?(?:약|한)?\s?$"
)


def _of_the_firm(said: Said, counts: list[Count]) -> list[Count]:
    """``counts`` without a team's or a branch's, where the whole firm's larger one is told too."""
    others = others_spans(said)
    whole = [
        count for count in counts
        if _OF_THE_FIRM.search(said.before(count.start, 16))
        and not any(start <= count.start < end for start, end in others)
    ]
    if not whole:
        return counts
    most = max(count.number.value for count in whole)
    return [
        count for count in counts
        if count in whole or count.number.value >= most or not _OF_A_UNIT.search(said.before(count.start, 14))
    ]


def _within(exact: Number, rough: Number) -> bool:
    """Whether an exact number lies in a rough one."""
    low, high = rough.low or 0, rough.high or exact.value
    return not exact.rough and low <= exact.value <= high


def chosen(said: Said, counts: list[Count]) -> list[Count]:
    """``counts`` without the owner's and the season's, and without a rough one that another says exactly."""
    kept: list[Count] = []
    counts = _of_the_firm(said, _without_owner(said, counts))
    for count, following in itertools.zip_longest(counts, counts[1:]):
        number = count.number
        if any(one.start < count.start and number.rough and _within(one.number, number) for one in kept):
            continue  # "49명이라 50인 미만이에요"
        if following is None or not number.rough or not _within(following.number, number):
            kept.append(count)
    return kept


def is_apart(said: Said, whole: Count | None, count: Count) -> bool:
    """Whether a count is no part of the sum: out of the ``whole`` before it, in brackets, one by one, or users."""
    if whole is not None and _among(said, whole, count):
        return True
    if whole is not None and count.number.value < whole.number.value and _INCLUDED.match(said.text, count.end):
        return True  # "12명인데요 알바 3명 포함이에요"
    if whole is not None and _named_before(said, whole, count):
        return True
    return _one_by_one(said, count) or _in_brackets(said, count) or _of_users(said, count)


def _among(said: Said, whole: Count, part: Count) -> bool:
    """Whether the second is counted out of the first ("30명 중 생산직이 22명"); the insured are told apart."""
    between = said.text[whole.end : part.start]
    insured = INSURED.search(between) or re.match(r"[^.,]{0,6}(?:보험|만?\s?(?:들|가입))", said.after(part.end, 12))
    return bool(_OUT_OF.match(between)) and not insured


_INCLUDED = re.compile(
    r"\s?(?:을|를|도|까지)?\s?포함(?:이에요|입니다|이고|이요|된|한\s?(?:거|숫자|인원|겁)|돼|되어|됐|해서예요|했|임|[\s.)]*$)"
)
_A_FEW = 3


def _named_before(said: Said, whole: Count, part: Count) -> bool:
    """Whether a few are told of those counted already ("주방 셋 홀 둘이고 홀 한 명이 …")."""
    name = part.named or part.who
    if not name or part.number.value > _A_FEW or part.number.value > whole.number.value:
        return False
    counted = said.text[whole.start : whole.end]
    earlier = re.search(rf"(?<![가-힣]){re.escape(name)}(?:은|는|이|가|만|에)?\s?(?=\S)", counted)
    return earlier is not None and bool(re.match(r"(?:이|가|은|는|을|를|도)\s", said.text[part.end :]))


# "7명(정규 5, 파트 2)": the parts of the whole before them.
_BRACKETS = re.compile(r"(?<=[\d명인분])\s?\([^()]*\)")


def _in_brackets(said: Said, count: Count) -> bool:
    return any(match.start() < count.start < match.end() for match in _BRACKETS.finditer(said.text))


# "재택 일주일에 이틀씩 10명": how many use it.
_USERS = re.compile(
    r"(?:재택|원격|시차|유연|선택)\s?(?:근무|출퇴근|출근)?(?:는|은|를|을|로)?(?:\s[가-힣\s\d]{0,12})?$"
)


def _of_users(said: Said, count: Count) -> bool:
    return not count.who and count.named in (None, "", "씩") and bool(_USERS.search(said.before(count.start, 24)))


_OUT_OF = re.compile(r"(?:[가-힣]{1,4}[,.]?)?\s?(?:그\s?|이\s)?(?:중|가운데)(?:에|에서)?(?:는|선)?\s[^.!?\n]*$")
# "한 명은 12월, 한 명은 3월부터": each of those who leave.
_EACH = re.compile(r"(?:한|하나|1)\s?(?:명|분|사람)(?:은|이)\s")


def _one_by_one(said: Said, count: Count) -> bool:
    return count.number.value == 1 and len(_EACH.findall(said.text)) > 1 and bool(_EACH.match(said.text, count.start))
