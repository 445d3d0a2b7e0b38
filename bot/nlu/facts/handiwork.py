"""The trade told by making, selling, lending or doing, where no word of it is known: "모자 만들어요", "팔아요"."""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Fact, Said

# Whoever makes a thing to sell manufactures, whatever the thing is; what is "made" otherwise is listed.
_MAKES = re.compile(
    r"(?<![가-힣])(?P<what>[가-힣]{1,6}?)(?:들)?(?:을|를)?\s?(?:만들어(?:요|서?\s?(?:팔|납품|수출|파는|판매|(?P<delivered>[가-힣]{1,6}(?:에|으로)\s(?:넣|납품|대고|대요|공급|보내|출하|팔|파는|판매|파라))))|만듭니다|만들(?:거든|죠|지요|네요|고\s?있거든)|만드는(?:데요?(?=[\s.,])|데?요?(?=[\s.~]*$))|만들어\s(?:팔|파는|팝)"
    r"|(?:개발|제작|생산)(?:해서|하여)\s?(?:파는|판매|납품)|만드는\s?(?:작은\s|조그만\s|전문\s)?(?:회사|업체|데|곳|집|사업|공방|기업|중소기업|소기업|법인|스타트업|벤처|제조사|가게|협력사"
    r"|공장|작업장|사람(?=이|입))|찍어\s?(?:내|납품|팔)"
    r"|만들고\s?있(?:어요|습니다)|생산(?:해요|합니다|하는\s?(?:회사|업체|데|곳)))"
)
_MADE_OTHERWISE = re.compile(
    r"(?:앱|어플|웹|사이트|홈페이지|프로그램|게임|영상|콘텐츠|컨텐츠|유튜브|영화|음악|노래|책|만화|제도|규정|규칙"
    r"|취업|서류|양식|계획|어린이집|시간|자리|분위기|문화|환경|일자리|공간|휴게실|수유실|명단|목록|자료|문서|보고서"
    r"|사람|계약|음식|요리|커피|밥|반찬|도시락|안주|디자인|광고|여권|증명|카드|계좌|서명|어디|누가|언제|어떻"
    r"|시스템|솔루션|소프트|모임|돈|통장|명함|아이디|것|거|뭐|뭘|직접|새로|많이|같이|저희가?|우리가?|회사|가정|추억|아이|애)$"
    r"|^(?:안|못|잘|일)$"
)
_ASKED = re.compile(r"어디|어떻게|누가|언제|왜|몇|\?")


def find(said: Said) -> list[Fact]:
    """The "industry" of whoever makes, sells, lends or does what the message says, if it does."""
    return _made(said) or _sold(said) or _done(said)


def _made(said: Said) -> list[Fact]:
    match = _MAKES.search(said.text)
    if (
        not match
        or _asked(said, match)
        or (_MADE_OTHERWISE.search(match.group("what")) and not match.group("delivered"))
    ):
        return []
    return [Fact("industry", "C", match.start(), match.end(), confidence=0.7)]


def _asked(said: Said, match: re.Match[str]) -> bool:
    """Whether it is asked who does it and how, not told."""
    return bool(_ASKED.search(said.text, max(0, match.start() - 10), match.end() + 12))


