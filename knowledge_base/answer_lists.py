"""Answers that are lists: what changes in the law over a time, and which local programs a place has.

Both are asked without the name of an item, so search alone would have to guess one.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from knowledge_base.answer_choice import too_general
from knowledge_base.answer_parts import Parts, ask_somebody, site_title
from knowledge_base.asked_date import AskedDate
from knowledge_base.korean import korean_date
from knowledge_base.loading import load_knowledge
from knowledge_base.of_the_event import asks_the_sum_anew
from knowledge_base.places import sidos
from knowledge_base.polite import polite
from knowledge_base.program_schema import Program
from knowledge_base.search import search
from knowledge_base.search_items import place_pattern
from knowledge_base.search_text import normalised, pack, words

_CHANGES = re.compile(r"바뀌|바뀐|바꼈|변경(된|되는)|달라지|달라진|개정|새로생긴|새로생기|신설")
_SUPPORT = re.compile(r"지원|혜택|정책|사업|장려금|보조금|제도")
_HELP = re.compile(r"지원|인건비|장려금|수당|보조|혜택|급여")
_HERE = re.compile(
    r"(^|\s)(우리\s*|저희\s*|이\s*)?(시|도|구|군|시청|도청|구청|군청|지자체|지역|동네)"
    r"(에서|에서도|에서는|\s*차원|\s*자체)\S*\s*(따로|별도|해|주|지원|나오|받|있|없)")
_SURELY = 0.9  # share of belief in a program described
# What a question about a place's support may name besides the place.
OF_PLACES = (
    "추가", "위치", "소재", "도", "시", "기업", "중소기업", "업체", "사업장", "지역", "지자체", "정책", "사업",
    "따로", "별도", "소상공인", "자영업", "자영업자", "사장", "1인", "시청", "구청", "보조금", "에서",
    "육아", "휴직", "육아휴직", "출산", "휴가", "가족", "아이", "저출산", "대체", "인력", "대체인력",
)
LOOK_BACK = timedelta(days=190)


def asks_for_changes(text: str) -> bool:
    """Whether ``text`` asks what changed or will change ("올해 뭐가 바뀌었어요")."""
    return bool(_CHANGES.search(pack(normalised(text)))) and not asks_the_sum_anew(text)


def changes(dated: AskedDate | None, as_of: date) -> Parts:
    """The dated changes of the asked year or month, or those of the last half year and all that are to come."""
    parts = Parts("바뀐 것과 바뀔 것", checked_on=max(right.checked_on for right in load_knowledge().rights.values()))
    first, last, said = _span(dated, as_of)
    found = [change for change in load_knowledge().timeline if first <= change.date <= last]
    if not found:
        parts.known = False
        parts.paragraphs.append(f"{said}에 바뀌는 것은 저희 자료에 없어요. {ask_somebody()}")
        return parts
    parts.paragraphs.append(f"{said}에 바뀌었거나 바뀌는 것이에요.")
    for change in found:
        ahead = "(예정) " if change.date > as_of else ""
        parts.paragraphs.append(f"• {korean_date(change.date, year=True)} {ahead}{polite(change.what).rstrip('.')}")
    parts.sources = list(dict.fromkeys((site_title(change.source), change.source) for change in found))
    if last > date(as_of.year, 12, 31):
        parts.cautions.append("지금까지 정해진 것만이에요. 더 바뀌는지는 확인되지 않았어요.")
    return parts


def _span(dated: AskedDate | None, as_of: date) -> tuple[date, date, str]:
    if dated is None:
        return as_of - LOOK_BACK, date.max, "최근 반년과 앞으로"
    if dated.grain == "year":
        return date(dated.day.year, 1, 1), date(dated.day.year, 12, 31), f"{dated.day.year}년"
    month_end = (dated.day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return dated.day.replace(day=1), month_end, f"{dated.day.year}년 {dated.day.month}월"


def local_programs(text: str) -> list[Program]:
    """The local programs of the place that ``text`` names, in the knowledge's order."""
    packed = pack(normalised(text))
    found = []
    for program in load_knowledge().programs.values():
        pattern = place_pattern(program)
        if pattern and re.search(pattern, packed):
            found.append(program)
    return found


