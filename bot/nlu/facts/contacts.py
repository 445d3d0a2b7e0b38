"""Whom to call: name, phone, e-mail, company name; the number of a booking; and resident numbers, told of but never carried."""

from __future__ import annotations

import re

import phonenumbers

from bot.nlu.facts.fact import Fact, Said

_RESIDENT = re.compile(r"(?<!\d)(\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))\s?[-–—]?\s?([1-8]\d{6}|[1-8][*xX●]{1,6})(?!\d)")
_BOOKING = re.compile(r"(?<![A-Za-z0-9])([Dd][0-9A-HJ-NP-Za-hj-np-z]{7}|D(?:[\s-]?[0-9A-HJ-NP-Z]){7})(?![A-Za-z0-9])")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_DIGIT_WORDS = {"공": "0", "영": "0", "일": "1", "이": "2", "삼": "3", "사": "4", "오": "5", "육": "6", "륙": "6", "칠": "7", "팔": "8", "구": "9", "빵": "0"}
_SPOKEN_PHONE = re.compile(r"(?:공일공|영일영|공일영)[공영일이삼사오육륙칠팔구빵\s\-에]{8,20}")
_LOOSE_PHONE = re.compile(r"(?<![\d-])(01[016789]|0[2-6]\d?|070|050\d)[\s.\-)·]*(\d{3,4})[\s.\-·]*(\d{4})(?!\d)")
_SERVICE = {"1350", "1588", "1577", "1566"}

