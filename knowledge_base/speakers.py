"""Who writes: mostly an owner about an employee, but also an employee, an owner about a birth of the own, or somebody
who only wants to know. And whether the employee is of the owner's family, whom some grants leave out.

Only words are looked at; what each is told is in ``actions/whom.py``.
"""

from __future__ import annotations

import re
from typing import Literal

Speaker = Literal["employee", "owner", "learner"]

# What somebody wants to know who tells who they are, as the question that the knowledge answers.
OF_THE_FAMILY = "며느리가 직원인데 지원금"
WHERE_TO_TURN = "회사가 휴가나 휴직을 안 주면 직원은 어디에 상담하고 신고하나요?"

_OWNER = (
    r"사장|자영업|소상공인|사업주|대표|1인\s*[가-힣]{1,6}|개인\s*사업|프리랜서|원장|점주|업주|"
    r"(가게|식당|[가-힣]{1,5}(점|실|원|방|집|샵|숍|카페))\s*(를|을)?\s*(해요|하는데|하고\s*있|운영|합니다|주인)|"
    r"혼자\s*(가게|운영|하는|일하는|장사)"
)
_OF_THE_OWN = (
    r"(제|내)가\s*[가-힣0-9\s]{0,24}(임신|출산|(애|아이|둘째|셋째)를?\s*(낳|가졌)|만삭)|"
    r"(아내|와이프|집사람|애\s*엄마)(가|도)?\s*[가-힣0-9\s]{0,10}(임신|출산|(애|아이)를?\s*낳|만삭)|"
    r"(제|내)가\s*[가-힣\s]{0,6}(육아휴직|출산휴가)|(대표|사장|사업주|자영업자|원장|점주)(인|이)?\s*(제|내|본인)|"
    r"(출산|임신)(하면|했는데|했어요|하는데|해도|예정)"
)
_OWNERS_BIRTH = re.compile(rf"(?=.*({_OWNER}))(?=.*({_OF_THE_OWN}))", re.DOTALL)
_STAFF = re.compile(
    r"직원(이|분|들|한|도|의|\s*(한|두|세|아내|남편|와이프))(?!\s*없)|알바(생)?(이|가)(?!\s*없)|여직원|남직원|근로자|선생님이|간호사가|기사가"
)
_EMPLOYEE = re.compile(
    r"(저는|전|저|제가|나는|나)\s*(그냥\s*)?(회사\s*)?(직원|근로자|알바생?|노동자|직장인|사원|계약직|월급쟁이)\s*"
    r"(인데|이에요|예요|입니다|이고|인디|임)|(직원|근로자|노동자)\s*(입장|쪽)|회사\s*다니는|(저|제가|저는)\s*회사(에)?\s*다니|"
    r"(회사|사장님?|팀장님?|상사|대표님?|원장님?|점장님?)(에서|이|가|께서|은|는)?\s*[가-힣\s]{0,20}"
    r"(안\s*(줘|주|준|해\s*(줘|주|준)|된다|보내)|못\s*(쓰게|가게|하게|준|해\s*준)|눈치|그만두라|나가라|나가래|자르겠|자른대|거부(했|해요|한대|하네))|"
    r"회사에\s*(언제|어떻게|뭐라고)\s*(말|알|얘기|이야기)|제가\s*육아휴직\s*(중|쓰|신청|갔|가)|"
    r"제가\s*(임신|출산)[가-힣\s]{0,12}(회사|사장|팀장)"
)
# Who passes on what the boss wants to know writes for the firm.
_FOR_THE_FIRM = re.compile(
    r"알아보(래|라|시래|고\s*(있|오래))|여쭤보래|인사\s*(팀|담당|과)|총무|경리|(우리|저희)\s*(회사|업체|가게|직원)|세무|노무사|회계|"
    r"직원(이|분이|한테|이\s*있)"
)
_LEARNER = re.compile(
    r"(대학생|학생|대학원생|취준생|기자|공무원|주무관|연구원|수험생|블로거|유튜버|준비생)\s*(인데|이에요|예요|입니다|이고)|과제\s*(때문|하|로|용)|"
    r"(시험|논문|레포트|리포트|보고서|기사)\s*(공부|준비|쓰|때문|에\s*쓰)|(공부|취재|연구)\s*중"
)
_KIN = (
    r"사위|며느리|처남|처제|처형|시누이?|시동생|동생|형님|형수|제수|매형|매제|조카|사촌|시어머니|시아버지|장인|장모|"
    r"누나|언니|오빠|어머니|아버지"
)
_CLOSE = r"남편|아내|와이프|집사람|배우자|신랑|아들|딸|엄마|아빠|가족|친척|친족"
_FAMILY = re.compile(
    rf"({_KIN}|{_CLOSE})\s*(이|가|를|을|은|는|도|랑|하고|이랑)?\s*((같이|함께|우리|저희|가게|회사|정식|정규)\s*)*"
    r"(직원(인|이에|이고|으로|입니|예요|이라|인데)|근로자로|일하(고|는)|근무|다니(고|는|고요))|"
    rf"({_KIN})\s*(이|가|도|은|는)\s*[가-힣\s]{{0,8}}(육아휴직|출산휴가|휴직|출산|임신|쉰|쉬)|가족(끼리|들이|이)\s*(같이\s*)?(하는|운영|일)"
)
_OF_AN_EMPLOYEE = re.compile(r"직원(의|분|분의)?\s*(남편|아내|와이프|배우자|아들|딸|가족|엄마)")


