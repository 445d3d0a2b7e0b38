"""What to say of a right or of a ready question for one aspect on one day.

Choosing the item and the aspect is in ``answers.py``.
"""

from __future__ import annotations

import re

from knowledge_base import answer_values as values
from knowledge_base.answer_choice import content_words
from knowledge_base.answer_parts import (
    MONEY,
    Asking,
    Parts,
    add_cautions,
    ask_somebody,
    current,
    known_by,
    short_name,
    site_title,
    unknown_on,
)
from knowledge_base.item_schema import Question, Right, RightValue
from knowledge_base.korean import josa, korean_date
from knowledge_base.loading import load_knowledge
from knowledge_base.polite import polite, split_sentences
from knowledge_base.search_items import official_names, title_of
from knowledge_base.search_text import pack, words

# What somebody takes or receives; bans, duties and ways of counting are nobody's to "use".
_IS_USED = re.compile(r"(휴가|휴직|급여|시간|단축|변경)$")
# "줘야 하나요", "안 줘도 되나요": what is asked is whether a leave, a time or a reduction must be granted.
_IS_GRANTED = re.compile(r"(휴가|휴직|시간|단축)$")
_ASKS_PAY = re.compile(r"월급|급여|임금|돈|수당|상여|보너스|유급|무급")
# Who is asked after, or of whom it is asked: persons, ages, contracts.
_OF_SOMEBODY = re.compile(
    r"누가|누구|대상|자격|조건|요건|해당|몇살|몇세|나이|\d+(살|세|학년|개월(된|인|짜리)?(아|애))|초등|중학|유치원|초[1-6]|돌(이|지)|입양|"
    r"남자|여자|남성|여성|아빠|엄마|남편|아내|부부|알바|계약직|기간제|수습|신입|인턴|파견|일용|외국인|임원|프리랜서|"
    r"촉탁|단시간|시간제|정규직|비정규|한부모|할머니|할아버지|조부모|손주|손자|부모님|장애|공무원|대표|사장|가족|"
    r"입사|근속|다닌지|개월차"
)
_FIVE = 5  # in firms of fewer people some rules do not hold
_PENALTY = re.compile(r"벌금|과태료|징역")
_ASKS_WHETHER = re.compile(r"(줘|주어|보내|시켜|들어줘)야|안(줘|주어|해줘|보내줘)도|거부|거절|반려|의무")