_SURNAMES = "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명왕금옥맹탁"
_DOUBLE = "남궁|황보|제갈|사공|선우|독고|동방|서문"
_NAME = rf"(?:(?:{_DOUBLE})[가-힣]{{1,2}}|[{_SURNAMES}][가-힣]{{1,2}})"
_TITLE = r"(?:대표|사장|이사|상무|전무|부장|차장|과장|대리|팀장|실장|주임|사원|원장|점장|매니저|소장|본부장|센터장|국장|간사|선생님?|총무|사무장|관리자|담당자|담당|님|씨)"
_NAME_LABELLED = re.compile(rf"(?:담당자?(?:\s?(?:이름|성함))?|이름|성함|성명|제\s?이름|예약자|신청자|방문자|연락\s?받을\s?사람)\s?(?:은|는|이|:|=|-)?\s?(?P<name>{_NAME})(?=\s?(?:{_TITLE})|이?(?:고요?|구요?|요|에요|예요|입니다|이에요|라고|이라고|임)|\s*[,./\n(]|\s*$|\s+\d|\s)")
_NAME_SELF = re.compile(rf"(?:저는|전|제가|나는|저\s)\s?(?:[가-힣A-Za-z()]{{2,10}}\s)?(?P<name>{_NAME})\s?(?:{_TITLE}\s?)?(?=이?라고|입니다|이에요|예요|이고|인데요|이라)")
_NAME_TITLED = re.compile(rf"(?<![가-힣])(?P<name>(?:{_DOUBLE})[가-힣]{{1,2}}|[{_SURNAMES}][가-힣]{{2}})\s?(?:대표|이사|상무|전무|부장|차장|과장|대리|팀장|실장|주임|원장|점장|매니저|소장|본부장|사무장|님|씨)(?:입니다|이에요|예요|이고|이구|요|,|\s|$|님|로|으로)")
_NAME_AFTER_TITLE = re.compile(rf"(?<![가-힣])(?:대표|사장|원장|점장|소장|과장|대리|팀장|실장|부장|이사|담당)\s(?P<name>{_NAME})(?=이?(?:고|에요|예요|입니다|이에요|라고|이라고|요)|\s*[,.]|\s*$)")
_NAME_BARE = re.compile(rf"^(?:네|예|아)?[\s,]*(?P<name>{_NAME})\s?(?:{_TITLE})?(?:이?(?:요|에요|예요|입니다|이에요|임|라고\s?(?:해요|합니다)|라고요))?[\s.!]*$")
_NAME_BEFORE_PHONE = re.compile(rf"(?<![가-힣])(?P<name>{_NAME})\s?(?:{_TITLE})?(?:이고요?|이고|이구요|고요|이요|,|/|\s|:|이며)*\s*$")
_NOT_NAMES = {
    "이번", "이거", "이게", "이건", "이제", "이상", "이하", "이후", "이전", "정도", "정말", "지금", "지원", "지원금", "조금", "조건", "하나", "하는", "하고", "한번", "한명", "안녕", "고용", "고마", "최대", "최소", "신청", "신청서",
    "유산", "유아", "육아", "육휴", "임신", "임금", "장려", "장려금", "주말", "주세", "전화", "전체", "전부", "문의", "문자", "방문", "상담", "시간", "시차", "연차", "연락", "오전", "오후", "오늘", "내일", "모레", "어제", "우리", "저희", "여기",
    "여자", "남자", "남편", "배우", "아내", "아이", "아기", "사장", "사람", "사무", "사업", "회사", "대표", "직원", "공장", "공고", "구인", "구해", "기간", "금액", "급여", "나중", "다음", "도움", "마감", "명단", "모름", "몰라", "민원", "반갑",
    "복직", "부탁", "서류", "서울", "성남", "수원", "인천", "부산", "대구", "대전", "광주", "울산", "안산", "안양", "강남", "강서", "강북", "강동", "용인", "고양", "천안", "전주", "청주", "제주", "김포", "김해", "구미", "포항", "진주", "원주",
    "제조", "제조업", "음식", "건설", "정보", "도매", "도소매", "소매", "운수", "교육", "병원", "의원", "학원", "식당", "카페", "호텔", "미용", "약국", "물류", "무역", "출산", "휴직", "단축", "재택", "파견", "채용", "예약", "취소", "변경", "확인",
    "동의", "동의해", "감사", "죄송", "그만", "그냥", "네네", "아니", "싫어", "좋아", "괜찮", "맞아", "맞습", "고객", "공공", "국가", "현재", "현금", "한국", "인사", "경리", "총무", "차장", "과장", "대리", "부장", "팀장", "주임", "사원", "이사",
    "정규", "정규직", "계약", "계약직", "알바", "유연", "선택", "석달", "여섯", "여덟", "다섯", "열명", "하루", "한달", "일년", "이년", "삼년", "반년", "두달", "세달", "이달", "기타", "음성", "예산", "공주", "여주", "이천", "양산", "화성",
    "장난", "소개", "연결", "문제", "방법", "정부", "주소", "위치", "지역", "전국", "이유", "왜요", "오케", "오케이", "고고", "안돼", "안되", "배고", "변호", "노무", "노무사", "세무", "세무사", "주부", "전업", "임원", "원장", "국장", "인원", "어린", "장소",
    "용역", "설립", "폐업", "가능", "서면", "홍보", "성별", "여성", "남성", "모두", "양육", "단체", "제도", "선생", "옥상", "고맙", "고마워", "안해", "안함", "안가", "안내", "하지", "하지마", "주차", "명함", "기억", "기업", "소상", "소상공", "중소", "정시", "정상", "계좌", "조퇴",
    "구직", "구청", "구정", "시청", "지자체", "금요일", "목요일", "수요일", "화요일", "월요일", "토요일", "일요일", "목욜", "금욜", "월욜", "화욜", "수욜", "차주", "담주", "이번주", "다음주", "오시", "두시", "한시", "세시", "네시", "방금", "최근", "최저", "실업", "이직", "이혼",
}
_COMPANY_NAME = r"[가-힣A-Za-z0-9&.·]{1,20}"
_MARKED = re.compile(rf"(?:\(주\)|주식회사|㈜|\(유\)|유한회사|\(사\)|사단법인|재단법인|의료법인|사회복지법인|농업회사법인|영농조합법인)\s?(?P<name>{_COMPANY_NAME})|(?P<tail>{_COMPANY_NAME}?)\s?(?:\(주\)|㈜|주식회사)(?![가-힣])")
_LABELLED = re.compile(rf"(?:회사\s?(?:이름|명|상호)?|업체\s?(?:이름|명)|상호명?|사업장\s?(?:이름|명)|법인명|기업명|가게\s?이름|병원\s?이름|어린이집\s?이름|소속)\s?(?:은|는|이|:|=)\s?(?P<name>{_COMPANY_NAME}(?:\s(?:어린이집|요양원|병원|의원|학원|식당|카페|테크|산업|센터))?)(?=이?(?:고요?|구요?|요|에요|예요|입니다|라고|이라고|임|라는|이라는|인데|,|\.)|\s*[,./\n(]|\s*$|\s)")
_CALLED = re.compile(rf"(?<![가-힣])(?P<name>{_COMPANY_NAME})(?:이라는|라는|이란|란)\s?(?:회사|업체|가게|식당|카페|공장|곳|데|병원|학원|법인|중소기업)")
_SUFFIX = re.compile(r"(?<![가-힣A-Za-z])(?P<name>[가-힣A-Za-z]{1,8}(?:정밀|테크|산업|상사|물산|푸드|전자|기계|금속|화학|건설|종합건설|엔지니어링|시스템|시스템즈|솔루션|솔루션즈|소프트|물류|통운|유통|무역|코리아|바이오|제약|메디칼|섬유|패션|디자인|인쇄|기업|실업|공업|정공|중공업|전기|이엔지|ENG|컴퍼니|그룹|홀딩스|에너지|환경|식품|농산|수산|로지스|네트웍스|미디어|엔터|스튜디오|랩|랩스|플라스틱|케미칼|철강|목재|가구|토건|하이텍|텍|켐))(?=(?:이?(?:고요?|구요?|요|에요|예요|입니다|이에요|인데요?|라고|이라고|의|에서)|[\s,.]|$))")
_TRADE_WORDS = {"자동차부품산업", "뿌리산업", "식품", "건설", "기계", "전자", "디자인", "환경", "물류", "유통", "무역", "중소기업", "대기업", "사기업", "공기업", "소기업", "중견기업", "영세기업", "강소기업", "우리기업", "저희기업", "종합건설", "전문건설", "우선지원대상기업", "사회적기업", "예비사회적기업", "벤처기업", "지원대상기업", "소프트", "그룹", "산업", "해당기업", "가족친화기업", "인증기업", "일반기업", "민간기업", "개인기업", "실업", "전기", "가구", "스튜디오", "화학", "금속", "섬유", "패션", "인쇄", "제약", "바이오", "에너지", "철강", "전자상거래", "외국계기업", "스타트업기업", "여성기업", "가업", "상생기업"}
_NOT_COMPANY = re.compile(r"^(?:작|크|조그|소규모|우리|저희|여기|직원|중소|대기업|공공|개인|제조|서울|경기|수원|인천|부산|대구|광주|대전|울산|\d+명|\d+인|지금|아직|그냥|이미|다음|[가-힣]{1,3}업$|[가-힣]{1,4}(?:에서|인데|에)$|아니|안|어렵|없|있|필요|바쁘|힘들|몇|어디|뭐|무슨|어떤|얼마|부담|해당|뭘|왜|망|돈|또|다|더|잘|못)")


