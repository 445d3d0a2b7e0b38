"""What to say of one program, right or question for one aspect on one day: paragraphs, cautions and sources.

Choosing the item and the aspect is in ``answers.py``. Sentences of the knowledge are summaries; they are turned into
해요체 by ``polite.py`` and never added to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlparse

from knowledge_base.asked_date import AskedDate
from knowledge_base.aspects import Aspect
from knowledge_base.facts import Event
from knowledge_base.item_schema import Question, Right, RightValue
from knowledge_base.korean import josa, korean_date
from knowledge_base.polite import polite, split_sentences
from knowledge_base.program_schema import Program, Value
from knowledge_base.rules import all_of, decide
from knowledge_base.situation import Situation

from knowledge_base import answer_values as values  # isort: skip

_SITES = {
    "worklife.kr": "고용노동부 일생활균형(worklife.kr)", "law.go.kr": "국가법령정보센터", "work24.go.kr": "고용24",
    "korea.kr": "정책브리핑(korea.kr)", "moel.go.kr": "고용노동부(moel.go.kr)", "workingmom.or.kr": "직장맘지원센터",
    "gworkingmom.net": "직장맘지원센터", "easylaw.go.kr": "찾기쉬운 생활법령정보", "comwel.or.kr": "근로복지공단",
    "seoul.go.kr": "서울시", "gg.go.kr": "경기도", "bokjiro.go.kr": "복지로",
}
_MONEY = re.compile(r"\d[\d,]*\s*(만|억)?\s*(\d+천)?원")
_HELP = "1350(평일 9~18시)이나 방문 상담 때 플래너에게 확인해 주세요."


@dataclass(frozen=True)
class Asking:
    """The question's circumstances: what is asked, on which day, of which firm."""

    text: str
    aspect: Aspect
    day: date
    as_of: date
    dated: AskedDate | None
    situation: Situation

    @property
    def spoken(self) -> str:
        """The day as it is said in front of a name: "2027년", or nothing for today."""
        return self.dated.spoken if self.dated else ""


@dataclass
class Parts:
    """What to say. ``known`` is False where the knowledge has no answer and says so."""

    title: str
    paragraphs: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    sources: list[tuple[str, str]] = field(default_factory=list)
    checked_on: date | None = None
    known: bool = True
    basis: str = ""
    plain: str | None = None


def site_title(url: str) -> str:
    """A source's name for people from its address: the publisher where known, else the host."""
    host = urlparse(url).netloc.removeprefix("www.").removeprefix("m.")
    return next((title for site, title in _SITES.items() if host == site or host.endswith("." + site)), host)


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
        _listed(parts, f"{josa(program.short_name, '을/를')} 신청할 때 내는 서류예요.", program.documents, program, "서류")
    elif aspect == "payment":
        _said(parts, "", current(program.payment_timing, asking.day), program, "지급 시기")
    elif aspect == "combination":
        _program_combination(program, asking, parts)
    elif aspect == "who_pays":
        parts.paragraphs.append(f"{josa(program.short_name, '은/는')} 주는 곳이 {josa(program.who_pays, '이에요/예요')}.")
    elif aspect == "law":
        _listed(parts, f"{program.short_name}의 법적 근거예요.", program.legal_basis, program, "법적 근거")
    elif aspect in ("apply", "contact"):
        parts.paragraphs.append(f"{josa(program.short_name, '은/는')} 이렇게 신청해요.")
        parts.paragraphs += [f"• {polite(step).rstrip('.')}" for step in split_sentences(program.how_to_apply)]
        if aspect == "contact":
            parts.paragraphs.append("전화로는 국번 없이 1350(평일 9~18시)에 물어보실 수 있어요.")
    else:
        parts.paragraphs.append(_known_by(program.summary, asking, program.confirmed_until))
        _program_amount(program, asking, parts, brief=True)
    _cautions(parts, program.caution, program.confidence)
    return parts


