"""Who comes in the absent worker's place, told by what brings him: "아는 동생이 와서 해주기로 했어요".

Somebody new counts where he can only be meant for the place (a substitute, a temp, an old hand called back), and
a newcomer where the message speaks of the place or of a leave. The owner's own family and work given away are none.
"""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Fact, Said

_N = r"(?:\s?(?:한|두|세|하나|둘|[1-9])\s?(?:명|분|사람)?)?"
_ROLE = (
    r"(?:교사|선생님?|쌤|간호사|약사|의사|기사|강사|조무사|위생사|치료사|사회복지사|요양보호사|조리사|경리|직원|사람|분|인력|인원|친구|사원|디자이너|개발자)님?"
)
# Whoever is called so stands in for somebody.
_STAND_IN = (
    rf"(?:대체\s?(?:인력|자|근로자|{_ROLE})|후임자?|대타|땜빵|대신\s?(?:할|일할|올|오는|맡을|나올|나오는)\s?{_ROLE}|대직자"
    rf"|임시\s?{_ROLE}|(?:계약직|기간제|임시직|시간제|단시간|파트타임|단기)(?:\s?{_ROLE})?|파트타이머|일용직|인턴(?:사원)?|실습생)"
)
_KNOWN = (
    rf"(?:(?:아는|알던|소개받은|동네|이웃)\s?{_ROLE}|지인(?:의\s?소개로|\s?소개로)?|아는\s?(?:동생|언니|형님?|누나|오빠|후배|아주머니|아줌마|이모)"
    r"|동네\s?(?:아주머니|아줌마|이모|학생|청년|아저씨)|친척(?:\s?동생)?|조카|사촌(?:\s?동생)?)"
)
_LEFT = (
    rf"(?:(?:예전|전|옛날|이전)에\s?(?:있던|일하던|다니던|근무하던|그만둔|나간|같이\s?일하던|일했던|다녔던)|그만뒀던|그만둔|나갔던|(?:정년\s?)?퇴직(?:하신|한|했던|하셨던)|퇴사(?:하신|한|했던|하셨던)|은퇴(?:하신|한|했던))"
    rf"\s?(?:{_ROLE}|선배|언니|이모|형님?|누나|아주머니|아저씨|실장|과장|대리|부장|주방장)(?:님)?"
)
_NEWCOMER = (
    rf"(?:신입(?:\s?사원|\s?직원)?|경력직|새로?\s?(?:온\s|오신\s|들어온\s|뽑힌\s)?{_ROLE}|신규\s?(?:직원|입사자"
    rf"|인력)|외국인\s?(?:근로자|직원))"
)
_CASE = r"(?:을|를|이|가|께서|은|는|도|께|한테|에게|로|으로|보고|더러)?"
_GAP = r"\s?(?:[가-힣\d]{1,5}\s){0,3}?"
_COMES = (
    r"(?:(?:와서|나와서|들어와서|불러서?|불러다|데려다|데려와서)\s?(?:해|일|도와|봐|하|쓰|써|맡|메|근무|돕)|오기로|나오기로|들어오기로|오셨|왔어|왔습|왔는|와\s?있|들어왔|들어와\s?있|나오고\s?있|나와\s?있|나오세|나오신|온대|오신대|대체했|대체하기로|대체할"
    r"|일하고\s?있|근무하고\s?있|근무\s?중|일하는\s?중|배우고\s?있|인수\s?인계|대신하|대신\s?(?:하|해|일|맡|봐)|맡고\s?있|맡아|봐\s?주|해\s?주(?:기로|고|신|셨)|받아서|받았|지원받|배치|투입|붙여|붙였|붙일|앉혔|앉힐|데려왔|데려올|데려오기로"
    r"|모시기로|모셨|모셔|모실|부르기로|불렀|부를|부르려|와\s?줬|와\s?주|부탁(?:했|드렸|하기로|드리기로|해\s?놨|해서)|쓰고\s?있|쓰기로|쓰는\s?중|쓸\s?(?:거|예정|생각|계획)|쓰려|썼|써요|씁니다|구했|구해(?!\s?[주줘달]|지|져|야)|구하는\s?중|찾는\s?중|찾고\s?있|알아보는\s?중|섭외)"
)
_TAKEN_ON = re.compile(
    rf"(?<![가-힣])(?:{_STAND_IN}|{_KNOWN}|{_LEFT}){_N}\s?(?:더\s?)?{_CASE}{_GAP}{_COMES}[가-힣]{{0,4}}"
    rf"|(?:계약직|기간제|대체\s?인력|대체자|임시직|대타|단기\s?알바|대체\s?교사)(?:은|는|을|를|으?로)?\s?(?:구인|모집|채용|찾는|구하는|알아보는|뽑는|섭외)\s?중"
    r"|구하긴\s?구했|구하긴\s?했|구하기는\s?(?:구)?했|뽑긴\s?뽑았"
)
_NEW_HAND = re.compile(rf"(?<![가-힣]){_NEWCOMER}{_N}\s?(?:더\s?)?{_CASE}{_GAP}{_COMES}[가-힣]{{0,4}}")
# Whoever comes for the place and begins there was taken on; a temp who began may be the one who leaves.
_BEGINS = re.compile(
    rf"(?<![가-힣])(?:대체\s?(?:인력|자|근로자|{_ROLE})|후임자?|대타|대직자|대신\s?(?:할|일할|올|오는|맡을|나올|나오는|하실)\s?{_ROLE}){_N}\s?"
    r"(?:은|는|이|가|도|:)?\s?(?:내년\s|올해\s|다음\s?주\s|다음\s?달\s|담주\s|담달\s)?(?:[\d./월화수목금토일욜요부터에자로초중순말쯤경\s]{2,16}|(?:내일|모레)(?:부터)?\s)(?:첫\s?|정식\s?|바로\s?)?"
    r"(?:입사(?!\s?지원)|출근|합류|투입|나오기로|나와요|나옵|나온대|근무\s?시작|일하기로|일\s?시작|시작해|시작합)[가-힣]{0,4}"
)
_AGENCY = re.compile(
    r"(?:인력\s?(?:사무소|사무실)|직업\s?소개소|헤드\s?헌터|파출부\s?사무소)\s?(?:를\s|을\s)?(?:통해서?|에서|한테|으로|로|에)\s?[^.,?!\n]{0,12}?"
    r"(?:받(?!을\s?수)|보내\s?(?:줬|준대|주기로|줘서)|구했|구하|불러|부르|불렀|데려|쓰고|써요|씁니다|썼|쓰기로|뽑|온대|오기로|왔|부탁|맡겨|맡겼)[가-힣]{0,4}"
)
_OF_THE_PLACE = re.compile(
    r"빈\s?자리|그\s?자리|자리에|대신|대체|후임|휴직|휴가|육휴|출휴|단축|복직|출산|[월일]부터|인수\s?인계|배우고|그\s?일|업무"
)
_OUTSOURCED = re.compile(
    r"(?:아웃소싱|파견)\s?(?:업체|회사|사|쪽)?\s?(?:를\s|을\s)?(?:통해서?|에서|한테|으로|로|쪽으로|에)\s?[^.,?!\n]{0,12}?(?:받|보내|구했|구하|썼|쓰|쓸|뽑|충원|데려|온대|오기로|왔|부르|불렀|투입)[가-힣]{0,4}"
)
_ASKED = re.compile(r"\?|나요[\s.]*$|까요[\s.]*$|되나|으면\s|(?<!하)려면\s|라면\s")
_OPEN = re.compile(r"어떻게|어디|언제|얼마|누가|왜\s|계약서|신청서|서류")
_NOT_SO = re.compile(r"왔다가|(?:안|못)\s?[가-힣]{1,4}$|지\s?(?:않|못)|없|아니|말고|면$")


def find(said: Said) -> list[Fact]:
    """ "cover" by hire or dispatch told by who comes; nothing of a question, a condition or a denial."""
    found = []
    for value, pattern in (
        ("hire", _TAKEN_ON), ("hire", _NEW_HAND), ("dispatch", _OUTSOURCED), ("hire", _BEGINS), ("hire", _AGENCY),
    ):
        match = pattern.search(said.text)
        if not match or (pattern is _NEW_HAND and not _OF_THE_PLACE.search(said.text)):
            continue
        told = match.group()
        if _NOT_SO.search(told) or _OPEN.search(told) or _ASKED.search(said.text[match.start() :]):
            continue
        if re.match(r"\s?(?:적|경우)|[가-힣]{0,2}\s?(?:것|거|건|게)?\s?(?:아니|말고)|면", said.after(match.end(), 8)):
            continue
        found.append(Fact("cover", value, match.start(), match.end()))
    return found