def find(said: Said) -> list[Fact]:
    """"phone", "email", "person_name", "company_name", "booking_number" and "resident_number" of the message."""
    residents = [Fact("resident_number", True, match.start(), match.end()) for match in _RESIDENT.finditer(said.text)]
    hidden = [(fact.start, fact.end) for fact in residents]
    emails = [Fact("email", re.sub(r"\s", "", match.group()).lower(), match.start(), match.end()) for match in _EMAIL.finditer(said.text)]
    phones = [fact for fact in _phones(said) if not any(fact.start < end and start < fact.end for start, end in hidden)]
    companies = _companies(said)
    names = _names(said, phones, companies)
    bookings = [] if residents else _bookings(said)
    return residents + emails + phones + companies + names + bookings


def _phones(said: Said) -> list[Fact]:
    found: list[Fact] = []
    for match in phonenumbers.PhoneNumberMatcher(said.text, "KR"):
        plain = _plain(match.number)
        if plain and not said.text[match.start:match.end].strip() in _SERVICE:
            found.append(Fact("phone", plain, match.start, match.end))
    for loose in _LOOSE_PHONE.finditer(said.text):
        if not any(fact.start < loose.end() and loose.start() < fact.end for fact in found):
            found.extend(_parsed("".join(loose.groups()), loose.start(), loose.end()))
    for spoken in _SPOKEN_PHONE.finditer(said.text):
        digits = "".join(_DIGIT_WORDS.get(char, "") for char in spoken.group().replace("에", ""))
        found.extend(_parsed(digits, spoken.start(), spoken.start() + len(spoken.group().rstrip())))
    return found


def _parsed(digits: str, start: int, end: int) -> list[Fact]:
    try:
        plain = _plain(phonenumbers.parse(digits, "KR"))
    except phonenumbers.NumberParseException:
        return []
    return [Fact("phone", plain, start, end)] if plain else []


def _plain(number: phonenumbers.PhoneNumber) -> str | None:
    """The number as Koreans write it ("010-1234-5678"); None for what is no Korean telephone."""
    if number.country_code != 82 or not phonenumbers.is_possible_number(number):
        return None
    shown = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL))
    return shown if re.fullmatch(r"0\d{1,3}-\d{3,4}-\d{4}", shown) else None


def _bookings(said: Said) -> list[Fact]:
    found = []
    for match in _BOOKING.finditer(said.text):
        number = re.sub(r"[\s-]", "", match.group(1)).upper()
        if re.fullmatch(r"D[0-9A-HJ-NP-Z]{7}", number) and re.search(r"\d", number):
            found.append(Fact("booking_number", number, match.start(), match.end()))
    return found


def _companies(said: Said) -> list[Fact]:
    for pattern in (_MARKED, _LABELLED, _CALLED, _SUFFIX):
        for match in pattern.finditer(said.text):
            name = match.group("name") or match.groupdict().get("tail")
            if name and (fact := _company(said, name, match, pattern)):
                return [fact]
    return []


