"""Whom to call: name, phone, e-mail, company, booking number; resident numbers are told of and never carried."""

from __future__ import annotations

import re
from pathlib import Path

import phonenumbers
import yaml

from bot.nlu.facts import trade_names
from bot.nlu.facts.fact import Fact, Said
from knowledge_base import places
from knowledge_base.morphemes import morphemes

_RESIDENT = re.compile(
    r"(?<!\d)(\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))\s?[-–—]?\s?([1-8]\d{6}"
    r"|[1-8][*xX●]{1,6})(?!\d)"
)
_BOOKING = re.compile(r"(?<![A-Za-z0-9])([Dd][0-9A-HJ-NP-Za-hj-np-z]{7}|D(?:[\s-]?[0-9A-HJ-NP-Z]){7})(?![A-Za-z0-9])")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_DIGIT_WORDS = {
    "공": "0",
    "영": "0",
    "일": "1",
    "이": "2",
    "삼": "3",
    "사": "4",
    "오": "5",
    "육": "6",
    "륙": "6",
    "칠": "7",
    "팔": "8",
    "구": "9",
    "빵": "0",
}
_SPOKEN_PHONE = re.compile(r"(?:공일공|영일영|공일영)[공영일이삼사오육륙칠팔구빵\d\s\-에.]{8,20}")
_LOOSE_PHONE = re.compile(r"(?<![\d-])(01[016789]|0[2-6]\d?|070|050\d)[\s.\-)·]*(\d{3,4})[\s.\-·]*(\d{4})(?!\d)")
_SERVICE = {"1350", "1588", "1577", "1566"}

