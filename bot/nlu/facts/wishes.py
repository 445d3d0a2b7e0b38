"""What kind of help is wanted ("want"), where a wish is spoken and not only a question put."""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Fact, Said

_WISH = (
    r"(?:받고\s?싶|받았으면|받으려|신청하고|신청하려|신청할\s?(?:거|수|생각)|하고\s?싶|해\s?보고\s?싶|싶어요"
    r"|싶은데|싶습니다|원해|원합|원하|필요|도와|알아보|알아봐|구해\s?(?:주|달|줄)|찾아\s?(?:주|달|줄)|연결|소개"
    r"|도입(?!했|한\s|돼|되어|된|해서\s)|고민|관심|궁금|찾고|부탁|만들고|바꾸고|받을\s?수\s?있(?:을까|나|는지|어)"
    r"|추천)"
)
# What is wished of people: no leave, no dismissal ("직원이 유연근무 원해요", "직원 자르고 싶어요").
_HELP = (
    r"(?:알선|필요(?!\s?없)|연결|소개|추천|부탁|찾고|알아보|알아봐|구해\s?(?:주|달|줄)|찾아\s?(?:주|달|줄)|받고\s?싶"
    r"|받았으면|원해|원합|도와)"
)
_WANTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "replacement",
        re.compile(
            rf"(?:사람|대체\s?인력(?!\s?지원금)|대체자|대신\s?(?:할|일할)\s?(?:사람|직원|분)|일손|인력(?!\s?지원금)|직원|알바"
            rf"|후임)(?:을"
            rf"|를|이나|이|은|도|만)?\s?(?:(?:한|두|하나|둘|몇|\d)\s?(?:명|분|사람)?\s|(?!유연|재택|단축|휴직|육아)[가-힣]{{1,5}}\s)?(?:(?:좀|빨리|급히)\s)?(?:못\s?구|구하기(?:가|도"
            rf"|는|란)?\s?(?:너무\s?|참\s?|정말\s?)?(?:힘|어려|어렵|쉽지|만만|막막|하늘|하늘의)"
            rf"|(?:좀\s?)?보내\s?(?:주(?!는)|줘|달)|구할\s?수가?\s?(?:없|있)|구해야|안\s?구해|찾기\s?(?:힘|어려)"
            rf"|어디서\s?구|구인이?\s?(?:안"
            rf"|어려)|없어서\s?(?:걱정|큰일|고민)|구하는\s?(?:게|것|거|일)|올지|(?:구하|찾|뽑|쓰|모시|데려오"
            rf"|충원하)고\s?싶|(?:뽑아|붙여|데려다)\s?(?:주(?:세|시|면|십)|줘|달라)|지원\s?받(?:고\s?싶|았으면|으려)|{_HELP})|(?:사람|대체\s?인력|일손)이?\s?(?:제일\s|더\s|너무\s|당장\s"
            rf"|가장\s)?(?:급해|급합|아쉬|절실)|사람만\s?(?:좀\s)?(?:있으면|구하면|오면|보내)|구인이?\s?(?:안|어려"
            rf"|힘)|(?:사람|직원)\s?(?:뽑기|모집|채용)(?:가|이|도|하기가)?\s?(?:너무\s|정말\s|참\s)?(?:힘|어려"
            rf"|쉽지)(?![가-힣]{{0,2}}(?:어서|워서|니까|아서))|대체\s?인력(?:\s?쪽)?\s?(?:도움|알선)(?:을|만"
            rf"|이)?\s?(?:받|필요|있으면)|사람\s?(?:좀\s|하나\s|한\s?명\s){{0,2}}(?:붙여|보내)\s?(?:주(?!는)|줘"
            rf"|달)|인재\s?채움\s?뱅크|채움\s?뱅크|구인난|대체\s?인력\s?뱅크"
            rf"|사람(?:이나|이라도|부터|만|을)?\s?(?:좀\s?)?(?:구해(?!\s?[놨놓졌뒀두서])|찾아|소개)|(?:필요한|급한|원하는|바라는)\s?(?:건|것은|거는"
            rf"|게)\s?(?:[가-힣]{1,4}\s)?(?:대체\s?인력|대체자|사람|일손|인력)"
        ),
    ),
    (
        "childcare_facility",
        re.compile(r"(?:애들?|아이들?|자녀들?)(?:을|를)?\s?(?:맡기|맡길|봐주|봐줄|돌봐주|돌봐줄|놀)[는]?\s?(?:수\s?있는\s)?(?:데|곳|시설|공간|방)(?:을|를|이|도"
                   r"|하나)?\s?(?:하나\s|좀\s)?(?:만들|있으면|있었으면|차리|두고|꾸미|마련)|(?:직장|사내|공동)\s?어린이집|어린이집(?:이|을|도|이라도)?\s?(?:하나\s)?(?:있으면|있었으면"
            r"|생겼으면)\s?(?:좋겠|하)|어린이집(?:을|를)?\s?(?:회사에\s?)?(?:하나\s?)?(?:설치|만들|짓|차리"
            r"|운영하고\s?싶|지으)|어린이집(?:을|를)?\s?(?:같이|함께|공동으로)\s?(?:만들|짓|운영|차리)"),
    ),
    (
        "certification",
        re.compile(r"가족\s?친화\s?(?:인증|기업|마크)|^인증(?=이요|이에요|[.!]?$)|인증(?:을|도|에"
            r"|에도)?\s?(?:좀\s)?(?:받|따|신청|관심|준비|알아)|우수\s?기업\s?(?:인증|선정|신청)"),
    ),
    (
        "tax",
        re.compile(
            r"세액\s?공제|세제\s?혜택|세금(?:을|도|이라도|\s?쪽으?로)?\s?(?:좀\s|조금\s)?(?:혜택|감면|공제|깎|줄)"
            r"|법인세(?:를|도)?\s?(?:좀\s)?(?:감면|공제|혜택|줄이고\s?싶|덜\s?내)|소득세\s?(?:감면|공제)"
        ),
    ),
    (
        "consulting",
        re.compile(
            r"컨설팅(?!\s?(?:을\s)?하는\s?(?:데|회사|곳|학원|업체|사무실|집|법인)|사(?!업)|업|회사|펌|업체)|전문가(?:가|의|한테|에게|\s)?\s?[^.?!\n]{0,6}?(?:봐\s?[주줬줘]|도움|조언|필요)|(?:제도|근무제|근무\s?제도|인사\s?제도|취업\s?규칙|규정|근무\s?체계|근무\s?방식|인사\s?체계|근무\s?시스템|일하는\s?방식)(?:를|을)?\s?(?:(?:새로|좀|싹|전부"
            r"|다시|어떻게)\s?){0,2}(?:만들|바꾸|고치|고쳐야\s하는데|바꿔야\s하는데|정비|설계|손보"
            r"|짜|봐\s?주(?:세|시|면))(?!어야\s?하나|려면)"
        ),
    ),
    (
        "flexible_work",
        re.compile(
            rf"(?:유연\s?근무|재택|시차|원격|선택(?:적)?\s?근[무로]|4\.5일"
            rf"|근무\s?시간)[가-힣]*\s?(?:[가-힣]{{1,6}}\s){{0,3}}(?:{_WISH}"
            rf"|시행(?!\s?(?:중|하고|했|된|되))|해\s?볼까|할까|(?<!하게\s)하려(?!는\s?(?:직원|사람|분|대리|과장"
            rf"|사원|팀|엄마|아빠)))"
        ),
    ),
    (
        "local",
        re.compile(
            r"(?:(?<![가-힣])(?:[가-힣]{1,3})?(?:시|구|군|도)(?=에서)|(?:시청|구청|군청|도청)(?=에서)|지자체|지역"
            r"|서울시?|경기도|부산시?|인천시?|대구시?|우리\s?동네)(?:에서|에서도)?\s?(?:따로\s?"
            r"|별도로\s?|추가로\s?)?(?:주는|해주는|하는|지원하는)\s?(?:지원|사업|돈|혜택|제도|거|것)|지자체\s?(?:지원"
            r"|사업|보조)|(?:지역|동네)\s?(?:지원금|(?:지원\s?)?사업|지원\s?제도)"
        ),
    ),
    (
        "subsidy",
        re.compile(
            r"(?:나라|정부|정부의)\s?도움[을이]?\s?(?:좀\s)?(?:받고\s?싶|받았으면|필요)|(?:지원금|장려금|보조금"
            r"|(?<!인력\s)(?<!인력)지원|돈|혜택|(?:인건비|월급|급여)(?:\s?(?:보조|지원))?|돈\s?(?:나오|되)는\s?(?:거|것|게|건))(?:을|를|이|도|이라도|이나|좀|만"
            r"|은)?\s?(?:[가-힣]{1,4}\s)?(?:받고\s?싶"
            r"|받을\s?수\s?있(?:으면|었으면)\s?(?:좋겠|하)|받았으면|탔으면|타려|받으려|받을(?:라|려)고|받을까\s?(?:하고|해서)|받아야|급해|급합|급하|절실|받아\s?보|신청하고\s?싶|신청하려|신청하러|신청할\s?(?:거"
            r"|생각|게)|필요|원해|원합"
            r"|(?<=금은\s)됐(?=[고구어으습])(?!어요\?)|(?<=돈은\s)됐(?=[고구어으습])(?!어요\?)|알아보|알아봐|챙기고\s?싶|받을\s?수\s?있는\s?(?:거|게|것|만큼)\s?다"
            r"|타고\s?싶|타먹|타\s?(?:볼|보려|내)|챙겨\s?(?:받|보)|(?:볼\s?수\s?있는\s?(?:건|거"
            r"|것)?\s?(?:은\s)?다\s)?보고\s?싶|(?:조금이라도\s)?(?:나오|받|있|되|해\s?주)으?면\s?(?:좋겠|감사"
            r"|고맙)|받고\s?(?:시"
            r"|파)|(?:받을\s?수\s?)?있으면\s?(?:좋겠|[가-힣]{1,4}\s)?(?:다\s)?(?:받아야|받을래|챙겨야|신청하고\s?싶|받고\s?싶|받고\s?(?:싶|시)|신청할|타고\s?싶|좋겠))"
        ),
    ),
)
_ASKING = re.compile(r"뭐예요|뭐에요|뭔가요|무엇|얼마|조건|자격|언제까지|되나요|가능한가요|신청\s?방법|기한|서류")

