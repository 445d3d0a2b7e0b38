"""Whether the colleagues who take over the work are paid for it: "수당은 월 15만원", "따로 주는 돈은 없어요"."""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Fact, Said

# "수당은 월 15만원", "보너스 같은 건 따로 없이".
_PAID = re.compile(
    r"수당(?:은|이|도)?\s?(?:매달\s|한\s?달에\s|월\s?)?\d+\s?만\s?원?(?:씩)?(?=\s?(?:이?요|이에요|입니다|[.!]?$"
    r"|씩))"
)
_UNPAID = re.compile(
    r"(?:수당|보너스|돈|추가\s?급여|인센티브)\s?(?:같은\s?(?:건|거는|것은)?)?\s?(?:은|이|도)?\s?(?:따로\s?"
    r"|전혀\s?)?없이"
)
_ALLOWANCE = re.compile(
    r"(?:분담\s?)?(?:(?:\d+|[일이삼사오육칠팔구십]+)\s?만\s?원씩"
    r"?|수당|수고비|수고료|사례비|격려금|성의|웃돈|보너스|인센티브|돈|용돈|추가\s?급여|급여(?:를|을)?\s?\d{1,3}|월급|(?:월|한\s?달에|매달)\s?\d+(?:만\s?원?)?(?=\s더)|(?:월|한\s?달에|매달)\s?\d+(?:만\s?원?)?(?:씩|(?=\s(?:주|줘|줍|드리|챙겨|얹어|준다))))(?:을|도|은"
    r"|이라도|이나"
    r"|은요)?\s?(?P<how>[^.,?!\n]{0,14}?(?:(?<![가-힣])(?:주|줄|줬|준|줘|줍)|지급|챙겨|챙기|드리|드려|드릴|얹어"
    r"|올려|넣어|붙여|쳐\s?주|더\s?주))"
)
_NO_ALLOWANCE = re.compile(
    r"(?:(?:동료|분담|업무\s?분담)\s?(?:수당|지원금)|(?:추가\s?)?(?:수당|보상|보너스|인센티브)|추가\s?급여)(?:은|이|도|까지는|까진)?\s?(?:같은\s?건\s?)?"
    r"(?:따로\s?|전혀\s?|아예\s?|일절\s?|별도로\s?){0,2}없(?:어요|습니다|고|는데|음|네요|지|죠|어서|다)"
    r"|(?:돈|수당|월급|급여|보너스|시급)(?:을|은|도|이)?\s?(?:더|따로|추가로|더\s?얹어)\s?(?:주는|준|드리는|나가는|챙겨\s?주는|얹어\s?주는|붙는)\s?(?:건|게|것은|거는|거|것|돈은)?\s?없(?:어요|습니다|고|는데|음|네요|죠)"
    r"|따로\s?(?:주는|준|챙겨\s?주는|챙겨\s?준|드리는|드린|나가는|더\s?주는|더\s?드리는)\s?(?:돈|수당|거|것|건|게)(?:은|이|는"
    r"|도)?\s?없(?:어요|습니다|고|는데|음|네요)"
)
_A_LITTLE_MORE = re.compile(r"(?:조금씩|얼마씩|조금|좀|매달)\s?(?:더\s?)?(?:얹어|챙겨)\s?(?:주고\s?있|줍"
    r"|줘요|주기로|드리고|드려요)[가-힣]{0,3}")
