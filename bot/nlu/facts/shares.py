"""The work of the absent shared out by how much each takes: "두 사람이 반씩 맡아요", "대리가 절반, 팀장이 절반".

Whoever takes half of a leave, a fee or a month shares no work.
"""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Fact, Said

_FEW = r"(?:(?:두|세|네|[2-4])\s?(?:사람|명|분|직원)|둘|셋|넷)"
_EACH = r"(?:반반씩?|반씩|절반씩|조금씩|(?:삼|사)등분(?:해서)?|엔분의\s?일씩?|[nN]분의\s?1씩?)"
_BY = r"(?:이|서|이서|끼리|이서만|한테|에게)?"
_TAKE = r"(?:나눠서?\s?|나누어서?\s?|같이\s?)?(?:맡|하(?!루)|해|메꾸|메꿔|메우|채우|채워|커버|보고|봐요|봅|처리|떠안)"
_AMONG = re.compile(rf"(?<![가-힣]){_FEW}\s?{_BY}\s(?:[가-힣]{{1,4}}\s){{0,2}}?{_EACH}\s?{_TAKE}[가-힣]{{0,4}}")
_IN_PARTS = re.compile(
    r"[가-힣]{1,6}[이가은는]\s?(?:절반|반)(?:은|을|씩)?,?\s[가-힣]{1,6}(?:\s[가-힣]{1,4})?[이가은는]\s?(?:절반|반|나머지)(?:은|을|씩)?\s?"
    rf"(?:{_TAKE})[가-힣]{{0,4}}"
)
_NO_WORK = re.compile(r"휴직|휴가|육휴|출휴|개월|비용|요금|급여|월급|부담|지원금|돈|쓰|먹|내고|내요|낸다")
_ASKED = re.compile(r"\?|나요[\s.]*$|까요[\s.]*$|되나")


def find(said: Said) -> Fact | None:
    """ "cover" by colleagues where each takes a share of the work; nothing of a question or of a leave shared."""
    for pattern in (_AMONG, _IN_PARTS):
        match = pattern.search(said.text)
        if match and not _ASKED.search(said.text[match.start() :]) and not _NO_WORK.search(match.group()):
            return Fact("cover", "coworkers", match.start(), match.end())
    return None
