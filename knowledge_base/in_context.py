"""A short question understood together with what was just spoken of: "월급은요?", "벌금 얼마예요".

Such a question names no program or right of its own. It is searched with the name of what is talked of (the item
answered last, what that is about, the employee's event), and taken for a question about it where an item of that
subject speaks of what is asked. Composing the answer is in ``answers.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge_base.answer_choice import answering, belief, best, content_words, narrower
from knowledge_base.answer_parts import MONEY
from knowledge_base.asked_date import AskedDate, asked_date
from knowledge_base.aspects import Aspect, asked_about
from knowledge_base.follow_up import named_in, names_a_subject, without_names
from knowledge_base.item_schema import Question, Right
from knowledge_base.loading import load_knowledge
from knowledge_base.morphemes import morphemes
from knowledge_base.of_the_event import (
    paid_for,
    rights_behind,
)
from knowledge_base.particulars import aspect_of, holds, names_besides, particular_asked, told_of
from knowledge_base.program_schema import Program
from knowledge_base.question_shape import asking_sentences
from knowledge_base.same_worker import document, of_the_same_worker
from knowledge_base.search import Hit, search
from knowledge_base.search_items import item, title_of
from knowledge_base.search_text import matters, normalised, pack
from knowledge_base.talked_of import Talk, is_about, subjects

_PAY = re.compile(r"월급|급여|임금|유급|무급|봉급")
_PAY_WORDS = frozenset({"월급", "급여", "임금", "유급", "무급", "봉급"})
# Whether pay may be cut is asked of the firm's duty; any other open question of pay is who pays what.
_CUT = re.compile(r"깎|줄[이여일]|빼|덜")
_OPEN = ("general", "eligibility", "duration", "amount", "definition", "who_pays", "payment", "refusal")
_GRANT = re.compile(r"지원금|장려금|지원(은|이|도|되|돼|해|받)")
_LEADS_IN = re.compile(
    r"^((아니|아|음|네|예|그럼|그러면|그리고|그런데|근데|혹시|또|그|이|그건|이건|이것도|그것도)[\s,]+)+")
# Words that only ask for the aspect itself.
_OF_ASPECT: dict[Aspect, frozenset[str]] = {
    "who_pays": _PAY_WORDS | {"부담", "나가", "대"},
    "penalty": frozenset({"신고", "고발", "위반", "걸리", "당하", "신고당하"}),
    "payment": frozenset({"들어오", "통장", "입금"}),
}
# The field of a right that speaks of what is named, and the aspect it is told by.
_FIELDS: tuple[tuple[str, Aspect], ...] = (
    ("employer_duty", "refusal"), ("how_to_apply", "apply"), ("penalty", "penalty"), ("who", "eligibility"),
)
# Shares of belief: of a ready question when the subject's name is searched along; of one about the same subject found
# by the question alone, or that names nothing; of an item beside the subject, and of one that need not speak of it;
# and of the ready question of the subject found by the question alone.
_FITS, _FITS_ALONE, _FITS_BESIDE, _SURELY_BESIDE, _FITS_ABOUT = 0.25, 0.4, 0.4, 0.6, 0.33
_NEARLY = 0.9  # of the belief in a ready question of another subject: less, and what asks openly is not of the talk
_LEAST_OF_A_GRANT = 0.1
# A ready question of the subject itself that stands out among those of the same subject: by so many times, and with
# this share among all items.
_STANDS_OUT, _FITS_OF_ALL, _FITS_A_PROGRAM, _ALL = 3, 0.3, 0.1, 1000
_OPENLY: tuple[Aspect, ...] = ("general", "eligibility", "amount", "duration", "definition")
_IS_GRANT = re.compile(r"지원|장려금")
_MATTERS = re.compile(r"보험|퇴직금|퇴직연금|연차|연금|세금|연말정산|상여|보너스|성과급|승진|호봉|지원금|장려금")

@dataclass(frozen=True)
class Meant:
    """The item that is asked about, the aspect, the question with its subject, the day it is asked for, and what the
    next such question is of."""

    identifier: str
    aspect: Aspect
    text: str
    dated: AskedDate | None
    subject: str | None = None


def meant(text: str, talk: Talk, as_of: date) -> Meant | None:
    """What ``text`` asks of what was just spoken of; None where it names a subject itself or nothing fits.

    Raises KnowledgeError where the knowledge cannot be loaded.
    """
    core = _LEADS_IN.sub("", asking_sentences(text).strip())
    if not pack(core) or names_a_subject(core) or matters(core)[1]:
        return None
    aspect, by_words = aspect_asked(core)
    dated, content = asked_date(core, as_of), content_words(core, _OF_ASPECT.get(aspect, ()))
    if dated and not by_words and not content:
        return None  # "2027년에는요?" asks what was asked before, of another day
    if dated is None and aspect in ("who_pays", "amount"):
        dated = asked_date(talk.before, as_of)
    alone = next(iter(search(core, limit=1)), None)
    question = _Question(core, aspect if by_words else "general", content, alone, dated)
    grant = _GRANT.search(pack(core)) is not None
    if narrow := _narrowly(core, talk, dated):
        return narrow
    for subject in subjects(talk, core, aspect, content, grant):
        found = _granted(subject, question, talk) if grant else _asked_of(subject, question)
        if found:
            told = found[1] if found[1] != "general" else aspect
            return Meant(found[0], told, f"{title_of(subject)} {core}", dated, _kept(found[0], subject))
    if grant and talk.before and (granted := _granted(None, question, talk)):
        return Meant(granted[0], aspect, core, dated)
    return None


def _kept(answering_it: str, subject: str) -> str:
    """What the next short question is of: the program or right answered from, else what the ready question was of."""
    found = item(answering_it)
    if isinstance(found, Question) and not is_about(answering_it, subject):
        return answering_it  # of another subject, met by the way
    return subject if isinstance(found, Question) or answering_it.startswith(f"{subject}_") else answering_it


def _narrowly(core: str, talk: Talk, dated: AskedDate | None) -> Meant | None:
    """A narrow question ("누가 신청해요?") of the first thing talked of that it can be asked of; None for another."""
    narrow = particular_asked(core)
    if narrow is None or names_besides(core):
        return None
    aspect = aspect_of(narrow)
    of_talk = list(subjects(talk, core, aspect, (), False))
    beside = [one for subject in of_talk for one in _beside(subject, talk)]
    for subject in dict.fromkeys([*of_talk[:1], *beside, *of_talk[1:]]):
        if holds(subject, narrow):
            return Meant(subject, aspect, core, dated, of_talk[0] if narrow != "open_now" else subject)
    first = of_talk[0] if of_talk else None
    return Meant(first, aspect, core, dated, first) if first and told_of(first, narrow, core, date.min) else None


def narrowly_named(text: str) -> str | None:
    """The program or right that ``text`` asks a narrow question of by its name: "유연근무 장려금 먼저 승인받나요"."""
    narrow = particular_asked(text)
    named = named_in(text) if narrow else []
    if narrow is None or not named or names_besides(without_names(text)):
        return None
    beside = [one for subject in named for one in _beside(subject, Talk())]
    return next((one for one in (*named, *beside) if holds(one, narrow)), None)


def _beside(subject: str, talk: Talk) -> Iterator[str]:
    """The leave behind a grant or a benefit, then the benefit for a leave and the grant for it."""
    yield from rights_behind(subject, talk.event, talk.before, talk.earlier)
    if f"{subject}_benefit" in load_knowledge().rights:
        yield f"{subject}_benefit"
    if paid := paid_for(subject):
        yield paid


def aspect_asked(text: str) -> tuple[Aspect, bool]:
    """The aspect of a question about what is talked of, and whether its words tell: pay asked openly is who pays."""
    asked, packed = asked_about(text), pack(normalised(text))
    if _PAY.search(packed) and not _CUT.search(packed) and (asked.by != "words" or asked.aspect in _OPEN):
        return "who_pays", True
    return (asked.aspect, True) if asked.by == "words" else ("general", False)


@dataclass(frozen=True)
class _Question:
    """A question without its subject: the aspect its words tell, what else it names, and what it finds alone."""

    text: str
    aspect: Aspect
    content: tuple[str, ...]
    alone: Hit | None
    dated: AskedDate | None

    @property
    def names(self) -> set[str]:
        """The nouns of the question: a document may say what is done by other verbs."""
        return {token.form for token in morphemes(normalised(self.text)) if token.tag.startswith("N")}


def _asked_of(subject: str, asked: _Question) -> tuple[str, Aspect] | None:
    """The item of ``subject`` that answers, and the aspect; None where none speaks of what is asked."""
    alone, open_ = asked.alone, asked.content or asked.aspect == "general"
    if alone and open_ and alone.score >= _FITS_ABOUT and is_about(alone.id, subject):
        return alone.id, asked.aspect
    hits = search(f"{title_of(subject)} {asked.text}", limit=6)
    if asked.aspect == "who_pays" and asked.dated is None and (paid := _ready_of_pay(hits, subject)):
        return paid, asked.aspect
    if asked.aspect in _OPENLY and (ready_one := ready_of(subject, asked.text, least=_FITS_OF_ALL)):
        return ready_one, asked.aspect
    if not open_:
        told = _tells(subject, asked.aspect)
        return (answering(subject, asked.aspect, asked.dated), asked.aspect) if told else None
    first, rival = hits[0], alone.score if alone and alone.kind == "question" else 0.0
    near = first.score >= (_FITS if asked.content else _FITS_ALONE) and (
        alone is None or alone.id == first.id or first.score * 2 > rival)
    figures = asked.dated is not None and asked.aspect == "who_pays"  # of a day: the rows that hold on it
    if isinstance(found := item(first.id), Question) and near and not figures and (
        asked.aspect != "amount" or MONEY.search(found.answer)  # "퇴직금 얼마예요" is not met with how it is counted
    ):
        return first.id, asked.aspect
    if not asked.content:
        return None
    if first.id == subject and (ready := narrower(asked.text, hits, asked.aspect)):
        return ready, asked.aspect
    chosen, share = best(asked.text, hits, asked.aspect, asked.dated), belief(hits)
    beside = chosen != subject and not isinstance(item(chosen), Question) and share >= _FITS_BESIDE
    if beside and (share >= _SURELY_BESIDE or _speaks(chosen, asked)):
        return chosen, asked.aspect
    surely = alone is not None and alone.kind == "question" and alone.score >= _FITS_ALONE
    if not surely and (nearer := of_the_same_worker(subject, asked.text)):
        return nearer, asked.aspect
    if isinstance(item(subject), Program) and (ready_one := ready_of(subject, asked.text, least=_FITS_A_PROGRAM)):
        return ready_one, asked.aspect
    known = alone is not None and is_about(alone.id, subject)
    ours = asked.aspect != "general" or first.score > rival * _NEARLY or known
    surely = surely or _MATTERS.search(pack(normalised(asked.text))) is not None
    of_subject = not surely and first.id == subject and first.score >= _SURELY_BESIDE and asked.aspect == "general"
    return (_speaks(subject, asked) if ours else None) or ((subject, asked.aspect) if of_subject else None)


def ready_of(subject: str, text: str, *, least: float) -> str | None:
    """The ready question about ``subject`` that ``text`` asks: found far sooner than any other about it, and with
    at least this share of belief among all items; None where no one stands out."""
    ready = [hit for hit in search(f"{title_of(subject)} {text}", limit=_ALL, kinds=("question",))
             if is_about(hit.id, subject)][:2]
    if not ready or ready[0].score < least:
        return None
    return ready[0].id if len(ready) == 1 or ready[0].score > _STANDS_OUT * ready[1].score else None


def _granted(subject: str | None, asked: _Question, talk: Talk) -> tuple[str, Aspect] | None:
    """The program, or the ready question about programs, where a grant for ``subject`` is asked for; without one it
    is asked for what the person told before."""
    if subject and isinstance(item(subject), Program):
        return _asked_of(subject, asked) if _IS_GRANT.search(title_of(subject) or "") else None
    shares: dict[str, float] = {}
    named = [f"{title_of(subject)} {asked.text}"] if subject else []
    for whole in (*named, f"{talk.before} {asked.text}".strip()):
        for hit in search(whole, limit=8):
            found = item(hit.id)
            if isinstance(found, Program) or (isinstance(found, Question) and found.related_programs):
                shares[hit.id] = shares.get(hit.id, 0.0) + hit.score
    likeliest = max(shares, key=lambda identifier: shares[identifier], default=None)
    return (likeliest, asked.aspect) if likeliest and shares[likeliest] >= _LEAST_OF_A_GRANT else None


def _ready_of_pay(hits: list[Hit], subject: str) -> str | None:
    """The ready question about the pay of ``subject`` among the first ones found; None where there is none."""
    ready = ((hit.id, found) for hit in hits[:3] if isinstance(found := item(hit.id), Question)
             and hit.score >= _FITS and is_about(hit.id, subject))
    return next((identifier for identifier, found in ready
                 if _PAY.search(found.question) and not _CUT.search(found.question)), None)


def _speaks(identifier: str, asked: _Question) -> tuple[str, Aspect] | None:
    """The item with the aspect under which it has something to say of what the question names; None for nothing."""
    said = document(identifier)
    there = [form for form in asked.content if form in said or (form in _PAY_WORDS and _PAY.search(said))]
    names = [form for form in asked.content if form in asked.names]
    if not there or (asked.aspect == "general" and not set(names or asked.content) <= set(there)):
        return None
    if asked.aspect != "general" and _tells(identifier, asked.aspect):
        return identifier, asked.aspect
    found = item(identifier)
    if isinstance(found, Program):
        return identifier, "refusal"  # told first of all by the sentences that name it
    if asked.aspect != "general":
        return None
    fields = _FIELDS if isinstance(found, Right) else ()
    told = (aspect for name, aspect in fields if all(form in (getattr(found, name) or "") for form in there))
    return identifier, next(told, "general")


def _tells(identifier: str, aspect: Aspect) -> bool:
    """Whether an item holds ``aspect``, so that nothing of it has to be said not to be known."""
    found = item(identifier)
    if isinstance(found, Right):
        return bool({
            "amount": found.pay or found.durations, "who_pays": found.pay or found.employer_duty,
            "duration": found.durations, "refusal": found.employer_duty, "penalty": found.penalty,
            "under5": True, "law": found.legal_basis, "eligibility": found.who,
            "documents": found.how_to_apply, "apply": found.how_to_apply, "deadline": found.how_to_apply,
            "definition": True,
        }.get(aspect))
    if isinstance(found, Program):
        return aspect not in ("general", "refusal", "penalty") and bool({
            "documents": found.documents, "payment": found.payment_timing,
            "deadline": found.deadlines or found.deadline,
        }.get(aspect, True))
    return False


def asks_by_itself(text: str, talk: Talk, as_of: date) -> bool:
    """Whether ``text`` asks by its own words or of its own matter ("퇴직금은요?"), not of another case of what was
    asked before ("쌍둥이는요?")."""
    spoken = meant(text, talk, as_of)
    return _MATTERS.search(pack(normalised(text))) is not None or (spoken is not None and spoken.aspect != "general")
