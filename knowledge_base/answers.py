"""Answering a free Korean question from the knowledge: short, in 해요체, for what was asked, with date and source.

Which item is meant comes from ``search.py``, what is asked of it from ``aspects.py``, what to say from
``answer_parts.py``. Where nothing fits surely, the answer says so and offers the two likeliest items instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from knowledge_base.answer_choice import PENALTIES, answering, belief, best, lacks_subject, named_by, too_general
from knowledge_base.answer_lists import (
    OF_PLACES,
    asks_for_changes,
    asks_of_here,
    changes,
    listed,
    local_programs,
    no_local_programs,
    of_here,
    place_words,
    programs_in,
    sido_asked,
)
from knowledge_base.answer_parts import Asking, Parts
from knowledge_base.answer_programs import of_program
from knowledge_base.answer_rights import not_held_here, of_question, of_right
from knowledge_base.answer_shape import Answer, both, composed, not_understood, with_sources
from knowledge_base.asked_date import AskedDate, asked_date
from knowledge_base.asked_situation import situation_of
from knowledge_base.aspects import Aspect, asked_about
from knowledge_base.facts import Event, Facts
from knowledge_base.follow_up import named_in
from knowledge_base.in_context import meant, narrowly_named
from knowledge_base.item_schema import Question, Right
from knowledge_base.late import asks_whether_late
from knowledge_base.loading import load_knowledge
from knowledge_base.may_have import (
    asks_of_the_firm,
    few_people_named,
    grant_named_alone,
    of_the_firm,
    public_institution_named,
)
from knowledge_base.named_matters import matter_named, said_to
from knowledge_base.of_the_event import (
    OF_THE_RIGHT,
    asks_for_money,
    asks_of_the_state,
    asks_what_is_due,
    event_using,
    grant_of,
    grant_of_cover_named,
    item_of,
    paid_for,
)
from knowledge_base.own_sums import asks_own_sum, own_sum
from knowledge_base.particulars import parts_of
from knowledge_base.pay_told import NONE
from knowledge_base.plain_words import easier
from knowledge_base.program_schema import Program
from knowledge_base.search import Hit, evidence, search
from knowledge_base.search_items import item, title_of
from knowledge_base.search_text import matters, normalised, pack
from knowledge_base.situation import Situation
from knowledge_base.talked_of import Talk
from knowledge_base.told_first import told_first
from knowledge_base.told_limits import LENGTHS, decided, with_what_decides
from knowledge_base.two_questions import two_questions

# Below these the best item is not said but offered: how surely the question is of this field at all, and the best
# item's share of belief (both measured on the kept-apart question sets, see benchmarks/search.py).
CONFIDENT = 0.5
ENOUGH_SHARE = 0.2
ENOUGH_IF_NAMED = 0.1
ALONE = 0.85  # hardly anything else fits: "육아휴직자 연말정산" is of this field, though 연말정산 is not
_OF_CHANGES = (
    "바뀌",
    "바뀐",
    "달라지",
    "개정",
    "법",
    "새로",
    "생기",
    "변경",
    "신설",
    "최근",
    "앞",
    "하반기",
    "상반기",
    "뭣",
)
ALONE_ENOUGH = 0.7
CHANGES = "changes_2026_h2"
KINDS = "faq_170"  # which grants there are
ALREADY_OVER = "faq_093"  # whether a leave that is over may still be claimed for
# What holds in firms of fewer than five, and which grants they may have.
UNDER5, UNDER5_GRANTS = "under5_application", "faq_043"
_GRANTS = re.compile(r"지원|장려금|돈|받")
_PAY = re.compile(r"급여|월급|임금")
_OF_LENGTH: tuple[Aspect, ...] = ("eligibility", "refusal", "duration", "general")
_PAY_ITSELF = ("월급", "임금", "직원")




def answer(
    text: str, *, facts: Facts, as_of: date, about: str | None = None, before: str = "",
    earlier: tuple[str, ...] = (), sums: Mapping[str, int] = NONE,
) -> Answer:
    """The answer to ``text`` for these facts on the day ``as_of`` (KST).

    ``about`` is the id last talked of, ``earlier`` those before it and ``before`` what the person said then, used
    where the question has no subject of its own ("서류는요?"); ``sums`` are the 원 a month told before
    (``pay_told.py``).
    Two questions in one message are both answered where both are understood.
    Raises KnowledgeError where the knowledge cannot be loaded.
    """
    if (of_own := _of_own_sums(text, facts, as_of, Talk(about, before, _event(facts), earlier), sums)) is not None:
        return of_own
    if about is not None and not named_in(text) and decided(about, text):
        return _said(text, about, asked_about(text).aspect, None, facts, as_of, [])  # "이미 7일 썼대요"
    if asks_of_here(text) and (here := of_here(facts.company.region, before)):
        return composed(here, [one.id for one in programs_in(facts.company.region)], "general")
    if matter := matter_named(text, before):
        named = Parts(title_of(matter.item) or "", [said_to(matter, text)])
        return with_sources(composed(named, [matter.item], "eligibility"), matter.item)
    parts = two_questions(text)
    if parts is not None:
        first = _answer(parts[0], facts=facts, as_of=as_of, about=about, before=before, earlier=earlier)
        if first.confident and first.items:
            second = _answer(_with_subject(parts[1], first), facts=facts, as_of=as_of, about=first.items[-1])
            if second.confident and second.text != first.text:
                return both(first, second)
    found = _answer(text, facts=facts, as_of=as_of, about=about, before=before, earlier=earlier)
    return _for_what_was_told(found, text, before, _event(facts))


def _for_what_was_told(found: Answer, text: str, before: str, event: Event) -> Answer:
    """``found`` with what a told fact decides: instead of the rule where it answers alone, else before it."""
    told = told_first(found.items[0], found.aspect, text, before, event) if found.items and found.confident else None
    if told is None:
        return found
    sentences, alone = told
    card = {**found.card, "paragraphs": [*sentences, *([] if alone else found.card["paragraphs"])]}
    said = "\n".join(sentences)
    if alone:
        basis = found.text.rsplit("\n(", 1)[-1].split("\n")[0] if "\n(" in found.text else ""
        return replace(found, text=f"{said}\n({basis}" if basis else said, card=card, plain=easier(sentences))
    return replace(found, text=f"{said}\n{found.text}", card=card, plain=f"{easier(sentences)}\n{found.plain}")




def _event(facts: Facts) -> Event:
    return facts.events[0] if facts.events else Event()


def _of_own_sums(text: str, facts: Facts, as_of: date, talk: Talk, sums: Mapping[str, int]) -> Answer | None:
    """What the firm's own figures come to, where that is asked."""
    if not asks_own_sum(text, talk, sums, told_more=False):
        return None
    found = own_sum(text, talk, sums, situation_of(text, facts, as_of, asked_date(text, as_of)), as_of)
    return composed(found[0], [found[1]], "amount") if found else None


