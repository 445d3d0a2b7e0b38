"""Whether the worker is a woman or a man, where a word tells it ("여직원", "애 아빠", the worker's "와이프").

From a pregnancy alone nothing is concluded.
"""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.questions import asks_a_rule, names_a_topic

_FEMALE = re.compile(
    r"여\s?직원|여자\s?직원|여성\s?(?:직원|근로자|사원)|여\s?사원|여자\s?(?:분|대리|과장|사원|알바|선생님?)"
    r"|여(?:대리|과장|선생님|교사)|(?<![가-힣])여자(?=이?(?:예요|에요|요|입니다|임|고|구|야(?![가-힣])|다(?![가-힣])|네|래)|$|\s?(?:가\s?)?(?:아니"
    r"|말고))|(?<![가-힣])여성(?=이?(?:에요|이에요|요|입니다|임|이요|이고)|$)|워킹맘|산모(?!\s?(?:신생아|도우미"
    r"|수첩|건강|바우처))|여성분|여자분"
    r"|(?<![가-힣])여자?(?=잔데)|(?<![가-힣])(?:여자|여성)\s(?:간호사|교사|디자이너|기사|개발자|강사|요양보호사"
    r"|조리사|팀장|주임|매니저|트레이너|직장인|연구원|상담사"
    r"|치료사|약사|의사|변호사|회계사)|\(여\)"
    r"|\(여자\)|(?<![가-힣])(?:애\s?)?엄마(?=예요|에요|입니다|인데|라서|고요|라\s)|여자인데|여성인데"
    r"|(?:애\s?)?엄마\s?(?:직원|사원|되는\s?직원)|남편\s?(?:해외"
    r"|발령|직장|출장|이직|회사\s?(?:때문|따라))"
)
_MALE = re.compile(
    r"(?<!트)남\s?직원|남자\s?직원|남성\s?(?:직원|근로자|사원)|남\s?사원|남자\s?(?:분|대리|과장|사원|알바|선생님?)"
    r"|(?<![가-힣])남자(?=이?(?:예요|에요|요|입니다|임|고|구|야(?![가-힣])|다(?![가-힣])|네|래)|$|\s?(?:가\s?)?(?:아니|말고))"
    r"|(?<![가-힣])남성(?=이?(?:에요"
    r"|이에요|요|입니다|임|이요|이고)|$)|아빠\s?(?:직원|사원|되는\s?직원)|남성분|남자분|(?<![가-힣])남자?(?=잔데)"
    r"|(?<![가-힣])(?:남자|남성)\s(?:간호사|교사"
    r"|디자이너|기사|개발자|강사|요양보호사|조리사|팀장|주임|매니저|트레이너|직장인|연구원|상담사|치료사|약사|의사"
    r"|변호사|회계사)|직원\s?(?:와이프|아내"
    r"|부인|배우자|집사람)|\(남\)|\(남자\)|(?<![가-힣])(?:애\s?)?아빠(?=예요|에요|입니다|인데|라서|고요"
    r"|라\s|가\s?(?:육아\s?)?(?:휴직|육휴))|남자인데|남성인데|애\s?아빠|(?<![가-힣])아빠\s?(?:육아\s?휴직|육휴|출산\s?휴가)|(?<![가-힣])아빠(?:가)?\s?(?:됐|돼서|되신|된다고)"
)
_COUNTED_AFTER = re.compile(
    r"^(?!\s?(?:은|는|이|가)?\s?(?:1|한)\s?(?:명|분)(?:이|은|께서|\s|,|[.]?$)(?!\s?(?:뿐|있어요|있습니다|있고"
    r"|밖에)))\s?(?:은|는|이|가|만"
    r"|도)?\s?(?:\d+\s?(?:명|인|분)|한\s?명도|[가-힣]{1,3}\s?명|(?:둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열)(?:이에요|이고|입니다|이요|[\s.,]*$)|도\s?(?:쓸"
    r"|되|가능|받|육아|육휴|돼)|만\s)"
)
# "15명 중 7명이 여자예요": of the staff, not of the worker.
_OF_MANY = re.compile(r"(?:(?:\d|[두세네섯곱덟홉열러])\s?(?:명|분)[이은]|(?:절반|대부분|거의|전부|모두|전원)(?:은"
    r"|이|가)?)\s?(?:다\s|전부\s|모두\s)?$")
