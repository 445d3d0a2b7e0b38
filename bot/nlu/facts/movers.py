"""Which counts of people are not the staff: those who leave, come, are looked for, or are counted otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.nlu.facts.fact import Said
from bot.nlu.facts.numbers import Number

WHOLE = (
    r"총|전체|모두|다\s?해서|다\s?합쳐서?|합쳐서|합해서|합하면|합치면|전부"
    r"|상시|도합|통틀어|까지\s?(?:하면|해서|합쳐|다)|포함(?:해서|하면|하여)?"
)
_ONES_MOVING = re.compile(
    r"^(?:이|가|은|는|도|을|를|씩|만|의|정도|쯤|이나|한테|에게|께서)?\s?(?:이\s)?(?:더\s|또\s|추가로\s?"
    r"|다음\s?달에?\s?|내년에?\s?|이번에?\s?|새로\s?|지금\s?|곧\s?|동시에\s?|같이\s?|한꺼번에\s?|먼저\s?"
    r"|벌써\s?|다\s|올해\s?|현재\s?|\d+월(?:부터|에)?\s?)*"
    r"(?:육아|육휴|휴직|출산|임신|출휴|쉬|쉰|들어가|들어오|들어와|들어왔|들어온|쓴|쓰|쓸|써|썼|사용|신청|단축|복직|복귀|퇴사|그만|나가|나간|나갔|빠져"
    r"|빠졌|빠집|쪼개|뽑|채용|구하|구할|구했|구인|구해|고용(?!보험)|파견|대체|맡|나눠|나누|낳|결혼"
    r"|재택|시차|빠지|빠진|비|충원|늘|줄|모집|면접|부족|필요|자르|잘|해고|간대|간다|가면|가는|갔|돌아(?!가[며면고요는]|갑|감)|신규|더$|있으면|생기|연차|병가|유연|내보|내쫓|짤[랐라]|잘랐|빼와|빼\s?오|빼서|데려와|데려오|차출|옮기|옮겨|돌리|돌려\s)"
)
_NOT_STAFF_BEFORE = re.compile(
    r"(?:신규|예정자|신청자|사용자|희망자|채용자|조합원|정회원|가맹점주|분담자|맡은\s?사람|면접|지원|이력서|공고|휴직|육휴자?|출휴자?|육휴|출휴|단축|추가(?:로)?|새로|대체\s?인력|대체자|파견(?:직원|근로자)?|육아\s?휴직자?"
    r"|휴직자|휴직\s?중인?\s?(?:직원|사람)?|임산부|임신한\s?직원|임신\s?중인\s?(?:직원)?|대상자|자녀|아이"
    r"|애기?|아기|아들|딸|쌍둥이|상담원|플래너|"
    r"(?:나눠|대신)\s?(?:맡은|하는|맡는)\s?(?:직원|사람|동료)|손님|고객|환자|원생|학생|원아|회원|수강생|아이들|어르신|입소자|이용자|정원|병상|좌석|수용\s?인원|하객|관객|구독자|팔로워|방문자|참가자|가맹점주|입주민|"
    r"임산부\s?직원|임신한\s?(?:여직원|사람)|면접자?|지원자|퇴사자|신입|복직자|동료|당|가족|그\s?중|중에|중에서|중|사용자|쓰는\s?(?:사람|직원)|(?:간|갈"
    r"|쉬는|쉴|들어갈|나갈|맡을|뽑을|필요한|올|대신할)\s?사람|직원\s?중|후임|더)\s?(?:은|는|이|가|도|에|을|를"
    r"|로|만)?\s?(?:벌써|이미|지금|현재)?\s*$"
)
_EACH = re.compile(r"^\s?(?:당|마다|씩(?!이)|분|실(?!장)|용|가구|가족|1조|기준)")
_ALL_GET = re.compile(r"^\s?(?:다|전부|모두)\s?(?:지원|받|나오|나와|주나|줘)")
_WRONG_BEFORE = re.compile(r"(?:잘못\s?(?:쓴|친))[^\d]{0,6}$")
# Customers and the like, told of with something between them and their number: "손님이 하루에 100명씩 와요".
_NOT_STAFF_EARLIER = re.compile(
    r"(?:손님|고객|환자|원생|학생|원아|회원|수강생|어르신|입소자|이용자|방문객|관광객|입주민|투숙객|하객|관객|승객|아이들)(?:은|는|이|가|들이|들은|도)?\s"
    r"(?:(?:하루에?|한\s?달에?|매일|매달|보통|평균|주말에?는?|최대|지금|현재|총|약|한)\s?){1,3}$"
)
# Some of the staff do something once; of all of them it is told that they are there, work, or run the place.
_SOME_DO = re.compile(
    r"^(?:이|가|이서|께서)\s(?![^.?!\n]{0,14}?(?:있|일하|일해|일함|일합|근무|운영|꾸려|꾸리|돌리|돌려|되|돼|넘|안\s|뛰|다니|계시|계세|계십|남|전부|전체|모두|다예|다입|다라|다\s"
    r"|뿐|하는\s[가-힣]{1,8}(?:소|점|집|방|실|원|장|관)(?=여|이|예|입|요|인|라|\s|$)|하는\s?(?:데|곳|회사|가게|집|작은|스타트업|공방|사무실|식당|카페|농장|미용실|학원|공장|매장)|합니다|해요|하고|상주|움직|들어(?!가|간|갔|갑|갈)|가입|보험|아니|말고))"
)
_AMONG = re.compile(r"^\s?(?:중|가운데|에서\s?(?:한|1|두|2))")


@dataclass(frozen=True)
class Count:
    """How many people, where it says so, what they are called (``who``, where it is a word for staff) and counted by
    (``unit``), and the noun right before the number, whatever it is (``named``)."""

    number: Number
    start: int
    end: int
    who: str | None
    unit: str | None
    named: str | None = None


# "두 명 다 되나요", "한 명은 계약직인데요": some of the staff, talked of before.
_FEW = 10
_SOME_OF_THEM = re.compile(
    r"\s?(?:다|모두|전부)\s?(?:되|돼|받|나오|나와|해당|신청|가능)"
    r"|(?:은|는)\s?(?:계약직|정규직|기간제|비정규직|파견|알바|남자|여자|임신|출산|육아|휴직)"
)


# "휴직 들어가는 사람이 두 명이에요", "올해 육아휴직 쓴 직원이 네 명 있었어요".
_WHO_DO = re.compile(
    r"(?:육아|육휴|출산|출휴|휴직|휴가|단축|임신|복직|복귀|퇴사|재택|유연|시차|연차|병가|파견|채용|권고\s?사직|해고|퇴직|정년|산재\s?처리|연락|면접|지원|이직)[^.,?!\n]{0,8}?"
    r"(?:온|당한|처리\s?중인|간|가는|갈|쓴|쓰는|쓸|낸|내는|들어간|들어가는|들어갈|한|하는|할|받은|받는|중인|예정인|다녀온|쓰겠다는|하겠다는|가겠다는|끝난|끝나는|된)\s"
    r"(?:여|남)?(?:직원|사람|분|친구|애|인원|근로자|선생님|간호사)(?:들)?(?:은|는|이|가|도|만)?\s?(?:총|모두|벌써|지금|현재|이미|한|약)?\s?$"
)
# "40명 아니고 14명 잘못 쳤어요": the first was wrong.
_TYPED_WRONG = re.compile(r"\s?(?:은|는|을|를|이서?|끼리)?\s?(?:ㅋ+\s?)?(?:오타|잘못)")
_IN_ITS_PLACE = re.compile(r"(?:아니고|아니라|아니구|말고|말구)\s$")
# "한 명 빼먹었어요", "두 명 더 있네요".
_LEFT_OUT = re.compile(r"\s?(?:을|를|은|이|더)?\s?(?:빼먹|빠뜨|까먹|빼놓|놓쳤|덜\s?셌|더\s?셌|착각|휴무|외근|출장)")
_EMPLOYED = re.compile(
    r"\s?(?:을|를|만|정도|쯤)?\s?(?:쓰고\s?(?:있|살|하)|쓰는데|쓰고요|쓰구|쓰는\s[가-힣\s]{0,6}(?:가게|집|회사|업체|공장|식당|매장|농장|카페)"
    r"|써요|씁니다|쓰지요|쓰죠|쓰네요|씁니더|써유|둡니다|둬요|두고\s?(?:있|하|장사)|굴려요|굴립니다|부립니다|고용하고|고용\s?중)"
)
# "작년에 처음 직원 두 명을 뽑았어요": all there are.
_THE_FIRST = re.compile(r"처음(?:으로)?\s(?:직원|사람|알바)(?:을|를)?\s?$")
_TAKEN_ON = re.compile(r"\s?(?:을|를)?\s?(?:뽑았|뽑은|뽑아서|채용했|채용한|들였|뒀|두었|썼|쓰기\s?시작)")
_APPLICANTS = re.compile(r"(?:지원자|면접자?|이력서|손님|고객|환자|학생|회원|조합원)(?:는|은|가|이)?\s$")
_RANK = re.compile(r"(?:대리|과장|차장|부장|팀장|주임|사원)(?:님)?(?:들)?\s$")
_FIRM = 5
_THEN_MOVERS = re.compile(
    r"\s(?:중\s)?(?:육아\s?휴직|육휴|출산\s?휴가|출휴|휴직|임신|단축)(?:자|\s?예정자?|\s?신청자?)?\s(?:예정\s)?(?:\d|한|두|세|네)\s?명"
)
_TAKING_OVER = re.compile(
    r"(?:(?:나눠|대신|더)\s?(?:맡은|하는|맡는|한)|분담하는|분담한)\s(?:직원\s|사람\s|동료\s)?$"
)
# "직원 두 명한테 10만원씩", "남은 셋이서 일을 쪼개서 해요".
_FROM_US = re.compile(r"\s?(?:한테|에게|께)(?:만|는|도)?\s")
_THE_REST = re.compile(r"남은\s(?:직원\s|사람\s)?$")
_OF_A_LEAVE = re.compile(
    r"육아|육휴|휴직|출산|출휴|휴가|단축|임신|대체|대신|후임|빈\s?자리|메꾸|메우|땜빵|교대로|번갈아"
)
_WHOLE_ANSWER = re.compile(
    r"(?:네|예|음|저희|우리|저흰|우린)?[\s,]*(?:직원|종업원|상시\s?근로자|근로자|인원|사원)\s?(?:수|숫자)?\s?(?:은|는|이|:)?\s?(?:딱\s|총\s)?1\s?명[\s.!]*"
)


def is_of_movers(said: Said, count: Count, listed: bool = False) -> bool:
    """Whether the people counted are leaving, coming or somebody's children, not the firm's staff.

    ``listed`` says that they stand in a list of the staff's parts, as the next one after a count that is.
    """
    before, after = said.before(count.start, 18), said.after(count.end, 16)
    written = said.text[count.start : count.end - 1].strip()
    if count.unit == "인" and (
        not re.search(r"\d$|[일이삼사오육칠팔구십백천]$", written)
        or (
            len(written) == 1
            and not written.isdigit()
            and not re.match(r"\s?(?:이상|미만|이하|초과|사업장|기업|회사)", after)
        )
    ):
        return True
    if count.unit == "인" and count.number.value == 1 and re.match(r"\s?(?:운영|창업|사업자|샵|미디어|기업)", after):
        return True
    if count.number.value < _FEW and _TAKING_OVER.search(before):
        return True  # "일 나눠 맡은 두 사람한테"
    rest = _THE_REST.search(before) and after.startswith("이서")
    if count.number.value < _FEW and (_FROM_US.match(after) or rest):
        return True
    if count.number.value < _FEW and _SOME_OF_THEM.match(after):
        return True
    if _WHO_DO.search(said.text[: count.start]) or _LEFT_OUT.match(after):
        return True
    if _EMPLOYED.match(after) and not _OF_A_LEAVE.search(said.text):
        return False  # "두어 명 쓰고 있어요"
    if _WHOLE_ANSWER.fullmatch(said.text) or (_THE_FIRST.search(before) and _TAKEN_ON.match(after)):
        return False
    if re.match(
        r"\s?(?:은|는|을|를|이서?|끼리)?\s?(?:몫|빼고|나눠|나누|반씩|반반|절반씩|조금씩|번갈아|돌아가면서|빼면|빼구|제외"
        r"|말고도)", after
    ) or (_TYPED_WRONG.match(after) and not _IN_ITS_PLACE.search(before)) or (
        _WRONG_BEFORE.search(before) and not re.match(r"\s?(?:이|가)?\s?(?:아니|말고)", after)):
        return True
    if (
        re.match(r"만?\s?(?:고용\s?보험|[4사]대\s?보험)?(?:에)?\s?(?:들었|들어\s?있|가입)", after)
        and "보험" in said.text
    ):
        return False
    if re.search(r"까지\s$", before) and re.match(r"\s?(?:쓰고|써요|씁|두고|데리)", after):
        return False  # "외국인까지 8명 쓰고"
    if re.search(r"[만을를]\s$", before) and re.match(r"\s?(?:두고|데리고|써요|쓰고|씁|쓰는데)", after):
        return False  # "알바만 둘 써요"
    if re.match(r"만\s?(?:쓰|두고|데리)", after) and count.number.value > 1:
        return False
    if re.search(r"(?:월급|급여|연봉|시급|일당)(?:이|은|는)?\s?$", before) or re.search(r"안\s?든\s?(?:사람"
        r"|직원|알바|인턴)(?:이|은)?\s?$", before):
        return True
    if re.match(r"\s?(?:앉|들어갈|탈\s)", after):
        return True
    if _ALL_GET.match(after) or _EACH.search(after) or (count.unit == "분" and count.number.value > 300):
        return True
    whole = re.search(rf"(?:{WHOLE})\s?(?:직원\s?)?(?:은|는|이|가)?\s?(?:약|한)?\s?$", before)
    if _APPLICANTS.search(before):
        return True  # "지원자 5명 중에 1명 뽑았습니다"
    if _RANK.search(before) and _AMONG.search(after):
        return True  # "대리 둘 중에 한 명이"
    if _AMONG.search(after) or (whole and not re.search(r"^\s?(?:더\s?)?(?:뽑|채용|구)", after)):
        return False
    if re.search(r"보험[가-힣]{0,2}\s?(?:에\s?)?(?:들어간|든|가입)[가-힣\s]{0,6}$", before):
        return False
    kept = re.search(
        r"(?:상시로?|평소에?|고정으로|지금|매일)\s(?:쓰는|일하는)\s?(?:사람|직원)(?:은|이"
        r"|는)?\s?$", before)
    if _NOT_STAFF_BEFORE.search(before) and not kept and not re.search(r"까지\s?(?:하면|해서|합)", before):
        return True
    if _NOT_STAFF_EARLIER.search(before):
        return True
    if re.search(r"[초중고]$", before) and count.unit == "인":
        return True  # "초3인 직원": a grade
    if count.unit == "분" and re.search(r"시간\s?$", before):
        return True  # "휴게시간 30분"
    if count.unit == "분" and written.isdigit() and not (
        count.who or count.named or re.match(
            r"\s?(?:이|께서)?\s?(?:계|일하|근무|있|이에요|입니다|이고"
            r"|이세요)", after)
    ):
        return True  # minutes
    if count.number.value < 10 and not listed and _SOME_DO.match(after):
        return True
    if _THEN_MOVERS.match(after) and count.number.value >= _FIRM:
        return False  # "35인 육아휴직자 2명 발생"
    firm = re.search(r"(?:회사|업체|공장|가게|기업|법인|병원|학원|식당|카페|업)\s$", before)
    if firm and count.number.value >= 10 and after.startswith(" "):
        return False  # "IT회사 25명 육아휴직 예정 2명"
    if _IN_ITS_PLACE.search(before) and _TYPED_WRONG.match(after):
        return False
    movers = _ONES_MOVING.search(after)
    if movers and not (count.number.value >= 8 and re.match(r"\s?(?:이|인)?\s?(?:있|일하)", after)):
        return (
            count.number.value < 10
            or not (count.who and count.who in ("직원", "근로자", "종업원", "인원"))
            or bool(re.search(r"뽑|채용|구하|모집|충원", movers.group()))
        )
    if listed:
        return False
    if count.who and count.who not in ("직원", "여직원", "남직원", "사람") and not re.sub(r"[\s.!]", "", after):
        return False
    if re.match(
        r"\s?있(?:어요|습니다|고|는데|음)", after) and not re.search(r"육아|육휴|휴직|출산|임신|휴가"
        r"|낳|단축|여직원|남직원", said.text):
        return False
    return count.number.value == 1 and not count.number.rough and not re.search(
        r"^\s?(?:이\s(?:다|전부|끝)(?=예|에|이|입|고)|이?\s?다예)|^\s?(?:이|만|정도)?\s?(?:뿐|밖에|이에요|예요|입니다|인데|이요|이고|사업장|기업|회사|짜리)|^\s(?:뒀|두고|데리고)"
        r"|^\s(?:있는|쓰는|둔|데리고\s하는)\s[가-힣\s]{0,8}?(?:가게|집|회사|업체|공방|사무실|사무소|식당"
        r"|매장|농장|공장|학원)", after
    )