def _with_subject(text: str, after: Answer) -> str:
    """The second question with the first one's subject where it names none but "급여" or "월급"."""
    name = title_of(after.items[-1]) or ""
    bare = _PAY.match(text) is not None and not lacks_subject(text)
    return f"{name} {text}" if bare and not isinstance(item(after.items[-1]), Question) else text




def _answer(
    text: str, *, facts: Facts, as_of: date, about: str | None, before: str = "", earlier: tuple[str, ...] = ()
) -> Answer:
    """The answer to one question; see ``answer``."""
    talk = Talk(about, before, _event(facts), earlier)
    asked = asked_about(text)
    dated = asked_date(text, as_of)
    aspect: Aspect = "amount" if dated and asked.aspect == "general" else asked.aspect
    about = _talked_of(about, aspect, facts)
    follow_up = about is not None and item(about) is not None
    if about is not None and asks_of_the_state(text) and (leave := _paid_by_the_state(about, talk)):
        return replace(_said(text, leave, "amount", dated, facts, as_of, []), topic=leave)
    if about is not None and (paid := paid_for(about)) and asks_what_is_due(text):
        return _said(text, paid, "amount", dated, _with_event_of(about, facts), as_of, [])
    if asks_whether_late(text):
        of = about if isinstance(item(about or ""), Program) else grant_of(facts.events[0] if facts.events else None)
        return _said(text, of or ALREADY_OVER, "deadline" if of else "general", dated, facts, as_of, [])
    if spoken := meant(text, talk, as_of):
        of_talk = _said(spoken.text, spoken.identifier, spoken.aspect, spoken.dated, facts, as_of, [])
        return replace(of_talk, topic=spoken.subject)
    if follow_up and about is not None and lacks_subject(text):
        return _said(text, answering(about, aspect, dated), aspect, dated, facts, as_of, [])
    if follow_up and about is not None and _PAY.search(text) and too_general(text, "general", besides=_PAY_ITSELF):
        of = next(iter(_rights_behind(about)), about)
        return _said(text, of, "who_pays" if aspect == "general" else aspect, dated, facts, as_of, [])
    if (of := _named_with_its_number(text)) is not None:
        return _said(text, of, aspect, dated, facts, as_of, [])
    if (of_cover := grant_of_cover_named(text)) and asks_for_money(text):
        return _said(text, of_cover, "eligibility" if aspect == "general" else aspect, dated, facts, as_of, [])
    if narrow := narrowly_named(text):
        return _said(text, narrow, aspect, dated, facts, as_of, [])
    hits = search(text)
    if not hits:
        return not_understood(hits, aspect)
    if asks_for_changes(text) and (hits[0].id == CHANGES or too_general(text, "general", besides=_OF_CHANGES)):
        return composed(changes(dated, as_of), [CHANGES], aspect)
    local = local_programs(text)
    if local and too_general(text, "general", besides=(*place_words(text), *OF_PLACES)):
        found = [hit.id for hit in hits]
        local.sort(key=lambda program: found.index(program.id) if program.id in found else len(found))
        return composed(listed(local), [program.id for program in local], aspect)
    place = sido_asked(text) if not local else None
    if place and too_general(text, "general", besides=(*place[1], *OF_PLACES)):
        return composed(no_local_programs(place[0]), [], aspect)
    if named := grant_named_alone(text):
        return _said(text, named, aspect, dated, facts, as_of, [hit for hit in hits if hit.id != named][:2])
    if about is None and asks_of_the_firm(text) and not (aspect == "under5" and facts.company.headcount is None):
        return whether_ours(text, facts=facts, as_of=as_of)
    if aspect == "under5" and too_general(text, "general", besides=("사업장", "가게", "매장", "업체", "직원")):
        ready = UNDER5_GRANTS if _GRANTS.search(text) else UNDER5
        return _said(text, ready, "general", dated, facts, as_of, hits[:2])
    chosen = best(text, hits, aspect, dated)
    if chosen == PENALTIES and (called := next((one for one in named_in(text) if _has_its_penalty(one)), None)):
        chosen = called  # "임신기 단축 거절하면 벌금 얼마예요"
    is_named = chosen in named_in(text) or named_by(chosen, pack(normalised(text)))
    enough = ENOUGH_IF_NAMED if is_named else ENOUGH_SHARE
    of_field = evidence(text) >= CONFIDENT or (hits[0].score >= ALONE and matters(text)[0] > 0)
    sure = of_field and belief(hits) >= enough
    sure = sure and (_is_alone(hits[0]) or not too_general(text, asked.aspect))
    if not sure and follow_up and about is not None and not matters(text)[1] and aspect != "general":
        chosen, sure = answering(about, aspect, dated), True
    if not sure:
        return not_understood(hits, aspect)
    return _said(text, chosen, aspect, dated, facts, as_of, [hit for hit in hits if hit.id != chosen][:2])


