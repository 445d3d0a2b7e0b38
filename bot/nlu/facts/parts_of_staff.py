"""Counts of a part of the staff with no whole beside it: "그중 여직원 셋", "간호사만 넷이에요", "한 부서에 세 명".

How many the firm has they do not tell. "직원만 셋이에요" does: nobody is left out of it but the owner.
"""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Said

_AMONG_THEM = re.compile(
    r"(?:^|[\s,.])(?:그|이|그\s중|직원|직원들|근로자)\s?(?:중|가운데)(?:에|에서|에서도)?(?:는|도|선)?\s"
    r"(?:[가-힣]{1,8}?(?:은|는|이|가|만|도)?\s?){0,2}(?:약|한)?\s?$"
)
_IN_ONE_OF_MANY = re.compile(
    r"(?:^|[\s,.])(?:한|각|한\s?개|부서별로?|팀별로?|조별로?)\s?(?:부서|팀|조|반|라인|층|교대|타임|파트|과|근무조)(?:에|에서|당|마다|가|이|은|는|엔)?\s?"
    r"(?:직원이?|사람이?|인원이?)?\s?(?:약\s?|한\s?|보통\s?)?$"
)
# A word for some of the staff, not for all of it.
_SOME = (
    r"(?:간호사|조무사|의사|약사|치료사|위생사|요양보호사|교사|강사|기사|운전기사|생산직|사무직|현장직|영업직|연구원|개발자|디자이너|미용사"
    r"|조리사|요리사|주방|홀|현장|사무실|배송|영업)"
)
_ALONE = re.compile(rf"(?<![가-힣]){_SOME}(?:님|들|님들)?만\s?(?:해도\s)?(?:약\s|한\s|벌써\s)?$")
_ALL_THERE_IS = re.compile(r"\s?(?:명|분)?\s?(?:있|써|쓰|두|둬|일하|일해|뿐|데리)|전부|모두")


def is_a_part(said: Said, start: int, end: int) -> bool:
    """Whether the people counted there are told as some of the staff."""
    before = said.before(start, 24)
    if _AMONG_THEM.search(before) or _IN_ONE_OF_MANY.search(before):
        return True
    return bool(_ALONE.search(before)) and not _ALL_THERE_IS.match(said.text, end)