def of_right(right: Right, asking: Asking) -> Parts:
    """The answer about a right or benefit for the aspect asked."""
    parts = Parts(right.name, checked_on=right.checked_on)
    parts.sources = [(source.title, source.url) for source in right.sources]
    aspect, name = asking.aspect, short_name(right.name)
    if asking.day > right.confirmed_until and aspect not in ("law", "contact"):
        parts.cautions.append(f"{right.confirmed_until.isoformat()} 뒤에 바뀌는지는 확인되지 않았어요.")
    if aspect == "amount" and right.pay and right.id != "penalty_table":
        _right_rows(right, right.pay, asking, parts, "금액")
    elif aspect in ("duration", "amount") and right.durations:
        _right_rows(right, right.durations, asking, parts, "기간")
    elif aspect == "eligibility" and right.who and _IS_USED.search(name) and _asks_who(right, asking.text):
        does = "받을" if name.endswith("급여") else "쓸"
        parts.paragraphs += [f"{josa(name, '은/는')} 이런 분이 {does} 수 있어요.", polite(_ids_out(right.who))]
    elif aspect == "refusal" and right.employer_duty:
        parts.paragraphs.append(_must_grant(name, asking) + polite(_ids_out(right.employer_duty)))
        if right.penalty:
            parts.paragraphs.append("어기면: " + polite(split_sentences(right.penalty)[0]))
    elif aspect == "penalty":
        _right_penalty(right, asking, parts)
    elif aspect == "under5":
        yes = {
            True: "5인 미만 회사에도 적용돼요.",
            False: "5인 미만 회사에는 적용되지 않아요.",
            None: "5인 미만 적용은 나뉘어요.",
        }
        parts.paragraphs.append(
            f"{josa(short_name(right.name), '은/는')} {yes[right.under5.applies]} {polite(right.under5.note)}"
        )
    elif aspect in ("documents", "apply", "deadline", "payment", "contact") and right.how_to_apply:
        parts.paragraphs.append(polite(current(_ids_out(right.how_to_apply), asking.day) or ""))
    elif aspect == "who_pays" and (right.pay or right.employer_duty):
        if right.pay:
            _right_rows(right, right.pay, asking, parts, "금액")
        else:
            parts.paragraphs.append(known_by(_ids_out(right.summary), asking, right.confirmed_until))
        if right.employer_duty:
            parts.paragraphs.append("회사가 할 일: " + polite(_ids_out(right.employer_duty)))
    elif aspect == "law":
        parts.paragraphs += [f"{short_name(right.name)}의 법적 근거예요."] + [f"• {law}" for law in right.legal_basis]
    elif aspect in ("documents", "deadline", "payment", "penalty"):
        parts.known = False
        parts.paragraphs.append(
            f"{josa(short_name(right.name), '은/는')} 그 부분이 저희 자료에 없어요. {ask_somebody()}"
        )
    else:
        parts.paragraphs.append(known_by(_ids_out(right.summary), asking, right.confirmed_until))
        if right.pay and right.name.endswith("급여") and aspect in ("general", "definition", "eligibility"):
            _right_rows(right, right.pay, asking, parts, "금액")
        elif aspect in ("general", "eligibility") and right.employer_duty:
            parts.paragraphs.append("회사가 할 일: " + polite(_ids_out(right.employer_duty)))
    add_cautions(parts, right.caution, right.confidence, asking.as_of)
    return parts


def _asks_who(right: Right, text: str) -> bool:
    """Whether it is asked who may use it: of somebody, by name or age, or of nothing in particular.

    "태아검진 갈 때마다 반차 쓰게 해도 되나요" asks what the firm may do, and is met with what it has to do.
    """
    if right.id == "fixed_term_worker_leave":
        return False
    if right.name.endswith("급여"):
        return True
    own = {form for called in official_names(right.id) for form in words(called).exact}
    return _OF_SOMEBODY.search(pack(text)) is not None or not content_words(text, own)


def not_held_here(found: Right | Question, asking: Asking) -> str | None:
    """That a rule does not hold in the firm told of, which has fewer than five people; None where it does, where the
    size is not known, and where just that is asked."""
    company = asking.situation.company
    most = company.headcount_range.max if company.headcount_range else company.headcount
    right = found if isinstance(found, Right) else load_knowledge().rights.get(next(iter(found.related_rights), ""))
    told = asking.aspect == "under5" or (isinstance(found, Question) and (found.under5 is not False
                                                                         or found.category == "5인 미만"))
    if most is None or most >= _FIVE or told or right is None or right.under5.applies is not False:
        return None
    name = josa(short_name(right.name), "은/는")
    return f"직원이 5인 미만이라고 하셨지요. {name} 5인 미만 회사에는 적용되지 않아요. {polite(right.under5.note)}"


def _must_grant(name: str, asking: Asking) -> str:
    """The plain answer to "줘야 하나요", for a leave, a time or a reduction; nothing where pay is asked for."""
    asked = pack(asking.text)
    granted = _IS_GRANTED.search(name) and _ASKS_WHETHER.search(asked) and not _ASKS_PAY.search(asked)
    return "원칙적으로 줘야 해요. " if granted else ""