def _paid_by_the_state(about: str, talk: Talk) -> str | None:
    """The leave or benefit talked of where its pay comes from the state; None where the firm's grant is meant."""
    kind = talk.event.type
    own = item_of(talk.event) if kind else None
    for identifier in dict.fromkeys((about, *_rights_behind(about), own or about)):
        found = item(identifier)
        if isinstance(found, Right) and any(row.is_money for row in found.pay) and (own in (None, identifier)):
            return identifier
    return None


def _with_event_of(right: str, facts: Facts) -> Facts:
    """``facts`` with the event that uses ``right`` where none was told, so that only its figures are said."""
    kind = event_using(right)
    return facts if facts.events or kind is None else facts.copy(update={"events": (Event(type=kind),)})


def _has_its_penalty(identifier: str) -> bool:
    found = item(identifier)
    return isinstance(found, Right) and found.penalty is not None


def whether_ours(text: str, *, facts: Facts, as_of: date) -> Answer:
    """Whether the firm told of, or the one that ``text`` names, may have the main grants: "50인 이상도 되나요?"."""
    firm = situation_of(text, facts, as_of, None).company
    few = few_people_named(text) if firm.headcount is None else None
    if few is not None:
        firm = firm.copy(update={"headcount": few})
    if public_institution_named(text):
        firm = firm.copy(update={"public_institution": True})
    return composed(of_the_firm(firm, as_of), [], "eligibility")


