"""Whose a fact is and whether it is asserted: negation, correction, other people's firms, conditions."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.nlu.facts.fact import Fact, Said

_PERSON = (
    r"(?<![가-힣])(?:친구|지인|아는\s?(?:사장님?|분|형|언니|동생|누나|오빠|사람|데)|형|언니|동생|누나|오빠|사촌|이웃|동서|처남|남편|와이프|아내"
    r"|집사람|애\s?아빠|동창|후배|선배|삼촌|이모|고모|부모님|아버지|어머니|시댁|친정)"
)
_OTHERS_FIRM = re.compile(
    rf"{_PERSON}(?:네|분|님|이|가)?\s?(?:의\s?)?(?:(?:하는|하시는|운영하는|다니는|있는|사장인)\s?)?"
    r"(?:회사|가게|사업장|공장|식당|직장|업체|집|쪽|사무실|병원|매장|사업|카페|학원|데|곳)"
    r"(?!\s?(?:일(?:을)?\s?|에서\s?일\s?)?(?:봐\s?주|도와주|돕는|도와\s?드리|거들)|\s?(?:에서\s)?(?:경리|총무|인사\s?담당|담당자?|사무|직원)(?:이에요|예요|입니다|인데|로\s|를?\s?(?:맡|보|하)))"
    r"|(?:친구|지인|이웃|동창|후배|선배|사촌|언니|형|누나|오빠)(?:이|가|도)\s"
    r"(?=[가-힣\s]{2,10}(?:하는데|하거든요?)\s[^.!?\n]{0,20}(?:대요?(?![가-힣])|더라|던데))"
    rf"|{_PERSON}네(?:는|은|가|도|\s)|아는\s?(?:사장님?|분|형|언니|동생)(?:은|는|이|도)\s"
    r"|옆\s?(?:집|가게|회사|공장|사무실|건물|동네|미용실|식당|카페|학원|병원|약국|매장|치과|편의점|점포)|앞집|다른\s(?:데)(?:들)?(?:은|는|이|가|도|에서|에선|\s)|다른\s?(?:회사|곳|업체|가게|공장|사장님?|사업장|기업|학원|병원|의원|치과|식당|카페|어린이집|유치원|약국|매장|미용실|농장|요양원|센터)(?:들)?(?:은|는|이|가|도|에서|에선|\s)"
    r"|(?:같은|옆|앞|맞은편)\s?(?:건물|동네|상가|골목|층)\s[가-힣]{1,6}(?:은|는|이|가|네는)(?=\s)"
    r"|(?<=[데고만지는]\s)(?:본사|모회사|그룹\s?전체)(?:는|가|에는|엔)(?=\s[^.\n]{0,8}?(?:\d|[백천]\s?명|명))|그룹\s?전체(?:는|가)(?=\s)"
    r"|(?:협력\s?(?:사|업체)|하청(?:\s?업체)?)(?=(?:들)?(?:은|는|이\s|가\s|도\s|에서|에선|의\s|까지|랑|이랑|쪽))"
    r"|(?:거래처|경쟁사|타사|동종\s?업계|원청)(?=(?:들)?(?:은|는|이\s|가\s|도\s|에서"
    r"|에선|의\s|까지|랑|이랑|쪽|\s?(?:직원|인원|사장)|\s\d|\s?[.,]|$))"
    r"|(?:모회사|모기업)(?:은|는|이|가)(?=\s(?:약\s|한\s)?\d|\s[가-힣A-Z]{1,8}(?:인데|이고|이지만|고요?\s))|(?:다니던|있던|일하던|근무하던)\s(?:데|회사|곳|직장)(?:은|는|에서는?|엔|\s)"
    r"|예전\s?(?:회사|직장)|전\s?(?:직장|회사)|전에\s?(?:다니던|있던)|본사\s?(?:인원"
    r"|직원)?(?:은|는|이|가)(?=[^.\n]*(?:우린|우리는|저희는|저흰|여기는|(?:우리|저희)\s?(?:지점|매장|회사|공장|쪽|점포|법인|자회사|사업장|센터|사무실|계열사|팀)))"
    r"|남의\s?회사|큰\s?회사(?:들)?(?:은|는)|대기업(?:들)?(?:은|는|처럼)(?!\s?(?:(?:절대|전혀|당연히|물론|당근)\s?)?(?:아니|아닙|아녜|아님))"
)
# Somebody who asks for a client or for his own boss: the firm spoken of is the one that counts.
_ADVISER = re.compile(r"대신\s?(?:문의|여쭤|물어|상담|연락)|대리로\s?(?:문의|상담)")
# Whoever asks for a client is no firm that counts: "세무사 사무실인데요 거래처가 25명이에요".
_ADVISING_FIRM = re.compile(
    r"(?:세무|회계|노무|법무|행정)\s?(?:사|법인)?\s?(?:사무실|사무소|법인|사)?(?:이?에서|인데|입니다|이에요|예요|이고|\s?(?:직원|담당|실장|대리|과장|사무장))"
    r"|(?:협회|조합|연합회|상공회의소|상의|재단|공단|산단)(?:이?에서|인데|입니다|이에요|예요|이고|\s?(?:직원|담당|실장|대리|과장|사무국))"
)
_CLIENT = re.compile(
    r"거래처|고객사|고객\s?(?:회사|업체)|의뢰인|수임\s?(?:처|사)|회원사|회원\s?(?:기업|업체)|기장\s?(?:업체|처)"
    r"|입주\s?(?:기업|업체|사)|자문\s?(?:사|업체)"
)
_OURS = re.compile(
    r"우린|저희|우리|저흰|우린|울\s?회사|저는|저도|제가|전\s|나는|난\s|내가|제\s회사|당사|자사|본사는|여기는|여긴|저희는"
)
_SENTENCE_END = re.compile(r"[.!?\n](?!\d)")
_DENIED = re.compile(
    r"^(?:\s?(?:이|가|은|는|도|을|를|씩|으로|로|쪽|정도|짜리|에|의|건|얘기|이야기|문제|때문)(?:이|가|은|는|에)?)?\s?(?:말고|말구|말곤|인\s?줄\s?(?:로만\s?)?알았|으?로\s?알고\s?있었는데|아니라|아니고|아이고|아이라|아이다|아이지|아니구|아니라고|아닌데|아닌|아니에요|아니예요|아녜요|아니여"
    r"|아닙니다|아님|아니었|아니야|아냐|가\s?아니|대신에|빼고는|빼구는)|^\s?(?:이?라고?|다고?)\s?(?:했|썼|말했|말씀드렸)는데\s|^\s?(?:이?라|다)?\s?(?:고\s?)?(?:적었|써놨|적어놨|입력했|체크했|선택했|눌렀)는데\s|^(?:을|를|은|는)?\s?안\s?(?:쓰|쓴|써|쓸|씁|가|간|갈|갑|하|한|해|할|합)"
)
_CHANGED = re.compile(r"^에서\s?[가-힣\s\d]{1,10}로\s?(?:바꿀|바꿔|바꾸|바꿨|바뀌|바뀐|변경|전환|돌렸|돌리)")
_UNFIT = re.compile(
    r"^만\s?아니(?:면|어도|라면)|^(?:은|는|에는|엔|만|도|이|날)?\s?(?:빼고|빼구|제외|안\s?(?:돼|되|됩)|안돼|어려|힘들|불가|못|곤란|바빠|바쁘)"
)
# "26일 오후로 했는데 27일로 바꿀게요"
_WAS_FIXED = re.compile(
    r"\s?(?:으?로)\s?(?:잡|예약|신청|약속)?\s?(?:했|잡았|돼\s?있|되어\s?있)(?:는데|었는데|지만|다가)"
)
_CORRECTED = re.compile(
    r"아\s?(?:참|차|맞다)|아니다|아니\s|아니,|아니아니|아 아니|정정|잘못|실수|다시|바꿀게|바꿔|수정|고칠게|오타|헷갈"
)
_CONDITION = re.compile(
    r"^[^,.?!\n]{0,4}?(?:(?:넘|되)는지\s|이?라면|이면|면은?\s|이라도|일\s?(?:때|경우)|인\s?경우|일\s?땐|이었으면"
    r"|이어도|여도|이더라도|이든|되면|될\s?(?:때|경우)|넘으면|미만이면|이상이면|이하면"
    r"|로\s?늘(?:면|어나면|리면|릴|려))"
)
_TOTALS = re.compile(r"(?:합치면|합하면|더하면|세면|세어보면|하면|치면|빼면|포함하면|따지면)\s?(?:총|다|한"
    r"|약|딱)?\s?$")
_SUPPOSED = re.compile(r"만약|만일|혹시라도|가령|예를\s?들|예컨대|친다면|치면|가정")
_PAST = re.compile(
    r"(?:원래|작년|예전|전에|옛날|지난해|재작년|처음|전엔|예전엔|한때|한창때|잘될\s?때|코로나\s?때|연초|상반기|하반기|그때|시작할\s?때|초창기|년\s?전|달\s?전)[^.,?!\n]{0,14}$"
)
_NOW = re.compile(r"지금|이젠|이제|현재|요즘|올해|요새|오늘")
_PAST_AFTER = re.compile(
    r"^[^.,?!\n]{0,5}?(?:이었|였|이였|있었|썼|뒀었|됐었|되었었|넘었|일했|계셨)(?:는데|다가|지만|고|었는데|던\s?(?:게|것이|데서))|^\s?(?:이|하고)?\s?(?:있|쓰|이|두)다가"
)
_SOON = re.compile(r"(?:곧|조만간|내년엔?|내년이면|다음\s?달엔?|다음\s?달이면|앞으로)\s(?:총\s|한\s)?$")
_IF_ONE_CAME = re.compile(
    r"(?:채용|충원|입사|퇴사)하면\s(?:총\s|딱\s|다시\s)?$|(?:뽑으|들어오|나가|빠지|그만두|늘리|줄이|줄)면\s(?:총\s|딱\s|다시\s)?$"
)
_BECOMES = re.compile(r"\s?(?:이|으로|로)?\s?(?:돼요|됩니다|되요|된다|되고|돼)")
_PLANNED = re.compile(
    r"^[^.,?!\n]{0,4}(?:까지\s?)?(?:될\s?(?:것|거|듯)|늘(?:어날|릴|것)|로\s?늘릴|되(?:려고|게)|만들)"
)
_FIRM_FACTS = {
    "headcount",
    "insured_headcount",
    "industry",
    "region",
    "region_ambiguous",
    "region_sido",
    "employment_insurance",
    "large_group",
    "public_institution",
    "event_type",
    "flexible_mode",
    "worker_gender",
    "cover",
}
_DENIABLE = _FIRM_FACTS | {
    "event_start",
    "event_months",
    "child_birth",
    "child_age_months",
    "visit_window",
    "worker_tenure_months",
    "want",
    "person_name",
    "company_name",
    "phone",
    "email",
    "number",
    "cover_start",
    "date",
}
_SINGLE = {
    "headcount",
    "insured_headcount",
    "industry",
    "event_type",
    "event_start",
    "event_months",
    "child_birth",
    "visit_window",
    "worker_gender",
    "number",
    "phone",
    "email",
    "region",
    "cover",
    "child_age_months",
    "date",
}


# A relative's firm told of without any of one's own beside it: it is asked for him.
_OF_THE_FAMILY = re.compile(
    r"(?<![가-힣])(?:남편|신랑|애\s?아빠|와이프|아내|집사람|부모님|아버지|어머니|엄마|아빠|시댁|친정|시아버지|장인|장모님?|아들|딸|삼촌|이모|고모)"
    r"(?:네|님)?(?:이|가|께서)?\s(?:하는|하시는|운영하는|운영하시는|차린|경영하는)\s"
)


def others_spans(said: Said) -> list[tuple[int, int]]:
    """The stretches that speak of somebody else's firm: from its naming to the next "we", or the sentence's end."""
    spans: list[tuple[int, int]] = []
    advising = _ADVISING_FIRM.search(said.text)
    if advising and _CLIENT.search(said.text):
        return [advising.span()]
    family = _OF_THE_FAMILY.search(said.text)
    if _ADVISER.search(said.text) or (family and not _OURS.search(said.text)):
        return spans
    for match in _OTHERS_FIRM.finditer(said.text):
        end = len(said.text)
        for pattern in (_OURS, _SENTENCE_END):
            stop = pattern.search(said.text, match.end())
            end = min(end, stop.start()) if stop else end
        spans.append((match.start(), end))
    return spans


def placed(said: Said, facts: list[Fact]) -> list[Fact]:
    """``facts`` with the role each has in the message; a role that its own module gave is kept."""
    others = others_spans(said)
    roled = [_roled(said, fact, others) for fact in facts]
    return _corrected(said, roled)


def _roled(said: Said, fact: Fact, others: list[tuple[int, int]]) -> Fact:
    if fact.entity in _DENIABLE and _DENIED.search(said.after(fact.end, 14)) and not fact.extra.get("denial_read"):
        return replace(fact, role="negated")
    if fact.entity == "event_type" and _CHANGED.match(said.after(fact.end, 20)):
        return replace(fact, role="negated")
    if fact.entity == "visit_window" and _WAS_FIXED.match(said.after(fact.end, 14)):
        return replace(fact, role="negated")
    if fact.entity == "visit_window" and _UNFIT.match(said.after(fact.end, 14)):
        return replace(fact, role="negated")
    if fact.role:
        return fact
    if fact.entity in _FIRM_FACTS and any(start <= fact.start < end for start, end in others) and not (
        fact.entity == "cover" and any(start == fact.start for start, end in others)  # "아는 동생이 와서 해줘요"
    ):
        return replace(fact, role="other")
    if fact.entity in ("region", "industry") and _PAST_AFTER.search(said.after(fact.end, 12)):
        return replace(fact, role="hypothetical")
    if fact.entity in ("headcount", "insured_headcount") and _not_now(said, fact):
        return replace(fact, role="hypothetical")
    return fact


def _not_now(said: Said, fact: Fact) -> bool:
    after = said.after(fact.end, 16)
    if _IF_ONE_CAME.search(said.before(fact.start, 16)):
        return True  # "한 명 채용하면 딱 50명이 되는데"
    if _TOTALS.search(said.before(fact.start, 10)) and not re.match(r"\s?(?:이?라면|이면|넘으면|이상이면"
        r"|미만이면|이하면)", after):
        return False
    if _CONDITION.search(after) and not re.search(r"저희|우리|저흰|우린", said.text[: fact.start]):
        return True
    planned = _PLANNED.search(after)
    if _SOON.search(said.before(fact.start, 12)) and _BECOMES.match(after):
        return True  # "지금은 14명인데 곧 16명 돼요"
    if _SUPPOSED.search(said.text[: fact.start]):
        return True
    # "한 40명 될 거예요" guesses; "내년에 40명 될 거예요" plans.
    later = re.search(r"내년|앞으로|늘|더|다음|곧|나중", said.before(fact.start, 20))
    if planned and ("될" not in planned.group() or later):
        return True
    return bool(_PAST_AFTER.search(after)) or bool(
        _PAST.search(said.before(fact.start, 24)) and _NOW.search(said.text[fact.end :]) is not None
    )


# "1년 쓴다더니 6개월만 쓴대요", "1월부터 쉰다고 했다가 2월로 바꿨어요".
_HAD_PLANNED = re.compile(
    r"^[^.?!\n]{0,12}?(?:(?:기로|다고|라고|려고)\s?(?:했|하)(?:는데|다가|더니|었는데)|다더니|려다가?\s|려던\s?(?:게|것이|거))"
)
_ANOTHER_LEAVE = re.compile(r"육휴|출휴|휴직|휴가|단축|한\s?명|다른\s?(?:직원|사람)|둘째|복직|복귀")


def _planned_otherwise(fact: Fact, between: str) -> bool:
    """Whether a plan gives way to the next one, of the same leave."""
    planned = _HAD_PLANNED.match(between) if fact.entity in ("event_start", "event_months", "visit_window") else None
    return planned is not None and not _ANOTHER_LEAVE.search(between[planned.end() :])


def _corrected(said: Said, facts: list[Fact]) -> list[Fact]:
    """Where one value is taken back in the same breath ("25명 아니 26명"), the earlier one is denied."""
    done = list(facts)
    for at, fact in enumerate(done):
        if fact.role or fact.entity not in _SINGLE:
            continue
        later = [
            other for other in done if other.entity == fact.entity and other.start >= fact.end and not other.role
        ]
        between = said.text[fact.end : later[0].start] + " " if later else ""
        if later and (_CORRECTED.search(between) or _planned_otherwise(fact, between)):
            done[at] = replace(fact, role="negated")
    return done
