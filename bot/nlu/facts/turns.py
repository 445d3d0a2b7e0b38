"""What a message does with what was said before: puts it right, speaks of another worker, or goes back to the first.

The values themselves are read by the other modules; these marks only say how they are meant.
"""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Fact, Said

_PUTS_RIGHT = re.compile(
    r"(?:^|[\s,.])(?:아니|아뇨|아냐|아니요|실은|사실은?|정확히는?|정확하게는?|아차|앗|이런|다시)(?=[\s,.]|$)"
    r"|말고|아니라|아니고|아니었|아니에요|아닌데|착각|잘못\s?(?:말|알|적|셌|썼|봤|쳤)|정정|틀렸|틀리게|고칠게|고쳐|수정"
    r"|바꿀게|바꿔|바뀌었|바뀌었|바뀐|헷갈|깜빡|오타|실수"
    r"|(?:다시|자세히|세어|확인해|알고|물어|따져|찾아)\s?보니|(?:다시\s?)?(?:세|셌|확인하|물어보|따지)니까?"
    r"|늘었|늘어났|줄었|줄어들|이제는?\s|^(?:아|어|음)[\s,](?=[^?]*$)|(?:^|\s)아\s?(?:참|맞다|잠깐|잠시)"
)
_WORKER = r"(?:직원|사람|분|여직원|남직원|근로자|선생님|요양보호사|간호사|기사|친구|알바생?|팀원|언니)"
_ANOTHER = re.compile(
    rf"(?:또\s?)?다른\s?{_WORKER}|(?:또|추가로|하나\s?더)\s?(?:한\s?(?:명|분|사람)|{_WORKER})"
    rf"|{_WORKER}\s?(?:도\s)?(?:한|하나|두|1)\s?(?:명|분|사람)?\s?더|(?:한|1)\s?(?:명|분|사람)\s?더|두\s?번째\s?{_WORKER}"
    rf"|{_WORKER}도\s?(?:한|1)\s?(?:명|분)|둘\s?다(?:예|에|요|$)"
)
_HIRED_OR_COVERING = re.compile(r"뽑|채용|구하|구할|나눠|나누|맡|대신|파견|대체|동료|메우|메울")
_EARLIER = re.compile(
    rf"(?:첫|처음|먼저|앞에?|아까)\s?(?:번째|에|의)?\s?(?:말한|말했던|말씀드린|얘기한|이야기한|그)?\s?(?:한\s?)?{_WORKER}(?=은|는|이|가|도|\s|$|부터|꺼|거|쪽|이야기|얘기)"
)


def find(said: Said) -> list[Fact]:
    """ "put_right", "another_event" and "earlier_event", each at most once."""
    found: list[Fact] = []
    if match := _PUTS_RIGHT.search(said.text):
        found.append(Fact("put_right", True, match.start(), match.end()))
    another = _ANOTHER.search(said.text)
    if another and not _HIRED_OR_COVERING.search(said.text):
        found.append(Fact("another_event", True, another.start(), another.end()))
    elif match := _EARLIER.search(said.text):
        found.append(Fact("earlier_event", True, match.start(), match.end()))
    return found
