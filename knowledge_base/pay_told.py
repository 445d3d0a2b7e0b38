"""Sums of money that a person tells of the own firm: "통상임금 320", "월 200 주면", "수당 20만원 줄 건데".

Reads what is paid to whom, in 원 a month; figures of the programs themselves ("120만원 나온다던데") are none. What is
reckoned from them is in ``own_sums.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from knowledge_base.search_text import normalised

# Whose money: the worker's pay, what the one who covers costs, what colleagues get for it.
Paid = Literal["worker_pay", "cover_pay", "allowance"]

NONE: Mapping[str, int] = MappingProxyType({})

_SINO = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_PLACES = {"천": 1000, "백": 100, "십": 10}
_COUNT = (
    r"(?:\d[\d,]*(?:\.\d)?(?:\s?[천백십](?:\d+)?)*|[일이삼사오육칠팔구]?[천백십][일이삼사오육칠팔구천백십]*)"
)
# With 만 or 원 a sum is one anywhere; a bare number only behind what it is paid for, and before no counter.
_WITH_UNIT = re.compile(
    rf"(?<![\d.,])(?P<ten_thousands>{_COUNT})\s?만\s?(?:(?P<thousands>\d|[일이삼사오육칠팔구])천)?\s?원?"
)
_WON = re.compile(r"(?<![\d.,])(?P<won>\d{1,3}(?:,\d{3})+|\d{6,8})\s?원?")
_COUNTED = (
    r"명|개월|달|년|시간|시|분|살|세|번|%|퍼|프로|월|차|개|호|일(?!에|로)|주(?!면|고|는|려|기|시|세|실|죠|었|니)"
)
_BARE = re.compile(
    rf"(?:(?:통상\s?임금|기본급|월급|급여|봉급|세전|보수|임금|페이|수당|연봉|인건비)(?:은|는|이|을|를|도|으로|로)?|"
    rf"(?:월|한\s?달에|매달|매월)(?!\s?{_COUNT}\s?인))\s*(?:한|약|대충|딱|총|월|한\s?달에|매달)?\s*"
    rf"(?P<bare>{_COUNT})(?![\d.,]*\s?(?:{_COUNTED}))"
)
_GOT = re.compile(
    r"(?<![\d.,])(?P<got>\d{3}|\d[천백](?:\d0)?)\s?(?:을|를)?\s?(?:받[는고아던]|주고\s?있|씩\s?(?:받|줘|주))"
)
_ANNUAL = re.compile(r"연봉|연\s?소득|일\s?년에|1년에")
_LEAST_BARE, _MOST_BARE = 5, 30_000  # 만원, where only a number is said
_LEAST, _MOST = 10_000, 30_000_000  # 원 a month
_ALLOWANCE = re.compile(r"수당|나눠|분담|동료|얹어|더\s?(얹|챙겨|주|줄|준)|보태|사례|인센티브|응원")
_COVER = re.compile(
    r"대체|새로|뽑|구한|구해|구할|채용|파견|알바|임시|단기|계약직|대신|올\s?사람|온\s?사람|쓸\s?사람|쓰는\s?사람|"
    r"인건비|대타|땜빵|외국인"
)
_WORKER = re.compile(
    r"통상\s?임금|기본급|휴직자|쉬는|들어가는|(그|우리|저희)\s?직원|받는|받아|받고|받던|연봉|본인|월급(이|은|쟁이)|급여(가|는)"
)
_GIVES = re.compile(r"주면|줄\s?(건|거|겁|예정|생각|까)|주려|주고\s?있|준다|주는데|줘요|주기로|드리")
# A grant's own figure, asked about or heard of: "120만원 나온다던데", "월 30만원 지원금".
_OF_A_GRANT = re.compile(
    r"^\s?(원)?\s?(씩)?\s?(둘\s?다|다|모두|전부|각각)?\s?(을|를|이|가)?\s?"
    r"(나온|나오|나와|준다(던|고|며|는)|주는\s?(거|지원)|받을\s?수|지원|맞|씩\s?(나|지원|받을|받나)|돌려)"
)
_HEARD = re.compile(r"지원금|장려금|한도|상한|하한|국비|정부|나라|고용보험|최대|최저")
_OWN_PAY, _NEAR = re.compile(r"(통상\s?임금|월급|기본급)(은|이|을|를)?\s*(월\s?)?$"), 14
# So much for each of several colleagues.
_EACH = re.compile(
    r"(?P<people>둘|셋|넷|다섯|두|세|네|\d{1,2})\s?(?:명|분|사람)?\s?(?:한테|에게|이|이서)[^0-9]{0,8}$"
)
_PEOPLE = {"둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4, "다섯": 5}
_A_LIMIT = re.compile(r"^\s?원?(을|를|이|가)?\s?(넘|초과|이상|이하|미만|안\s?되|밑)")
# A sum is told of one's own where pay or giving is named beside it; a raise, a bonus and a gift are no pay.
_IS_PAID = re.compile(
    r"통상|기본급|월급|급여|봉급|세전|보수|임금|페이|수당|연봉|인건비|시급|파견비|"
    r" 씩?\s?(?:을|를)?\s?(?:정도|쯤)?\s?(?:더\s?)?"
    r"(?:주|줄|줘|준|줬|드[리려]|드려|나가|나갑|들어|드는|쓰|받|벌|얹|챙|보태|이면|인데|이에요|예요)"
)
_BESIDE_PAY = re.compile(r"상여|보너스|성과급|명절|축하금|퇴직금|위로금|격려금|떡값")
_RAISED = re.compile(r"^\s?원?(을|를|이|가)?\s?(올려|올릴|올린|오르|올랐|인상)")
# An allowance that is part of one's pay: "기본급 240에 수당 30".
_PART_OF_PAY = re.compile(r"(기본급|월급|통상\s?임금).*수당\s*$")


def pay_told(text: str, covered_by: str | None = None) -> dict[Paid, int]:
    """원 a month by what it is paid for, as ``text`` tells; empty where it tells no sum of the firm's own.

    ``covered_by`` is the cover told before ("hire", "dispatch", "coworkers"): "월 200 주면" alone is paid to it.
    """
    clean = normalised(text)
    told: dict[Paid, int] = {}
    begins = 0
    for start, end, amount in _sums(clean):
        before, after = clean[begins:start], clean[end:end + 16]
        begins = end
        near = before[-_NEAR:]
        if not _IS_PAID.search(near + clean[start:end] + " " + after) or _BESIDE_PAY.search(near):
            continue
        if _A_LIMIT.match(after) or _RAISED.match(after) or _PART_OF_PAY.search(clean[:start]):
            continue
        if _OF_A_GRANT.match(after) or (
            _HEARD.search(near) and not _GIVES.search(after) and not _OWN_PAY.search(before)
        ):
            continue
        if _ANNUAL.search(before):
            amount //= 12
        paid = _paid_for(before + clean[start:end], after, covered_by)
        if paid == "allowance" and after.startswith("씩") and (each := _EACH.search(before.removesuffix("월 "))):
            amount *= _PEOPLE.get(each["people"]) or int(each["people"])
        if paid and _LEAST <= amount <= _MOST:
            told.setdefault(paid, amount)
    return told


def _paid_for(before: str, after: str, covered_by: str | None) -> Paid | None:
    """What a sum is paid for, by the words around it, nearest first."""
    found = [(match.end(), paid) for paid, pattern in _KINDS for match in pattern.finditer(before)]
    if found:
        nearest = max(found)[1]
        # "새로 뽑은 사람 월급이 250" is the cover's, "휴직자 월급" the worker's.
        covers = [at for at, paid in found if paid == "cover_pay"]
        plain = re.search(r"(월급|급여)(이|은|는|가)?\s*$", before[:max(found)[0]]) is not None
        own = re.search(r"통상|기본급|휴직자|쉬는|들어가는|직원", before[max(covers, default=0):]) is not None
        return "cover_pay" if nearest == "worker_pay" and covers and plain and not own else nearest
    for paid, pattern in _KINDS:
        if pattern.search(after) and not (paid == "allowance" and not re.search(r"수당|동료|나눠", after)):
            return paid
    if _GIVES.search(after) and covered_by:
        return "allowance" if covered_by == "coworkers" else "cover_pay"
    return "worker_pay" if re.search(r"월급|급여|임금|봉급|세전|보수|페이", before) else None


_KINDS: tuple[tuple[Paid, re.Pattern[str]], ...] = (
    ("allowance", _ALLOWANCE), ("cover_pay", _COVER), ("worker_pay", _WORKER),
)


def _sums(text: str) -> list[tuple[int, int, int]]:
    """(start, end, 원) of every sum in ``text``, in its order, none overlapping another."""
    found: list[tuple[int, int, int]] = []
    for match in _WITH_UNIT.finditer(text):
        thousands = _number(match["thousands"]) * 1000 if match["thousands"] else 0
        found.append((match.start(), match.end(), int(_number(match["ten_thousands"]) * 10_000 + thousands)))
    for match in _WON.finditer(text):
        found.append((match.start(), match.end(), int(match["won"].replace(",", ""))))
    for pattern, name in ((_BARE, "bare"), (_GOT, "got")):
        for match in pattern.finditer(text):
            said = _number(match[name])
            if _LEAST_BARE <= said <= _MOST_BARE:
                found.append((match.start(name), match.end(name), int(said * 10_000)))
    kept: list[tuple[int, int, int]] = []
    for start, end, amount in sorted(found, key=lambda one: (one[0], -one[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, amount))
    return kept


def _number(said: str) -> float:
    """The value of "350", "3백50", "3천", "2.5", "삼백오십"."""
    total, current = 0.0, ""
    for letter in said.replace(",", "").replace(" ", ""):
        if letter in _PLACES:
            total += (float(current) if current else 1) * _PLACES[letter]
            current = ""
        else:
            current += str(_SINO.get(letter, letter))
    return total + (float(current) if current else 0)