def of_right(right: Right, asking: Asking) -> Parts:
    """The answer about a right or benefit for the aspect asked."""
    parts = Parts(right.name, checked_on=right.checked_on)
    parts.sources = [(source.title, source.url) for source in right.sources]
    aspect = asking.aspect
    if asking.day > right.confirmed_until and aspect not in ("law", "contact"):
        parts.cautions.append(f"{right.confirmed_until.isoformat()} 뒤에 바뀌는지는 확인되지 않았어요.")
    if aspect == "amount" and right.pay and right.id != "penalty_table":
        _right_rows(right, right.pay, asking, parts, "금액")
    elif aspect in ("duration", "amount") and right.durations:
        _right_rows(right, right.durations, asking, parts, "기간")
    elif aspect == "eligibility" and right.who:
        parts.paragraphs += [f"{josa(_short(right.name), '을/를')} 쓸 수 있는 사람이에요.", polite(_ids_out(right.who))]
    elif aspect == "refusal" and right.employer_duty:
        parts.paragraphs.append(polite(_ids_out(right.employer_duty)))
        if right.penalty:
            parts.paragraphs.append("어기면: " + polite(split_sentences(right.penalty)[0]))
    elif aspect == "penalty":
        _right_penalty(right, asking, parts)
    elif aspect == "under5":
        yes = {True: "5인 미만 회사에도 적용돼요.", False: "5인 미만 회사에는 적용되지 않아요.", None: "5인 미만 적용은 나뉘어요."}
        parts.paragraphs.append(f"{josa(_short(right.name), '은/는')} {yes[right.under5.applies]} {polite(right.under5.note)}")
    elif aspect in ("documents", "apply", "deadline", "payment", "contact") and right.how_to_apply:
        parts.paragraphs.append(polite(current(_ids_out(right.how_to_apply), asking.day) or ""))
    elif aspect == "who_pays" and (right.pay or right.employer_duty):
        if right.pay:
            _right_rows(right, right.pay, asking, parts, "금액")
        if right.employer_duty:
            parts.paragraphs.append("회사가 할 일: " + polite(_ids_out(right.employer_duty)))
    elif aspect == "law":
        parts.paragraphs += [f"{_short(right.name)}의 법적 근거예요."] + [f"• {law}" for law in right.legal_basis]
    elif aspect in ("documents", "deadline", "payment", "penalty"):
        parts.known = False
        parts.paragraphs.append(f"{josa(_short(right.name), '은/는')} 그 부분이 저희 자료에 없어요. {_HELP}")
    else:
        parts.paragraphs.append(_known_by(_ids_out(right.summary), asking, right.confirmed_until))
        if aspect == "general" and right.employer_duty:
            parts.paragraphs.append("회사가 할 일: " + polite(_ids_out(right.employer_duty)))
    _cautions(parts, right.caution, right.confidence)
    return parts


def of_question(question: Question, asking: Asking) -> Parts:
    """The answer of a question kept ready; figures are held back for a day beyond what is confirmed."""
    parts = Parts(question.question, checked_on=question.checked_on)
    parts.sources = [(source.title, source.url) for source in question.sources]
    sentences = split_sentences(question.answer)
    if asking.aspect == "law" and question.legal_basis:
        parts.paragraphs.append("근거는 " + josa(", ".join(question.legal_basis), "이에요/예요") + ".")
        return parts
    if asking.day > question.confirmed_until:
        kept = [sentence for sentence in sentences if not _MONEY.search(sentence)]
        parts.cautions.append(f"{question.confirmed_until.isoformat()}까지 확인된 내용이라, 그 뒤에도 같은지는 확인되지 않았어요.")
        if len(kept) < len(sentences):
            parts.paragraphs.append(values.unknown_on("", asking.spoken, "금액"))
            parts.known = bool(kept)
        sentences = kept
    if sentences:
        parts.paragraphs.insert(0, polite(" ".join(sentences)))
    if question.legal_basis:
        parts.basis = "근거 " + ", ".join(question.legal_basis)
    _cautions(parts, question.caution, question.confidence)
    return parts