def programs_in(region: str | None) -> list[Program]:
    """The local programs of the place in which a region code lies, in the knowledge's order; none for no region."""
    local = (program for program in load_knowledge().programs.values() if program.scope.kind == "local")
    return [program for program in local if region and region.startswith(program.scope.codes)]


def place_words(text: str) -> list[str]:
    """The words of ``text`` that name the place of a local program."""
    packed = pack(normalised(text))
    patterns = {pattern for program in load_knowledge().programs.values() if (pattern := place_pattern(program))}
    return [word for pattern in patterns for word in re.findall(pattern, packed)]


def sido_asked(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The 시·도 that ``text`` names, as it is called officially and in parts of words; None where it names none."""
    packed = pack(normalised(text))
    for sido in sidos():
        if any(packed.startswith(pack(name)) for name in (sido.name, *sido.names)):
            return sido.name, tuple(form for name in (sido.name, *sido.names) for form in words(name).exact)
    return None


def asks_of_a_place(text: str) -> bool:
    """Whether ``text`` asks what support a place has: "대전 지원금 뭐 있어요", "서울시 소상공인 출산 지원"."""
    if not _SUPPORT.search(pack(normalised(text))):
        return False
    named = place_words(text) if local_programs(text) else list((sido_asked(text) or ("", ()))[1])
    return bool(named) and too_general(text, "general", besides=(*named, *OF_PLACES))


def asks_of_here(text: str) -> bool:
    """Whether ``text`` asks what the place of the firm gives, without naming it: "시에서 주는 건 없어요?"."""
    return _HERE.search(normalised(text)) is not None


def of_here(region: str | None, before: str) -> Parts | None:
    """The local programs of the place told of, by its region code or by what was said; None where none was told."""
    if found := programs_in(region) or local_programs(before):
        return listed(found)
    named = next((sido for sido in sidos() if region and region.startswith(sido.code)), None)
    place = named.name if named else (sido_asked(before) or ("", ()))[0]
    return no_local_programs(place) if place else None


def asks_for_its_program(text: str) -> bool:
    """Whether ``text`` describes a program of the place that it names, without asking in so many words.

    "경북 구미 소상공인인데 출산하면 가게 봐줄 사람 인건비"
    """
    there = {program.id for program in local_programs(text)} if _HELP.search(text) else set()
    best = next(iter(search(text, limit=1)), None) if there else None
    return best is not None and best.id in there and best.score >= _SURELY


def no_local_programs(place: str) -> Parts:
    """That the knowledge holds no program of this 시·도 itself, and that those of the state hold there as well."""
    parts = Parts(f"{place} 지원")
    parts.paragraphs += [
        f"네, 나라에서 하는 지원금과 휴가·휴직 제도는 {place}에서도 똑같이 받을 수 있어요.",
        f"{place}에서 따로 하는 지원은 저희 자료에 없어요. {ask_somebody()}",
    ]
    return parts


def listed(programs: list[Program]) -> Parts:
    """A line for each of some local programs, with the caution that they change from year to year."""
    place = programs[0].scope.place or ""
    parts = Parts(f"{place} 지원", checked_on=min(program.checked_on for program in programs))
    parts.paragraphs.append(f"{place}에서 찾은 지원이에요.")
    for program in programs[:6]:
        parts.paragraphs.append(f"• {program.short_name}: {polite(program.summary)}")
    parts.paragraphs.append(f"나라에서 하는 육아휴직·대체인력·업무분담 지원금은 {place}에서도 똑같이 받아요.")
    parts.sources = [(site_title(program.sources[0]), program.sources[0]) for program in programs[:4]]
    parts.cautions.append("지자체 사업은 해마다 예산과 공고에 따라 바뀌어요. 신청 전에 올해 공고를 확인하세요.")
    return parts
