"""Events named that do not happen: those that are over, and those put aside ("단축은 싫고 휴직 쓰겠대요").

What is over is left "hypothetical": nothing is asserted of it, nothing denied. What is put aside is "negated".
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.nlu.facts import scope
from bot.nlu.facts.fact import Fact, Said

_LONG_AGO = (
    r"(?:작년|재작년|지난해|예전|옛날|그때|몇\s?년\s?전|(?:\d|이|삼|사|오|두|세)\s?년\s?전|코로나\s?때|그\s?전"
    r"|전)(?:에|에는|에도|엔|도)?\s"
)
_ONCE = re.compile(rf"(?<![가-힣]){_LONG_AGO}[^.?!\n]{{0,22}}$")
_HAS_BEEN = re.compile(
    r"^\s?(?:을|를|은|도|까지|을\s?한\s?번|한\s?번)?\s?(?:다\s?)?"
    r"(?:갔다\s?[왔온와오]|다녀\s?[왔온와오]|[썼쓴]|쓰고\s?[왔온]|갔었|했었|했던|썼던|갔던|마쳤|마친|준\s?적|쓴\s?적|간\s?적|보낸\s?적|보내\s?준|보냈|줬|끝났|끝낸|있었|해\s?봤|써\s?봤|시행했|운영했|하다가?\s?(?:접|그만|말|없))"
)
_BACK_AGAIN = re.compile(
    r"^\s?(?:을|를|은|도|까지)?\s?(?:다\s?)?(?:갔다\s?(?:온|왔던)|다녀\s?(?:온|왔던)|쓰고\s?온|마친|끝낸|썼던|갔던)\s(?:직원|사람|분|여직원|남직원|친구|애|선생님|간호사)"
)
_USED_UP = re.compile(
    r"^\s?(?:은|는|을|를|이|가|도)?\s?(?:이미\s|벌써\s){0,2}(?:(?:다|모두|전부|싹)\s?(?:썼|쓰고|써서|쓴\s?상태|사용|소진|끝났)|끝났(?:고|는데|어요|습니다|지만)|끝난\s?(?:지|상태))"
)
_GIVEN_UP = re.compile(
    r"^\s?(?:은|는|을|를|도|하는\s?건|쓰는\s?건|가는\s?건|하려던\s?건|가려던\s?건)?\s?(?:신청(?:을|은)?\s?)?"
    r"(?:취소(?:했|하기로|한대|하겠|됐)|철회(?:했|하기로|한대)|포기(?:했|하기로|한대|하겠)|안\s?(?:쓰기로|가기로|하기로|쓰겠|가겠|하겠)|없던\s?(?:일|걸)로|접었|접기로|물\s?건너"
    r"|(?:하다|쓰다|해\s?보다|시행하다)가?\s?(?:접었|그만뒀|그만두|말았|없앴|없어))"
)
_UNWANTED = re.compile(
    r"^\s?(?:은|는|까지는|까진|도|만은|을|이|하기(?:는|가|엔)?|쓰기(?:는|가|엔)?|가기(?:는|가|엔)?|쓰는\s?(?:건|것은|거는)|하는\s?(?:건|것은|거는))?\s?(?:좀\s|너무\s|아무래도\s|본인이\s|본인은\s|현실적으로\s|도저히\s|사실상\s)?"
    r"(?:싫(?:고|다고|대|다네|다며|어서|다니까)|어려(?:울\s?(?:것|거)\s?같고|워서|워요|우니)|어렵(?:고|다고|습니다|네요|겠고|대)|힘들(?:고|어서|겠고|다고|대|어요|습니다|\s?(?:것|거)\s?같)|불가능(?:해|하|합|이)|무리(?:예|이에|라|고|입)"
    r"|부담(?:스러|되|돼|이)|곤란|안\s?(?:되고|돼서|되니|된다고|되겠)|못\s?(?:하고|해서|하니|쓰고|써요|씁니다|해요|합니다|하겠|한대|쓴대|간대|가고)|마다|꺼려|됐고|됐대|됐다고|괜찮다고|필요\s?없(?:고|다고|대))"
)
_TOLD_TO = re.compile(
    r"^\s?(?:을|를)?\s?(?:쓰|가|하)라고\s?(?:했|하|해|권)[^.?!\n]{0,10}(?:싫|안\s?(?:쓰|가|한)|됐다|거절|마다|괜찮다|버티|필요\s?없)"
)
_NOBODY = re.compile(
    r"^\s?(?:을|를|제를|제도를)?\s?(?:쓰는|쓴|쓰고\s?있는|쓰겠다는|간|가는|가\s?있는|신청한|하는|하고\s?있는|중인)\s?(?:직원|사람|분|애|친구)[은이도]?\s?(?:아직\s?|지금\s?|따로\s?)?(?:아무도\s?|한\s?(?:명|사람)도\s?|하나도\s?)?없(?!나|을까|는지|냐|으면)"
)
_INSTEAD_OF = re.compile(
    r"^\s?대신(?:에)?\s[^.?!\n]{0,12}?(?:재택|원격|단축|시차|유연|시간|휴직|휴가|육휴|출근|근무)"
)
_TURNED_INTO = re.compile(
    r"^\s?(?:을|를|근무|근무를)?\s?(?:하|쓰)다가?\s[^.?!\n]{0,12}?(?:휴직|단축|재택|시차|육휴|휴가)(?:으로|로)\s?(?:바꾼|바꾸|바꿨|바꿔|돌린|돌렸|전환|변경)"
)
_GOES_ON = re.compile(r"이어서?|바로|곧|연달아|붙여")
_ASKED = re.compile(r"\?|나요[\s.]*$|까요[\s.]*$|까\s?[\s.]*$|되나|는지|나$|냐")
_STILL = re.compile(r"이번|지금도|올해|또\s|다시|현재")


def told_so(said: Said, fact: Fact) -> Fact:
    """``fact`` with the role it has where it is over, dropped, unwanted or nobody's."""
    if fact.role or fact.value == "return_from_leave":
        return fact
    after = said.text[fact.end : fact.end + 40]
    if _NOBODY.match(after) or _TOLD_TO.match(after) or _INSTEAD_OF.match(after):
        return _denied(fact)
    turned = _UNWANTED.match(after) or _GIVEN_UP.match(after)
    if turned and not _ASKED.search(re.split(r"[.!\n]", after[turned.end() - 1 :])[0]):
        return _denied(fact)
    used_up = _USED_UP.match(after) and not _GOES_ON.search(after)
    if used_up or _TURNED_INTO.match(after) or _BACK_AGAIN.match(after):
        return replace(fact, role="hypothetical")
    if any(start <= fact.start < end for start, end in scope.others_spans(said)):
        return fact
    been = _HAS_BEEN.match(after)
    if been and _ONCE.search(said.text[: fact.start]) and not _STILL.search(said.text[: fact.start]):
        return replace(fact, role="hypothetical")
    return fact


def _denied(fact: Fact) -> Fact:
    return replace(fact, role="negated", extra={**fact.extra, "denial_read": True})