_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진나지엄채원천방공현함변염여"
    "추도소석선설마길연위표명왕금옥맹탁"
)
_DOUBLE = "남궁|황보|제갈|사공|선우|독고|동방|서문"
_NAME = rf"(?:(?:{_DOUBLE})[가-힣]{{1,2}}|[{_SURNAMES}][가-힣]{{1,2}})"
_TITLE = (
    r"(?:대표|사장|이사|상무|전무|부장|차장|과장|대리|팀장|실장|주임|사원|원장|점장|매니저|소장|본부장|센터장|국장"
    r"|간사|선생님?|총무|사무장|관리자|담당자|담당|님|씨)"
)
_NAME_LABELLED = re.compile(
    rf"(?:담당자?(?:\s?(?:이름|성함))?|신청인|이름|성함|성명|제\s?이름|예약자|신청자|방문자|연락\s?받을\s?사람)\s?(?:은"
    rf"|는|이|:|=|-)?\s?(?P<name>{_NAME})(?=\s?(?:{_TITLE})|이?(?:고요?|구요?|요|에요"
    rf"|예요|입니다|이에요|라고|이라고|임)|\s*[,./\n(]|\s*$|\s+\d|\s)"
)
_NAME_SELF = re.compile(
    rf"(?:저는|(?<![가-힣])전\s|제가|나는|저\s)\s?(?:[가-힣A-Za-z()]{{2,10}}\s)?(?P<name>{_NAME})\s?(?:{_TITLE}\s?)?(?=이?라고"
    rf"|입니다|이에요|예요|이고|인데요|이라)"
)
_NAME_TITLED = re.compile(
    rf"(?<![가-힣])(?P<name>(?:{_DOUBLE})[가-힣]{{1,2}}|[{_SURNAMES}][가-힣]{{2}})\s?(?:대표"
    rf"|이사|상무|전무|부장|차장|과장|대리|팀장|실장|주임|원장|점장|매니저|소장|본부장|사무장|님|씨)(?:입니다|이에요|예요"
    rf"|이고|이구|요|,|\s|$|님|로|으로)"
)
_NAME_AFTER_TITLE = re.compile(
    rf"(?<![가-힣])(?:대표|사장|원장|점장|소장|과장|대리|팀장|실장|부장|이사|담당|총무|경리|주임|차장|인사|사원|매니저|사무장)(?:자|님)?(?:은|는)?\s(?:저\s)?(?P<name>{_NAME})(?=이?(?:고"
    rf"|에요|예요|입니다|이에요|라고|이라고|요)|\s*[,.]|\s*$)"
)
_NAME_CORRECTED = re.compile(
    rf"(?:(?:이름|성함)[^.\n\d]{{0,10}}|{_NAME}\s?(?:이|가)?\s?(?:아니고|말고|아니라)\s?)(?<![가-힣])(?P<name>{_NAME})"
    rf"(?=이?(?:에요|예요|입니다|요)[\s.!]*$|으?로\s?(?:해|바꿔|변경|예약|잡아|부탁|고쳐|수정|적어))"
)
_NAME_BARE = re.compile(
    rf"^(?:네|예|아)?[\s,]*(?P<name>{_NAME})\s?(?:{_TITLE})?(?:이?(?:요|라고\s?(?:해요|합니다|해)|에요|예요|입니다"
    rf"|이에요|임|라고\s?(?:해요|합니다)|라고요))?[\s.!]*$"
)
# "이지은입니다 010-1234-5678"
_NAME_FIRST = re.compile(
    rf"^(?:네|예|아|안녕하세요)?[\s,.]*(?P<name>{_NAME})\s?(?:{_TITLE})?(?:입니다|이라고\s?(?:합니다|해요)|이에요|예요|인데요|이고요?)"
    r"(?=[\s,.]*(?:01\d|0\d|공일공|전화|연락|번호|휴대폰|핸드폰))"
)
# "제 이름으로 예약된 거 있는지 봐주세요 한도윤이요"
_NAME_LAST = re.compile(
    rf"(?:이름|성함|예약)[^.\n\d]{{0,24}}[\s.,](?P<name>{_NAME})(?=(?:이요|요|이에요|예요|입니다)[\s.!]*$)"
)
_NAME_BRACKETED = re.compile(rf"(?<![가-힣])(?P<name>{_NAME})\s?\(\s?{_TITLE}\s?\)")
_NAME_BEFORE_PHONE = re.compile(
    rf"(?<![가-힣])(?P<name>{_NAME})\s?(?:{_TITLE})?(?:이고요?|이고|이구요|고요|이요|,|/|\s|:|이며)*\s*$"
)
_WORDS: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "words" / "not_names.yaml").read_text(encoding="utf-8")
)
_NOT_NAMES = frozenset(_WORDS["persons"])
_TRADE_WORDS = frozenset(_WORDS["companies"])
_COMPANY_NAME = r"[가-힣A-Za-z0-9&.·]{1,20}"
_MARKED = re.compile(
    rf"(?:\(주\)|주식회사|㈜|\(유\)|유한회사|\(사\)|사단법인|재단법인|의료법인|사회복지법인|농업회사법인|영농조합법인)\s?(?P<name>{_COMPANY_NAME})"
    rf"|(?P<tail>{_COMPANY_NAME}?)(?<![은는을를에:])\s?(?:\(주\)|㈜|주식회사)(?![가-힣])"
)
_LABELLED = re.compile(
    rf"(?:(?P<plain>회사|소속)(?:은|는|:|=)|(?:회사\s?(?:이름|명|상호)|업체\s?(?:이름|명)|상호명?|사업장\s?(?:이름|명)|법인명|기업명"
    rf"|(?:가게|병원|어린이집|식당|학원)\s?이름)(?:이?요\?)?\s?(?:은|는|이|:|=|\s))\s?(?P<name>{_COMPANY_NAME}(?:\s(?:어린이집"
    rf"|요양원|병원|의원|학원|식당|카페|테크|산업|센터))?)(?=이?(?:고요?|구요?|요|에요|예요|입니다|라고|이라고|임"
    rf"|라는|이라는|이거든|거든|인데|,|\.)|\s*[,./\n(]|\s*$|\s)"
)
_CALLED = re.compile(
    rf"(?<![가-힣])(?P<name>{_COMPANY_NAME}?)(?:이라는|라는|이란|란)\s?(?:회사|업체|가게|식당|카페|공장|곳|데(?=서|예요|입니다|에서|인데)|병원|학원|법인|중소기업)"
)
_SUFFIX = re.compile(
    r"(?<![가-힣A-Za-z])(?P<name>[가-힣A-Za-z]{1,8}(?:정밀|테크|산업|상사|물산|푸드|전자|기계"
    r"|금속|화학|건설|종합건설|엔지니어링|시스템|시스템즈|솔루션|솔루션즈|소프트|물류|통운|유통|무역|코리아|바이오|제약|메디칼"
    r"|섬유|패션|디자인|인쇄|기업|실업|공업|정공|중공업|전기|이엔지|ENG|컴퍼니|그룹|홀딩스|에너지|환경|식품|농산|수산"
    r"|로지스|네트웍스|미디어|엔터|스튜디오|랩|랩스|플라스틱|케미칼|철강|목재|가구|토건|하이텍|텍|켐|기공))(?=(?:이?(?:고요?"
    r"|구요?|요|에요|예요|입니다|이에요|인데요?|거든요?|라고|이라고|의|에서)|[\s,.]|$))"
)
_NOT_COMPANY = re.compile(
    r"^(?:작은|작고|작습|크고|큰|크지|크진|조그|소규모|우리|저희|여기|직원|중소|대기업|공공|개인|제조|(?:서울|경기|수원|인천|부산|대구|광주|대전|울산)(?:이|에|시|도|쪽|$|입|인|광역|본사|근처)"
    r"|\d+명|\d+인|\d+\s?(?:년|개월|달|주|일|시|%|평)|지금|아직|그냥|이미|다음$|[가-힣]{1,3}업$|[가-힣]{1,4}(?:에서|인데|에)$|아니|안$|어렵"
    r"|어떻|어찌|어케|없|있|필요|바쁘|힘들|몇|어디|뭐|무슨|어떤|얼마|부담|해당|뭘|왜|망했|망할|돈$|또$|다$|더$|잘$|못$|잘못|다시|바뀌|변경|수정|오타|그거|이거|틀)"
)