# To be told when a visit time comes free, or to wait for one; "기다려 주세요" asks somebody else to wait.
_WAITING = re.compile(
    r"(?:자리|빈\s?시간|시간)(?:이|가)?\s?(?:나면|나는\s?대로|나오면|비면|생기면)"
    r"|대기\s?(?:자\s?명단|명단|신청|자로|할게|할래|하고\s?싶|걸어|올려|해\s?둘)|(?:빈\s?자리|자리|그때까지)(?:를"
    r"|을)?\s?기다릴(?:게|래)"
)


# Chosen by its bare name: "둘 다 받을래요, 돈이랑 사람", "돈이 먼저예요".
_TAKES_BOTH = re.compile(
    r"(?:둘|셋)\s?다(?:요|이요)?[\s.!]*$|(?:둘|셋|모두|전부|다)\s?(?:다\s)?(?:받|필요|원해|원합|부탁|할게|할래"
    r"|해\s?주)"
)
_BARE_NAMES = {
    "subsidy": r"돈|지원금|장려금|인건비|보조금",
    "replacement": r"사람|대체\s?인력",
    "consulting": r"컨설팅",
    "tax": r"세금|세액\s?공제",
}


def _chosen(said: Said, want: str) -> re.Match[str] | None:
    """A name beside others where all of them are wanted."""
    if want not in _BARE_NAMES or not _TAKES_BOTH.search(said.text) or "?" in said.text:
        return None
    name = rf"(?:{_BARE_NAMES[want]})"
    return re.search(
        rf"(?<![가-힣]){name}(?=(?:이랑|랑|하고|도|과|와|,)\s)|(?<=[랑고도와과,]\s){name}(?=\s"
        rf"|도|요|$|[.!])", said.text)


