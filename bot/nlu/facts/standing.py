"""What kind of firm it is before the law: in employment insurance, of a large group, a public institution."""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.questions import asks_a_rule

_INSURANCE = re.compile(r"(?:산재랑\s고용|고용\s?보험|[4사]대\s?보험|고보)(?:은|는|이|을|를|도|에는?|에도|에\s)?")
_HAS = re.compile(
    r"^(?:(?:이요|이야|은요|요)?[?,]\s)?\s?(?:[^.?!\n]{0,12}?)(?:(?P<no>안\s?(?:들|든|넣|가입|되|돼)|못\s?(?:들|넣)|미가입"
    r"|가입\s?(?:안|을\s?안|못|하지\s?않|되어\s?있지\s?않|이\s?안)|들지\s?않|없(?:어|습|는데|이|음)"
    r"|아직\s?(?:안|가입\s?전)|가입\s?전)"
    r"|(?P<yes>다\s?(?:들|가입|넣)|들었|들어\s?(?:있|가|간|감|갔|놨|줬|줘)|들어있|다\s?(?:됩|돼요|되는|되고|해\s?[주줘줍])|(?:넣|들)(?:죠|습니다|지요)|가입\s?사업장|가입(?:했|되|돼"
    r"|해|한\s?(?:회사|사업장|상태)|자예요|이에요|입니다|이요|$|하고|사업장|시켰|시켜|중)|넣었|넣고"
    r"|넣어|되어\s?있|돼\s?있|돼있|있어요|있습니다|내고))"
)
_PAYS = re.compile(
    r"^(?:료[는를도]?\s(?:(?!어떻게|얼마|누가|어디|언제)[가-힣]{1,6}\s){0,3}(?:내고|내요|냅니다|납부)|\s?(?:[가-힣]{1,5}\s)?(?:꼬박꼬박\s?(?:내|넣)|내는\s?(?:회사|회삽|사업장|곳|데)|납부하|가입\s?한\s?지\s?(?:이미\s?)?\d))"
)
_PART = re.compile(
    r"(?:알바|아르바이트|파트|단시간|일용|외국인|(?:\d+|한|두|세|네|몇)\s?(?:명|분|사람)|둘|셋|하나|일부|몇몇|아내|와이프|남편|배우자|아들|딸"
    r"|가족|사장|대표|저|(?:그|이|저)\s?(?:직원|친구|사람|애|분))(?:은|는|이(?![요고구에라])|가|들은|만|도|생은|생들은|생)?\s?(?:[가-힣]{0,3}\s)?$"
)
# "고용보험은 안 돼 있는데요 남편은": of whom is said last.
_ABOUT_ONE = re.compile(
    r"[가-힣]{0,7},?\s?(?:남편|아내|와이프|배우자|아들|딸|가족|알바|외국인|사장|대표|그\s?(?:직원|사람|친구))(?:은|는|은요|는요)[\s.]*$"
)
# "가입 안 했는데 4대보험".
_WITHOUT = re.compile(
    r"(?:가입(?:은|을|도)?\s?안\s?(?:했|돼|되)|안\s?(?:들|넣)었)[가-힣]{1,4},?\s"
    r"(?:고용\s?보험|[4사]대\s?보험)(?:은|은요|요)?[\s.]*$"
)
_GROUP = re.compile(
    r"대기업\s?(?:집단)?(?:\s?계열사?|\s?자회사|\s?소속)?|(?<![가-힣\s])계열사|(?<=지\s)계열사|대규모\s?기업\s?집단|공시대상\s?기업\s?집단"
    r"|상호출자\s?제한(?:\s?기업\s?집단)?|(?:삼성|현대|엘지|LG|SK|롯데|한화|포스코|CJ|GS|신세계|카카오"
    r"|네이버)\s?(?:그룹\s?)?(?:계열사?|자회사|그룹)|그룹\s?계열사?|그룹사"
)
_PUBLIC = re.compile(
    r"(?:기타\s?|준)?공공\s?기관|출[자연]\s?·?\s?(?:출연\s?)?(?:기관|법인)|(?:시|도|군|구|구청|시청|군청)\s?산하(?:\s?(?:기관"
    r"|재단|공단))?|공기업|지방\s?공기업|공사\s?공단|지자체(?:예요|입니다|이에요|인데|소속|\s?산하)|국가\s?기관"
    r"|국공립|시립|구립|도립|군립|시청\s?산하|[가-힣]{1,4}공[사단]\s?산하|정부\s?출연|출연\s?연구|지방\s?공단|시설공단|국립|공립|(?:시청|군청|구청|도청|[시군구도]|지자체)에서\s?(?:직접\s?)?(?=운영하는)"
)
_COPULA = re.compile(
    r"^\s?(?:산하|소속|기관|단체|회사)?\s?(?:쪽\s?)?(?:이에요|이예요|예요|에요|입니다|인데|이고|이구|이라서?"
    r"|이요|요(?![가-힣])|임(?![가-힣])|이거든|거든|이라\s|소속|계열|산하|이지만|에요|다\s|(?:이|가)?\s?(?:운영하는|위탁한)\s|로\s?(?:편입|지정|분류|들어)|(?:[가-힣]{0,6}(?:재단법인|재단|법인|공단|공사|진흥원|대학|대학교|대학\s?병원)|대학\s?병원|어린이집|요양원"
    r"|학교|유치원|병원|의료원|연구원|연구소|도서관|복지관|센터|공단|단체|회사|기관|박물관|체육관|수련관|보건소)(?:이요|요|입니다|인데|이에요|예요|이고|이라))"
    r"|^[\s.!]*$"
)
_DENIED = re.compile(
    r"^\s?(?:계열|집단|소속|계열사)?(?:이|은|는|도|가)?\s?(?:(?:절대로?|전혀|당연히|물론"
    r"|당근)\s?)?(?:(?:에"
    r"|에는)?\s?(?:속하|포함되|해당되|해당하|들어가)지(?:는|도)?\s?(?:않|못)|에?\s?안\s?(?:속|들어)|(?:그런\s?(?:거|것|건)\s?)?없|아니|아닙|아님|아닌|아녜|전혀)")
