"""What to say of a program for one aspect on one day: amounts that fit the firm, conditions, deadlines, papers.

Choosing the program and the aspect is in ``answers.py``; what is due to a firm over a whole leave is computed by
``screening``, not here.
"""

from __future__ import annotations

import re
from datetime import date

from knowledge_base import answer_values as values
from knowledge_base.answer_parts import (
    Asking,
    Parts,
    add_cautions,
    ask_somebody,
    current,
    known_by,
    site_title,
    unknown_on,
)
from knowledge_base.deadlines import day_of
from knowledge_base.korean import josa, korean_date
from knowledge_base.late import asks_whether_late, whether_late
from knowledge_base.loading import load_knowledge
from knowledge_base.may_have import of_the_program
from knowledge_base.polite import polite, split_sentences
from knowledge_base.program_schema import Combination, Exclusion, Program, Value
from knowledge_base.rules import Decision, all_of, decide
from knowledge_base.search_items import official_names
from knowledge_base.search_text import words

# Words of nearly every condition, which therefore name nothing special.
_EVERYWHERE = frozenset(
    {
        "지원금",
        "장려금",
        "지원",
        "회사",
        "직원",
        "근로자",
        "사업장",
        "기업",
        "신청",
        "휴직",
        "단축",
        "휴가",
        "가능",
        "대상",
        "조건",
        "자격",
        "미만",
        "이상",
        "이하",
        "사용",
        "기간",
        "경우",
        "육아휴직",
        "육아",
        "출산",
        "대체",
        "인력",
        "대체인력",
        "해당",
        "받으",
        "고용",
        "해당하",
        "얼마",
        "하나",
        "사람",
        "모르",
        "다르",
        "같이",
        "우리",
        "중소기업",
        "제도",
        "정부",
        "나라",
        "급여",
        "월급",
        "근로",
        "시간",
        "나오",
        "나중",
    }
)
# "주 4.5일제 지금 신청되나요": what the program's caution says of it is then said first.
_OPEN_NOW = re.compile(r"(지금|아직|요즘|현재|올해).{0,8}(신청|접수|모집)|접수\s?(하나|중|되나|받)|모집\s?(하나|중)")
_OF_OPENING = re.compile(r"접수|신청을 받는지|공고|모집")
_MEANT = {
    "가족": "직계존비속",
    "친척": "친족",
    "남편": "배우자",
    "아내": "배우자",
    "임금체불": "체불",
    "공무원": "공공기관",
    "월급": "임금",
    "급여": "임금",
}


def of_program(program: Program, asking: Asking) -> Parts:
    """The answer about a program for the aspect asked."""
    parts = Parts(program.short_name, checked_on=program.checked_on)
    parts.sources = [(site_title(url), url) for url in program.sources]
    aspect = asking.aspect
    if aspect == "amount":
        _program_amount(program, asking, parts)
    elif not _in_force(program, asking, parts):
        return parts
    elif aspect == "eligibility":
        _program_eligibility(program, asking, parts)
    elif aspect == "duration":
        _said(parts, f"{program.short_name}의 기간이에요.", program.max_duration, program, "지원 기간")
    elif aspect == "deadline":
        _program_deadline(program, asking, parts)
    elif aspect == "documents":
        _listed(
            parts, f"{josa(program.short_name, '을/를')} 신청할 때 내는 서류예요.", program.documents, program, "서류"
        )
    elif aspect == "payment":
        _said(parts, "", current(program.payment_timing, asking.day), program, "지급 시기")
    elif aspect == "combination":
        _program_combination(program, asking, parts)
    elif aspect == "who_pays":
        payer, _, how = program.who_pays.partition(" - ")
        told = f"{josa(program.short_name, '을/를')} 주는 곳은 {josa(payer, '이에요/예요')}."
        parts.paragraphs.append(f"{told} {polite(how)}" if how else told)
    elif aspect == "law":
        _listed(parts, f"{program.short_name}의 법적 근거예요.", program.legal_basis, program, "법적 근거")
    elif aspect in ("apply", "contact"):
        parts.paragraphs.append(f"{josa(program.short_name, '은/는')} 이렇게 신청해요.")
        parts.paragraphs += [f"• {polite(step).rstrip('.')}" for step in split_sentences(program.how_to_apply)]
        if aspect == "contact":
            parts.paragraphs.append("전화로는 국번 없이 1350(평일 9~18시)에 물어보실 수 있어요.")
    else:
        if aspect == "refusal":
            parts.paragraphs += [f"• {said}" for said in _on_what_was_named(program, asking.text)]
        parts.paragraphs.append(known_by(program.summary, asking, program.confirmed_until))
        _program_amount(program, asking, parts, brief=True)
    if _OPEN_NOW.search(asking.text) and (opening := _whether_open(program)):
        parts.paragraphs.insert(0, opening)
    refused = aspect == "eligibility" and _refused(program, asking)
    add_cautions(parts, None if refused else program.caution, program.confidence, asking.as_of)
    return parts