# Named and nothing else, as one answers what help is wanted: "지원금이요", "대체인력 쪽이요".
_ONLY = {
    "subsidy":
        r"(?:지원금|장려금|돈|인건비|보조금|인건비\s?지원)(?:\s?(?:쪽|만|위주로?|부터|먼저|보탬|지원"
        r"|보조|받는\s?(?:거|것)|나오는\s?(?:거|것)))?",
    "replacement": r"(?:대체\s?인력|사람)\s?(?:쪽|구하는\s?거|구하기|찾기|찾는\s?거|소개)",
    "tax": r"(?:세금|세액\s?공제|세제\s?혜택)(?:\s?(?:쪽|감면|혜택))?",
    "consulting": r"컨설팅(?:\s?(?:쪽|받기|받는\s?거))?",
}


def _only_named(said: Said, want: str) -> re.Match[str] | None:
    """A name that is the whole answer."""
    if want not in _ONLY:
        return None
    return re.match(
        rf"(?:음|네|저는|저희는?|일단|우선)?\s?(?P<name>{_ONLY[want]})(?=(?:이?요|이에요|예요"
        rf"|입니다|이죠)?[\s.!]*$)", said.text)


# One name put before another: "지원금 말고 사람 구하는 거 도움받고 싶어요", "사람은 됐고 지원금만요".
_PUT_ASIDE = r"(?:말고|말구|빼고|아니고|보다는?)"


