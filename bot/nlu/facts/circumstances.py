"""Events told by what is done and why, without the name of a right: "네 시까지만 일하고 애 데리러 간대요".

Two halves make an event: being away or working less, and the reason (a child, a pregnancy, a parent, oneself). They
may stand in either order, anywhere in a sentence. Named rights are ``events``' own, which composes both.
"""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.questions import sentence

_N = r"(?:\d{1,2}|한|두|세|네|다섯|여섯|일곱|반)"
_CUT = re.compile(
    rf"(?<!\d)(?:하루에?\s?)?{_N}\s?시간(?:씩)?만(?:\s?(?:일|근무|하|나오|나와|있)|(?=\s?(?:이?요|[.!]*$)))"
    rf"|{_N}\s?시간(?:씩)?\s?(?:근무|일하는\s?걸?로|짜리)(?:로|으로|만)?\s?(?:바꿔|바꾸|변경|줄|하고\s?싶|하겠|하게)"
    rf"|(?:오전|오후|낮)?\s?{_N}\s?시까지만\s?(?:일|근무|하|나오|있)"
    rf"|{_N}\s?시간(?:씩|정도|쯤)?\s?(?:만\s?)?(?:더\s)?(?:일찍|덜|빨리|먼저|줄여|줄이|단축)(?!\s?(?:와|오))"
    rf"|(?:(?:오전|오후|낮)\s?)?{_N}\s?시(?:\s?반)?(?:에|면|쯤|쯤에)?\s?(?:퇴근하고\s?있|퇴근해요|퇴근합|퇴근시|나가야|나가고|나갑|나가요|가야|들어가(?!고\s?나)|먼저\s?가|보내)"
    rf"|(?:점심|점심\s?시간|낮)까지만\s?(?:일|근무|하|나오|있)|퇴근(?:을|시간을|시간)?\s?{_N}\s?시(?:\s?반)?로"
    r"|(?:끝나는|마치는|하원|하교)\s?시간(?:에|에\s?맞춰|에\s?맞춰서)\s?퇴근|격일(?:로|제로)\s?(?:나오|일|근무|출근)|반차를?\s?매일"
    rf"|{_N}\s?(?:시간|분)(?:씩|정도|쯤)?\s?늦게\s?(?:출근|나오|나와|나온|오겠|온대|오고\s?싶)(?![^.\n]{{0,16}}늦게\s?(?:퇴근|가))"
    r"|(?:오전|오후|반나절|반일)(?:에|까지)?만\s?(?:일|근무|하|나오|나와|있)"
    r"|(?:퇴근|집에)(?:을|시간을|은)?\s?(?:좀\s|조금\s)?(?:당겨|앞당겨|일찍|빨리)"
    r"|일찍\s?(?:퇴근|들어가|보내|끝내|가)(?:고\s?싶|게|야|겠|시켜|려|기로|ㄹ|\s?달|하고\s?싶|하게|해야|하겠|하기로|시키|한대|신대)"
    r"|(?:매일\s)?조금씩\s?일찍\s?(?:퇴근|가|보내)"
    r"|주\s?(?:[234]|이|삼|사)\s?일만\s?(?:나오|일|근무|하|출근)"
    rf"|{_N}\s?시에\s?(?:퇴근|끝내|마치|나가)(?:하)?(?:고\s?싶|게|겠|려|기로|야|ᆫ대|한대)"
    r"|(?:근무\s?|근로\s?|일하는\s?)?시간(?:을|만|도)?\s?(?:좀\s|조금\s|반으로\s|확\s)?(?:줄여|줄이|줄였|단축|짧게)"
    r"|주\s?\d{2}\s?시간(?:으로|만)\s?(?:줄|하|일|근무)|\d{2}\s?시간에서\s?\d{2}\s?시간으로"
    rf"|{_N}\s?시\s?퇴근(?:을|으로)?\s?(?:원|희망|하고|하겠|시켜|요청|부탁|해\s?달|했으면)"
    r"|(?:짧게|반만)\s?(?:일하|근무하)"
)
_AWAY = re.compile(
    r"쉰대|쉰다|쉬신|쉬겠|쉬고\s?싶|쉬고\s?있|쉬어야|쉬게|쉬려|쉴\s?(?:거|예정|것|듯|생각)|쉬기로|쉽니다|쉬어요|쉬는데|쉬어서|쉬었다|쉬다\s?오|쉬는\s?중|쉬재|쉬라고|쉴게요|(?:옆|곁)에\s?(?:좀\s)?(?:있어|붙어|계속)|(?:옆|곁)을?\s?(?:지켜|지키)|붙어\s?있어야"
    r"|빠진대|빠진다|빠져요|빠져서|빠져야|빠지게|빠질|빠집|빠지거|빠지는|빠지고|비운대|비운다|비워요|비우게|비울|비웁|비워야|비우는|비우고|자리\s?비"
    r"|못\s?나온|못\s?나와|못\s?나옵|안\s?나온|(?<!학교\s)(?<!학년\s)(?<!초등\s)(?<!치원\s)(?<!이집\s)(?:들어간대|들어간다|들어가요|들어갑|들어가게|들어갈\s?(?:거|예정|것)|들어가겠|들어가신)|휴직"
    r"|휴가(?:를|도)?\s?(?:간|쓴|낸|달|가(?!능)|들어|냈|갔|써야)|일을?\s?쉬|일\s?년\s?쉬|(?:돌봐야|간병해야|간호해야|모셔야)\s?(?:한대|한다|해서|하는|된다|돼서|할\s?것)|(?:간병|간호|돌보)(?:하)?러\s?(?:간대|간다|가야)"
)
_KID = r"(?:애기?|아이|아기|자녀|애들|첫째|둘째|셋째|막내|큰애|작은애|딸|아들|딸내미|쌍둥이)"
_PARENT = (
    r"(?:부모님?|어머니|아버지|어머님|아버님|시어머니|시아버지|시어머님|시아버님|시부모님?|장모님?|장인|할머니|할아버지|친정\s?엄마|친정\s?아빠|친정\s?어머니"
    r"|친정\s?아버지|엄마|아빠|노모|남편|아내|와이프|형|누나|언니|동생|가족)"
)
_ILL = (
    r"(?:간병|병간호|병수발|수발|간호|치매|수술|입원|쓰러|아프|아파|편찮|중풍|암(?![가-힣])|투병|다치|다쳐|다쳤|거동|돌봐|돌보|모셔|모시|요양|항암|병원\s?(?:모|다|가))"
)
_WIFE = r"(?:와이프|와이푸|아내|부인|배우자|집사람|안사람|마누라|제수씨|색시)"
_BIRTH = (
    r"(?:출산|조산(?!기|원|위)|분만|해산|산달|만삭|산후|몸\s?풀|몸\s?푼|몸조리"
    rf"|(?<!복귀\s)(?<!복직\s)(?<!입사\s)예정일|{_KID}(?:를|을)?\s?(?:곧\s|막\s|갓\s)?(?:낳|나(?:으러|으면|올|온다)))"
)
_CARE = re.compile(
    rf"(?<![가-힣]){_KID}(?:를|을|가|는|도|이)?\s?(?:좀\s|직접\s|혼자\s)?(?:키우|키운|키울|보느|보러|본다|볼\s|봐줄|봐\s?줄|봐야|봐\s?줘|봐준|돌보|돌봐|돌볼|맡길|때문|땜|데리고|챙기|챙겨|어려서|적응|입학|방학)"
    r"|육아|어린이집|유치원|초등|하원|등원|데리러"
)
_KID_SAID = re.compile(
    rf"(?<![가-힣]){_KID}(?![가-힣]{{2}})|육아|어린이집|유치원|등원|하원|등교|하교|초등|초[1-6]|데리러|데려다|맞벌이"
)
_PREGNANT = re.compile(
    r"임신|(?:애기?|아기|아이)(?:가|를|도)?\s?(?:생겼|생겨서|생긴|가졌|가져서|가진|들어섰)"
    r"|임산부|입덧|배가?\s?불러|홑몸|뱃속|만삭|산모")