def _known_by(text: str, asking: Asking, confirmed_until: date) -> str:
    """A summary in 해요체; its sentences with figures of money are held back for a day beyond what is confirmed."""
    if asking.day <= confirmed_until or asking.dated is None:
        return polite(text)
    kept = [sentence for sentence in split_sentences(text) if not _MONEY.search(sentence)]
    return polite(" ".join(kept)) or f"{asking.spoken} 내용은 아직 확인되지 않았어요. {_HELP}"


def current(text: str | None, day: date) -> str | None:
    """``text`` without the sentences that speak only of what was until a date before ``day``."""
    if not text:
        return text
    kept = []
    for sentence in split_sentences(text):
        until = re.match(r"(?:\([^)]*\)\s*)?(\d{4})(?:-(\d\d)-(\d\d))?년?까지", sentence)
        over = until and date(int(until[1]), int(until[2] or 12), int(until[3] or 31)) < day
        if not over:
            kept.append(sentence)
    return " ".join(kept) or text


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
        parts.paragraphs.append(f"{josa(name, '은/는')} {korean_date(last.to or date.min, year=True)}까지였어요.{note}")
        if asking.dated:
            parts.paragraphs.append(f"그 뒤에 다시 하는지는 확인되지 않았어요. {_HELP}")
    elif asking.day > program.confirmed_until:
        if asking.dated:
            parts.paragraphs.append(f"{asking.spoken}에도 그대로인지는 아직 확인되지 않았어요. {_HELP}")
            parts.known = False
        parts.cautions.append(
            f"{program.confirmed_until.isoformat()}까지 확인된 내용이라, 그 뒤에도 같은지는 확인되지 않았어요."
        )
    return True


def _program_amount(program: Program, asking: Asking, parts: Parts, *, brief: bool = False) -> None:
    ahead = asking.day > program.confirmed_until
    if ahead and not brief:
        parts.known = False
        parts.paragraphs.append(values.unknown_on(program.short_name, asking.spoken or f"{asking.day.year}년", "금액"))
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
            parts.paragraphs.append(values.unknown_on(program.short_name, asking.spoken, "금액"))
        return
    _say_amounts(program, fitting, parts, brief=brief)
    row = fitting[0]
    url = row.reference.url if row.reference and row.reference.url else program.sources[0]
    parts.basis = values.basis(asking.day, max(r.checked_on for r in fitting), site_title(url), as_of=asking.as_of)
    if url in program.sources:
        parts.sources.sort(key=lambda source: source[1] != url)
    else:
        parts.sources.insert(0, (site_title(url), url))
    if brief:
        return
    parts.cautions += [said for r in fitting for said in (r.check, r.caution) if said]
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
        parts.paragraphs.append(f"{program.short_name} 금액은 확인되지 않았어요. {_HELP}")
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
    decisions = [found for condition in program.conditions if (found := decide(condition, asking.situation))]
    if not decisions:
        parts.paragraphs.append(polite(program.target_company))
        if program.target_worker and "해당 없음" not in program.target_worker:
            parts.paragraphs.append(polite(split_sentences(program.target_worker)[0]))
        return
    unmet = [decision for decision in decisions if decision.outcome == "unmet"]
    parts.paragraphs.append(
        f"{josa(program.short_name, '은/는')} 지금까지 알려 주신 내용으로는 받기 어려워요." if unmet
        else f"{josa(program.short_name, '을/를')} 받으려면 이런 조건이 맞아야 해요."
    )
    order = {"unmet": 0, "unknown": 1, "met": 3}
    for decision in sorted(decisions, key=lambda found: order[found.outcome] + (not found.asking))[:7]:
        mark = {"unmet": "✕", "unknown": "•", "met": "✓"}[decision.outcome]
        parts.paragraphs.append(f"{mark} {decision.text}")


