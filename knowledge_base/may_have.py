"""Whether a firm may have grants at all, or one of them, in a first sentence: 네, 아니요, or what it hangs on.

"우리 4명인데 되나요?" names no grant: what is known of the firm decides it by the conditions on firms that the main
grants share. For one grant the firm and its event decide. The whole verdicts are ``screening``'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from knowledge_base.answer_choice import too_general
from knowledge_base.answer_parts import Parts, site_title
from knowledge_base.aspects import asked_about
from knowledge_base.fact_words import FACTS
from knowledge_base.facts import Company, Event, Facts
from knowledge_base.korean import josa
from knowledge_base.loading import load_knowledge
from knowledge_base.program_schema import Program
from knowledge_base.rules import Decision, decide
from knowledge_base.search_items import official_names
from knowledge_base.search_text import normalised, pack, words
from knowledge_base.situation import Situation

# The grants that nearly every asking firm is after; what they ask of a firm is the same.
MAIN = ("parental_leave_grant", "replacement_worker_grant", "work_sharing_grant", "childcare_hours_reduction_grant")
_WHETHER = re.compile(
    r"(되|돼|될|받을수|받나|받아|받는|받는지|해당|가능|대상|맞나|맞아|맞죠|지원되|지원돼|나오나|나와|괜찮|있을까|있나)"
)
# What else such a short question is about: a visit, a duty, a person, a length, a time.
_NOT_OF_GRANTS = re.compile(
    r"상담|예약|방문|전화|줘야|주어야|의무|적용|거부|거절|안줘|안해줘|언제|얼마|어떻게|어디|몇|며칠|뭐|무엇|왜|누가|"
    r"남자|여자|남성|여성|남직원|여직원|아빠|엄마|사장|대표|써도|쓰면|나눠|나누|쪼개|미리|먼저|이미|지나|지났|늦|놓|"
    r"\d(일|주|개월|달|년|시간|살|세)|급여|월급|중복|같이|함께|둘다|또|다시|온라인|서류"
)
# What a question may name besides and still ask of the firm as a whole.
_OF_THE_FIRM = (
    "회사", "우리", "저희", "저희도", "사업장", "가게", "매장", "업체", "기업", "중소기업", "소기업", "작은", "작",
    "소규모", "규모", "인원", "직원", "인", "명", "이상", "이하", "미만", "공공", "기관", "공공기관", "지자체",
    "공기업", "공단", "관공서", "곳", "데", "지원", "지원금", "장려금", "정부", "나라", "신청", "이런", "그런",
    "경우", "상시", "근로자", "5", "수", "우선", "우선지원", "프랜차이즈",
    "면", "대상", "맞",
)
# What told facts leave behind: "우리 인데 되나요?".
_LEFT_OVER = re.compile(
    r"(?<!\S)(인데|이고|이면|이라|정도|쯤|에서|에)(요)?(?!\S)|"
    r"(알바|직원|정직원|정규직)\s*(이|만)?\s*(한|두|세|네|다섯|여섯|\d+)\s*(명|분|사람)(이에요|이예요|입니다|뿐|인데)?(요)?"
)
_WHICH = re.compile(
    r"(뭐|뭣|무엇|무슨|어떤).{0,10}(있|되|받|나오|해당|지원)|(지원|혜택|제도)(금|사업)?(은|는|이|가)?(뭐|뭣|무엇|어떤)|종류"
)
_COUNTS = ("한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_FEW_PEOPLE = re.compile(
    rf"(?<!\d)((?P<count>[1-9])\s?(명|인)(?!\s?(미만|이상|이하))|(?P<word>{'|'.join(_COUNTS)})\s?(명|분|사람))"
)
_PUBLIC = re.compile(r"공공기관|공기업|지자체|지방자치단체|관공서|국가기관")
# What nearly every firm meets, and how it is called where it must not be one.
_ROUTINE = {
    "company.employment_insurance": "", "company.public_institution": "공공기관",
    "company.large_group": "대기업집단 소속 회사",
}
_NAMED, _MET = 2, 2
_NAMED_IN_FULL = 7  # letters of "대체인력지원금"
_DETAILS = 5  # conditions listed below the first sentence
# "시작 2개월 전(시작 2개월 전)": what a sentence says where a date is to stand in brackets and none is known.
_SAID_TWICE, _ONCE = re.compile(r"(.{3,20})\(\1\)"), r"\1"


def asks_of_the_firm(text: str) -> bool:
    """Whether ``text`` asks if the firm may have grants at all, naming none: "우리 4명인데 되나요?"."""
    text = _LEFT_OVER.sub(" ", text)
    packed = pack(normalised(text))
    if not _WHETHER.search(packed) or _NOT_OF_GRANTS.search(packed):
        return False
    if asked_about(text).aspect not in ("eligibility", "under5", "general") and "우선지원" not in packed:
        return False
    return too_general(text, "general", besides=_OF_THE_FIRM)


def asks_which(text: str) -> bool:
    """Whether ``text`` asks which grants there are: "지원사업 뭐 있나요", "어떤 지원이 있어요"."""
    return _WHICH.search(pack(normalised(text))) is not None


def grant_named_alone(text: str) -> str | None:
    """The program of which ``text`` asks whether the firm may have it, naming nothing else: its id, or None."""
    packed = pack(normalised(text))
    if not _WHETHER.search(packed) or asked_about(text).aspect not in ("eligibility", "under5"):
        return None
    for program in load_knowledge().programs.values():
        for name in official_names(program.id):
            if len(pack(name)) >= _NAMED_IN_FULL and pack(normalised(name)) in packed:
                alone = too_general(text, "general", besides=(*_OF_THE_FIRM, *words(name).exact))
                besides = packed.replace(pack(normalised(name)), " ")
                return program.id if alone and not _NOT_OF_GRANTS.search(besides) else None
    return None


def few_people_named(text: str) -> int | None:
    """How many people a question names where they are few ("알바 두명이에요"); None for no such count."""
    found = _FEW_PEOPLE.search(text)
    if found is None:
        return None
    return _COUNTS.index(found["word"]) + 1 if found["word"] else int(found["count"])


def public_institution_named(text: str) -> bool:
    """Whether ``text`` asks of a public institution: "공공기관도 되나요"."""
    return _PUBLIC.search(pack(normalised(text))) is not None


def of_the_firm(company: Company, as_of: date) -> Parts:
    """Whether a firm of this kind and size may have the main grants, by their conditions on firms."""
    known = load_knowledge().programs
    grants = [known[identifier] for identifier in MAIN]
    parts = Parts("우리 회사도 받을 수 있나요?", checked_on=min(grant.checked_on for grant in grants))
    situation = Situation(Facts(company=company), Event(), as_of)
    decisions = [found for found in _decided(grants[0], situation) if _of_a_firm(found)]
    refused = [decision for decision in decisions if decision.outcome == "unmet"]
    size = next(decision for decision in decisions if decision.condition.fact.startswith("definition."))
    names = "·".join(grant.short_name.removesuffix(" 지원금").removesuffix("지원금") for grant in grants)
    if refused:
        parts.paragraphs.append(f"아니요. {refused[0].text}")
        parts.paragraphs += [change for decision in refused[:1] if (change := decision.change)]
        parts.paragraphs.append("법으로 정한 휴가·휴직·단축은 똑같이 적용돼요.")
    elif size.outcome == "met":
        parts.paragraphs.append(f"네, 회사 크기로는 받을 수 있어요. {size.text}")
        parts.paragraphs.append(f"{names} 지원금이 있고, 직원이 휴가·휴직·단축을 30일 이상 쓸 때 나와요.")
    elif size.asks and situation.headcount is None:
        parts.paragraphs.append(
            f"네, 고용보험에 든 우선지원대상기업이면 받을 수 있어요. {size.text}")
    elif size.asks:
        parts.paragraphs.append(f"{josa(_named(size.asks), '을/를')} 알아야 해요. {size.text}")
    else:
        parts.paragraphs.append(f"아직 확실하지 않아요. {size.text}")
    reference = refused[0].reference if refused else size.reference
    url = reference.url or grants[0].sources[0]
    parts.sources = [(site_title(url), url)]
    parts.basis = f"근거 {reference.law}" if reference.law else ""
    return parts


def of_the_program(program: Program, situation: Situation, named: Sequence[str] = ()) -> list[str]:
    """Whether this firm may have ``program`` for its event, and below it what decides.

    ``named`` are sentences about what the question names besides, which then come before the list. Empty where it
    has no conditions to decide by.
    """
    decisions = _decided(program, situation)
    if not decisions:
        return []
    name = program.short_name
    refused = [decision for decision in decisions if decision.outcome == "unmet"]
    asked = [decision for decision in decisions if decision.outcome == "unknown" and decision.asking]
    routine = [decision for decision in decisions if decision.outcome == "unknown" and not decision.asking]
    met = [decision for decision in decisions if decision.outcome == "met"]
    if refused:
        said = [f"아니요, {josa(name, '은/는')} 지금까지 알려 주신 내용으로는 받기 어려워요.", *_lines("✕", refused)]
        return [*said[:1], *named, *said[1:], *dict.fromkeys(one for found in refused if (one := found.change))]
    above = [decision for decision in routine if _of_size(decision)]
    if above:
        first = f"아직 확실하지 않아요. {above[0].text}"
    elif not asked:
        first = f"네, 말씀하신 대로면 {josa(name, '을/를')} 받을 수 있어 보여요."
    elif any(_of_a_firm(decision) for decision in asked) or not any(_of_size(decision) for decision in met):
        first = f"{_named(fact for decision in asked for fact in decision.asks)}에 따라 달라요."
    else:
        first = f"네, 회사는 {josa(name, '을/를')} 받을 수 있는 크기예요."
    open_ = _lines("•", (decision for decision in (*asked, *routine) if decision not in above))
    lead = "받으려면 이런 조건이 맞아야 해요." if asked else "이것만 맞는지 확인해 주세요."
    fitting = _lines("✓", met)[:_MET]
    return [first, *named, *([lead, *open_[:_DETAILS]] if open_ else []), *([] if asked else fitting)]


def _decided(program: Program, situation: Situation) -> list[Decision]:
    return [found for condition in program.conditions if (found := decide(condition, situation))]


def _of_size(decision: Decision) -> bool:
    return decision.condition.fact.startswith("definition.")


def _of_a_firm(decision: Decision) -> bool:
    return _of_size(decision) or decision.condition.fact.startswith("company.")


def _named(facts: Iterable[str]) -> str:
    """What an answer hangs on, as it is called: "상시근로자 수와 업종"."""
    names = list(dict.fromkeys(FACTS[fact] for fact in facts if fact != "event.type"))[:_NAMED]
    names = names or [FACTS["event.type"]]
    return josa(names[0], "과/와") + " " + names[1] if len(names) == 2 else ", ".join(names)


def _lines(mark: str, decisions: Iterable[Decision]) -> list[str]:
    """A line for each decision; of two sentences of which one says the other and more, the longer stands, and what
    nearly every firm meets is one sentence."""
    found = list(decisions)
    routine = [one for one in found if one.outcome == "unknown" and one.condition.fact in _ROUTINE]
    texts = [re.sub(_SAID_TWICE, _ONCE, one.text) for one in found if one not in routine]
    if routine:
        texts.insert(0, _in_one(routine))
    return [f"{mark} {text}" for text in dict.fromkeys(texts)
            if not any(other != text and other.startswith(text) for other in texts)]


def _in_one(routine: Sequence[Decision]) -> str:
    """The open ones among the conditions that nearly every firm meets, as one sentence."""
    facts = [one.condition.fact for one in routine]
    if len(routine) == 1:
        return routine[0].text
    kinds = "·".join(kind for fact, kind in _ROUTINE.items() if kind and fact in facts)
    insured = "고용보험에 든 사업장이고, " if "company.employment_insurance" in facts else ""
    return f"{insured}{josa(kinds, '이/가')} 아니어야 해요."
