"""Narrow questions about one program or right: may it be split, who applies, is the wage kept, is it open now.

The answers stand in ``particulars.yaml`` where an item needs its own sentence; for the rest they come from its
fields, or it is said that the knowledge does not hold them. Which item is meant is decided in ``in_context.py``.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path

from knowledge_base.answer_choice import content_words
from knowledge_base.answer_parts import Asking, Parts, ask_somebody, current, short_name, site_title
from knowledge_base.aspects import Aspect
from knowledge_base.item_schema import Right, Source
from knowledge_base.items import read_item
from knowledge_base.korean import josa
from knowledge_base.polite import polite, split_sentences
from knowledge_base.program_schema import Program
from knowledge_base.search_items import item
from knowledge_base.search_text import normalised, pack
from knowledge_base.sentence_schema import Particular, ParticularsFile, Told

FILE = Path(__file__).parent / "particulars.yaml"
_ASKED: tuple[tuple[Particular, re.Pattern[str]], ...] = (
    ("hire_from", re.compile(
        r"(미리|먼저|일찍|전에|앞서).{0,8}(뽑|채용|구해|구하)|(언제|몇달전|며칠전|얼마전)(부터|에)?.{0,6}(뽑|채용|구해|구하)|이미(뽑|채용)")),
    ("payback", re.compile(r"토해|뱉어|반납|환수|추징|다시내|돌려(줘야|줘야되|내야|주나|달라)")),
    ("applicant", re.compile(
        r"누가(신청|접수|내야|내나)|신청(은|을|도)?(우리|회사|저희|사장)(가|이|에서)?(대신|직접)?(해|하)|신청(은|을|도)?(누가|누구)|(직원|본인|근로자)(이|가)?(직접)?신청(해야|하나|해요|하는|하면)|"
        r"(회사|사장|우리)(이|가)?(직접)?신청(해야|하나|해요|하는)|신청주체")),
    ("instalments", re.compile(
        r"(매달|매월|다달이|달마다)(나|받|주|줘|들어|입금|지급)|(한번에|한꺼번에|몰아서|일시불로|일시금으로)(나|받|주|줘|들어|입금|지급)|"
        r"(매달|매월).*(한번에|한꺼번에)|끝나고(한번에|한꺼번에|받|줘|주)|몇달(마다|에한번)|일시불|일시금|분기마다|나눠(서)?(주|줘|받|들)")),
    ("split", re.compile(
        r"(나눠|나누어|쪼개|끊어)(서)?(쓰|써|쓸|사용|도|가)|나눠도|쪼개도|분할|하루씩|하루단위|이틀씩|"
        r"(한번에|한꺼번에|연달아|연속|이어서|몰아서|통으로|통째로)(다|전부|모두|쭉)?(로)?(써|쓰|사용|쉬|가야)|몇번(에|까지)?(나눠(?!주|줘|받|들)|써|쓸)")),
    ("approval", re.compile(
        r"승인|(먼저|바로|미리|그냥)시작해도|사전(에)?신청|먼저신청|(허락|허가)(을|이)?(받|필요|해야)|"
        r"시작하고(나서|나중에)?(나중에)?신청|시작한(뒤|다음|후)(에)?신청|계획서")),
    ("open_now", re.compile(
        r"(지금|아직|요즘|요새|현재|올해)(도|은|에도)?(신청|접수|모집)|(신청|접수|모집)(을|은)?(지금|아직|요즘|현재)|"
        r"접수(하나|중|되나|받)|모집(하나|중)|(지금|아직|요즘|올해)(도)?(하나요|해요|하고있|하는거)")),
    ("wage", re.compile(
        r"(월급|임금|급여|봉급|돈|시급)(은|을|도|이|에서)?(좀)?(그대로|똑같이|원래대로|전부|깎|줄여|줄이|줄어|덜|삭감|빼)|유급|무급|"
        r"(월급|임금|급여|봉급|돈)(은|을|도)?(줘야|주어야|줘도|안줘|안주|챙겨|나가)|(월급|임금|봉급)(은|을|도|이)?(주나|누가(주|줘|내))")),
)
_ASPECT: dict[Particular, Aspect] = {
    "split": "duration", "applicant": "apply", "instalments": "payment", "open_now": "deadline",
    "approval": "apply", "wage": "who_pays", "payback": "payment", "hire_from": "eligibility",
}
# How much is asked besides: then the figures answer, not the particular.
_FIGURES = re.compile(r"얼마|며칠|몇일|몇개월|몇달|다받을|전부받을|상한")
# The question turned round: "한 번에 다 써야 하나요", "먼저 시작해도 되나요", "깎아도 되나요".
_TURNED: dict[Particular, re.Pattern[str]] = {
    "split": re.compile(r"한번에|한꺼번에|연달아|연속|이어서|몰아서|통으로|통째로"),
    "approval": re.compile(r"시작해도|시작하고|시작한|그냥|바로"),
    "wage": re.compile(
        r"(깎|줄여|줄이|덜|삭감|빼)(아|어|해|지)?도|(깎|줄여|줄이|덜|삭감|빼)[가-힣]{0,3}(되|돼|주)(나|죠|지)|무급|안줘도|안주"),
}
_ASKS_WHO_OR_WHEN = re.compile(r"누가|언제|며칠|얼마")
_FORBIDDEN = re.compile(r"(깎|줄이|빼|삭감하)(으)?면(안|큰일|걸리|불법)|깎지")
_APPROVED, _OPEN = re.compile(r"승인"), re.compile(r"접수|공고|모집|예산|계속|하는지|상시")
_UNKNOWN = "저희 자료에 없어요"
# Of these nothing else of an item could be meant, so that what is not known is said to be so.
_ALWAYS_ANSWERED = ("split", "applicant", "instalments", "open_now", "approval")
_OF_ASKING = frozenset({
    "직원", "회사", "본인", "근로자", "시작", "먼저", "미리", "나가", "나오", "그만두", "퇴사", "퇴직",
    "관두", "내리", "주", "줄", "그냥", "바로", "사전", "끝", "올해", "요즘", "요새", "지금", "현재", "원래", "괜찮",
})
# "휴가는 직원이 …", "나눠 쓸 수 있는지는 …": a sentence that names what it speaks of.
_HAS_ITS_TOPIC = re.compile(r"^[가-힣 ]{1,14}(은|는) ")
_IS_TAKEN = re.compile(r"(휴가|휴직|단축|변경|시간)$")


@lru_cache(maxsize=1)
def table() -> dict[Particular, dict[str, Told]]:
    """Per particular the ids that have a sentence of their own, with it. Raises KnowledgeError for a wrong file."""
    return read_item(FILE, ParticularsFile).__root__


@lru_cache(maxsize=1024)
def particular_asked(text: str) -> Particular | None:
    """Which narrow question ``text`` asks; None for another one and where a figure is asked for besides."""
    packed = pack(normalised(text))
    found = next((name for name, pattern in _ASKED if pattern.search(packed)), None)
    return None if found in ("wage", "payback", "open_now", "split") and _FIGURES.search(packed) else found


def aspect_of(particular: Particular) -> Aspect:
    """The aspect that a narrow question belongs to."""
    return _ASPECT[particular]


def names_besides(text: str) -> tuple[str, ...]:
    """What a narrow question names beside its own words."""
    packed = pack(normalised(text))
    if particular_asked(text) == "hire_from":
        return ()  # "애 낳기 전에" is what it is asked of
    own = "".join(found.group() for _, pattern in _ASKED for found in pattern.finditer(packed))
    return content_words(text, [form for form in content_words(text) if form in own or form in _OF_ASKING])


def parts_of(found: Right | Program, asking: Asking) -> Parts | None:
    """The answer to a narrow question about an item; None where another kind of question is asked of it."""
    particular = particular_asked(asking.text)
    said = told_of(found.id, particular, asking.text, asking.day) if particular else None
    if particular is None or said is None:
        return None
    parts = Parts(found.name if isinstance(found, Right) else found.short_name, said, checked_on=found.checked_on)
    parts.sources = [(source.title, source.url) if isinstance(source, Source) else (site_title(source), source)
                     for source in found.sources]
    parts.known = found.id in table().get(particular, {}) or _UNKNOWN not in said[0]
    if asking.day > found.confirmed_until:
        parts.cautions.append(f"{found.confirmed_until.isoformat()}까지 확인된 내용이에요.")
    if isinstance(found, Program) and found.caution and particular != "open_now":
        parts.cautions.append(polite(found.caution))
    return parts


def told_of(identifier: str, particular: Particular, text: str, day: date) -> list[str] | None:
    """The sentences that answer a narrow question about an item; None where the general answer does it.

    A question that the knowledge cannot answer of this item is met with whom to ask.
    """
    found = item(identifier)
    if not isinstance(found, (Right, Program)):
        return None
    name = short_name(found.name) if isinstance(found, Right) else found.short_name
    own = table().get(particular, {}).get(identifier)
    if own:
        of_itself = _HAS_ITS_TOPIC.match(own.text) is not None
        return [_yes(own.so, particular, text) + (own.text if of_itself else f"{josa(name, '은/는')} {own.text}")]
    said = (_of_program(found, particular, text, day) if isinstance(found, Program)
            else _of_right(found, name, particular, day))
    if said or particular not in _ALWAYS_ANSWERED:
        return said
    return [f"{josa(name, '은/는')} 그 부분이 저희 자료에 없어요. {ask_somebody()}"]


def holds(identifier: str, particular: Particular) -> bool:
    """Whether a narrow question about an item is answered by a sentence of its own or by its fields."""
    found = item(identifier)
    if identifier in table().get(particular, {}):
        return True
    if isinstance(found, Program):
        return particular in ("applicant", "open_now", "approval") or (
            particular == "instalments" and bool(found.payment_timing))
    if isinstance(found, Right):
        return particular == "applicant" and (found.name.endswith("급여") or bool(found.how_to_apply))
    return False


def _yes(yes: bool | None, particular: Particular, text: str) -> str:
    """ "네, " or "아니요, " for the way round in which it is asked."""
    packed = pack(normalised(text))
    if yes is None or _ASKS_WHO_OR_WHEN.search(packed):
        return ""
    turned = particular in _TURNED and _TURNED[particular].search(packed) and not _FORBIDDEN.search(packed)
    return "네, " if yes is not bool(turned) else "아니요, "


def _of_program(program: Program, particular: Particular, text: str, day: date) -> list[str] | None:
    name, applies = program.short_name, polite(split_sentences(program.how_to_apply)[0])
    if particular == "applicant":
        who = "사업주(회사)가 신청해요. " if program.paid_to == "firm" else ""
        return [f"{josa(name, '은/는')} {who}신청하는 곳: {applies}"]
    if particular == "instalments" and program.payment_timing:
        return [f"{josa(name, '은/는')} 이렇게 받아요. {polite(current(program.payment_timing, day) or '')}"]
    if particular == "approval":
        checks = [check.text for check in program.conditions_to_check if _APPROVED.search(check.text)]
        return [f"{_yes(True, particular, text)}{checks[0]}"] if checks else [
            f"{josa(name, '을/를')} 미리 승인받는 절차는 저희 자료에 없어요. 신청하는 곳: {applies}"]
    if particular == "open_now":
        notes = [polite(one) for one in (*split_sentences(program.caution or ""),
                                         *(check.text for check in program.conditions_to_check)) if _OPEN.search(one)]
        return [*(notes[:1] or [f"{josa(name, '을/를')} 지금 접수하는지는 저희 자료에 없어요. {ask_somebody()}"]),
                f"신청하는 곳: {applies}"]
    return None


def _of_right(right: Right, name: str, particular: Particular, day: date) -> list[str] | None:
    if particular == "applicant" and right.name.endswith("급여"):
        return [f"{josa(name, '은/는')} 직원이 고용24에서 신청하고, 회사는 확인서를 내 줘요."]
    if particular == "applicant" and right.how_to_apply and _IS_TAKEN.search(name):
        return [f"{josa(name, '은/는')} 직원이 회사에 신청해요.", polite(current(right.how_to_apply, day) or "")]
    if particular == "split" and _IS_TAKEN.search(name):
        return [f"{josa(name, '을/를')} 나눠 쓸 수 있는지는 저희 자료에 없어요. {ask_somebody()}"]
    return None