_OF_THE_BOT = re.compile(r"(?:^|\s)(?:너|넌|너는|당신은?|봇은?|챗봇은?)\s(?:[가-힣]{1,4}\s)?$")
_MOSTLY = re.compile(r"(?:대체로|대부분|거의|주로|보통|대개)\s(?:다\s)?$")
_PLURAL = re.compile(r"들(?:이[에라고]|이\s(?:많|대부분|더|거의|다|전부)|이요|뿐|만|로|인데|입니다)")
_JOB = (
    r"(?:대리|과장|사원|주임|팀장|부장|실장|반장|매니저|차장|간호사|교사|강사|선생|기사|조리사|디자이너|개발자|연구원"
    r"|트레이너"
    r"|치료사|약사|상담사|요양보호사|조무사|미용사|알바|점장|쌤)"
)
_WIFE = r"(?:와이푸|와이프|아내|집사람|안사람|마누라|부인)"
# Somebody else's wife bears, is ill or works: the worker is a man. "제 와이프" is the speaker's own.
_HAS_A_WIFE = re.compile(
    rf"(?<![가-힣]){_WIFE}(?:분)?(?:이|가|께서|도|는|은|랑|하고)?\s?[^.?!\n]{{0,12}}?(?:출산|낳|임신|만삭|해산"
    rf"|산후|조리|제왕절개|분만|진통|유산|조산|난임|시험관|아파|아프|입원|수술|복직"
    rf"|출근|직장|맞벌이|일\s?(?:다니|나가)|휴가|휴직|육휴|쌍둥이|애\s?(?:를\s)?(?:보|봐))"
)
_OWN = re.compile(r"(?:제|내|저희|우리|나의|저의|사장님?|대표님?|저|나)\s?$")
_HAS_A_HUSBAND = re.compile(
    r"(?<![가-힣])(?:애\s?)?(?:남편|신랑)(?:분)?(?:이|가|께서|도|은)?\s?(?:[가-힣]{1,5}\s)?(?:해외|발령|출장|지방"
    r"|외국|군인|바빠|바쁘|도와(?!주기로|주고|주신)|교대"
    r"|맞벌이|직장|퇴사|백수|주재원)"
)
# Words that are a woman's or a man's name in the mouth of an owner; they count beside a leave or a child.
_WOMAN = re.compile(
    rf"(?<![가-힣])(?:여자애(?=[가는도]?\s)|아가씨|새댁|아줌마|아주머니|여사님|여선생|여(?={_JOB})|여\s(?={_JOB})"
    rf"|(?:경리|직원|주방|홀|사무실"
    rf"|선배)\s?(?:언니|이모|누나))"
    rf"|(?<![가-힣])(?:애기?|아기)\s?엄마가|(?<![가-힣])(?:며느리|올케|처제|처형|제수씨|형수님?)(?:가|는|도)\s|(?<![가-힣])여자\s(?={_JOB})"
    rf"|(?<![가-힣])(?:애\s?)?엄마(?=가\s?(?:쓰|쓴|육아|육휴|휴직|가는|받|들어)|\s?쪽이?(?:요|에요|예요))"
    r"|^(?:애|애기|아기)?\s?엄마(?:예요|이에요|요|야|쪽이?요)?[.!]?$|(?:직원|분|친구|대리|과장|사원)(?:이|가)\s(?:[가-힣]{1,4}\s)?엄마가\s(?:된|됐|되)|(?:아줌마|아주머니|이모님?)\s한\s(?:명|분)(?=[이가]\s[^.]{0,8}(?:애|아이|임신|출산|휴직|육휴))|아내가\s?(?:우리|저희)\s?직원|성별[은:]?\s?여|(?<![가-힣])여자\s?쪽"
    r"|(?<![가-힣])여자(?:라서|라\s|인\s"
    r"|분이|이세요)"
)
_MAN = re.compile(
    rf"(?<![가-힣])(?:남자애(?=[가는도]?\s)|총각|아저씨|새신랑|남선생|남(?={_JOB})|남\s(?={_JOB})|(?:직원"
    rf"|사무실)\s?(?:오빠|형))"
    rf"|(?<![가-힣])(?:사위|매제|매형|형부|처남|제부)(?:가|는|도|이)\s|(?<![가-힣])남자\s(?={_JOB})"
    rf"|(?<![가-힣])(?:애\s?)?아빠(?=가\s?(?:쓰|쓴|육아|육휴|휴직|가는|받|들어)|\s?쪽이?(?:요|에요|예요)"
    rf"|\s?육아\s?휴직\s?(?:쓴|간|쓰겠|들어))"
    r"|(?:쌍둥이|아이|애기?)\s?아빠(?:가|인)?\s?(?:될|되는|된)|^(?:애|애기|아기)?\s?아빠(?:예요|이에요|요|쪽이?요)?[.!]?$|아빠가\s?(?:된|되|됐)|남편이\s?(?:우리|저희)\s?직원|성별[은:]?\s?남"
    r"|(?<![가-힣])남자\s?쪽"
    r"|(?<![가-힣])남자(?:라서|라\s|인\s|분이|이세요)"
)
_ABOUT_A_LEAVE = re.compile(
    r"^(?:엄마|아빠)|아빠가|직원|육아|육휴|휴직|출산|출휴|임신|낳|휴가|쓰는|쓴대|단축|애\s|애가|아기|아이|시집"
    r"|장가|성별|쪽|시간을|줄여|줄이|쉬|쉰|빠지|빠진|근속|다닌|입사")