# Whoever sells a thing trades in it; what is sold to be eaten on the spot is a restaurant's.
_SELLS = re.compile(
    r"(?<![가-힣])(?P<what>[가-힣]{1,6}?)(?:들)?(?:을|를|만|도)?\s?(?:떼다가?\s?|떼어다\s?)?(?:팔아요|팔아|팔고\s?있"
    r"|팝니다|판매해요|판매합니다|판매하고"
    r"|판매하는\s?(?:회사|업체|데|곳|집)"
    r"|파는\s?(?:가게|집|회사|데|곳|매장|업체)|(?P<lends>(?:빌려\s?(?:[주줘]|(?=줍니다))|대여(?:해|하))(?:요|줍니다|고\s?있|는\s?(?:샵|숍|가게|샵|숍"
    r"|집|회사|데|곳|매장|업체))))"
)
_EATEN = re.compile(
    r"(?:국수|국밥|(?<![한중미태영])국|밥|커피|술|치킨|강정|닭발|빵|케이크|도넛|마라탕|초밥|우동|라면|라멘|죽|빙수|아이스크림|도시락|백반|곱창|막창|갈비|삼겹살|샐러드|핫도그|츄러스|주스|떡볶이|분식|고기|회|면|탕|찌개|돈까스|돈가스|짜장|피자|버거"
    r"|토스트|샌드위치|족발|보쌈|음료|안주|소주|맥주|막걸리|와인|전통차|한방차|디저트|와플|붕어빵|호떡"
    r"|순대|만두|꼬치|구이)$"
)
_SOLD_OTHERWISE = re.compile(r"집|건물|땅|주식|차량|회사|지분|직접|같이|많이|잘|안|못|다|것|거|뭐|뭘|어디"
    r"|얼마|몸|발품|이름|정신|한눈")


def _sold(said: Said) -> list[Fact]:
    match = _SELLS.search(said.text)
    if (
        not match
        or _asked(said, match)
        or _SOLD_OTHERWISE.fullmatch(match.group("what"))
    ):
        return []
    if match.lastgroup == "lends":
        return [Fact("industry", "N", match.start(), match.end(), confidence=0.7)]
    section = "I" if _EATEN.search(match.group("what")) else "G"
    return [Fact("industry", section, match.start(), match.end(), confidence=0.7)]


# What is done for others, told by its verb where no word of the trade is known.
_DONE: tuple[tuple[str, str], ...] = (
    ("C", r"제본|인쇄|가공|조립|제조|생산|도장|용접|도색|코팅|재단|봉제|포장재\s?생산|연마|세공|양조|로스팅"),
    ("J", r"개발|코딩|편집|프로그래밍|퍼블리싱|스트리밍|영상\s?촬영"),
    ("H", r"운송|배송|배달|수송|운반|하역|탁송|운전"),
    ("S", r"수리|정비|수선|세탁|미용|염색\s?시술"),
    ("N", r"청소|경비|소독|방역|임대\s?대행|대여|렌탈"),
    ("M", r"설계|감리|자문|번역|통역|측량|기장\s?대행|(?:노무|세무|법률|경영)\s?상담|광고|홍보\s?대행"
        r"|마케팅\s?대행|시험\s?분석"),
    ("F", r"시공|공사|설치|철거|도배|미장|방수"),
    ("G", r"유통|판매|수입|수출|도매|소매"),
    ("P", r"교육|강의|레슨|과외"),
    ("Q", r"진료|간병|돌봄|요양"),
    ("A", r"재배|사육|양식|농사"),
)
_DOES = re.compile(
    "(?:" + "|".join(f"(?P<{section}>{words})" for section, words in _DONE) + ")"
    r"(?:을|를|도|만)?\s?(?:전문\s?(?:으로\s?하는\s?)?(?:회사|업체|업|점|공장)|(?:대행\s?)?(?:해\s?주는"
    r"|하는)\s?(?:작은\s)?(?:회사|업체|곳|데|집"
    r"|사업|공장|법인|사무소|사무실|가게|스튜디오|공방|작업장))"
    r"(?=입니다|이에요|예요|이고|고요|구요|인데|이요|요|\s?(?:운영|다니|직원|대표|사장|\d)|[.,\s]*$|를|을)"
)


def _done(said: Said) -> list[Fact]:
    match = _DOES.search(said.text)
    after = said.after(match.end(), 16) if match else ""
    if not match or "?" in after or re.search(r"찾|소개|추천|있나요|어디|맡기", after):
        return []
    return [Fact("industry", str(match.lastgroup), match.start(), match.end(), confidence=0.7)]