_OWN = re.compile(
    r"허리|무릎|아파서|아프다|아프셔|건강|몸이|수술|치료|투병|암(?![가-힣])|디스크|항암|대학원|박사|석사|논문|갱년기|체력|우울|학업|공부|야간대|학교\s?다니|자격증|정년|은퇴|퇴직|나이가|연세|환갑|손[주녀자](?:를|가|도|\s)"
    rf"|{_PARENT}[^.\n]{{0,10}}{_ILL}"
)
_OWN_CARE = re.compile(rf"{_PARENT}[^.,\n]{{0,14}}?{_ILL}|{_ILL}[^.,\n]{{0,4}}{_PARENT}")
_WIFE_BEARS = re.compile(rf"{_WIFE}(?:분)?(?:이|가|도|은|는|의)?[^.\n]{{0,16}}?{_BIRTH}")
_BEARS = re.compile(_BIRTH)
_ONCE = re.compile(r"오늘|어제|방금|하루만|지금\s?막|주말|일요일|공휴일|감기|열이\s?나|독감")


def reason_of_cut(text: str) -> str | None:
    """Which right working less is, by the reason told in ``text``; None where none is told."""
    if _PREGNANT.search(text):
        return "pregnancy_reduced_hours"
    if _OWN.search(text) and not _KID_SAID.search(text):
        return "reduced_hours"
    return "childcare_reduced_hours" if _KID_SAID.search(text) else None


def find(said: Said, found: list[Fact]) -> list[Fact]:
    """Events of working less or being away with their reason, in sentences where ``found`` has none yet."""
    facts: list[Fact] = []
    for match in _CUT.finditer(said.text):
        if not _named(said, [*found, *facts], match) and (kind := reason_of_cut(said.text)):
            facts.append(Fact("event_type", kind, match.start(), match.end(), confidence=0.8))
    for match in _AWAY.finditer(said.text):
        first, last = sentence(said, match.start(), match.end())
        stretch = said.text[first:last]
        if _named(said, [*found, *facts], match) or _ONCE.search(stretch) or "?" in stretch:
            continue
        if kind := _reason_of_leave(stretch):
            facts.append(Fact("event_type", kind, match.start(), match.end(), confidence=0.8))
    return facts


def _named(said: Said, found: list[Fact], match: re.Match[str]) -> bool:
    first, last = sentence(said, match.start(), match.end())
    return any(first <= fact.start < last for fact in found)


def _reason_of_leave(text: str) -> str | None:
    if _WIFE_BEARS.search(text):
        return "spouse_maternity_leave"
    if _HAS_BORN.search(text):
        return "parental_leave"
    if _BEARS.search(text):
        return "maternity_leave"
    if _OWN_CARE.search(text):
        return "family_care_leave"
    return "parental_leave" if _CARE.search(text) else None


# "애를 낳아서 1년 휴직": the leave that follows a birth, not the one to give birth.
_HAS_BORN = re.compile(
    rf"(?:출산하고|출산해서|출산했|출산한|{_KID}(?:를|을)?\s?(?:낳아|낳고|낳은|낳았|나아서|낳구))[^.?!\n]*휴직"
)