def _whether_open(program: Program) -> str | None:
    """What is known of whether applications are taken now, where the program's caution says it."""
    said = [sentence for sentence in split_sentences(program.caution or "") if _OF_OPENING.search(sentence)]
    return polite(said[0]) if said else None


def _refused(program: Program, asking: Asking) -> bool:
    return any(found.outcome == "unmet" for found in _decided(program, asking))


def _decided(program: Program, asking: Asking) -> list[Decision]:
    return [found for condition in program.conditions if (found := decide(condition, asking.situation))]


def _in_force(program: Program, asking: Asking, parts: Parts) -> bool:
    """Whether the program holds on the day; says so in ``parts`` where it does not or is not known to."""
    first = min((period.from_ for period in program.in_force if period.from_), default=None)
    name = program.short_name
    if first and asking.day < first:
        parts.paragraphs.append(
            f"{josa(name, '은/는')} {korean_date(first, year=True)}부터 확인된 제도라, 그 전은 알려 드릴 수 없어요."
        )
        parts.known = False
        return False
    over = [period for period in program.in_force if period.to and period.to < asking.day]
    if over and not any(period.covers(asking.day) for period in program.in_force):
        last = max(over, key=lambda period: period.to or date.min)
        note = f" {polite(last.note)}" if last.note else ""
        parts.paragraphs.append(
            f"{josa(name, '은/는')} {korean_date(last.to or date.min, year=True)}까지였어요.{note}"
        )
        if asking.dated:
            parts.paragraphs.append(f"그 뒤에 다시 하는지는 확인되지 않았어요. {ask_somebody()}")
    elif asking.day > program.confirmed_until:
        if asking.dated:
            parts.paragraphs.append(f"{asking.spoken}에도 그대로인지는 아직 확인되지 않았어요. {ask_somebody()}")
            parts.known = False
        parts.cautions.append(
            f"{program.confirmed_until.isoformat()}까지 확인된 내용이라, 그 뒤에도 같은지는 확인되지 않았어요."
        )
    return True


def _program_amount(program: Program, asking: Asking, parts: Parts, *, brief: bool = False) -> None:
    ahead = asking.day > program.confirmed_until
    if ahead and not brief:
        parts.known = False
        parts.paragraphs.append(unknown_on(program.short_name, asking.spoken or f"{asking.day.year}년", "금액"))
        _last_known(program, asking, parts)
        return
    if ahead or (not brief and not _in_force(program, asking, parts)):
        return
    rows = [row for row in values.in_force(program.values, asking.day)]
    started = asking.situation.start or asking.day
    rows = [row for row in rows if row.started is None or row.started.covers(started)]
    fitting = [row for row in rows if all_of(row.when, asking.situation) != "unmet"] or rows
    if not fitting:
        if not brief:
            parts.known = False
            parts.paragraphs.append(unknown_on(program.short_name, asking.spoken, "금액"))
        return
    _say_amounts(program, fitting, parts, brief=brief)
    row = fitting[0]
    url = row.reference.url if row.reference and row.reference.url else program.sources[0]
    parts.basis = values.basis(asking, max(r.checked_on for r in fitting), site_title(url))
    if url in program.sources:
        parts.sources.sort(key=lambda source: source[1] != url)
    else:
        parts.sources.insert(0, (site_title(url), url))
    if brief:
        return
    parts.cautions += [polite(said) for r in fitting for said in (r.check, r.caution) if said]
    began = asking.situation.start
    if began and began > program.confirmed_until and asking.dated is None:
        parts.paragraphs.append(f"휴직이나 단축이 시작되는 {began.year}년 금액은 아직 확인되지 않았어요.")
    if program.caps:
        parts.paragraphs.append(polite(split_sentences(program.caps)[0]))