def _beside(said: Said, want: str) -> re.Match[str] | None:
    """A name that is put aside for another wish, or the one that it is put aside for."""
    if want not in _BARE_NAMES or "?" in said.text:
        return None
    name = _BARE_NAMES[want]
    aside = re.search(rf"(?<![가-힣])(?:{name})(?=\s?{_PUT_ASIDE}\s[^.?!]*(?:받고\s?싶|필요|원해|도움|구하|찾|소개"
        rf"|지원|사람|돈|관심|알아보|알려|세액|세금))", said.text)
    others = (
        r"(?:돈|지원금|장려금|인건비|사람|대체\s?인력|컨설팅|세금)[가-힣\s]{0,12}"
        r"(?:(?:됐|없|말)고|(?:구했|뽑았|됐|있)으니까?)\s"
    )
    before = re.search(others, said.text)
    only = before and not _TO_TALK.search(said.text) and re.search(
        rf"(?:(?<=[됐없말]고\s)|(?<=으니\s)"
        rf"|(?<=니까\s))(?:{name})(?:만|을"
        rf"|이)?\s?(?=[\s.!]*$|이?요[\s.!]*$|받|주|있으면|알아|필요|원|할게|신청)", said.text)
    return aside or only or None


# A kind of help named only to say no to it: "인증은 관심 없고", "세금 쪽이 궁금한 게 아니라".
_REFUSED = {
    "subsidy": r"지원금|장려금|보조금|돈|인건비",
    "replacement":
        r"(?:대체\s?인력|사람)\s?(?:알선|소개|구하는\s?거|찾는\s?거|구해\s?주는\s?거|보내\s?주는\s?거)"
        r"|인재\s?채움\s?뱅크|알선",
    "tax": r"세금(?:\s?(?:혜택|감면|공제))?|세액\s?공제|세제\s?혜택",
    "consulting": r"컨설팅",
    "certification": r"(?:가족\s?친화\s?)?인증",
    "childcare_facility": r"(?:직장\s?)?어린이집",
    "flexible_work": r"유연\s?근무(?:제)?",
    "local": r"(?:지자체|시청|구청|군청|도청)\s?(?:지원|지원금|사업)",
}
_NO_THANKS = (
    r"\s?(?:같은\s?(?:건|거)|받는\s?(?:건|거)|하는\s?(?:건|거)|구하는\s?(?:건|거)|쪽|얘기|이야기|까지|에)?(?:은|는|이|가|엔|도|에는|까지는|까진)?\s?(?:별로\s|딱히\s|굳이\s|그다지\s|아직\s|저희는\s|전혀\s)?"
    r"(?:관심(?:은|이|도)?\s?(?:별로\s)?(?:없(?!나|으면)|안\s?가)|필요(?:는|가|도|까진)?\s?(?:없(?!나|으면|이)|치\s?않|하지\s?않)|생각(?:은|이|도)?\s?없(?!나)|바라지(?:도|는)?\s?않|안\s?바라|안\s?받을(?:래|게|\s?거)|안\s?받아도\s?(?:돼요|됩|되니)|사양"
    r"|(?:궁금한|말하는|원하는|필요한|물어본|묻는)\s?(?:게|것이|건|거)\s?아니|됐어요(?!\?)|됐고요?\s|됐습니다)"
)


