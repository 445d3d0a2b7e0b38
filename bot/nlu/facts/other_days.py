"""Days told of something else than a leave's first: when it ends, when it was asked for, what else falls on them.

``dates`` asks here before it takes a day for a start.
"""

from __future__ import annotations

import re
from datetime import timedelta

from bot.nlu.facts.fact import Said
from bot.nlu.facts.whens import When

_LEAVE = r"(?:육아\s?휴직|육휴|출산\s?휴가|출휴|산휴|휴직|휴가|단축|계약|수습|기간|그게|지원금|지원|장려금)"
_PART = r"\s?(?:초|말|중순|초순|하순|쯤|경|즈음)?\s?"
# "내년 8월 말에 끝나요", "12월에 출산휴가가 끝나서".
_ENDS = re.compile(
    rf"^{_PART}(?:에|로|이면|쯤에|자로)?\s?(?:(?:{_LEAVE}\s?(?:기간|계약)?(?:이|가|은|는|도|을|를)?|다|모두|딱)\s)?"
    r"(?:끝[나났난내]|종료|만료|만기|마치|마쳐|마쳤)"
)
# "11월 10일에 신청했는데 12월 10일부터 쉬고 싶답니다".
_ASKED = re.compile(
    rf"^{_PART}에\s?(?:{_LEAVE}\s?)?(?:신청서?(?:를|을)?|접수|통보|얘기|이야기|말|제출|상담|면담|결재|승인|사직서)(?:를|을|가|은)?\s?"
    r"(?:했|하셨|받았|받아|들었|냈|내셨|올렸|됐|되었|나왔|들어왔|드렸|꺼냈|하더)"
)
# "12월부터 정식인데", "3월에 입사했고": work, not leave.
_WORK = re.compile(
    rf"^{_PART}(?:부터|에|자로|부로)\s?(?:정식|정규직|정직원|승진|근무지|직책|보직|점장|팀장|시급|월급|급여|최저)"
)
# "건강검진이 12월이고", "결혼식은 3월이에요": the day is what the sentence says of its subject.
_SUBJECT = re.compile(
    r"(?:검진|[4사]대\s?보험|고용\s?보험|결혼식?|이사|계약\s?만료|계약|면접|시험|개학|졸업|결산|감사|공사|준공|오픈|개업|회의|워크숍|행사|정산|연봉\s?협상|인사\s?이동|상여금?|성과급|명절|진료"
    r"|수술|마감|신청일?|접수일?|통보|신청서|면담|생일|기념일|만료일?|종료일?|퇴사일?|납기|납품|성수기|비수기|입주|이전|장날|휴무|첫\s?출근|채용\s?공고|공고|설립|창립|폐업)"
    r"(?:은|는|이|가|을|를|:)?\s?(?:아마\s|내년\s|보통\s|매년\s|한\s)?$"
)
_THE_END = re.compile(
    r"(?:끝나는|종료|만료|마치는|마지막|끝|종료되는)\s?(?:날|날짜|일|때|게|건|시점)?(?:이|은|는)?\s?$"
)
_TOLD_OF_IT = re.compile(
    rf"^{_PART}(?:이고|이라|인데|이에요|예요|입니다|이요|요(?![가-힣])|에\s|부터|로\s|까지|[\s.,]|$)"
)


_LATELY = timedelta(days=92)


def _just_gone(said: Said, when: When) -> bool:
    """Whether the day lies a few weeks back: nobody has asked on a day to come."""
    now = said.now.replace(tzinfo=None)
    return when.begins <= now or (when.past is not None and now - when.past <= _LATELY)


# "12월 31일자로 퇴사하는 직원이 있는데", "1월에 이사 가는데".
_ELSE_HAPPENS = re.compile(
    rf"^{_PART}(?:자로|부로|에|에는|부터)?\s?(?:저희가?\s|우리가?\s|회사가\s|가게를?\s|매장을?\s)?"
    r"(?:퇴사|퇴직|그만두|그만둬|그만둔|관두|관둔|이사|이전|폐업|개업|오픈|입주|결혼|졸업|수료|계약\s?(?:종료|만료|갱신|하)|재계약|워크숍|세무조사|결산|합병|법인\s?전환|결정|회의|면접|(?:넣었|넣고|들었|가입했)|(?:직원|사람|알바)(?:을|를)?\s\S{1,4}\s?(?:명\s?)?(?:을\s)?(?:뒀|두고|썼|쓰고|뽑)|의논|상의|발표|공지|논의)"
)
# "이번달 수당까지 다 줬어요", "11월 매출이".
_PAY = re.compile(
    r"^\s?(?:분|치|자)?\s?(?:월급|급여|수당|임금|상여금?|성과급|보험료|세금|매출|실적|정산|결산|마감|주문|물량|행사|기준|현재|말일?자?\s?기준|공고|개정|시행)"
)


# "대신 일할 사람은 이미 출근하고 있어요 한 달 전부터": the day the cover came.
_COVER_WORKS = re.compile(
    r"(?:대신|대체|후임|새\s?사람|새\s?직원|뽑은\s?(?:사람|분|직원))[^.?!\n]{0,16}(?:출근|나와|나오|일하|근무)[가-힣\s]{0,6}(?:요|니다)[.,]?\s$")


def of_something_else(said: Said, when: When) -> bool:
    """Whether the day is told of an end, a request, or another matter, so that no leave begins on it."""
    after = said.text[when.end : when.end + 30]
    if _COVER_WORKS.search(said.before(when.start, 40)):
        return True
    if _PAY.match(after) or _ENDS.match(after) or _WORK.match(after):
        return True
    if _ELSE_HAPPENS.match(after) or _THE_END.search(said.before(when.start, 10)):
        return True
    if _ASKED.match(after) and _just_gone(said, when):
        return True
    return bool(_SUBJECT.search(said.before(when.start, 14)) and _TOLD_OF_IT.match(after))
