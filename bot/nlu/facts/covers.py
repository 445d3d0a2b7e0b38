"""How the place of the absent worker is filled: hiring, temporary agency, colleagues, or not at all.

Verbs change their shape too much for letters ("뽑긴", "뽑았", "뽑으려"), so spaCy's Matcher looks at morphemes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from spacy.matcher import Matcher
from spacy.tokens import Doc

from bot.nlu import pipeline
from bot.nlu.facts import allowances, cover_phrases, shares, taken_on, unhired
from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.questions import asks_a_rule, names_a_topic

_HIRING = ["모시", "모셔오", "뽑", "채용", "구하", "구인", "모집", "충원", "고용", "들이", "뽑히", "쓰"]
_SHARING = ["나누", "분담", "맡", "메꾸", "메우", "커버", "돌아가", "떠맡", "채우", "때우", "땜빵", "쪼개"]
_WHO = re.compile(
    r"사람|직원|대체|대신|대타|땜빵|알바|일용직|인턴|교사|선생님|후임|계약직|신입|새로|인력|기간제|한\s?명|두\s?명|\d\s?명|자리|단기|경력직|임시"
)
_COLLEAGUES = re.compile(
    r"동료|남은|다른\s?(?:직원|사람|분|팀원|애들?)|기존|팀원|직원들|있는\s?(?:사람|직원|인원)|저희끼리|우리끼리"
    r"|나머지|서로|돌아가|같이|옆\s?(?:사람|직원)|남아\s?있는|각자|업무|일을?|팀에서|내부|자체|(?:사무실|매장|공장|현장|주방)\s?(?:사람|직원|식구|애)들"
)
_DISPATCH = re.compile(
    r"(?<!불법)(?<!불법\s)파견(?!법|\s?(?:을|를)?\s?하는\s?(?:회사|업체|곳|데|집|일)|\s?(?:직원\s?|직\s?)?\d|\s?허용|\s?(?:업체(?:예요|입니다|인데|이에요"
    r"|를?\s?운영|를?\s?하)|회사(?:예요|입니다"
    r"|인데|이에요)|업\b))(?:\s?(?:직원"
    r"|근로자|인력|업체|회사|사원|직))?(?:을|를|에서|으로|로|도|이|은|는)?"
)
_DISPATCH_SHORT = re.compile(
    r"^(?:이?요|으로요|이에요|입니다|(?:이|은|을)?\s?(?:말고|아니[고라]|말구)|이용|메우|메울|메워|메꾸|메꿀|메꿔|채우|채울|채워|대체(?!\s?(?:인력|자|근로))|충원|돌리|돌려|진행|받|쓰|쓸|써|쓴|부르|부를|불러|사용|올|오|온|하려|할|로\s?할|업체|으로|로)"
)
_TAKEN = re.compile(r"받기로|받아|받았|받을|쓰기로|쓸|써요|씁니다|불렀|오기로|옵니다|와요")
_NOBODY = re.compile(
    r"(?:(?:제|내)가|(?:사장|원장|점장)(?:님)?이|대표(?:님)?가)\s?(?:그냥\s?|더\s?)?(?:직접\s?)?(?:그\s?(?:일|자리)(?:을|를)?\s?)?(?:뛰|하|맡|메꾸|때우|일하|들어가)(?:으)?면\s?(?:돼|되|됩)|(?:제|내)가\s?혼자\s?(?:서\s?)?(?:다\s?(?:하|해|합|맡|봐)|하(?:려|기로|죠|지\s?뭐|고\s?말)|해야|할\s?(?:거|생각|예정)|맡|메우|메꾸|메꿔|때우|때워|떠안)[가-힣]{0,4}|(?:일은\s)?(?:제|내)가\s?(?:다\s|전부\s|그냥\s)?(?:떠안|떠맡|도맡)[가-힣]{0,3}|(?:사장|원장|대표|점장|소장|관장)(?:님)?인\s?(?:제|내)가\s?(?:직접\s|대신\s|다\s|혼자\s|그냥\s){1,2}?[가-힣]{0,4}\s?(?:해|하|합|봐|보|뛰|맡|메|때우|서)|(?:사장|원장|대표|점장|소장|관장)님이\s?(?:대신|직접)\s?(?:하고\s?계|하신|하세|보고\s?계|보신|메우|때우)[가-힣]{0,3}|(?:대체|충원|인원\s?충원)\s?없이\s?(?:그냥\s?)?(?:진행|가|갑|하|운영|버티|지내)[가-힣]{0,3}|없는\s?(?:대로|채로)\s?(?:그냥\s?)?(?:하|해|가|갑|지내|버티|운영)[가-힣]{0,3}|아무도\s?안\s?(?:채웠|채우|메웠|메꿨|넣었|앉혔)[가-힣]{0,3}|(?:제|내)가\s(?:직접\s)?(?:홀|주방|현장|카운터|매장|가게|공장|라인)에\s?(?:나가|나갑|들어가|들어갑|서요|뛰|섭니다)|사람은?\s?안\s?(?:써요|씁니다|쓰려|쓰고|뽑아요|뽑으려|뽑고|구해요|구하려)|(?:(?:제|내)가|(?:사장|원장|점장)(?:님)?이|대표(?:님)?가)\s?(?:직접|대신)\s?(?:해요|합니다|하고\s?있|하기로|할\s?거|할\s?생각|하려|맡|메꾸|메꿔|때우)|업무를\s?줄이고\s?그냥\s?가"
    r"|대체\s?인력\s?없이\s?(?:그냥\s?)?가|"
    r"안\s?(?:뽑|구하)고\s?(?:그냥\s?)?(?:버티|버텨|가|갈|해\s?보|해볼|지내|할)|충원\s?(?:계획|생각|예정)(?:은"
    r"|이|도)?\s?없|(?:^|사람\s|직원\s)없이\s?(?:그냥\s?)?(?:해\s?보|해볼|할|버티|버텨|가|갈)|(?:제"
    r"|내)가\s?(?:그냥\s?|다\s?|직접\s?)?하(?:지\s?뭐|죠\s?뭐|면\s?되|지요)|(?:따로\s?|그냥\s?"
    r"|당분간\s?|일단\s?|아무도\s?|아무것도\s?)(?:안|못)\s?(?:메우|메꾸|채우|뽑|구하|쓰)|(?:그냥|당분간"
    r"|일단|자리는?)\s?(?:비워|놔둬|놔두|비울|비어|냅두|둘\s?거|두려)|당분간\s?공석(?:이|으로)|(?:그\s)?자리(?:를|는)?\s?(?:그냥\s?|아예\s?)?없(?:애(?:려|기로|고|버)|앨\s?(?:거|생각|예정|계획))|비워\s?(?:둬|두|놓|둘|둡)|공석으로|"
    r"(?:사람|직원|대체자|대체인력)\s?없이\s?(?:가|하|버티|버틸|갈|지내|운영)|(?:안\s?(?:메우|메꾸|채우))(?:려"
    r"|ㄹ|고|어|워|우|기|을|울|꿔|꿀)|(?:제|내)가\s?(?:직접|대신|혼자|그냥|다)?\s?(?:하려고|할\s?(?:거"
    r"|생각|예정|게|려)|하기로|그\s?일까지\s?(?:하|맡|다)|메꾸|메꿀|메꿔|메우|메울|메워|맡|때우|때울|때워|하죠"
    r"|해야죠|뛰)|사람\s?안\s?(?:쓰|뽑)[가-힣]*|필요\s?없어요\s?대체"
)
# "새로 뽑는 거랑 나눠 맡기는 거 뭐가 나아요": neither is chosen yet.
_COMPARED = re.compile(
    r"(?:뽑|채용|구하|새로|대체|나누|나눠|분담|파견|맡)[가-힣\s]{0,8}?(?:(?:거|것|게|인력|기|채용|파견|분담)\s?(?:랑|이랑|하고|와|과|아니면|중에?|vs)|지)"
    r"\s[^.?!\n]{0,24}?(?:뭐가|뭘|어느|어떤\s?(?:게|쪽)|어떻게|차이|비교|나아|나은|낫|유리|좋을|고민)"
)
_NEGATION = {"안", "못"}
_CONDITIONAL = re.compile(
    r"^(?:을지|할지|[가-힣]?ㄹ지|지\s?말지)|^(?:을|ㄹ|으|었|았|했|하|할|한)?(?:면|려면|을\s?경우|다면|면은|시\s"
    r"|하면|했을\s?때|할\s?경우|하려면"
    r"|하면은|은\s?경우|을\s?때|할\s?때)"
)


@lru_cache(maxsize=1)
def _matcher() -> Matcher:
    matcher = Matcher(pipeline.korean().vocab)
    matcher.add("hire", [[{"LEMMA": {"IN": _HIRING}, "TAG": {"IN": ["VV", "VV-R", "NNG", "XR"]}}]])
    matcher.add("share", [[{"LEMMA": {"IN": _SHARING}, "TAG": {"IN": ["VV", "VV-R", "NNG"]}}]])
    return matcher


def find(said: Said) -> list[Fact]:
    """Covers ("cover", negated where denied) and "coworker_allowance" of the message."""
    told = (
        _nobody(said),
        *_matched(said),
        None if cover_phrases.put_aside(said) else _dispatch(said),
        cover_phrases.doing_more(said),
        shares.find(said),
        *cover_phrases.phrases(said),
        *taken_on.find(said),
    )
    facts = _but_nobody([fact for fact in told if fact], unhired.find(said))
    if _COMPARED.search(said.text):
        facts = [replace(fact, role="hypothetical") for fact in facts]
    if any(fact.value == "none" for fact in facts):
        facts = [fact for fact in facts if not (fact.value == "hire" and fact.role == "negated")]
    if any(fact.value in ("coworkers", "dispatch") and not fact.role for fact in facts):
        facts = [fact for fact in facts if fact.value != "none"]
    facts = _without_repeats(facts)
    allowance = allowances.find(said, facts)
    return facts + ([allowance] if allowance else [])


def _but_nobody(facts: list[Fact], nobody: Fact | None) -> list[Fact]:
    """``facts`` with what denies a hiring in place of the hiring it denies."""
    if nobody is None or any(fact.value == "none" for fact in facts):
        return facts
    return [fact for fact in facts if not (fact.value == "hire" and fact.overlaps(nobody))] + [nobody]


# "1년 안 채우고 나간 직원": a term not served.
_TERM = re.compile(r"(?:년|개월|달|기간|근속)(?:을|도)?\s?$")


def _nobody(said: Said) -> Fact | None:
    match = _NOBODY.search(said.text)
    if not match or _TERM.search(said.before(match.start(), 4)):
        return None
    if re.search(r"면|나요|되나|까요|수[도는가]?\s?없", said.after(match.end(), 6)):
        return None
    return Fact("cover", "none", match.start(), match.end())


def _matched(said: Said) -> list[Fact]:
    facts: list[Fact] = []
    doc = said.doc
    vocabulary = doc.vocab.strings
    for rule, first, last in _matcher()(doc):
        start, end = pipeline.characters(doc, first, last)
        verb = doc[first].lemma_
        fact = (
            _hired(said, doc, first, start, end, verb)
            if vocabulary[rule] == "hire"
            else _shared(said, doc, first, start, end, verb)
        )
        if fact:
            facts.append(fact)
    return facts


def _hired(said: Said, doc: Doc, at: int, start: int, end: int, verb: str) -> Fact | None:
    before, after = said.before(start, 22), said.after(end, 18)
    clause = re.split(r"[.!?\n]", before)[-1]
    if verb in ("뽑", "뽑아주") and re.match(r"아?\s?(?:주|줘|드)", after):
        return None  # a list or a receipt is printed out
    if re.match(r"(?:은|한|했던|았던)\s?(?:여|남)?(?:자\s)?(?:직원|친구|사람|분|애)", after) and re.search(
        r"\d월|작년|재작년|올해|지난|\d년|전에", clause
    ) and not re.search(r"대신|대체|나와|나오|출근|인수", said.text):
        return None  # "올 2월에 뽑은 여직원" tells how long she is there
    if verb in ("채용", "고용", "모집", "구인", "충원") and not _NOMINAL_DONE.match(after):
        return None
    if (_LONG_AGO.search(clause) or re.match(r"기\s?시작", after)) and not _OF_A_GAP.search(said.text):
        return None
    if _ONLY_NAMED.match(after) and _OF_A_KIND.search(clause):
        return None  # "외국인 고용", "일자리 구해요": a topic, or who looks for work
    if verb in ("고용", "모집", "구인") and re.match(
        r"\s?(?:보험|센터|노동|난|24|안정|부|평등|복지|유지|촉진|정책|장려|광고)", after
    ):
        return None
    if (
        verb in ("구하", "들이", "고용", "채용")
        and not (_WHO.search(clause) or said.is_bare or re.search(r"직접\s$", clause))
        and not re.match(r"\s?(?:하(?:려|기|고|ㄹ)|할|했|예정|계획)", after)
    ):
        return None
    if verb in ("모시", "모셔오") and not re.search(
        r"(?:계약직|기간제|단기|임시|새로|대체)[^.,]{0,8}$|새\s(?:선생님|분|사람)[^.,]{0,6}$", clause
    ):
        return None
    if verb == "쓰" and not re.search(
        r"(?:알바|아르바이트|계약직|대체\s?(?:인력|자)|기간제|단기|임시직|단시간|시간제|일용직|파트타임|파트타이머|파트|사람"
        r"|일당|인턴)(?:생)?(?:을|를|로|도)?\s?(?:(?:(?:\d{1,2}\s?월\s?)?\d{1,2}\s?[월일]부터|다음\s?달부터|담달부터|내년부터|하나"
        r"|한\s?명|두\s?명|\d명|좀|잠깐|더|새로|따로|임시로)(?:을|를)?\s?){0,3}$",
        clause,
    ):
        return None
    if verb == "쓰" and re.search(r"마다|성수기|시즌|철에|바쁠\s?때", clause):
        return None  # hands for the season
    if verb == "뽑" and re.match(r"는\s?(?:공장|집|회사|데(?=[이예요입])|기계|업체)", after):
        return None  # what is drawn out of a machine
    if verb == "구하" and re.match(r"기(?:가|도|는|란)?\s", after):
        return None
    if verb in ("구하", "구인", "모집", "채용") and re.match(
        r"\s?(?:해)?\s?(?:주(?:면|는|심|시면|셨)|주세|주시|주실|줘|달라|줄\s?수)|하?는\s?(?:게|것|거|일)", after
    ):
        return None
    if verb == "구하" and not _WHO.search(clause):
        return None
    if re.search(r"근로\s?계약서|퇴직금|최저\s?임금|주휴|수습|해고|실업|산재", said.text) and not re.search(
        r"육아|육휴|휴직|출산|휴가|단축|대체|대신|자리", said.text
    ):
        return None
    if re.search(r"제비|세금|커피|물건|번호|사진|복권|(?<![가-힣])(?:가래)?떡|국수|(?:를|을|\s)실\s|현수막|명함"
        r"|출력", clause):
        return None
    begin = start
    who = list(_WHO.finditer(clause))
    if who:
        begin = start - len(clause) + who[-1].start()
    fact = Fact("cover", "hire", begin, _phrase_end(said, end))
    if re.match(r"[을ㄹ할]지", after) and re.search(r"지|고민|못\s?정|모르", after):
        return Fact("cover", "hire", begin, fact.end, role="hypothetical")
    if re.match(r"[가-힣]{0,2}려다가?\s|[가-힣]{0,2}려고\s?했[는었]|[가-힣]{0,2}(?:ㄴ|는)다고\s?했는데", after):
        return Fact("cover", "hire", begin, fact.end, role="negated", extra={"denial_read": True})
    if re.match(r"[을ㄹ할]?\s?(?:사람|직원|인력)(?:이|도|은)?\s?없", after):
        return None
    if _negated(doc, at, after) and _IF_NOT.match(after):
        return None  # "안 뽑으면 못 받나요"
    if _negated(doc, at, after):
        # "못 구했다" wants to hire and cannot; that is a wish, not a way of covering.
        return (
            None
            if _cannot(doc, at, after) or verb == "뽑히"
            else Fact("cover", "hire", begin, fact.end, role="negated", extra={"denial_read": True})
        )
    if re.match(
        r"(?:을|할|ㄹ)?\s?수\s?(?:가|도|는)?\s?(?:없|있)|기\s?(?:가|도)?\s?(?:너무\s?|정말\s?"
        r"|참\s?|많이\s?)?(?:하늘|어려|어렵|힘들|힘드|쉽지)|(?:아야|야|해야)\s?(?:하나|되나|할까|될까|돼요\?"
        r"|하는\s?건)",
        after,
    ):
        return None
    if (
        _conditional(said, doc, at, end)
        or (asks_a_rule(said, start, end) and not _planned(after))
        or names_a_topic(said)
        or re.search(r"어디서|어떻게|누가|언제\s?까지", clause)
    ):
        return Fact("cover", "hire", begin, fact.end, role="hypothetical")
    return fact


_ONLY_NAMED = re.compile(r"\s*$|기[\s.]*$|[가-힣]{0,2}요[\s.]*$|합니다[\s.]*$|고\s?있어요[\s.]*$")
_OF_A_KIND = re.compile(
    r"(?:외국인|장애인|청년|고령자|퇴직자|재)\s?(?:직원\s?|근로자\s?)?$"
    r"|(?:일자리|직장|알바\s?자리)(?:를|을)?\s?$"
)
# "혼자 하다가 작년에 직원 하나 뽑았어요": how the firm grew.
_LONG_AGO = re.compile(r"(?:작년|재작년|지난해)에?\s(?:[가-힣]{1,4}\s){0,3}$")
_OF_A_GAP = re.compile(r"대신|대체|후임|자리|휴직|휴가|육휴|출휴|출산|단축|임신")
# Nouns of hiring tell of it only where something is done: not "채용 지원금", "고용허가제".
_NOMINAL_DONE = re.compile(
    r"\s?(?:을|를|은|도)?\s?(?:(?:새로|급하게|바로|이미|벌써|따로|안|못)\s)?(?:하(?!는\s?(?:사이트|법|방법|데))|할"
    r"|했|해(?!\s?(?:주|줘|달))|합|한"
    r"|됐|되|돼|예정|계획|완료|중이|중입|중인|중[\s.!]*$|시켰|시킬|결정|검토|생각|이요|이에요|입니다|요[\s.!]*$|공고(?:를"
    r"|도)?\s?(?:올려\s?[놨놓]|올렸|냈|내\s?[놨놓]|낸)|진행)"
    r"|\s*$"
)


_IF_NOT = re.compile(r"[가-힣]{0,3}(?:면|도\s?[되돼괜])[^.]*(?:\?|나요|까요|되나|돼요|되는지|받나|는지)")


def _planned(after: str) -> bool:
    return bool(
        re.match(
            r"\s?[가-힣]{0,3}?\s?(?:려고|으려|려는|기로|을\s?거|을\s?예정|을\s?생각|았|했|었|예정|계획|긴\s?해야"
            r"|아야죠|아야지|어야죠|어야지|야죠|야지|아야\s?(?:하는|해서|되는|돼서|할\s?것)|고\s?싶)",
            after,
        )
    )


def _phrase_end(said: Said, end: int) -> int:
    match = re.match(r"[가-힣]{0,8}", said.text[end:])
    return end + (match.end() if match else 0)


def _negated(doc: Doc, at: int, after: str) -> bool:
    before = [token.lemma_ for token in doc[max(0, at - 2) : at]]
    return bool(_NEGATION & set(before)) or bool(
        re.match(
            r"[가-힣]{0,3}?\s?(?:하)?는\s?(?:게|거|건|것)(?:이)?\s?(?:아니|말고)|[가-힣]{0,2}?(?:지|질)\s?(?:않|못"
            r"|말|는\s?않|도\s?않"
            r"|는\s?못)|[가-힣]{0,2}?\s?(?:생각|계획|예정|여력"
            r"|여유|돈|형편)(?:은|이|도|이야)?\s?(?:없|아니)|(?:할|을)\s?(?:생각|계획|예정|여력|여유|형편)(?:은"
            r"|이|도)?\s?(?:없|아니|안)|[가-힣]{0,2}기로\s?(?:한|했던)\s?(?:건|거|것)[은는]?\s?(?:없던"
            r"|취소|무산|엎)",
            after,
        )
    )


def _cannot(doc: Doc, at: int, after: str) -> bool:
    passive = re.match(r"(?:해)?(?:[져히혀]|지(?!\s?(?:는|도|를)?\s?(?:않|말)|[를는도]))", after)
    if passive and doc[at].lemma_ in ("구하", "뽑", "채용", "구하지", "뽑히"):
        return True  # "안 구해져요": would if anybody came
    return "못" in [token.lemma_ for token in doc[max(0, at - 2) : at]] or bool(
        re.match(r"[가-힣]{0,2}?지\s?(?:를\s?)?못", after)
    )


def _conditional(said: Said, doc: Doc, at: int, end: int) -> bool:
    if re.match(r"[가-힣]{0,2}면서", said.text[end : end + 6]):
        return False
    following = [token.lemma_ for token in doc[at + 1 : at + 5]]
    joined = "".join(following)
    return (
        bool(
            re.match(r"(?:하|되|시키|었|았|ᆫ|ᆯ)?(?:면|으면|려면|으려면|다면|ᆫ다면|는다면|거든|어야"
                r"|아야)(?!서)", joined)
        )
        and not re.match(r"(?:하)?(?:어야|아야)", joined)
    ) or bool(_CONDITIONAL.match(said.text[end : end + 8]))


def _shared(said: Said, doc: Doc, at: int, start: int, end: int, verb: str) -> Fact | None:
    before, after = said.before(start, 24), said.after(end, 14)
    clause = re.split(r"[.!?\n]", before)[-1]
    if re.match(r"\s?(?:수당|지원금)|(?:은|는|을|를|도)?\s?(?:어떻게|어디|무슨|증명|증빙|신고|계획서|서류)", after):
        return None
    if verb in ("나누", "쪼개") and re.match(r"[가-힣]?\s?(?:내|낼|납부)", after):
        return None
    if verb in ("나누", "쪼개") and re.match(r"[가-힣]?\s?(?:쓰|쓴|써|쓸|사용|신청)", after) and "일" not in clause:
        return None
    if (
        verb in ("분담", "나누", "돌아가")
        and re.search(r"비용|부담|기간|분할|휴직을?|번에|쪼개|연차|휴가를?|급여", clause[-12:] + after[:8])
        and not re.search(r"업무|일을?|동료|직원들", clause)
    ):
        return None
    if not _COLLEAGUES.search(clause) and not (said.is_bare and verb in ("나누", "분담")):
        return None
    if verb in ("맡", "채우", "때우", "커버", "땜빵", "돌아가", "메꾸", "메우") and not re.search(
        r"동료|남은|다른|기존|팀원|직원들|있는\s?(?:사람|직원|인원)|끼리|나머지|서로|나눠|내부|자체|팀에서|각자|(?:사무실|매장|공장|현장|주방)\s?(?:사람|직원|식구|애)들",
        clause,
    ):
        return None
    who = _COLLEAGUES.search(clause)
    begin = start - len(clause) + who.start() if who else start
    finish = _phrase_end(said, end)
    if _negated(doc, at, after):
        return Fact("cover", "coworkers", begin, finish, role="negated", extra={"denial_read": True})
    if (
        _conditional(said, doc, at, end)
        or asks_a_rule(said, start, end)
        or names_a_topic(said)
        or re.match(r"[가-힣]{0,2}\s?(?:할지|해야\s?할지|하나\s?고민)", after)
    ):
        return Fact("cover", "coworkers", begin, finish, role="hypothetical")
    return Fact("cover", "coworkers", begin, finish)


def _dispatch(said: Said) -> Fact | None:
    for match in _DISPATCH.finditer(said.text):
        if re.match(r"\s?(?:랑|이랑|과|와)?\s?계약(?:했|하고|이)", said.after(match.end(), 8)):
            return Fact("cover", "dispatch", match.start(), match.end())
        after = said.text[match.end() : match.end() + 12].strip()
        if re.match(
            r"(?:쓰|받|부르)려던\s?(?:건|거|것은|것)\s?(?:은\s)?(?:취소|접|안|말|됐)|(?:안|못)\s?(?:쓰|쓸|써"
            r"|받|부르)|(?:쓸|받을)\s?(?:생각|계획)(?:은|이|도)?\s?(?:없|아니)", after
        ):
            return Fact("cover", "dispatch", match.start(), match.end(), role="negated", extra={"denial_read": True})
        hypothetical = re.match(
            r"[가-힣]{0,2}?면|도\s?(?:되|돼|가능)|[가-힣]{1,3}도\s?(?:되|돼|가능)", after
        ) or asks_a_rule(said, match.start(), match.end())
        taken = _TAKEN.search(said.after(match.end(), 22))
        if not (_DISPATCH_SHORT.match(after) or said.is_bare or taken):
            continue
        return Fact("cover", "dispatch", match.start(), match.end(), role="hypothetical" if hypothetical else None)
    return None


def _without_repeats(facts: list[Fact]) -> list[Fact]:
    kept: list[Fact] = []
    for fact in facts:
        if any(fact.value == other.value and (fact.role == other.role or other.role is None) for other in kept):
            continue
        if any(fact.overlaps(other) for other in kept):
            continue
        kept = [other for other in kept if not (other.value == fact.value and other.role == "hypothetical")]
        kept.append(fact)
    return kept