def _company(said: Said, name: str, match: re.Match[str], pattern: re.Pattern[str]) -> Fact | None:
    name = re.sub(r"(?:이라고|라고|이에요|예요|이고요?|이구요|고요|입니다|이요|인데요?)$", "", name) if len(name) > 3 else name
    if re.match(r"(?:이고|이구|이에요|예요|입니다|인데|이라|이며|는|은|이$|가$|을|를|에서|으로)", name):
        return None
    if name in _TRADE_WORDS or len(name) < 2 or (pattern in (_LABELLED, _CALLED) and _NOT_COMPANY.match(name)):
        return None
    if pattern is _LABELLED and re.fullmatch(rf"(?:{_PLAIN_TRADE})", name):
        return None
    if pattern is _SUFFIX and not _is_name_like(said, match):
        return None
    at = said.text.index(name, match.start())
    if pattern is _MARKED:
        return Fact("company_name", said.text[match.start():match.end()].strip() if match.groupdict().get("tail") else name, match.start(), match.end())
    return Fact("company_name", name, at, at + len(name))


_PLAIN_TRADE = r"제조업?|음식점업?|건설업?|도소매업?|서비스업?|운수업?|IT(?:업|회사)?|병원|학원|식당|카페|요양원|치과|미용실|약국|공장|쇼핑몰|물류|유통|무역|어린이집|유치원|마트|편의점|[가-힣]{1,6}업|[가-힣]{1,4}집"


def _is_name_like(said: Said, match: re.Match[str]) -> bool:
    """Whether a word with a trade's ending is a name: its first part is no ordinary trade word."""
    name = match.group("name")
    stem = re.sub(r"(?:정밀|테크|산업|상사|물산|푸드|전자|기계|금속|화학|종합건설|건설|엔지니어링|시스템즈?|솔루션즈?|소프트|물류|통운|유통|무역|코리아|바이오|제약|섬유|패션|디자인|인쇄|기업|실업|공업|전기|환경|식품|텍|랩스?)$", "", name)
    if len(stem) < 2 or re.search(r"하는|되는|있는|없는|만드는|관련|지원|대상|우선|친화|인증|중소|우리|저희|자동차|반도체|종합|전문|사회적|고용|노동|시각|제품|웹|의류|수산|농산|식자재|온라인|국제|도시|생활|건축|가족|평생|정보|문화|관광|서비스|뿌리|첨단|신|전기|전자|기계|화학|금속|식품|산업|환경|의료", stem):
        return False
    after = said.after(match.end(), 8)
    return bool(re.match(r"^(?:이?(?:요|에요|예요|입니다|이에요|라고|이라고|인데요?|고요?|구요?)|[\s,.]|$)", after))


def _names(said: Said, phones: list[Fact], companies: list[Fact]) -> list[Fact]:
    for pattern in (_NAME_LABELLED, _NAME_SELF, _NAME_TITLED, _NAME_AFTER_TITLE, _NAME_BARE):
        for match in pattern.finditer(said.text):
            fact = _name(said, match, companies, pattern is _NAME_BARE)
            if fact:
                return [fact]
    for phone in phones:
        before = _NAME_BEFORE_PHONE.search(said.text[:phone.start])
        if before and (fact := _name(said, before, companies, False)):
            return [fact]
        after = re.match(rf"[\s,/]*(?P<name>{_NAME})(?=\s?(?:{_TITLE})|이?(?:요|에요|예요|입니다)|[\s,.]|$)", said.text[phone.end:])
        if after and _plausible(said, after.group("name"), strict=True):
            start = phone.end + after.start("name")
            return [Fact("person_name", after.group("name").replace(" ", ""), start, start + len(after.group("name")))]
    return []


def _name(said: Said, match: re.Match[str], companies: list[Fact], bare: bool) -> Fact | None:
    name, start = match.group("name"), match.start("name")
    if not _plausible(said, name, strict=bare) or any(company.start < start + len(name) and start < company.end for company in companies):
        return None
    if bare and not _is_person(said, start, start + len(name)):
        return None
    return Fact("person_name", name.replace(" ", ""), start, start + len(name), confidence=0.8 if bare else 1.0)


def _plausible(said: Said, name: str, *, strict: bool) -> bool:
    closed = name.replace(" ", "")
    if closed in _NOT_NAMES or closed[:2] in _NOT_NAMES and (strict or len(closed) == 2):
        return False
    return not re.search(r"(?:이|은|는|을|를|도|에|요|면|고|서|죠|까|데|만|로)$", closed) or len(closed) == 3 and bool(re.search(r"(?:은|이|도|서|고|을|로)$", closed))


def _is_person(said: Said, start: int, end: int) -> bool:
    """Whether Kiwi too takes the letters for a name: one proper noun, or one that it does not know as a word."""
    tags = [token.tag for token in said.tokens if start <= token.start < end]
    return bool(re.match(rf"(?:{_DOUBLE})[가-힣]{{2}}", said.text[start:end])) or tags == ["NNP"] or (len(said.text[start:end].replace(" ", "")) == 3 and tags[:1] == ["NNP"])