def _refused(said: Said, want: str) -> re.Match[str] | None:
    """A name that is told only to be refused."""
    if re.search(r"\?\s*$", said.text) or "어떻게" in said.text:
        return None
    return re.search(rf"(?<![가-힣])(?P<name>{_REFUSED[want]}){_NO_THANKS}", said.text)


# A worker's wish is an event to be told of, not the help that the firm wants.
_OF_THE_STAFF = re.compile(
    r"싶대|싶다[고네는더며]|싶어\s?(?:해|하)|원한대|원한다|원하네|달래|달라고"
    r"|직원(?:들)?[이은도]\s[^.]{0,14}(?:원해|원하|원합|싶어\s?해)")


# Somebody to talk to, not to hire: "사람 연결해 주세요".
_TO_TALK = re.compile(
    r"(?:사람|직원|상담원|담당자)(?:분)?(?:이?랑|하고|과|와|을|를|좀"
    r"|이)?\s?(?:좀\s?)?(?:연결|바꿔|상담|통화|이야기|얘기)|알아듣|말해|설명해")


_A_VISIT = re.compile(r"방문|예약|일정|날\s?(?:을\s)?잡|와서|(?<!도)와\s?주|오셔")


def find(said: Said) -> list[Fact]:
    """Wishes ("want") in the design's words, each once; a denied one ("지원금은 필요 없어요") is "negated".

    Beside them "waiting": the wish to be told when a visit time comes free.
    """
    facts = []
    if waits := _WAITING.search(said.text):
        against = re.search(r"안\s?할|필요\s?없|말고|싫", said.after(waits.end(), 14))
        facts.append(Fact("waiting", against is None, waits.start(), waits.end()))
    for want, pattern in _WANTS:
        if refused := _refused(said, want):
            span = refused.span("name")
            facts.append(Fact("want", want, *span, role="negated", extra={"denial_read": True}))
            continue
        match = pattern.search(said.text) or _chosen(said, want) or _only_named(said, want) or _beside(said, want)
        if not match:
            continue
        if want == "flexible_work" and _OF_THE_STAFF.search(said.text[match.start() :]):
            continue
        if want == "consulting" and _A_VISIT.search(said.text) and not re.search(r"체계|짜", said.text):
            continue  # a visit called so
        if want == "replacement" and _TO_TALK.search(said.text[match.start() :]) and not re.search(
            r"대체|대신", said.text[: match.end()]
        ):
            continue
        if (
            want in ("childcare_facility", "certification", "tax", "consulting")
            and _ASKING.search(said.text)
            and not re.search(_WISH, said.text)
        ):
            continue
        denied = match.group().endswith("됐") or re.match(
            r"(?:주)?(?:는|신)?\s?(?:것|거|건|게)[은는이]?\s?(?:따로\s|별로\s)?(?:필요\s?없|됐|괜찮|안\s?(?:해|받"
            r"|원))|\s?없|보다는?\s|[가-힣]{0,4}\s?(?:됐고|됐어|필요\s?없|안\s?(?:받|원|해)|말고|없어도|생각\s?없|됐)",
            said.after(match.end(), 14),
        )
        facts.append(
            Fact(
                "want",
                want,
                match.start(),
                match.end(),
                role="negated" if denied else None,
                extra={"denial_read": True} if denied else {},
            )
        )
    return facts