def _last_known(program: Program, asking: Asking, parts: Parts) -> None:
    """What it was when last confirmed, said as such; never where the question itself names a later day."""
    if asking.dated is not None:
        return
    day = program.confirmed_until
    rows = [row for row in values.in_force(program.values, day) if row.cash and row.value is not None]
    rows = [row for row in rows if row.started is None or row.started.covers(day)]
    if rows:
        said = ", ".join(f"{_head(row, rows)} {values.rate(row)}" for row in rows[:3])
        parts.paragraphs.append(f"마지막으로 확인된 {day.year}년에는 {said}이었어요.")


def _say_amounts(program: Program, rows: list[Value], parts: Parts, *, brief: bool) -> None:
    known = [row for row in rows if row.cash and row.value is not None]
    if not any(row.cash for row in rows):
        condition = f"({values.short_condition(rows[0].condition)})" if rows[0].condition else ""
        parts.paragraphs.append(f"현금으로 주는 돈은 없어요{condition}.")
        return
    if not known:
        parts.known = brief
        parts.paragraphs.append(f"{program.short_name} 금액은 확인되지 않았어요. {ask_somebody()}")
        return
    if len(rows) == 1 or (brief and len(known) == 1):
        row = known[0]
        of = "" if not row.label or row.label in (program.short_name, "지원금", "기본") else f"{row.label} 기준으로 "
        said = f"{of}{josa(values.rate(row) or '', '이에요/예요')}"
        parts.paragraphs.append(f"{josa(program.short_name, '은/는')} {said}{f'({row.whom})' if row.whom else ''}.")
        return
    parts.paragraphs.append(f"{josa(program.short_name, '은/는')} 경우에 따라 달라요.")
    for row in rows[:3] if brief else rows[:8]:
        said = values.rate(row) or "금액 확인되지 않음"
        whom = f" ({row.whom})" if row.whom else ""
        parts.paragraphs.append("• " + values.line(_head(row, rows), said) + whom)
    if not brief and len(rows) > 8:
        parts.paragraphs.append(f"• 그 밖에 {len(rows) - 8}가지가 더 있어요.")


def _head(row: Value, rows: list[Value]) -> str:
    same = sum(other.label == row.label for other in rows)
    return row.label if same == 1 and row.label else values.short_condition(row.condition) or row.label


def _program_eligibility(program: Program, asking: Asking, parts: Parts) -> None:
    decisions = _decided(program, asking)
    if not decisions:
        parts.paragraphs.append(polite(program.target_company))
        if program.target_worker and "해당 없음" not in program.target_worker:
            parts.paragraphs.append(polite(split_sentences(program.target_worker)[0]))
        return
    special = _on_what_was_named(program, asking.text)
    named = ["물어보신 것에 대해 이렇게 나와 있어요.", *(f"• {said}" for said in special)] if special else []
    parts.paragraphs += of_the_program(program, asking.situation, named)
    if all(decision.outcome == "met" or not decision.asking for decision in decisions):
        _program_amount(program, asking, parts, brief=True)


def _on_what_was_named(program: Program, text: str) -> list[str]:
    """Sentences of the program about something the question names besides it (외국인, 감원, 가족 …)."""
    own = {form for name in official_names(program.id) for form in words(name).exact} | _EVERYWHERE
    asked = [form for form in words(text).exact if len(form) >= 2 and form not in own and not form.isdigit()]
    asked += [_MEANT[form] for form in words(text).exact if form in _MEANT]
    checks = [check.text for check in program.conditions_to_check]
    notes = [
        part
        for source in (program.target_company, program.max_duration, program.caps)
        for part in re.split(r"; |(?<=[가-힣])\. ", source or "")
    ]
    for told in (checks, notes):
        found = [polite(sentence) for sentence in told if any(form in sentence for form in asked)]
        if found:
            return found[:2]
    return []


