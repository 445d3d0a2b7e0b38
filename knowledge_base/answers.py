"""Answering a free Korean question from the knowledge: short, in 해요체, for what was asked, with date and source.

Which item is meant comes from ``search.py``, what is asked of it from ``aspects.py``, what to say from
``answer_parts.py``. Where nothing fits surely, the answer says so and offers the two likeliest items instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knowledge_base.answer_parts import Asking, Parts
from knowledge_base.answer_programs import of_program
from knowledge_base.answer_rights import of_question, of_right
from knowledge_base.answer_values import short_source
from knowledge_base.asked_date import AskedDate, asked_date
from knowledge_base.aspects import Aspect, asked_about
from knowledge_base.facts import Event, EventType, Facts
from knowledge_base.item_schema import Question, Right
from knowledge_base.plain_words import easier
from knowledge_base.polite import split_sentences
from knowledge_base.program_schema import Program
from knowledge_base.search import Hit, evidence, search
from knowledge_base.search_items import item, official_names, title_of
from knowledge_base.search_text import matters, normalised, pack, words
from knowledge_base.situation import Situation

# Below these the best item is not said but offered: how surely the question is of this field at all, and the best
# item's share of belief (both measured on the kept-apart question sets, see benchmarks/search.py).
CONFIDENT = 0.5
ENOUGH_SHARE = 0.2
MAX_CAUTION = 170
_NO_SUBJECT = re.compile(
    r"^(그럼|그러면|그건|그거|그게|그것|이건|이거|이게|거기|근데|그런데|혹시|저희|우리|회사|도|은|는|이|가|요|언제|까지|부터|얼마|나|얼마나|"
    r"어떻게|신청|방법|하|되|돼|서류|뭐|무엇|필요|기한|기간|조건|대상|자격|금액|며칠|몇일|몇개월|몇달|몇|월|년|일|내년|작년|올해|누가|돈|"
    r"벌금|과태료|처벌|거부|안|못|주|줘|받|알|알려|말|좀|더|자세히|자세하|설명|법|근거|전화|전화번호|번호|어디|중복|같이|함께|명|인|미만|이상|"
    r"있|없|수|것|거|때|가능|들|내|나오|쓰|5인|다른|지급|시기|해당|지원|또|다시|어떡하|그렇|정확히|진짜|정말|왜|최대|최소|총|전부|다|한|입금|"
    r"제출|준비|양식|온라인|고용24|홈페이지|접수|처|곳|늦|지나|놓치|유급|무급|연장|의무|무조건|꼭|하루|달|개월|주일|시|날|\d[\d,]*%?)$"
)
_EVENTS: tuple[tuple[str, EventType], ...] = (
    (r"육아기.{0,6}단축|단축근무|근로시간단축", "childcare_reduced_hours"),
    (r"배우자.{0,3}출산", "spouse_maternity_leave"),
    (r"출산(전후)?휴가", "maternity_leave"),
    (r"유산|사산", "miscarriage_leave"),
    (r"육아휴직", "parental_leave"),
)
# Aspects that a program or right answers better than a ready question, where it is named.
_OF_ITEMS = (
    "amount",
    "documents",
    "apply",
    "deadline",
    "payment",
    "combination",
    "who_pays",
    "law",
    "duration",
    "penalty",
)
_PAPERWORK = ("documents", "apply", "deadline", "payment", "who_pays", "law", "contact")
_MODES = (("재택", "telework"), ("원격", "remote"), ("시차", "staggered"), ("선택근무", "selective"))


@dataclass(frozen=True)
class Answer:
    """An answer ready to be said. ``confident`` False: ``text`` asks which of ``alternatives`` was meant.

    ``items`` are the ids used, ``card`` the chat API's card of type "answer", ``plain`` the same in easier words.
    ``known`` is False where the knowledge does not hold what was asked and the text says so.
    """

    items: list[str]
    text: str
    card: dict[str, Any]
    confident: bool
    alternatives: list[Hit] = field(default_factory=list)
    aspect: Aspect = "general"
    plain: str = ""
    known: bool = True


def answer(text: str, *, facts: Facts, as_of: date, about: str | None = None) -> Answer:
    """The answer to ``text`` for these facts on the day ``as_of`` (KST).

    ``about`` is the id last talked of, used where the question has no subject of its own ("서류는요?").
    Raises KnowledgeError where the knowledge cannot be loaded.
    """
    asked = asked_about(text)
    dated = asked_date(text, as_of)
    hits = search(text, limit=5)
    follow_up = about is not None and item(about) is not None and lacks_subject(text)
    aspect: Aspect = "amount" if dated and asked.aspect == "general" else asked.aspect
    if follow_up and about is not None:
        chosen, sure = _answering(about, aspect, dated), True
    elif not hits:
        return _not_understood(hits, aspect)
    else:
        sure = evidence(text) >= CONFIDENT and hits[0].score >= ENOUGH_SHARE and not _too_general(text, asked.aspect)
        chosen = _best(text, hits, aspect, dated)
    if not sure and about is not None and item(about) is not None and not matters(text)[1] and aspect != "general":
        chosen, sure = _answering(about, aspect, dated), True
    if not sure:
        return _not_understood(hits, aspect)
    return _said(text, chosen, aspect, dated, facts, as_of, [hit for hit in hits if hit.id != chosen][:2])


def lacks_subject(text: str) -> bool:
    """Whether a question names nothing to ask about, like "서류는요?" or "2027년에는?"."""
    asked = words(text)
    return all(_NO_SUBJECT.match(form) for form in asked.exact)


def _too_general(text: str, aspect: Aspect) -> bool:
    """Whether a question names nothing of its own but "지원금" or "휴가", so that answering would be guessing."""
    kinds = {"지원금", "장려금", "급여", "휴가", "휴직", "제도", "혜택", "지원", "돈"}
    if lacks_subject(text):
        return True
    return aspect in ("general", "definition", "amount", "eligibility") and all(
        _NO_SUBJECT.match(form) or form in kinds for form in words(text).exact
    )


def _best(text: str, hits: Sequence[Hit], aspect: Aspect, dated: AskedDate | None) -> str:
    """The id to answer from: a named program or right goes before a ready question on figures and paperwork, and
    for a penalty the right itself goes before the table of all penalties."""
    first = hits[0]
    if first.id == "penalty_table" and len(hits) > 1 and hits[1].kind == "right" and hits[1].score > first.score / 4:
        return hits[1].id
    if first.kind != "question":
        return first.id
    if aspect in _OF_ITEMS:
        packed = pack(normalised(text))
        named = [hit for hit in hits[1:3] if hit.kind != "question" and hit.score > first.score / 3]
        for hit in named:
            if any(len(name) >= 4 and name in packed for name in map(pack, official_names(hit.id))):
                return hit.id
    return _answering(first.id, aspect, dated, among=[hit.id for hit in hits[:4]])


def _answering(identifier: str, aspect: Aspect, dated: AskedDate | None, among: Sequence[str] | None = None) -> str:
    """The item that answers ``aspect`` for ``identifier``: itself, or what a ready question is about."""
    found = item(identifier)
    if not isinstance(found, Question):
        return identifier
    own = asked_about(found.question).aspect
    related = [*found.related_programs, *found.related_rights]
    if not related or (own == aspect and aspect != "amount" and dated is None):
        return identifier
    if aspect == "amount" and len(found.related_programs) == 1 and found.category == "지원금":
        return found.related_programs[0]
    if dated is not None and aspect in ("amount", "duration") and len(related) <= 2:
        return found.related_rights[0] if found.related_rights else related[0]
    if among is None and aspect in (
        "documents",
        "apply",
        "deadline",
        "payment",
        "combination",
        "amount",
        "eligibility",
    ):
        return related[0]
    return identifier


def _said(
    text: str,
    chosen: str,
    aspect: Aspect,
    dated: AskedDate | None,
    facts: Facts,
    as_of: date,
    others: list[Hit],
) -> Answer:
    found = item(chosen)
    situation = _situation(text, facts, as_of, dated)
    day = dated.day if dated else as_of
    asking = Asking(text, aspect, day, as_of, dated, situation)
    if isinstance(found, Program):
        if aspect == "under5" and (ready := item("faq_043")) is not None and isinstance(ready, Question):
            parts, found = of_question(ready, asking), ready
        else:
            parts = of_program(found, asking)
    elif isinstance(found, Right):
        parts = of_right(found, asking)
    elif isinstance(found, Question):
        parts = of_question(found, asking)
    else:
        raise KeyError(chosen)
    items = list(dict.fromkeys([found.id, chosen]))
    return Answer(
        items=items,
        text=_text(parts, 90 if aspect in _PAPERWORK else MAX_CAUTION),
        card=_card(parts, items),
        confident=True,
        alternatives=others,
        aspect=aspect,
        plain=_plain(parts),
        known=parts.known,
    )


def _situation(text: str, facts: Facts, as_of: date, dated: AskedDate | None) -> Situation:
    """The firm and its event, or the event the question itself names; rules are looked up on the day asked."""
    packed = pack(normalised(text))
    event = facts.events[0] if facts.events else Event()
    named = next((kind for pattern, kind in _EVENTS if re.search(pattern, packed)), None)
    mode = next((kind for word, kind in _MODES if word in packed), None)
    if named and named != event.type:
        event = Event(type=named)
    if mode and event.mode is None:
        event = event.copy(update={"mode": mode})
    return Situation(facts, event, dated.day if dated else as_of)


def _text(parts: Parts, most: int) -> str:
    """The chat message: what was asked first, then date and source, then a caution of about ``most`` characters."""
    body = "\n".join(parts.paragraphs)
    basis = f"\n({parts.basis})" if parts.basis else ""
    if not parts.basis and parts.checked_on and parts.sources:
        basis = f"\n({parts.checked_on.isoformat()} 확인, 출처 {short_source(parts.sources[0][0])})"
    elif parts.basis.startswith("근거") and parts.checked_on:
        basis = f"\n({parts.basis}, {parts.checked_on.isoformat()} 확인)"
    caution = f"\n※ {_shortened(' '.join(parts.cautions), most)}" if parts.cautions else ""
    return body + basis + caution


def _shortened(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    kept = ""
    for sentence in split_sentences(text):
        if kept and len(kept) + len(sentence) > most:
            break
        kept = f"{kept} {sentence}".strip()
    return kept


def _card(parts: Parts, items: list[str]) -> dict[str, Any]:
    return {
        "v": 1,
        "type": "answer",
        "title": parts.title,
        "paragraphs": list(parts.paragraphs),
        "sources": [{"title": title, "url": url} for title, url in parts.sources[:4]],
        "checked_on": parts.checked_on.isoformat() if parts.checked_on else None,
        "basis": parts.basis or None,
        "caution": " ".join(parts.cautions) or None,
        "items": items,
    }


def _plain(parts: Parts) -> str:
    """The answer in easier words: no brackets, no law, at most three short sentences."""
    return easier(parts.paragraphs)


def _not_understood(hits: Sequence[Hit], aspect: Aspect) -> Answer:
    likely = list(hits[:2])
    names = [title_of(hit.id) or hit.title for hit in likely]
    if names:
        said = "제가 정확히 알아듣지 못했어요. 이 가운데 궁금하신 것이 있나요?\n" + "\n".join(
            f"• {name}" for name in names
        )
    else:
        said = (
            "제가 정확히 알아듣지 못했어요. "
            "육아휴직, 대체인력지원금처럼 궁금한 제도의 이름을 넣어 다시 물어봐 주세요."
        )
    card = {
        "v": 1,
        "type": "answer",
        "title": "무엇이 궁금하세요?",
        "paragraphs": names,
        "sources": [],
        "checked_on": None,
        "basis": None,
        "caution": None,
        "items": [],
    }
    return Answer(
        items=[], text=said, card=card, confident=False, alternatives=likely, aspect=aspect, plain=said, known=False
    )
