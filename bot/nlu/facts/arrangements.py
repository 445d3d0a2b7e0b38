"""Flexible work told without its name: "8시에 와서 5시에 가겠대요", "시골 가서 일하겠대요".

Other hours, as many as before, are staggered; other places are remote. The firm's own opening hours are none:
somebody must want or plan them.
"""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.questions import sentence

_NUMBERS = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10,
            "열한": 11, "열두": 12}
_N = r"(?:\d{1,2}|열한|열두|열|한|두|세|네|다섯|여섯|일곱|여덟|아홉)"
_HOUR = rf"(?:오전\s?|아침\s?|오후\s?|저녁\s?)?{_N}\s?시(?:\s?반|\s?\d{{1,2}}\s?분)?"
_FROM_TO = re.compile(
    rf"(?P<come>{_HOUR})\s?(?:에|까지|쯤|쯤에)?\s?(?:와서|오고|출근해서|출근하고|출근|나와서|나오고|시작해서)[\s,·~]*"
    rf"(?P<go>{_HOUR})\s?(?:에|쯤|쯤에)?\s?(?:가|퇴근|들어가|끝|마치)[가-힣]{{0,3}}"
)
_WISHED = re.compile(
    r"바꿔|바꾸|바꿨|바꿀|변경|조정|하겠|겠대|겠다|하고\s?싶|싶대|싶다|싶어|달래|달라|해도|하면\s?안|안\s?되냐|하기로|하려|시켜|했으면|희망|원해|원한|원하|요청|부탁"
)
_CROWDS = re.compile(
    r"(?:붐비|붐빌|막히|막힐|밀리|밀릴|혼잡|복잡한|러시\s?아워|출근\s?시간대|출퇴근\s?시간대|지옥철|만원\s?(?:버스|지하철)|차(?:가|\s)?\s?(?:막|밀))[^.?!\n]{0,12}?"
    r"(?:피해|피하|비켜|전에|지나서|지나고|넘어서|풀리면|일찍|늦게)[^.?!\n]{0,12}?(?:출근|출퇴근|나오|나와|오고|오겠|오게|다니)[가-힣]{0,3}"
)
_HALF_HOUR = re.compile(
    r"(?:30\s?분|삼십\s?분|반\s?시간|한\s?시간|1\s?시간|두\s?시간|2\s?시간)(?:씩|쯤|정도)?\s?(?:일찍|먼저|빨리|늦게|당겨|당겨서)\s?(?:와서|나와서|나오고|출근해서|출근하고|오고|시작해서)"
    r"\s?(?:그만큼\s|그\s?시간만큼\s|대신\s)?(?:(?:30\s?분|삼십\s?분|반\s?시간|한\s?시간|1\s?시간|두\s?시간|2\s?시간)(?:씩|쯤|정도)?\s?)?(?:일찍|먼저|빨리|늦게)\s?(?:가|퇴근|들어가)[가-힣]{0,3}"
)
_BUSY_AND_SLACK = re.compile(
    r"(?:바쁠|바쁜|일\s?많을|일이\s?많을|성수기)\s?(?:땐|때는|때에는|날은|날엔|시기엔|에는|엔)?\s?[^.?!\n]{0,8}(?:많이|더|길게|오래)\s[^.?!\n]{0,12}?(?:한가|안\s?바쁠|일\s?없을|비수기|널널)[^.?!\n]{0,10}(?:적게|덜|짧게|일찍|쉬)[가-힣]{0,3}"
)
_ELSEWHERE = (
    r"(?:카페|시댁|친정|처가|본가|고향|시골|지방|외국|해외|제주도?|외부|밖|다른\s?(?:데|곳|지역|도시)|거기|그쪽|공유\s?오피스|거점\s?오피스|위성\s?사무실|스마트\s?워크\s?센터|[가-힣]{2,3}(?:에\s?내려가))"
)
_AWAY = re.compile(
    rf"(?<![가-힣]){_ELSEWHERE}(?:에서|서|에|로|으로)?\s?(?:(?:내려)?가서\s|가\s?있으면서\s|있으면서\s|따라가서\s)?(?:계속\s|한\s?달(?:만|간|쯤)?\s|몇\s?달\s|노트북으로\s|원격으로\s)?"
    r"(?:일하|일을\s?하|근무하|일\s?보|출근하|출근시키)(?:겠|고\s?싶|게\s?해|려|기로|고\s?있|면\s?안|려구)[가-힣]{0,4}"
)
_SELDOM = re.compile(
    r"(?:일주일에|주에|한\s?달에|매주)\s?(?:한두|한|두|세|[1-3])\s?(?:번|회|일)만\s?(?:회사에?\s?|사무실에?\s?)?(?:출근|나오|나와)(?:하|하고|하게|하기로|고\s?싶|겠|게)?[가-힣]{0,3}"
)


def find(said: Said, found: list[Fact]) -> list[Fact]:
    """ "event_type" flexible_work with its "flexible_mode", in sentences where ``found`` names no event."""
    facts: list[Fact] = []
    for mode, pattern in (("staggered", _FROM_TO), ("staggered", _CROWDS), ("staggered", _HALF_HOUR),
                          (None, _BUSY_AND_SLACK), ("remote", _AWAY), ("telework", _SELDOM)):
        match = pattern.search(said.text)
        if not match or facts:
            continue
        first, last = sentence(said, match.start(), match.end())
        if any(first <= fact.start < last for fact in found) or not _planned(said.text[match.start() : last], match):
            continue
        facts.append(Fact("event_type", "flexible_work", match.start(), match.end(), confidence=0.8))
        if mode:
            facts.append(Fact("flexible_mode", mode, match.start(), match.end(), confidence=0.8))
    return facts


def _planned(stretch: str, match: re.Match[str]) -> bool:
    if not _WISHED.search(stretch):
        return False
    if match.re is not _FROM_TO:
        return True
    come, go = _clock(match["come"]), _clock(match["go"])
    return 8 <= (go + 12 if go <= come else go) - come <= 10


def _clock(text: str) -> int:
    told = re.search(_N, text)
    number = told.group() if told else ""
    return int(number) if number.isdigit() else _NUMBERS.get(number, 0)