def _program_deadline(program: Program, asking: Asking, parts: Parts) -> None:

    said = []
    for deadline in program.deadlines:
        if all_of(deadline.when, asking.situation) == "unmet" or not deadline.covers(asking.day):
            continue
        day = day_of(deadline, asking.situation)
        text = deadline.text.replace("{date}", korean_date(day, year=True)) if day else deadline.without_date
        said.append((not deadline.final, text))
    if asks_whether_late(asking.text) and (lead := _late(program, asking)):
        parts.paragraphs.append(lead)
    if said:
        parts.paragraphs.append(f"{program.short_name} 신청 기한이에요.")
        parts.paragraphs += [f"• {text}" for _, text in sorted(said, key=lambda pair: pair[0])]
    else:
        _said(parts, f"{program.short_name} 신청 기한이에요.", program.deadline, program, "신청 기한")


def _late(program: Program, asking: Asking) -> str | None:
    return whether_late(program, asking.situation, asking.as_of, asking.text)


def _program_combination(program: Program, asking: Asking, parts: Parts) -> None:

    named = load_knowledge().programs
    said: list[tuple[int, str]] = []
    kinds = {
        "exclusive": "함께 못 받아요",
        "offset": "받은 만큼 빼요",
        "same_worker": "같은 사람 몫으로는 하나만 돼요",
        "headcount_shared": "인원 한도를 함께 써요",
        "unknown": "함께 되는지 확인되지 않았어요",
    }
    others: tuple[Exclusion | Combination, ...] = (*program.exclusions, *program.combines_with)
    for other in others:
        counterpart = named.get(other.program or "")
        name = counterpart.short_name if counterpart else "그 밖의 지원"
        kind = kinds.get(getattr(other, "kind", ""), "함께 받을 수 있어요")
        mentioned = counterpart is not None and _mentioned(counterpart, asking.text)
        mentioned = mentioned or (
            "특례" in asking.text and "특례" in (other.scope or "") and "아니" not in (other.scope or "")
        )
        scope = f"({other.scope}일 때)" if other.scope else ""
        said.append((0 if mentioned else 1, f"• {name}{scope}: {kind}. {polite(other.note)}"))
    if not said:
        parts.known = False
        parts.paragraphs.append(
            f"{josa(program.short_name, '을/를')} 다른 지원과 함께 받을 수 있는지는 "
            f"저희 자료로 확인되지 않았어요. {ask_somebody()}"
        )
        return
    only = [text for rank, text in said if rank == 0]
    special = [] if only else _on_what_was_named(program, asking.text)
    if special:
        parts.paragraphs.append(f"{program.short_name}에 대해 이렇게 나와 있어요.")
        parts.paragraphs += [f"• {text}" for text in special]
        return
    parts.paragraphs.append(f"{josa(program.short_name, '과/와')} 함께 받는 것에 대해서예요.")
    parts.paragraphs += only or [text for _, text in said[:4]]
    if not only and len(said) > 4:
        parts.paragraphs.append("다른 지원과 함께 받으려면 이름을 말해 주시면 따로 찾아 드릴게요.")


def _mentioned(program: Program, text: str) -> bool:
    packed = re.sub(r"\s", "", text)
    names = (program.short_name, *program.aliases)
    return any(re.sub(r"\s|지원금|장려금", "", name) in packed for name in names if len(name) >= 4)


def _said(parts: Parts, lead: str, text: str | None, program: Program, what: str) -> None:
    if not text:
        parts.known = False
        parts.paragraphs.append(f"{program.short_name} {josa(what, '은/는')} 확인되지 않았어요. {ask_somebody()}")
        return
    parts.paragraphs += [lead] if lead else []
    parts.paragraphs.append(polite(text))


def _listed(parts: Parts, lead: str, items: tuple[str, ...], program: Program, what: str) -> None:
    if not items:
        _said(parts, lead, None, program, what)
        return
    parts.paragraphs += [lead, *(f"• {item}" for item in items)]