def find(said: Said) -> list[Fact]:
    """ "phone", "email", "person_name", "company_name", "booking_number" and "resident_number" of the message."""
    residents = [Fact("resident_number", True, match.start(), match.end()) for match in _RESIDENT.finditer(said.text)]
    hidden = [(fact.start, fact.end) for fact in residents]
    emails = [
        Fact("email", re.sub(r"\s", "", match.group()).lower(), match.start(), match.end())
        for match in _EMAIL.finditer(said.text)
    ]
    phones = [
        fact for fact in _phones(said) if not any(fact.start < end and start < fact.end for start, end in hidden)
    ]
    companies = _companies(said)
    names = _names(said, phones + emails, companies)
    bookings = [] if residents else _bookings(said)
    return residents + emails + phones + companies + names + bookings


def _phones(said: Said) -> list[Fact]:
    found: list[Fact] = []
    for match in phonenumbers.PhoneNumberMatcher(said.text, "KR"):
        plain = _plain(match.number)
        if plain and said.text[match.start : match.end].strip() not in _SERVICE:
            found.append(Fact("phone", plain, match.start, match.end))
    for loose in _LOOSE_PHONE.finditer(said.text):
        if not any(fact.start < loose.end() and loose.start() < fact.end for fact in found):
            found.extend(_parsed("".join(loose.groups()), loose.start(), loose.end()))
    for spoken in _SPOKEN_PHONE.finditer(said.text):
        digits = "".join(
            _DIGIT_WORDS.get(char, char if char.isdigit() else "") for char in spoken.group().replace("에", "")
        )
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
    found: list[Fact] = []
    for pattern in (_MARKED, _LABELLED, _CALLED, _SUFFIX):
        for match in pattern.finditer(said.text):
            name = match.group("name") or match.groupdict().get("tail")
            if name and (fact := _company(said, name, match, pattern)):
                found.append(fact)
                if not re.match(r"\s?(?:이|가)?\s?(?:말고|아니고|아니라)", said.after(fact.end, 8)):
                    return found
    return found[:1]