_PRIVATE = re.compile(
    r"(?:민간|사기업|개인\s?(?:회사|사업자|사업장|기업)|일반\s?(?:회사|기업))\s?(?:업체|단체|법인|기관)?(?:이에요|예요|입니다|인데|이요|요|이고|회사|기업)"
)


def find(said: Said) -> list[Fact]:
    """ "employment_insurance", "large_group" and "public_institution", true or false, where the firm says so."""
    found = [_insurance(said), _named(said, "large_group", _GROUP), _named(said, "public_institution", _PUBLIC)]
    if not any(fact and fact.entity == "public_institution" for fact in found):
        private = re.search(_PRIVATE, said.text)
        if private and not asks_a_rule(said, *private.span()) and re.search(r"민간|사기업", private.group()):
            found.append(Fact("public_institution", False, private.start(), private.end()))
    return [fact for fact in found if fact]


def _insurance(said: Said) -> Fact | None:
    if without := _WITHOUT.search(said.text):
        return Fact("employment_insurance", False, without.start(), without.end())
    before = re.search(
        r"(?:다|전부|전원|모두)\s?(?:가입|들어)[가-힣\s]{0,6}(?:있|했|됐|되)[가-힣]{0,3}\s?(?:고용\s?보험"
        r"|[4사]대\s?보험)",
        said.text,
    )
    if before:
        return Fact("employment_insurance", True, before.start(), before.end())
    for match in _INSURANCE.finditer(said.text):
        if (pays := _PAYS.match(said.after(match.end(), 30))) and not asks_a_rule(said, match.start(), match.end()):
            return Fact("employment_insurance", True, match.start(), match.end() + pays.end())
        has = _HAS.match(said.text[match.end() : match.end() + 30])
        if (
            not has
            or _of_a_part(said, match.start())
            or re.search(r"\d|몇|한\s?명|두\s?명|둘|알바|일부|파트|만\s", has.group()[:-1])
        ):
            continue
        end = match.end() + has.end()
        if has.group("no") and re.match(r"[가-힣]?\s?(?:게|건|거)\s?(?:이\s?)?아니", said.text[end : end + 10]):
            return Fact("employment_insurance", True, match.start(), end)
        rest = said.text[end : end + 12]
        if _ABOUT_ONE.match(rest):
            continue
        if re.match(r"[가-힣]{0,2}?\s?(?:[고쓰]?\s?(?:쓰면|쓰다가|쓸|싶)|신고|방법|하고\s?싶|하려|는지"
            r"|[을를은]?\s?(?:알바|인턴|친구)|다고\s?했)", rest) or (
            re.search(r"소급|이중", has.group()) or (not rest.strip() and has.group().strip() == "가입")
        ):
            continue
        if re.match(
            r"\s?싶|어?도\s?(?:되|돼)|\s?(?:직원|근로자)도|\s?[가-힣]{0,3}?\s?(?:있나|있는지|했나|됐나|됐는지|했는지|면|야\s?(?:하|되|돼)|려면|을\s?때|는\s?사람|은\s?사람|든\s?사람|자\s?수"
            r"|자가|자는|된\s?(?:사람|직원)|한\s?(?:사람|직원))",
            rest,
        ) or re.search(r"[든준간]\s?(?:사람|분|직원)", said.text[match.end() : end + 6]):
            continue
        if re.match(r"[가-힣]{0,6}?(?:나요|까요|가요\?|죠\?|어요\?)|\?", rest) and not re.search(
            r"저희|우리|다\s", said.text[: match.start()]
        ):
            continue
        return Fact("employment_insurance", not has.group("no"), match.start(), end)
    return None


def _of_a_part(said: Said, at: int) -> bool:
    """Whether only some are spoken of before ``at`` ("알바 두 명은"), not all of them ("11명 전부")."""
    return bool(_PART.search(said.before(at, 10))) and not re.search(r"(?:전부|모두|다|전원)\s$", said.before(at, 4))


def _named(said: Said, entity: str, pattern: re.Pattern[str]) -> Fact | None:
    for match in pattern.finditer(said.text):
        after = said.after(match.end(), 16)
        taken_back = re.match(r"\s?이?라고\s?(?:눌렀|했|적었|답|말|체크|골랐|선택)[^.?!\n]{0,8}?(?:아니|잘못)", after)
        if taken_back:
            return Fact(entity, False, match.start(), match.end(), extra={"denial_read": True})
        turned = re.match(r"\s?(?:이|은|는)?\s?아니라고\s?(?:했|말)", after)
        if turned and re.search(r"맞|이래요|이에요|이네요", said.text[match.end() + turned.end() :]):
            return Fact(entity, True, match.start(), match.end(), extra={"denial_read": True})
        body = re.match(r"\s?[가-힣]{2,10}(?:입니다|이에요|예요|이고|인데|이라)", after)
        if body and match.group().endswith("산하"):
            return Fact(entity, True, match.start(), match.end())
        if _DENIED.match(after):
            return Fact(entity, False, match.start(), match.end(), extra={"denial_read": True})
        if _COPULA.match(after) and not asks_a_rule(said, match.start(), match.end()):
            return Fact(entity, True, match.start(), match.end())
        if _COPULA.match(after) and re.match(r"^\s?(?:인데|이라|인데요|산하)", after) and "도 " not in after:
            return Fact(entity, True, match.start(), match.end())
    return None
