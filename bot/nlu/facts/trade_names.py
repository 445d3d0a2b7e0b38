"""Names of trades that no list has, told by how they end: "콤바인수리점" repairs, "헛제삿밥집" feeds.

A Korean compound is what its last part says, so the endings of ``lexicon/industries.yaml`` are enough where the
sentence says that the firm is one. Words that the list has are ``industries``' own.
"""

from __future__ import annotations

import re
from functools import lru_cache

import yaml

from bot.nlu.facts.fact import Fact, Said
from knowledge_base.errors import KNOWLEDGE_ROOT

_FILE = KNOWLEDGE_ROOT / "lexicon" / "industries.yaml"
# Before the ending stands what is made, sold or mended, not whose the place is or how big.
_WHOSE = re.compile(
    r"^(?:저희|우리|울|제|내|그|이|저|본|새|타|동네|작은|근처|옆|앞|다른|직장|국공립|사내|공동|시립|구립|전|현|회사|남의|무슨|어떤|온라인|단체|대기업|친구"
    r"|첫|큰|남편|아내|장시간|야간|주말|정기|무료|자체|직접|전체|내부|외부|업무|인사|노무|복지|근무|연장|휴직|대체|육아|출산|신규|직원|고용|채용|제도|일터|가족)"
    r"|(?:은|는|을|를|에서|에게|한테|하고)$"
)


@lru_cache(maxsize=1)
def _endings() -> dict[str, str]:
    words = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {ending: section for section, groups in words.items() for ending in groups.get("endings", ())}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    endings = "|".join(sorted(map(re.escape, _endings()), key=len, reverse=True))
    return re.compile(rf"(?<![가-힣A-Za-z])(?P<what>[가-힣A-Za-z]{{1,8}}?)(?P<ending>{endings})(?![가-힣]*{endings})")


def find(said: Said, is_it_after: re.Pattern[str]) -> list[Fact]:
    """The last trade told by its ending; ``is_it_after`` matches what says, after a name, that the firm is one."""
    found = []
    for match in _pattern().finditer(said.text):
        told = is_it_after.match(said.text[match.end() : match.end() + 24])
        if told and not _WHOSE.search(match.group("what")):
            section = _endings()[match.group("ending")]
            found.append(Fact("industry", section, match.start(), match.end(), confidence=0.6))
    return found[-1:]