# What stands beside 주식회사 and names none: "사회복지법인 산하 …", "주식회사 빼주세요".
_NO_FIRM = re.compile(
    r"(?:산하|소속|부설|운영|위탁|직영|법인|대표|이름|이고)[가-힣]?|(?:빼|넣|붙여?|없|아니|말고|맞)[가-힣]{0,4}"
)


def _company(said: Said, name: str, match: re.Match[str], pattern: re.Pattern[str]) -> Fact | None:
    name = (
        re.sub(r"(?:이라고|라고|이에요|예요|이거든요?|거든요?|이고요?|이구요|고요|구요|입니다|이요|인데요?"
            r"|(?<=[가-힣]{2})요)$", "", name)
        if len(name) > 2
        else name
    )
    if pattern is _MARKED and _NO_FIRM.fullmatch(name):
        return None
    if re.match(r"(?:이고|이구|이에요|예요|에요|입니다|인데|이라|이며|는|은$|이$|가$|을|를|에서|으로)", name):
        return None
    if name.endswith("이") and re.match(r"\s?아니", said.after(match.start("name") + len(name), 4)):
        name = name[:-1]
    if match.groupdict().get("tail") and re.search(r"(?:에|은|는|을|를)$", name):
        return None
    if pattern in (_LABELLED, _CALLED) and not _is_noun(said, match.start("name"), match.start("name") + len(name)):
        return None
    if pattern is _LABELLED and match.group("plain") and not _tells(said, name, match):
        return None
    if name in _TRADE_WORDS or trade_names.is_listed(name):
        return None
    if len(name) < 2 or (pattern in (_LABELLED, _CALLED) and _NOT_COMPANY.match(name)):
        return None
    if pattern is _LABELLED and re.fullmatch(rf"(?:{_PLAIN_TRADE})", name):
        return None
    if pattern is _SUFFIX and not _is_name_like(said, match):
        return None
    at = said.text.index(name, match.start())
    if pattern is _MARKED:
        return Fact(
            "company_name",
            said.text[match.start() : match.end()].strip() if match.groupdict().get("tail") else name,
            match.start(),
            match.end(),
        )
    return Fact("company_name", name, at, at + len(name))


def _is_noun(said: Said, start: int, end: int) -> bool:
    """Whether nothing but nouns stands there: "해달라는데요" names no firm."""
    return not any(token.tag.startswith(("V", "E")) for token in said.tokens if start <= token.start < end)


def _tells(said: Said, name: str, match: re.Match[str]) -> bool:
    """Whether "회사는 …" goes on to its name, not to where it is or what it does."""
    at = match.start("name") + len(name)
    ends = re.match(r"(?:이?라고|이?에요|예요|입니다|이?요|이고|고요|구요|인데)|\s*$", said.text[at : at + 6])
    return bool(ends) and name not in places.places().names and name not in places.places().sido_names


_PLAIN_TRADE = (
    r"제조업?|음식점업?|건설업?|도소매업?|서비스업?|운수업?|IT(?:업|회사)?|병원|학원|식당|카페|요양원|치과|미용실"
    r"|약국|공장|쇼핑몰|물류|유통|무역|어린이집|유치원|마트|편의점|[가-힣]{1,6}업|(?:고깃|횟|빵|떡|밥|술|국밥|치킨|분식|꽃|맥줏|호프|닭갈비|칼국수|냉면|중국|백반|한정식|우리)?집"
)