# "메꿔주는 직원한테 수고비로 조금 더 주고", "안 줬어요 수당은".
_FOR_IT = re.compile(
    r"(?:메꿔|메워|채워|대신\s?해|나눠\s?해|도와)\s?(?:주는|준)\s?(?:직원|사람|분|동료|팀원|친구)[가-힣]{0,3}\s[^.?!\n]{0,12}?"
    r"(?:더\s?주|얹어|챙겨|드리)(?:고\s?있|기로|었|ㅂ|려|[어여]요)"
)
_NONE_GIVEN = re.compile(
    r"안\s?(?:줬|줘|줍|드렸)[가-힣]{1,3}[,.]?\s(?:따로\s)?(?:수당|수고비|돈)(?:은|이|도)?(?:요)?[.!]?$"
)
# "수당 주다가 지금은 안 줘요".
_NO_MORE = re.compile(r"다가\s[^.?!\n]{0,8}?(?:안|못)\s?(?:주|줘|줍|드|준)|다가\s(?:끊|없앴|그만|중단)")
_DOES_MORE = re.compile(r"일(?:을)?\s?더\s?(?:하는|맡은|맡는|한)\s?(?:직원|사람|분|동료|팀원|친구)")
_OTHER_PAY = re.compile(
    r"(?:휴일|야간|야근|식대|직책|직급|초과|명절|출장|만근|위험|연장|근무|주휴|연차|휴업|가족|정부|나라|퇴직|성과"
    r"|연말|설|추석)\s?$"
)


def find(said: Said, facts: list[Fact]) -> Fact | None:
    """ "coworker_allowance" where the message tells it, beside the covers (``facts``) that it tells."""
    sharing = _DOES_MORE.search(said.text) or any(fact.value == "coworkers" for fact in facts) or re.search(
        r"동료|분담|나눠|떠안|떠맡|대신\s?(?:하는|맡|일하|봐\s?주)|(?:맡아|메꿔|메워|채워)\s?(?:준|주는|주신)|고생(?:하는|한다고|한)|도와\s?주는|맡은\s?(?:사람|직원|분|애)|(?<![가-힣])일\s?더\s?하는|빈자리|몫까지|남은\s?(?:직원|사람)|(?:같이|함께)\s?일하는|(?:사람"
        r"|직원|팀원)들(?:한테|에게)", said.text
    )
    if sharing and (none := _NO_ALLOWANCE.search(said.text)) and "?" not in said.text:
        return Fact("coworker_allowance", False, none.start(), none.end())
    if given := _FOR_IT.search(said.text):
        return Fact("coworker_allowance", True, given.start(), given.end())
    if said.is_bare and (kept := _NONE_GIVEN.search(said.text)):
        return Fact("coworker_allowance", False, kept.start(), kept.end())
    for pays, pattern in ((True, _PAID), (False, _UNPAID)):
        if sharing and (told := pattern.search(said.text)):
            return Fact("coworker_allowance", pays, told.start(), told.end())
    match = (
        _ALLOWANCE.search(said.text)
        if sharing or said.is_bare or re.search(r"분담\s?수당|업무분담", said.text)
        else None
    )
    if not match and sharing and (more := _A_LITTLE_MORE.search(said.text)):
        return Fact("coworker_allowance", True, more.start(), more.end())
    if not match:
        return None
    if _OTHER_PAY.search(said.before(match.start(), 4)):
        return None
    if _NO_MORE.match(said.text[match.end() :]):
        return Fact("coworker_allowance", False, match.start(), match.end())
    how, after = match.group("how"), said.after(match.end(), 12)
    if re.search(r"누가|얼마|언제|어떻게|왜|지원되", how) or (
        re.search(r"월급|돈", match.group()[:6]) and not sharing
    ):
        return None
    if re.search(r"면|나요|까요|되나|는\s?거|냐|\?|라던|다던|대요|는\s?건가|는\s?거예요\?", after):
        return None
    if not sharing and re.match(r"[가-힣]?야[\s?.]*$", said.text[match.end() :]):
        return None  # "휴직가면 수당 줘야": asked
    denied = bool(
        re.search(r"(?:안|못)\s?(?:주|줄|줬|준|줘|줍|챙|드|지급|얹|올)", how)
        or re.match(
            r"[가-힣]{0,2}지\s?(?:는\s?)?(?:않|못)|\s?(?:생각|계획|여력|형편|여유|돈|상황|처지|사정|입장)(?:은|는|이|가|도|까지는)?\s?(?:없"
            r"|안|못|아니)|\s?수\s?없",
            after,
        )
    )
    return Fact("coworker_allowance", not denied, match.start(), match.end())
