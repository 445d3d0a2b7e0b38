"""Names of trades that no list has, told by how they end: "콤바인수리점" repairs, "헛제삿밥집" feeds.

A Korean compound is what its last part says, so the endings of ``lexicon/industries.yaml`` are enough where the
sentence says that the firm is one. Words that the list has are ``industries``' own.
"""

from __future__ import annotations

import re
from functools import lru_cache

import yaml

from bot.nlu.facts.fact import Fact, Said
from knowledge_base import places
from knowledge_base.errors import KNOWLEDGE_ROOT

_FILE = KNOWLEDGE_ROOT / "lexicon" / "industries.yaml"
# Before the ending stands what is made, sold or mended, not whose the place is or how big.
_WHOSE = re.compile(
    r"^(?:저희|우리|울|제|내|그|이|저|본|새|타|동네|작은|근처|옆|앞|다른|직장|국공립|사내|공동|시립|구립|전|현|회사|남의|무슨|어떤|온라인|단체|대기업|친구"
    r"|첫|큰|남편|아내|장시간|야간|주말|정기|무료|자체|직접|전체|내부|외부|업무|인사|노무|복지|근무|연장|휴직|대체|육아|출산|신규|직원|고용|채용|제도|일터|가족|휴가|지원|급여|서류|신청|상담|방문|예약|노동|어린이집|수유실|휴게실|놀이방|기숙사|시설|출근|퇴근|시간|회의|면접|대체|사내|이번|다음|오늘|내일|어제|요즘|지금)"
    r"|(?:은|는|을|를|에서|에게|한테|하고)$"
)


@lru_cache(maxsize=1)
def _endings() -> dict[str, str]:
    words = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {ending: section for section, groups in words.items() for ending in groups.get("endings", ())}


@lru_cache(maxsize=1)
def _listed() -> frozenset[str]:
    words = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return frozenset(
        re.sub(r"\s", "", str(name)).casefold()
        for groups in words.values() for kind, names in groups.items() if kind != "endings" for name in names
    )


def is_listed(word: str) -> bool:
    """Whether ``word`` is a trade's own name, so that no firm is called by it alone ("IT기업")."""
    return re.sub(r"\s", "", word).casefold() in _listed()


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    endings = "|".join(sorted(map(re.escape, _endings()), key=len, reverse=True))
    return re.compile(rf"(?<![가-힣A-Za-z])(?P<what>[가-힣A-Za-z]{{1,8}}?\s?)(?P<ending>{endings})"
                      rf"(?![가-힣]*{endings})")


# What is made of these stays what it was: whoever makes films is still of that trade, who raises spawn still farms.
_KEPT = {"A": frozenset("C"), "J": frozenset("CMN"), "M": frozenset("CJ"), "R": frozenset("C")}


_WORKED = ("가공", "가공업", "가공업체", "가공공장", "공장", "제조", "제조업", "제조업체")


@lru_cache(maxsize=1)
def _closing() -> re.Pattern[str]:
    return re.compile(rf"\s?(?P<ending>{'|'.join(sorted(map(re.escape, _endings()), key=len, reverse=True))})")


def closing(said: Said, section: str, end: int, is_it_after: re.Pattern[str]) -> tuple[str, int] | None:
    """The section and end of a trade whose name goes on after ``end``: "수입차 정비" is what its last part says."""
    match = _closing().match(said.text, end)
    if not match or not is_it_after.match(said.text[match.end() : match.end() + 24]):
        return None
    closed = _endings()[match.group("ending")]
    if closed in _KEPT.get(section, ()) and match.group("ending") not in _WORKED:
        return None
    return closed, match.end()


# "현수막 제작", "화장실 공사": two words, where nothing else stands before them in the clause but whose they are.
_CLAUSE_BEFORE = re.compile(
    r"(?:^|[.,\n]\s?|(?:^|\s)(?:저희는?|저흰|우리는?|우린|저는|전|제가|여기는?|업종은|회사는|에서|있는|작은|조그만|조그맣게|주로|그냥|전문"
    r"|[가-힣]{1,6}에서|[가-힣]{2,5}서)\s)$"
)
_ONE_OF_THEM = re.compile(r"^\s?(?:원장|교사|간호사|강사|직원|선생|요양보호사|조리사|알바)")


# Two nouns alone that may as well be what somebody looks for: "세탁기 수리", "윈도우 설치".
_LOOKED_FOR = re.compile(
    r"수리|설치|컨설팅|정비|세탁|수선|청소|소독|방역|대여|렌탈|번역|통역|촬영|감정평가|마케팅|광고|설계|분석|측정|통관|복원|튜닝"
)


# "연봉제예요": how somebody is paid, no sewing.
_PAID_SO = re.compile(r"(?:성과)?[연호]봉제")


def find(said: Said, is_it_after: re.Pattern[str]) -> list[Fact]:
    """The last trade told by its ending; ``is_it_after`` matches what says, after a name, that the firm is one."""
    found = []
    for match in _pattern().finditer(said.text):
        after = said.text[match.end() : match.end() + 24]
        if _PAID_SO.fullmatch(match.group()):
            continue
        if is_it_after.match(after) and not _WHOSE.search(match.group("what")) and _is_name(said, match, after):
            section = _endings()[match.group("ending")]
            found.append(Fact("industry", section, match.start(), match.end(), confidence=0.6))
    return found[-1:]


def _is_name(said: Said, match: re.Match[str], after: str) -> bool:
    """Whether ``match`` is one word, or two nouns that are all that the clause is about."""
    what = match.group("what")
    if not what.endswith(" "):
        return bool(what)
    tags = [token.tag for token in said.tokens if match.start() <= token.start < match.end("what")]
    return (
        all(tag in _NOUNS for tag in tags)
        and not (_LOOKED_FOR.fullmatch(match.group("ending")) and re.match(r"[\s.!]*$", after))
        and _begins_a_clause(said.text[: match.start()])
        and not _ONE_OF_THEM.match(after)
        and "?" not in said.text[match.end() :]
    )


_NOUNS = ("NNG", "NNP", "XSN", "XPN", "SL", "SN", "NR")


def _begins_a_clause(before: str) -> bool:
    """Whether nothing but whose it is and where stands before."""
    if _CLAUSE_BEFORE.search(before):
        return True
    words = before.split()
    return bool(words) and (words[-1] in places.places().names or words[-1] in places.places().sido_names)