def _is_name_like(said: Said, match: re.Match[str]) -> bool:
    """Whether a word with a trade's ending is a name: its first part is no ordinary trade word."""
    name = match.group("name")
    stem = re.sub(
        r"(?:정밀|테크|산업|상사|물산|푸드|전자|기계|금속|화학|종합건설|건설|엔지니어링|시스템즈?|솔루션즈?|소프트|물류"
        r"|통운|유통|무역|코리아|바이오|제약|섬유|패션|디자인|인쇄|기업|실업|공업|전기|환경|식품|텍|랩스?)$",
        "",
        name,
    )
    if len(stem) < 2 or re.search(
        r"매매|근태|하는|되는|있는|없는|만드는|관련|지원|대상|우선|친화|인증|중소|우리|저희|자동차|반도체|종합|전문|사회적|고용|노동"
        r"|시각|제품|웹|의류|수산|농산|식자재|온라인|국제|도시|생활|건축|가족|평생|정보|문화|관광|서비스|뿌리|첨단|신|전기"
        r"|전자|기계|화학|금속|식품|산업|환경|의료",
        stem,
    ):
        return False
    after = said.after(match.end(), 8)
    if re.match(r"\s?(?:협력|하청|납품|계열|자회사|벤더|[123]차|출신|다니|다녔|거래|직영|대리점|단지|센터)", after):
        return False
    if name.endswith("기업") and all(
        token.tag == "NNG" for token in said.tokens if match.start() <= token.start < match.end()
    ):
        return False
    return bool(
        re.match(
            r"^(?:이?(?:요|에요|예요|입니다|이에요|라고|이라고|인데요?|거든요?|고요?|구요?)|\s?[,./(\n]|\s?$|에서\s(?:인사|총무|경리|회계|관리|일하|근무)|\s[가-힣]{1,6}(?:팀|부|과|실|본부)\s[가-힣]{2,4}\s?(?:입니다|이에요|예요|인데|이고|010|대표|과장|대리|팀장|사장|부장|주임|사원|차장|실장)|\s(?:경리|대표|인사|총무|담당|직원|사장|과장|부장|팀장|대리|이사|실장|말고|아니|010|[가-힣]{3}\s?(?:입니다|이에요|예요|010|대표|과장|대리|팀장|사장)))",
            said.after(match.end(), 14),
        )
    )


_NAMED = (
    _NAME_LABELLED,
    _NAME_SELF,
    _NAME_BRACKETED,
    _NAME_TITLED,
    _NAME_AFTER_TITLE,
    _NAME_CORRECTED,
    _NAME_LAST,
    _NAME_FIRST,
    _NAME_BARE,
)


def _put_aside(said: Said, fact: Fact) -> list[Fact]:
    """The name that ``fact`` takes the place of ("김지영 말고 김지연이에요"); scope says that it is denied."""
    before = re.search(
        rf"(?<![가-힣])(?P<name>{_NAME})\s?(?:이|가)?\s?(?:아니고|말고"
        rf"|아니라)\s$", said.text[: fact.start])
    if not before or not _plausible(said, before.group("name"), strict=True):
        return []
    return [Fact("person_name", before.group("name"), before.start("name"), before.end("name"))]