def speaker_of(text: str, before: str = "") -> Speaker | None:
    """Who ``text`` shows to be writing, given what the same person wrote ``before``; None where it does not show."""
    if _OWNERS_BIRTH.search(f"{before} {text}") and re.search(_OF_THE_OWN, text) and not _STAFF.search(text):
        return "owner"
    if re.search(_OWNER, text) and re.search(_OF_THE_OWN, before) and not _STAFF.search(f"{before} {text}"):
        return "owner"
    if _EMPLOYEE.search(text) and not _FOR_THE_FIRM.search(text):
        return "employee"
    return "learner" if _LEARNER.search(text) else None


def of_the_family(text: str) -> bool:
    """Whether ``text`` tells that somebody of the owner's family works in the firm."""
    return _FAMILY.search(text) is not None and not _OF_AN_EMPLOYEE.search(text)


def asks_for_own_grant(text: str) -> bool:
    """Whether ``text`` asks what there is for an owner who has a child, and names nothing else."""
    return re.search(r"지원|혜택|나라에서|돈|나오|받을", text) is not None and not re.search(r"육아휴직|직원", text)


def asks_of_grants(text: str) -> bool:
    """Whether ``text`` asks of grants by name."""
    return re.search(r"지원금|장려금|지원\s*(되|돼|받|있|나오)", text) is not None


def asks_where_to_turn(text: str) -> bool:
    """Whether ``text`` asks where one turns to with a complaint."""
    return re.search(r"(어디|누구)[가-힣\s]{0,4}(말|신고|상담|얘기|이야기|물어|도움|하소연)", text) is not None


def suffers(text: str) -> bool:
    """Whether ``text`` tells of suffering in plain words: then it is distress, however unsure its act."""
    return re.search(
        r"힘들|괴로|무서|무섭|울(어|었|고|음)|죽|못\s*(버티|견디)|우울|따돌|괴롭|욕(을|했|먹|설|해)|협박|그만두(라|래)|나가(라|래)|"
        r"잘렸|잘린|자르겠|해고|쫓겨|왕따|폭언|때리|맞았|도와|살려|막막|눈물|숨|미치", text) is not None


def without_the_family(text: str) -> str:
    """What is asked beside who of the family works there: of 출산휴가 in "아내가 직원인데 출산휴가 줘야 하나"."""
    return re.sub(r"^\s*(데요?|고요?)[\s,]+", "", _FAMILY.sub(" ", text)).strip()


def own_birth(text: str) -> str:
    """The question of an owner who has a child; a birth of the wife's is another matter than one's own."""
    return "자영업자 육아휴직 급여" if re.search(r"아내|와이프|집사람|애\s*엄마", text) else "1인 사업자 출산 지원"


def refused(name: str) -> str:
    """The question of an employee to whom a right of that name is refused."""
    return f"{name} 거부하면 처벌"


def is_for_owners(name: str) -> bool:
    """Whether a program of that name is for owners who have a child themselves."""
    return re.search(r"자영업|소상공인", name) is not None


def names_staff(text: str) -> bool:
    """Whether ``text`` speaks of employees."""
    return "직원" in text or _STAFF.search(text) is not None