_NOT_A_WORKER = re.compile(r"(?:아는|친한|동네|옆집|친정|시어|시|외할|우리\s?집|제|내|저희)\s?$")


def genders(said: Said) -> list[Fact]:
    """ "worker_gender" where a word tells it: of the worker, or of whom the worker is married to."""
    found: list[Fact] = []
    for gender, pattern in (("female", _FEMALE), ("male", _MALE)):
        for match in pattern.finditer(said.text):
            if _COUNTED_AFTER.match(said.after(match.end(), 10)) or _OF_MANY.search(said.before(match.start(), 8)):
                continue
            if _OF_THE_BOT.search(said.text[: match.start()]):
                continue
            if _MOSTLY.search(said.before(match.start(), 8)) or _PLURAL.match(said.text, match.end()):
                continue  # "대체로 여자 직원들이에요"
            topic = asks_a_rule(said, match.start(), match.end()) or names_a_topic(said)
            role = "hypothetical" if topic else None
            found.append(Fact("worker_gender", gender, match.start(), match.end(), role=role))
            break
    return found or _told_otherwise(said)


def _told_otherwise(said: Said) -> list[Fact]:
    """The gender from the worker's wife or husband, or from a word that is an owner's for a woman or a man."""
    tried = (
        ("male", _HAS_A_WIFE, _OWN),
        ("female", _HAS_A_HUSBAND, _OWN),
        ("female", _WOMAN, _NOT_A_WORKER),
        ("male", _MAN, _NOT_A_WORKER),
    )
    for gender, pattern, not_of in tried:
        for match in pattern.finditer(said.text):
            if not_of.search(said.before(match.start(), 6)) or _COUNTED_AFTER.match(said.after(match.end(), 10)):
                continue
            if not_of is _NOT_A_WORKER and not _ABOUT_A_LEAVE.search(said.text):
                continue
            role = "hypothetical" if asks_a_rule(said, match.start(), match.end()) else None
            return [Fact("worker_gender", gender, match.start(), match.end(), role=role)]
    return []
