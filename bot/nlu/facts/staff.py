"""What people at a firm are called, and when two counts of them are parts of one whole or one a part of the other."""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Said
from bot.nlu.facts.movers import Count

STAFF = (
    r"상시\s?근로자|내국인|한국인|직원|총원|세무사|회계사|노무사|변호사|법무사|변리사|관세사|수의사|약사|사범|트레이너|코치|테크니션|상담원|통역사|가이드|승무원|설계사|점원|판매원|캐셔|제빵사|파티시에|인원수|종업원|임직원|일하는\s?사람|사람|팀원|멤버|재단사|미용사|요양사|조무사|상시|가입자|피보험자|종사자|교직원|기술자"
    r"|셰프|바리스타|캐디|고용\s?인원|현원|재직자|재직\s?인원|식솔|일꾼|일손|근로자|정규직|비정규직|계약직|기간제|알바생?|아르바이트생?|파트타임|파트타이머|파트|단시간|사원|인원"
    r"|식구|사무직|현장직|생산직|정직원"
    r"|풀타임|상용직|상근직?|일용직|외국인(?:근로자|직원)?|간호사|간호조무사|교사|선생님|강사|요양보호사|개발자|디자이너|기사|작업자|현장|공장|본사|지점|매장|사무실|인턴"
    r"|의사|치위생사|치료사|강사진|보조|매니저|운전|운전기사|조교|보육교사|주임|대리|과장|팀장|스태프|스탭|조리사|주방|홀"
    r"|영업|실장|부장|원장|점장|위생사|경리|총무|사무|배송|미화|경비|촉탁직?|무기계약직|남자(?:\s?직원)?|여자(?:\s?직원)?|남직원|여직원|남성(?:\s?(?:직원|근로자))?|여성(?:\s?(?:직원|근로자))?"
    r"|(?<![가-힣])[남여]|임원|연구원|상담사|물리치료사"
)
INSURED = re.compile(
    r"고용\s?보험|고용\s?산재|산재\s?고용|(?<![가-힣])고보(?=\s|가|는|에|든|들)|피\s?보험|[4사]대\s?보험|보험\s?(?:에\s?)?(?:든|들|가입|되|넣|올라|잡힌|신고)"
    r"|(?<![가-힣\d])[4사]대\s?(?:에\s?|를\s?|만\s?)?(?=넣|든|들|가입|되|보장|신고|올라|해\s?주)|자격\s?취득"
)
# What stands between two parts of a staff told side by side: "의사 2명, 코디 3명".
_SIDE_BY_SIDE = re.compile(
    r"\s?(?:에|이랑|랑|하고|이고|이구|고|(?:이|가)?\s?(?:있|계시)고(?:요)?,?|,|\+|/|·|그리고|와|과|\(|이며|에다가?|플러스|더하기|은)?\s?(?:그리고\s?)?"
    rf"(?:[가-힣]{{1,4}}\s(?={STAFF}))?(?P<who>(?:{STAFF})님?|[가-힣]{{1,6}})\s?(?:은|는|이|가|도|만|:)?\s?(?:한|약)?\s?"
)

_OF_ALL = re.compile(
    r"(?:총|전체|모두|전부|합계|도합|회사\s?전체)\s?(?:직원|인원|근로자|사람|사원|교직원|임직원|종사자|구성원|선생님)"
)


def listed(said: Said, first: Count, second: Count) -> bool:
    """Whether ``second`` is the next part of a staff listed by what people do, a noun before each number."""
    match = _SIDE_BY_SIDE.fullmatch(said.text[first.end : second.start])
    if match and re.search(r"저희|우리|저흰|우린|여기는|여긴|나는|저는|지금은", match.group()):
        return False  # "친구네는 4명이고 우리 식당은 9명"
    if match and _OF_ALL.search(match.group()):
        return False  # "개발팀 8명 전체 직원은 14명"
    if not match or INSURED.search(match.group()) or re.match(r"포함|총|전체|모두|합|중|빼|제외|그중|이상"
        r"|이하|미만", match.group("who")):
        return False
    if re.fullmatch(STAFF, match.group("who").removesuffix("님")):
        return True
    if re.search(r"[가-힣]에(?:는|만)?\s?$", said.text[: first.start]) and match.group("who").endswith("에"):
        return True  # "사무실에 3명 현장에 12명"
    at = first.end + match.end("who")
    nouns = [token for token in said.tokens if token.start + token.len == at]
    return bool(first.who or first.named) and bool(nouns) and nouns[-1].tag in ("NNG", "NNP", "XSN")


def noun_before(said: Said, start: int) -> str | None:
    """The noun right before a number ("코디 3명"): what the people counted are."""
    at = len(said.text[:start].rstrip())
    nouns = [token for token in said.tokens if token.start + token.len == at]
    return str(nouns[-1].form) if nouns and nouns[-1].tag in ("NNG", "NNP", "XSN") else None


_WHOLES = {"직원", "근로자", "인원", "종업원", "총원", "임직원", "상시", "상시근로자", "사원", "인원수"}


def is_subset(said: Said, first: Count, second: Count) -> bool:
    """Whether the second count is a part of the first.

    "직원 25명, 여자 10명" tells parts of one whole; "직원 10명이랑 알바 5명" tells two.
    """
    if re.match(r"\s?(?:중|가운데)", said.text[first.end :]):
        return True
    if not second.who:
        return True  # "직원 28명 팀장님들 3명": a rank or a shift among them
    if second.who in (
        "남자",
        "여자",
        "남성",
        "여성",
        "남직원",
        "여직원",
        "남자 직원",
        "여자 직원",
        "남",
        "여",
        "정규직",
        "계약직",
        "정직원",
    ):
        return first.who in _WHOLES
    return "(" in said.text[first.end : second.start]