def kinds(region: str | None, *, as_of: date) -> Answer:
    """Which grants there are, and those of the place of a region code."""
    found = answer("", facts=Facts(), as_of=as_of, about=KINDS)
    local = programs_in(region)
    return both(found, composed(listed(local), [program.id for program in local], "general")) if local else found


def _is_alone(first: Hit) -> bool:
    """Whether a ready question fits so much better than all else that what it names does not matter."""
    return first.kind == "question" and first.score >= ALONE_ENOUGH


def _talked_of(about: str | None, aspect: Aspect, facts: Facts) -> str | None:
    """What a question without a subject is about: the item last talked of, else what the employee's event uses.

    "안 해 주면요?" after the grants were shown is asked of the leave, not of a grant.
    """
    of_event = item_of(facts.events[0], aspect) if facts.events else None
    if about is None or (of_event and aspect in OF_THE_RIGHT and isinstance(item(about), Program)):
        return of_event or about
    return about


def _rights_behind(identifier: str) -> tuple[str, ...]:
    """The rights that a ready question is about; none for another item."""
    found = item(identifier)
    return found.related_rights if isinstance(found, Question) else ()


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
    aspect = "general" if chosen == UNDER5 else aspect
    situation = situation_of(text, facts, as_of, dated)
    day = dated.day if dated else as_of
    asking = Asking(text, aspect, day, as_of, dated, situation)
    if isinstance(found, (Program, Right)) and (narrow := parts_of(found, asking)):
        parts = narrow
    elif isinstance(found, Program):
        ready = item("faq_043") if aspect == "under5" else None
        if isinstance(ready, Question) and found.id in ready.related_programs:
            parts, found = of_question(ready, asking), ready
        elif aspect == "under5":
            parts = of_program(found, replace(asking, aspect="eligibility"))
        else:
            parts = of_program(found, asking)
    elif isinstance(found, Right):
        # "유산휴가도 급여 나오나요" asks of a leave whether it is paid, of a benefit who may have it.
        paid = aspect == "eligibility" and _PAY.search(text) is not None and not found.name.endswith("급여")
        benefit = load_knowledge().rights.get(f"{found.id}_benefit") if paid else None
        if benefit:
            parts, found = of_right(benefit, replace(asking, aspect="amount")), benefit
        else:
            parts = of_right(found, replace(asking, aspect="who_pays") if paid else asking)
    elif isinstance(found, Question):
        parts = of_question(found, asking)
    else:
        raise KeyError(chosen)
    if said := _by_its_number(found, text, aspect, situation):
        only = isinstance(found, Right) and aspect == "eligibility"  # who may have it is no longer asked
        parts.paragraphs = [said] if only else with_what_decides(parts.paragraphs, said)
    if not isinstance(found, Program) and (few := not_held_here(found, asking)):
        parts.paragraphs[:0] = [few, "5인 이상 회사라면 이래요."]
    return composed(parts, list(dict.fromkeys([found.id, chosen])), aspect, others)


def _named_with_its_number(text: str) -> str | None:
    """The grant for a leave named, or the benefit of it, where a number told decides whether it is paid."""
    named = named_in(text)
    grants = [paid for one in named if _GRANTS.search(text) and (paid := paid_for(one))]
    benefits = [f"{one}_benefit" for one in named if _PAY.search(text)]
    return next((one for one in (*grants, *benefits) if decided(one, text)), None)


def _by_its_number(
    found: Program | Right | Question, text: str, aspect: Aspect, situation: Situation,
) -> str | None:
    """What a number in the question decides, by the limits of the item or of what it is about."""
    related = (*found.related_rights, *found.related_programs) if isinstance(found, Question) else ()
    paid = paid_for(found.id) if _GRANTS.search(text) and not isinstance(found, Program) else None
    tenure = situation.event.worker_tenure_months if aspect in ("eligibility", "refusal") else None
    ids = [identifier for identifier in (paid, found.id, *related) if identifier]
    # "육아휴직 6개월 쓰려면 서류가 뭐예요": how long is told, and is not what is asked of a leave.
    besides = () if aspect in _OF_LENGTH or isinstance(found, Program) or paid else LENGTHS
    return next((said for one in ids if (said := decided(one, text, tenure, besides=besides))), None)