def _right_rows(right: Right, rows: tuple[RightValue, ...], asking: Asking, parts: Parts, what: str) -> None:
    name = short_name(right.name)
    now = [row for row in rows if row.covers(asking.day)]
    ahead = asking.day > right.confirmed_until
    if ahead:
        held = [row for row in now if not (row.is_money or MONEY.search(f"{row.value} {row.condition}"))]
        if len(held) < len(now):
            parts.paragraphs.append(unknown_on(name, asking.spoken or f"{asking.day.year}년", what))
            parts.known = False
            return
        now = [row for row in held if row.value is not None]
    if not now:
        if parts.known:
            first = min((row.from_ for row in rows if row.from_), default=None)
            before = first is not None and asking.day < first
            parts.known = False
            parts.paragraphs.append(
                f"{josa(name, '은/는')} {korean_date(first, year=True)}부터예요. 그 전은 저희 자료에 없어요."
                if before and first
                else unknown_on(name, asking.spoken, what)
            )
        return
    _say_rows(name, now, parts, asking)
    row = next((row for row in now if row.reference), now[0])
    url = row.reference.url if row.reference and row.reference.url else right.sources[0].url
    title = next((source.title for source in right.sources if source.url == url), site_title(url))
    parts.sources.sort(key=lambda source: source[1] != url)
    parts.basis = values.basis(asking, row.checked_on or right.checked_on, title)
    parts.cautions += [polite(caution) for row in now if (caution := row.caution)]
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
            parts.paragraphs.append(
                f"{josa(f'{name} {row.meaning or str()} 금액', '은/는')} 확인되지 않았어요. {ask_somebody()}"
            )
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
        wanted = set(
            re.findall(r"육아휴직|단축|배우자|난임|가족돌봄|출산|임신|해고|서류|유산|연장|야근", asking.text)
        )
        chosen = [row for row in rows if wanted and any(word in (row.condition or "") for word in wanted)] or rows
        parts.paragraphs.append("위반하면 이런 제재가 있어요.")
        parts.paragraphs += [
            f"• {row.condition}: {values.figure(row)} {row.meaning or ''}".rstrip() for row in chosen[:9]
        ]
        parts.cautions += list(dict.fromkeys(caution for row in chosen if (caution := row.caution)))
        return
    if right.penalty:
        parts.paragraphs.append(polite(right.penalty))
        return
    parts.known = False
    parts.paragraphs.append(
        f"{josa(short_name(right.name), '을/를')} 어겼을 때의 벌칙은 저희 자료에 없어요. {ask_somebody()}"
    )


def _ids_out(text: str) -> str:
    """``text`` with ids of other items replaced by nothing a reader would stumble over."""

    return re.sub(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b", lambda found: title_of(found.group()) or found.group(), text)


def of_question(question: Question, asking: Asking) -> Parts:
    """The answer of a question kept ready; figures are held back for a day beyond what is confirmed."""
    parts = Parts(question.question, checked_on=question.checked_on)
    parts.sources = [(source.title, source.url) for source in question.sources]
    sentences = list(split_sentences(question.answer))
    if asking.aspect == "law" and question.legal_basis:
        parts.paragraphs.append("근거는 " + josa(", ".join(question.legal_basis), "이에요/예요") + ".")
        return parts
    if asking.day > question.confirmed_until:
        kept = [sentence for sentence in sentences if not MONEY.search(sentence)]
        parts.cautions.append(
            f"{question.confirmed_until.isoformat()}까지 확인된 내용이라, 그 뒤에도 같은지는 확인되지 않았어요."
        )
        if len(kept) < len(sentences):
            parts.paragraphs.append(unknown_on("", asking.spoken, "금액"))
            parts.known = bool(kept)
        sentences = kept
    if asking.aspect == "penalty":  # "거절하면 벌금 있나요" is met with the penalty first
        sentences.sort(key=lambda sentence: not _PENALTY.search(sentence))
    if sentences:
        parts.paragraphs.insert(0, polite(" ".join(sentences)))
    if question.legal_basis:
        parts.basis = "근거 " + ", ".join(question.legal_basis)
    add_cautions(parts, question.caution, question.confidence, asking.as_of)
    return parts
