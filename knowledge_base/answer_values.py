"""Saying dated figures of programs and rights: "월 최대 140만원", "1년에 6일", "금액은 확인되지 않았어요".

Which figures answer a question is decided in ``answer_parts.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from knowledge_base.answer_parts import Asking
from knowledge_base.item_schema import RightValue
from knowledge_base.korean import won
from knowledge_base.program_schema import Value

_PER = {"month": "월 ", "30_days": "30일에 ", "year": "1년에 ", "once": ""}


def money(amount: int) -> str:
    """An amount as it is usually written: whole 만원 as "140만원", anything finer as "1,684,210원"."""
    return won(amount) if amount % 10_000 == 0 else f"{amount:,}원"


def rate(row: Value) -> str | None:
    """A program's figure as it is said; None where it is not known, "현금 지원 없음" where none is paid."""
    if not row.cash:
        return "현금으로 주는 돈은 없어요"
    if row.value is None:
        return None
    said = f"{_PER[row.per]}{'최대 ' if row.at_most else ''}{money(row.value)}"
    return f"{said}씩 {row.count}번" if row.count and row.per == "once" and row.count > 1 else said


def figure(row: RightValue) -> str | None:
    """A right's figure as it is said: "1년에 6일", "월 최대 250만원"; None where it is not known."""
    if row.value is None:
        return None
    per = "" if not row.per else "월 " if row.per == "월" else f"{'1' if row.per == '년' else ''}{row.per}에 "
    bound = "최대 " if "상한" in (row.meaning or "") else "최소 " if "하한" in (row.meaning or "") else ""
    if isinstance(row.value, tuple):
        if row.is_money:
            return f"{per}{bound}" + " → ".join(money(int(part)) for part in row.value)
        return ", ".join(str(part) for part in row.value)
    if isinstance(row.value, int) and row.is_money:
        return f"{per}{bound}{money(row.value)}"
    if isinstance(row.value, int) and row.unit == "%" and row.value == 0:
        return "없어졌어요"
    said = f"{row.value}{row.unit or ''}" if isinstance(row.value, int) else str(row.value)
    return f"{per}{bound}{said}"


def label(row: RightValue) -> str:
    """What a right's figure is of, in a few words before a colon; empty where only the figure is to say."""
    meaning = re.sub(r"(상한|하한)(,\s*)?", "", row.meaning or "").strip(" ,")
    condition = short_condition(row.condition)
    return " · ".join(part for part in (meaning, condition) if part)


def short_condition(text: str | None) -> str:
    """A row's condition without its closing dot; long ones end at the first sentence."""
    if not text:
        return ""
    first = re.split(r"(?<=[가-힣)])\.\s", text.strip())[0]
    return first.rstrip(". ")


def line(head: str, said: str) -> str:
    """One line of a list: "피보험자 30인 미만: 월 최대 140만원"."""
    return f"{head}: {said}" if head else said


def basis(asking: Asking, checked_on: date | None, source: str | None) -> str:
    """Where and when a figure stands: "2026년 기준, 2026-06-05 확인, 출처 …"."""
    day = asking.day
    when = f"{day.year}년 기준" if day.year >= asking.as_of.year else f"{day.year}년 당시 기준"
    if asking.dated is not None and asking.dated.grain != "year":
        when = f"{asking.dated.spoken} 기준"
    parts = [when]
    if checked_on:
        parts.append(f"{checked_on.isoformat()} 확인")
    if source:
        parts.append(f"출처 {short_source(source)}")
    return ", ".join(parts)


def short_source(title: str) -> str:
    """A source's title short enough for a chat line: no brackets, a law without its list of articles."""
    bare = re.sub(r"\s*\([^()]*(\([^()]*\)[^()]*)*\)", "", title).strip() or title
    law = re.match(r"^(.{2,30}?(법|시행령|시행규칙))(?= 제\d)", bare)
    return law.group(1) if law else bare


def in_force(rows: Iterable[Value], day: date) -> list[Value]:
    """The rows of money that hold on ``day``."""
    return [row for row in rows if row.covers(day)]


def next_change(rows: Sequence[RightValue] | Sequence[Value], day: date) -> date | None:
    """The first day after ``day`` within 60 days on which a row begins, or None."""
    starts = sorted(row.from_ for row in rows if row.from_ is not None and day < row.from_)
    return starts[0] if starts and (starts[0] - day).days <= 60 else None