def _program_deadline(program: Program, asking: Asking, parts: Parts) -> None:
    from knowledge_base.deadlines import day_of

    said = []
    for deadline in program.deadlines:
        if all_of(deadline.when, asking.situation) == "unmet" or not deadline.covers(asking.day):
            continue
        day = day_of(deadline, asking.situation)
        text = deadline.text.replace("{date}", korean_date(day, year=True)) if day else deadline.without_date
        said.append((not deadline.final, text))
    if said:
        parts.paragraphs.append(f"{program.short_name} 신청 기한이에요.")
        parts.paragraphs += [f"• {text}" for _, text in sorted(said, key=lambda pair: pair[0])]
    else:
        _said(parts, f"{program.short_name} 신청 기한이에요.", program.deadline, program, "신청 기한")


def _program_combination(program: Program, asking: Asking, parts: Parts) -> None:
    from knowledge_base.program_schema import programs

    named = {p.id: p for p in programs().values()}
    said: list[tuple[int, str]] = []
    kinds = {"exclusive": "함께 못 받아요", "offset": "받은 만큼 빼요", "same_worker": "같은 사람 몫으로는 하나만 돼요",
             "headcount_shared": "인원 한도를 함께 써요", "unknown": "함께 되는지 확인되지 않았어요"}
    for other in (*program.exclusions, *program.combines_with):
        name = named[other.program].short_name if other.program in named else "그 밖의 지원"
        kind = kinds.get(getattr(other, "kind", ""), "함께 받을 수 있어요")
        mentioned = other.program in named and _mentioned(named[other.program], asking.text)
        scope = f"({other.scope}일 때)" if other.scope else ""
        said.append((0 if mentioned else 1, f"• {name}{scope}: {kind}. {polite(other.note)}"))
    if not said:
        parts.known = False
        parts.paragraphs.append(f"{josa(program.short_name, '을/를')} 다른 지원과 함께 받을 수 있는지는 저희 자료로 확인되지 않았어요. {_HELP}")
        return
    only = [text for rank, text in said if rank == 0]
    parts.paragraphs.append(f"{josa(program.short_name, '과/와')} 함께 받는 것에 대해서예요.")
    parts.paragraphs += only or [text for _, text in said[:4]]
    if not only and len(said) > 4:
        parts.paragraphs.append("다른 지원과 함께 받으려면 이름을 말해 주시면 따로 찾아 드릴게요.")


def _mentioned(program: Program, text: str) -> bool:
    packed = re.sub(r"\s", "", text)
    names = (program.short_name, *program.aliases)
    return any(re.sub(r"\s|지원금|장려금", "", name) in packed for name in names if len(name) >= 4)


def _right_rows(right: Right, rows: tuple[RightValue, ...], asking: Asking, parts: Parts, what: str) -> None:
    name = _short(right.name)
    now = [row for row in rows if row.covers(asking.day)]
    ahead = asking.day > right.confirmed_until
    if ahead:
        held = [row for row in now if not (row.is_money or _MONEY.search(f"{row.value} {row.condition}"))]
        if len(held) < len(now):
            parts.paragraphs.append(values.unknown_on(name, asking.spoken or f"{asking.day.year}년", what))
            parts.known = False
            return
        now = [row for row in held if row.value is not None]
    if not now:
        if parts.known:
            first = min((row.from_ for row in rows if row.from_), default=None)
            before = first is not None and asking.day < first
            parts.known = False
            parts.paragraphs.append(
                f"{josa(name, '은/는')} {korean_date(first, year=True)}부터예요. 그 전은 저희 자료에 없어요." if before and first
                else values.unknown_on(name, asking.spoken, what)
            )
        return
    _say_rows(name, now, parts, asking)
    row = next((row for row in now if row.reference), now[0])
    url = row.reference.url if row.reference and row.reference.url else right.sources[0].url
    title = next((source.title for source in right.sources if source.url == url), site_title(url))
    parts.sources.sort(key=lambda source: source[1] != url)
    parts.basis = values.basis(asking.day, row.checked_on or right.checked_on, title, as_of=asking.as_of)
    parts.cautions += [caution for row in now if (caution := row.caution)]
    coming = values.next_change(rows, asking.day)
    if coming and not ahead:
        after = [row for row in rows if row.from_ == coming]
        parts.paragraphs.append(f"{korean_date(coming, year=True)}부터는 달라져요.")
        parts.paragraphs += [
            "• " + values.line(values.label(row), values.figure(row) or "아직 확인되지 않았어요") for row in after
        ]


