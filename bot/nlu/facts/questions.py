"""Whether a stretch of a message asks about a rule or tells what happens, for modules that must tell them apart."""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Said

_ASKS = re.compile(
    r"\?|(?:(?<!라니)까요?|나요?|는지요?|은지|ㄴ지|ㄹ지|던가요?|인가요?|건가요?|한가요?|된가요?|는가요?|을까요?|(?<!라)(?<!으)니까|냐|니|는데요\s?\?|죠)\s*[.!]*\s*$"
    r"|몇\s?(?:개월|년|명|일|번|살|시간|퍼|%|월|주|세|회|달|인)|얼마|뭐예요|뭐에요|뭔가요|무엇|며칠(?=\s?(?:이|인|까지|예|줘|주|쓸|가능|동안\s?(?:쓸|가능)|죠|요|임|써|받|[.!]*$))|몇일|조건|자격|알려\s?(?:줘"
    r"|주|달)|궁금|차이|설명|어떻게\s?(?:되|신청|받|해|하)|어케|의무|언제까지|기한|서류|신청\s?방법|과태료|처벌"
)
# Said of a person or a plan: somebody goes, has gone, wants to; or "we" introduce it.
_HAPPENS = re.compile(
    r"(?:간|쓴|쓰겠|한|쉰|쉬겠|하겠|들어간|낸|받는|낳는|온|나온|단축한|줄인|줄이겠|줄이고\s?싶|쓰고\s?싶|쉬고\s?싶"
    r"|하고\s?싶|받고\s?싶|가고\s?싶|들어가겠|가겠|쓸거|쓸\s?거|갈\s?거|할\s?거|가야겠|내겠)(?:대|다고|다는"
    r"|다네|다니|다더|답니|다며|단다|다구|어하|어\s?하|라고|라네|어해|다해|예|에)"
    r"|달래|달라고|달라네|해\s?달|들어갔|들어가요|들어갑|들어갈|들어가는\s?직원|갔어|갔는|갔습|(?<![가-힣])가요(?!\?)"
    r"|(?<![가-힣])갑니다|가거든|간데|가는데|나갔|시작했|신청(?:했|하셨|이\s?들어|서가\s?들어|서를?\s?(?:냈|제출|받|가져|들고|올렸|내밀|줬))"
    r"|냈어|냈는|중이|중인|중에\s?있|중입|예정|계획"
    r"|할\s?(?:것|거)\s?같|갈\s?(?:것|거)\s?같|쓸\s?(?:것|거)\s?같|하려(?:고|는)|가려(?:고|는)"
    r"|쓰려(?:고|는)|쉬려(?:고|는)|도입(?:하|할|해|했|시)|시행(?:하|할)|해\s?보(?:려|고)|해주려|줄\s?(?:생각"
    r"|예정)|주기로|하기로|썼어|썼는|쓰는\s?중|쉬는\s?중|쉬고\s?있|쉬어요"
    r"|임신(?:했|한\s?(?:직원|여직원)|을\s?했|해서|하셨|중)|출산했|낳았|낳으러|낳는대|나왔어|생겼|원해|원하|요청"
    r"|끝나|끝났|돌아와|돌아온|복귀(?:하|해|한)|복직(?:하|해|한|예정)|보내(?:려|줘|야|기로)|하신대|하신다|가신대"
    r"|가신다|쓰신|하네요|간다네|(?<!수\s)(?<!수)(?<!도\s)(?:있어요(?!\?)|있는데|있습니다|있거든)"
)
_SOMEBODY = re.compile(
    r"(?:저희|우리|울)\s?(?:회사|가게|공장|병원|학원|식당|팀|부서|센터|매장|직원|여직원|남직원|대리|과장|사원|막내"
    r"|주임|간호사|선생님?|교사|매니저|점장|개발자|알바|디자이너|경리|실장)|(?:여|남|그|한|이)\s?직원이|직원\s?(?:한"
    r"|하나|1|두|둘)\s?(?:명|분|이)?|(?:대리|과장|사원|주임|간호사|매니저|실장|경리|디자이너|개발자|막내)(?:님)?[이가]"
)


_TOPIC = re.compile(
    r"(?:사례|방법|[는린을]\s?법|사이트|지원금|장려금|공제|문구|기준|조건|자격|의무|위반|신고|발급|추천|조회|번호|예약|시세|제도|양식|서식|면허|허가제?|요금|등록"
    r"|퇴직금|해고|연차|수당|얘기|이야기|정보|자료|혜택)\s?(?:좀|들|은|는|이요|요|있어요|있나요|뭐예요|보여\s?[주줘][가-힣]*|보고\s?싶[가-힣]*|알려\s?[주줘][가-힣]*|찾아\s?[주줘][가-힣]*"
    r"|들려\s?[주줘][가-힣]*|들을\s?수[가-힣\s]*|해\s?[주줘][가-힣]*)?\s?(?:좀)?[\s.?!]*$"
)


def names_a_topic(said: Said) -> bool:
    """Whether the message only names what it is about ("대체인력 뽑은 회사 사례"), telling nothing of "us"."""
    return bool(_TOPIC.search(said.text)) and not re.search(r"저희|우리|저흰|우린|인데|이고|라서|합니다"
        r"|입니다|했어요", said.text)


# What stands before the question and tells what is so: "계약직을 뽑았는데 이거 돈 나오나요".
_TOLD_FIRST = re.compile(
    r"(?:(?<!라고\s했)(?:[았었했갔왔됐냈썼졌봤났셨렸뽑])는데|중인데|(?:달라|달래|싶다|싶대|겠다|겠대|한다|간다|쓴다|쉰다|낸다|든다|하신다|가신다|들어간다|줄인다|낳는다)(?:고\s?하)?는데"
    r"|려고?\s?하?는데|(?:나눠|나눠서|대신|분담)\s?(?:맡아\s?)?하(?:고\s?있)?는데|(?:직원|사람|분|여직원|남직원)[이은도]?\s?있는데)요?[\s,]+(?=\S)"
)

_RULE_IS_NEW = re.compile(r"(?:늘었|늘어났|올랐|바뀌었|바뀐|바꼈|개정됐|시행됐|인상됐|확대됐)$")


def _told_first(said: Said, start: int, end: int) -> bool:
    """Whether the span lies in a clause that tells something before the question is put."""
    first, last = sentence(said, start, end)
    told = _TOLD_FIRST.search(said.text, start, last)
    if told is None or told.end() <= end or _RULE_IS_NEW.search(said.text[first : told.start() + 1]):
        return False
    return not _ASKS.search(said.text[first : told.start()] + " ")


def asks_a_rule(said: Said, start: int, end: int) -> bool:
    """Whether the sentence around a span only asks about rules: it asks, and nobody does anything in it."""
    first, last = sentence(said, start, end)
    stretch = said.text[first:last]
    if not _ASKS.search(stretch):
        return False
    return not (_told_first(said, start, end) or happens(said, start, end) or _SOMEBODY.search(said.text[:last]))


def happens(said: Said, start: int, end: int) -> bool:
    """Whether the sentence around a span tells of something that happens, happened or is planned."""
    first, last = sentence(said, start, end)
    return bool(_HAPPENS.search(said.text[first:last]))


def sentence(said: Said, start: int, end: int) -> tuple[int, int]:
    """The sentence (to full stop, question mark or line end; a decimal point is none) around a span."""
    before = [match.end() for match in re.finditer(r"[.!?\n](?!\d)", said.text[:start])]
    after = re.search(r"[.!?\n](?!\d)", said.text[end:])
    return (before[-1] if before else 0), (end + after.end() if after else len(said.text))
