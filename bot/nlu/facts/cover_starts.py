"""When somebody begins in the place of who is absent: the day of a new one, a temp, an agency's ("cover_start").

``dates`` asks here before it takes a day for the leave's own.
"""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Said
from bot.nlu.facts.questions import asks_a_rule
from bot.nlu.facts.whens import FROM, UNTIL, When

_COVER_NEAR = re.compile(
    r"^\s?(?:쯤|경|초|말)?\s?(?:부터|에|에는)?\s?(?:미리\s?|먼저\s?)?(?:(?:대체\s?인력|대체자|새\s?(?:사람|직원)|새로\s?(?:구한|뽑은|온|오는|올)\s?(?:사람|직원|분)|사람"
    r"|대신\s?(?:할|일할|올)\s?(?:사람|직원|분)|직원|후임|신입|알바|계약직|파견"
    r"|인수인계)[가-힣]{0,3}\s?)[^.,\n]{0,10}?(?:뽑|채용|구하|구했|출근"
    r"|나오|쓰|쓸|일하|오기로|오고|온다|온대|옵니|와서|왔|오시|들어[오와옵]|와요|시작|받|인수)|^\s?(?:쯤|경|초|말)?\s?(?:부터|에)?\s?(?:미리\s?|먼저\s?)?(?:뽑"
    r"|채용|출근하기로"
    r"|인수인계)"
)
_COVER_BEFORE = re.compile(
    r"(?:대체\s?(?:인력|자|근로자|직원)|대체(?:할|해\s?줄|하실)\s?(?:사람|분|직원)|대신\s?(?:할|일할|하실|오는|올"
    r"|온|오실|일하실)\s?(?:사람|분|직원|친구)"
    r"|새\s?(?:사람|직원)"
    r"|인수\s?인계|새로\s?(?:오는|온|올|뽑은|뽑는|구한|채용한)\s?(?:사람|분|직원|친구)|신규\s?(?:채용자|입사자"
    r"|직원)|후임자?|땜빵(?:할)?(?:\s?(?:사람|분))?"
    r"|파견(?:\s?(?:직원|근로자|인력))?)(?:분)?(?:\s?계약(?:\s?기간)?)?(?:은|는|이|가|을"
    r"|를)?\s(?:(?:(?![은는]\s)[^,.]){0,16}\s)?$"
)
# A temp may be the one who leaves, so only where the verb says that work begins.
_TEMP_BEFORE = re.compile(
    r"(?:신입|계약직|기간제|알바생?|아르바이트생?)(?:\s?(?:직원|분|사람))?(?:\s(?:한|두|\d)\s?명)?(?:은|는|이|을|를"
    r"|가)?\s(?:[^,.]{0,10}\s)?$"
)
_WHO_CAME = re.compile(r"^\s?에?\s?(?:뽑은|들어온|입사한|채용한)\s?(?:여|남)?(?:직원|사람|분|친구)")
_FOUND_ONE = re.compile(r"(?:뽑았|뽑아|채용했|채용해|구했|구해|대체자|대체\s?인력|후임)")
_COVER_DAY = re.compile(
    r"(?:대체|신규|후임|새\s?(?:사람|직원))[^.,\n]{0,12}(?:채용|입사|출근|시작|근무\s?시작)(?:\s?예정)?\s?(?:일자?"
    r"|날)(?:은|는|이|:)?\s?:?\s?$"
)
_BEGINS_WORK = re.compile(
    r"^\s?(?:쯤|경|초|말|중순)?\s?(?:부터|에|자로|날)?\s?(?:벌써\s|첫\s?|이미\s|정식으로\s|바로\s|새로\s)*"
    r"(?:출근|나왔|왔(?:어|습|는데|고|음|네)|와\s?있|나오|나와|나온|나올|나옵|일하|일해|일합|와요|와서|옵니|오기로|온다|온대|오세요|오십|입사|들어와"
    r"|들어오|들어옵|근무|받기로|합류|뽑|채용|쓰기로|씁니다|쓸\s?(?:거|예정)|주\s?\d+\s?시간)"
)
_LEAVES_AFTER = re.compile(r"(?:육아\s?휴직|육휴|출산|출휴|휴직|휴가|쉬|쉰|단축|재택|복직|복귀)(?!(?:은|는)\s)")
# "대체인력 근무기간 2026.12.21~2027.12.20"
_TERM_OF_COVER = re.compile(r"(?:대체|후임|파견)[가-힣]{0,3}\s?(?:근무|계약|채용|고용)?\s?(?:기간)?(?:은|:)?\s?$")
_CLAUSE_END = re.compile(r"[.!?\n]|(?<=[오와나가뽑쓰하]고)\s|(?:는데|지만|거든요?)\s")


def starts_cover(said: Said, when: When, after: str) -> bool:
    """Whether the date tells when somebody begins in the place of the absent: a new one, a temp, an agency's."""
    clause = re.split(r"[.!?\n]|(?:는데|인데|지만|거든요?|고요?,?)\s", said.before(when.start, 40))[-1]
    rest = _CLAUSE_END.split(said.text[when.end : when.end + 30])[0]
    told = said.text[when.start : when.end].strip()
    if told.endswith("전") and (
        asks_a_rule(said, when.start, when.end) or re.search(r"(?:육휴|휴직|출산|휴가|시작"
            r"|들어가기)\s?$", said.before(when.start, 8))
    ):
        return False
    if re.search(r"(?:뽑|채용하|구하|쓰)으?면|채용\s?(?:박람회|공고|설명회)", rest):
        return False
    if re.fullmatch(r"(?:작|재작|올해?|지난|내)년?(?:도|에|에는|부터)?", told):
        return False  # "작년에 직원 하나 뽑았어요": no day
    if UNTIL.match(after) or _LEAVES_AFTER.search(rest) or _WHO_CAME.match(rest):
        return False
    if when.is_range and _TERM_OF_COVER.search(clause):
        return True
    if _COVER_NEAR.match(after) or _COVER_DAY.search(clause):
        return True
    if _COVER_BEFORE.search(clause):
        return bool(FROM.match(after) or _BEGINS_WORK.match(rest))
    if not _BEGINS_WORK.match(rest):
        return False
    sentence = re.split(r"[.!?\n]", said.before(when.start, 30))[-1]
    return bool(_TEMP_BEFORE.search(clause) or _FOUND_ONE.search(sentence))