def _names(said: Said, phones: list[Fact], companies: list[Fact]) -> list[Fact]:
    for pattern in _NAMED:
        for match in pattern.finditer(said.text):
            fact = _name(said, match, companies, pattern in (_NAME_BARE, _NAME_FIRST, _NAME_CORRECTED, _NAME_LAST))
            if fact:
                return [*_put_aside(said, fact), fact]
    for company in companies:
        beside = re.match(
            rf"\s(?:[가-힣]{{2,4}}(?:부|팀|과|실|본부)\s)?(?P<name>{_NAME})\s?(?:{_TITLE})?"
            r"(?=입니다|이에요|예요|이라고|인데요|이요)",
            said.text[company.end :],
        )
        if beside and _plausible(said, beside.group("name"), strict=True):
            start = company.end + beside.start("name")
            return [Fact("person_name", beside.group("name"), start, start + len(beside.group("name")))]
    for phone in phones:
        before = _NAME_BEFORE_PHONE.search(said.text[: phone.start])
        if before and (fact := _name(said, before, companies, False)):
            return [fact]
        after = re.match(
            rf"[\s,/]*(?P<name>{_NAME})(?=\s?(?:{_TITLE})|이?(?:요|에요|예요|입니다)|[\s,.]"
            rf"|$)",
            said.text[phone.end :],
        )
        if after and _plausible(said, after.group("name"), strict=True):
            start = phone.end + after.start("name")
            return [
                Fact("person_name", after.group("name").replace(" ", ""), start, start + len(after.group("name")))
            ]
    return []


def _name(said: Said, match: re.Match[str], companies: list[Fact], bare: bool) -> Fact | None:
    name, start = match.group("name"), match.start("name")
    if name[-1] in "예에" and said.text[start + len(name) :].startswith("요") and len(name) > 2:
        name = name[:-1]
    if not _plausible(said, name, strict=bare) or any(
        company.start < start + len(name) and start < company.end for company in companies
    ):
        return None
    tokens = [token for token in said.tokens if start <= token.start < start + len(name)]
    if len(name) == 2 and tokens and all(token.tag == "NNG" for token in tokens):
        return None  # "이름 변경": a noun of two letters is rarely a name
    if bare and not _is_person(said, start, start + len(name)) and not re.search(r"라고\s?(?:해|합)", match.group()):
        return None
    return Fact("person_name", name.replace(" ", ""), start, start + len(name), confidence=0.8 if bare else 1.0)


def _plausible(said: Said, name: str, *, strict: bool) -> bool:
    closed = name.replace(" ", "")
    if re.fullmatch(rf".{_TITLE}", closed):
        return False  # "김대리", "박과장": a surname with a title is no name to book with
    if closed in _NOT_NAMES or (closed[:2] in _NOT_NAMES and (strict or len(closed) == 2)):
        return False
    if re.search(r"(?:줘|돼|던|랑|한테|씨예|님이)$", closed):
        return False
    if closed[:2] in _NOT_NAMES and closed[2:] in _PARTICLES:
        return False  # "연락은 02-…"
    return not re.search(r"(?:이|은|는|을|를|도|에|요|면|고|서|죠|까|데|만|로)$", closed) or (
        len(closed) == 3 and bool(re.search(r"(?:은|이|도|서|고|을|로)$", closed))
    )


_PARTICLES = ("은", "는", "이", "가", "을", "를", "도", "로", "만", "의", "에", "요")
# Kiwi gives what is not in its dictionary an id this small: that of the tag it guesses.
_GUESSED = 10


def _is_name_alone(name: str) -> bool:
    """Whether three letters alone are one proper noun, or one noun that no dictionary has ("백세진")."""
    tokens = morphemes(name)
    return len(name) == 3 and len(tokens) == 1 and (
        tokens[0].tag == "NNP" or (tokens[0].tag == "NNG" and tokens[0].id < _GUESSED)
    )


def _is_person(said: Said, start: int, end: int) -> bool:
    """Whether Kiwi too takes the letters for a name: one proper noun, or one that it does not know as a word."""
    tags = [token.tag for token in said.tokens if start <= token.start < end]
    return (
        bool(re.match(rf"(?:{_DOUBLE})[가-힣]{{2}}", said.text[start:end]))
        or tags == ["NNP"]
        or (
            _is_name_alone(said.text[start:end].replace(" ", ""))
            and bool(re.match(r"\s?(?:이요|입니다|이에요|이라고|라고|예요)", said.text[end:]))
        )
        or (len(said.text[start:end].replace(" ", "")) == 3 and tags[:1] == ["NNP"])
    )
