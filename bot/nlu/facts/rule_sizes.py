"""Whether a size of firm is a rule's that is asked about ("5인 미만도 되나요"), not the size told of one's own."""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Said
from bot.nlu.facts.movers import Count
from bot.nlu.facts.questions import names_a_topic

_GENERAL_AFTER = re.compile(
    r"^\s?(?:이상|미만|이하|초과)(?:인|의)?\s?(?:사업장|기업|회사|업체|사업주|중소|사업|소상공인)?\s?"
    r"(?:은|는|도|만|이면|면|부터|까지|에|이어야|여야|의|일|이라도|이\s|에서|에서도|인지|이란|이랑|과|와|사업장"
    r"|기업|회사|업체|이라면)"
)
_GENERAL_TOPIC = re.compile(
    r"^\s?(?:이상|미만|이하|초과)\s?(?:사업장|기업|회사|업체)?\s?(?:퇴직금|해고|연차|적용|의무|육휴|육아|출산|휴직"
    r"|사례|기준|지원|근로\s?기준|수당|최저|4대|산재|주휴|가산)"
)
_OURS = re.compile(r"저희|우리|저흰|우린|저는|제가|당사|여기")
_ASSERTED_AFTER = re.compile(
    r"^\s?(?:이상|미만|이하|초과)?\s?(?:사업장|기업|회사|업체|규모|짜리)?\s?(?:이에요|이예요|예요|에요|입니다"
    r"|인데|이고|이구|이라서?|이요|요\b|임|이며|이거든|거든|이네|이죠|이지만)"
)
_ASKS = re.compile(r"있나|되나|주나|하나(?=\s*$)|나요|까요|돼요|되요|했어요|하죠|인가요|\?")
_UP_TO_ANOTHER = re.compile(
    r"\s?(?:이상|초과)\s?(?:~\s?)?\d+\s?(?:인|명)\s?(?:미만|이하)\s?(?:사업장|기업|회사|업체)?(?:이?면|은|만|일\s?때|인\s?경우|도|까지|의)"
)


# "다섯 명인데 육휴 준 회사 있어요?"
_ANY_FIRM = re.compile(
    r"(?:준|쓴|받은|뽑은|해\s?본|간|보낸|쓰게\s?한)\s(?:회사|가게|사장님|곳|데|병원|식당)(?:도|가|는|은)?\s?(?:있|없)(?:어요|나요|을까요|나|습니까)\s?\??\s*$"
)


def of_a_case(said: Said) -> bool:
    """Whether examples of other firms are asked for ("30명 규모 사례")."""
    return ("사례" in said.text and names_a_topic(said)) or bool(_ANY_FIRM.search(said.text))


def is_general(said: Said, count: Count) -> bool:
    """Whether a size is asked about as a rule ("5인 미만도 되나요"), not told of this firm."""
    after = said.after(count.end, 20)
    of_firms = re.match(
        r"\s?(?:짜리|안\s?(?:되는|넘는)|되는|규모|있는)?\s?(?:의\s)?(?:회사|가게|사업장|업체"
        r"|기업|곳)(?:도|는|은|에서|에서는|만|면)\s", after)
    if of_firms and not _OURS.search(said.text) and _ASKS.search(said.text[count.end :]):
        return True  # "다섯 명 안 되는 회사도 줘야 하나요"
    if re.match(r"\s?(?:부터|까지(?!\s?(?:하면|해서|다|합))|이?어야|여야|이?란)", after):
        return True
    if not re.match(r"\s?(?:이상|미만|이하|초과)", after):
        return False
    if _UP_TO_ANOTHER.match(after) and not _OURS.search(said.text[: count.start]):
        return True  # "30인 이상 300인 미만이면"
    if said.is_bare and re.fullmatch(r"\s?(?:이상|미만|이하|초과)\s?(?:사업장|기업|회사|업체)?[\s.!]*", after):
        return False
    if re.match(r"\s?(?:이상|이하)\s?(?:쓰|써|뽑|채용|되|동시|육아|휴직|사용)", after):
        return True
    ours = _OURS.search(said.text[: count.start])
    if re.match(r"[^.?!\n]{0,14}?(?:맞아요|맞습니다|맞아(?!요\?)|맞고|맞는데|맞죠[^?]*$)", said.text[count.end :]):
        return False  # "5인 이상 사업장은 맞아요"
    if _ASSERTED_AFTER.search(after):
        return False
    if not ours and (_GENERAL_TOPIC.match(after) or re.search(r"근로\s?기준법|법\s?적용|공휴일", said.text)):
        return True
    return bool(_GENERAL_AFTER.search(after)) and not ours