def _say_rows(name: str, rows: list[RightValue], parts: Parts, asking: Asking) -> None:
    if len(rows) == 1:
        row = rows[0]
        said = values.figure(row)
        if said is None:
            parts.known = False
            parts.paragraphs.append(f"{name} {row.meaning or '금액'}은 확인되지 않았어요({values.short_condition(row.condition)}). {_HELP}")
            return
        condition = values.label(row)
        ending = said if said.endswith("요") else josa(said, "이에요/예요")
        brief = len(condition) <= 24
        parts.paragraphs.append(f"{josa(name, '은/는')} {ending}{f'({condition})' if condition and brief else ''}.")
        if not brief:
            parts.paragraphs.append(polite(condition))
        return
    parts.paragraphs.append(f"{josa(name, '은/는')} 이렇게 정해져 있어요.")
    for row in rows[:8]:
        head = values.label(row) or (f"{row.meaning or ''} 금액".strip() if row.value is None else "")
        parts.paragraphs.append("• " + values.line(head, values.figure(row) or "확인되지 않았어요"))


def _right_penalty(right: Right, asking: Asking, parts: Parts) -> None:
    if right.id == "penalty_table":
        rows = [row for row in right.pay if row.covers(asking.day)]
        wanted = set(re.findall(r"육아휴직|단축|배우자|난임|가족돌봄|출산|임신|해고|서류|유산|연장|야근", asking.text))
        chosen = [row for row in rows if wanted and any(word in (row.condition or "") for word in wanted)] or rows
        parts.paragraphs.append("위반하면 이런 제재가 있어요.")
        parts.paragraphs += [f"• {row.condition}: {values.figure(row)} {row.meaning or ''}".rstrip() for row in chosen[:9]]
        parts.cautions += list(dict.fromkeys(caution for row in chosen if (caution := row.caution)))
        return
    if right.penalty:
        parts.paragraphs.append(polite(right.penalty))
        return
    parts.known = False
    parts.paragraphs.append(f"{josa(_short(right.name), '을/를')} 어겼을 때의 벌칙은 저희 자료에 없어요. {_HELP}")


def _said(parts: Parts, lead: str, text: str | None, program: Program, what: str) -> None:
    if not text:
        parts.known = False
        parts.paragraphs.append(f"{program.short_name} {josa(what, '은/는')} 확인되지 않았어요. {_HELP}")
        return
    parts.paragraphs += [lead] if lead else []
    parts.paragraphs.append(polite(text))


def _listed(parts: Parts, lead: str, items: tuple[str, ...], program: Program, what: str) -> None:
    if not items:
        _said(parts, lead, None, program, what)
        return
    parts.paragraphs += [lead, *(f"• {item}" for item in items)]


def _cautions(parts: Parts, caution: str | None, confidence: str | None) -> None:
    if caution:
        parts.cautions.append(polite(caution))
    if confidence == "low":
        parts.cautions.append(f"확실하지 않은 자료라 {_HELP}")
    parts.cautions = list(dict.fromkeys(parts.cautions))


def _short(name: str) -> str:
    return re.sub(r"\s*\([^()]*\)$", "", name)


def _ids_out(text: str) -> str:
    """``text`` with ids of other items replaced by nothing a reader would stumble over."""
    from knowledge_base.search_items import title_of

    return re.sub(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b", lambda found: title_of(found.group()) or found.group(), text)


def default_situation(facts: object, event: Event, as_of: date) -> Situation:
    """A situation for reading rows: rules of ``as_of`` count unless the event says otherwise."""
    from knowledge_base.facts import Facts

    assert isinstance(facts, Facts)
    return Situation(facts, event, as_of)
