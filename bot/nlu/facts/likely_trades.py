"""A trade that no list has, judged by its likeness to what owners say: "젖 짜는 집이에요" farms, "볼트 깎아요" makes.

The examples are the phrases of ``lexicon/trades_said.yaml`` and the words of ``industries.yaml`` and ``deeds.yaml``;
a linear model learns their letters and morphemes when it is first asked (a second), the same each time. It is asked
only where the sentence says what the firm does; an example of what is no trade, or a doubt, gives none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import yaml
from kiwipiepy import Token
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.nlu.facts import deeds
from bot.nlu.facts.fact import Fact, Said
from knowledge_base import places
from knowledge_base.errors import KNOWLEDGE_ROOT
from knowledge_base.morphemes import morphemes

_LEXICON = KNOWLEDGE_ROOT / "lexicon"
_NONE = "none"
_SURE = 0.6
_SELDOM = {"O", "T", "U"}  # too few examples to be likened to
_FIRM = (
    r"(?:(?:작은|조그만|조그마한|소규모|전문|동네|영세한|소|중소)\s?)?(?:회사|업체|집|가게|공장|데|곳|일(?!요|주|년|반)|사업(?!주|자|장)|매장|점포|법인|조합|사무실|사무소"
    r"|공방|작업장|기업|팀|센터|연구소|벤처|스타트업|가맹점|농가|농장|스튜디오|대리점|지사|지점|사람|사장|기관|단체|교실|클럽|샵|숍)"
)
_IS = (
    r"(?=(?:이?에요|이?예요|이?요(?![가-힣])|입니다|임(?![가-힣])|인데|이고|이구|고요|이라|거든|이야|이지|이죠|임더|입니더|이라예|이여|이유|여유|인디"
    r"|[을를]?\s?(?:해요|합니다|하고|하는|하며|함(?![가-힣])|한다|해서|운영|경영|차려|꾸려|다니|다녀|허요|혀요|헙니다)|[\s.!]*$|[.,\n]))"
)
# "젖 짜는 집이에요", "어플 하나 운영하는 작은 벤처".
_DONE_HERE = re.compile(rf"(?P<what>[^.,!?\n]{{2,40}}?[가-힣])\s{_FIRM}{_IS}")
_MODIFIERS = ("는", "은", "ᆫ", "던")
# "지함소입니다", "LP바 하고 있습니다", "직능 협회 사무국": a place by its last syllables, not whatever is named.
_PLACE = (
    r"(?:회사|업체|업소|가게|공장|법인|조합|사무실|사무소|사무국|공방|기업|센터|연구소|대리점|매매상|직판장|직매장|선별장|집하장|지사|매장|점포|상가|벤처|스튜디오|지함소|요업체|철학관"
    r"|조리원)"
)
_SMALL_PLACE = rf"(?:{_PLACE}|[가-힣A-Za-z](?:소|장|집|상|바|방|관|점|원))"
_NAMED = re.compile(
    rf"(?:^|[,.\n]\s?|(?:저희는?|저흰|우리는?|우린|저는|전|제가|여기는?|업종은|회사는)\s)(?P<what>(?:[가-힣A-Za-z\d·&]{{1,8}}\s){{0,3}}?[가-힣A-Za-z]{{0,6}}?{_PLACE})"
    r"(?=(?:이?에요|예요|입니다|이요|인데요|임)[\s.!]*$|[을를]?\s(?:해요|합니다|하고\s?있|운영(?:해|합|하고)|(?:한|두|세|네)\s(?:개|군데|곳))|[\s.!]*$)"
)
_NO_PLACE = re.compile(
    r"(?:^|\s)(?:저희|우리|제|내|그|이|저|새|어느|관할|근로자|직장|근처|동네|다른|옆|어느|무슨|고객|고용|주민|상담|민원|출산|육아)|(?:시장|사장|원장|소장|점장|팀장|과장|부장|실장|반장|공장장|주소|취소|최소|장소|입장|통장|직원|지원|회원|인원|공원|병원비|대상|이상|보상|영상|기준|방법|소방|입원|중점|시점|장점|단점|강점|관점|기관|보관|상관|회원|요원|연장|당장)$"
)
_WHO = re.compile(
    r"^(?:(?:네|예|아|음|저희는?|저흰|우리는?|우린|저는|전|제가|여기는?|그냥|지금|요즘|업종은?|회사는|하는\s?일은|일은)[\s,]+)+"
)
_NO_TRADE = re.compile(
    r"속[은이]\s|걱정|답답|머리가|돌아가면서|메우|메꾸|에서\s?(?:[가-힣]{1,4}\s)?(?:불러|부르|데려|받아)|"
    r"[?]|[가-힣]던\s?일(?:이라|이에요|인데|까지|을)|뭐|뭔|무슨|무엇|플래너|나요|까요|싶|면\s|으면|주세요|줘요?[\s.!]*$|어디|어떻게|얼마|언제|누가|추천|소개|알려|찾아|육아|육휴|휴직|휴가|출산|임신|복직|지원금|장려금|급여|신청"
)


@lru_cache(maxsize=1)
def _examples() -> tuple[list[str], list[str]]:
    said: dict[str, list[list[str]]] = _read("trades_said")
    pairs = [(str(phrase), section) for section, groups in said.items() for group in groups for phrase in group]
    names: dict[str, dict[str, list[str]]] = _read("industries")
    pairs += [(str(name), section) for section, kinds in names.items() for group in kinds.values() for name in group]
    done: dict[str, list[dict[str, list[str]]]] = _read("deeds")
    for section, groups_of_deeds in done.items():
        for deed in groups_of_deeds:
            verbs = deed["verbs"]
            things = [f"{thing} {verbs[at % len(verbs)]}는" for at, thing in enumerate(deed.get("things", ()))]
            pairs += [(phrase, section) for phrase in (*things, *(f"{verb}는" for verb in verbs))]
    kept = [(phrase, section) for phrase, section in pairs if section not in _SELDOM]
    return [phrase for phrase, _ in kept], [section for _, section in kept]


def _read(name: str) -> Any:
    return yaml.load((_LEXICON / f"{name}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)


def _stems(text: str) -> list[str]:
    return [str(token.form) for token in morphemes(text) if token.tag[0] in "NVX" and token.form not in ("하", "이")]


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    """The verbs that some trade's example has and no other phrase."""
    return _words_of("V") - _words_of("V", trades=False)


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    """The things that trades are told with."""
    return _words_of("N") - _words_of("N", trades=False)


def _words_of(kind: str, trades: bool = True) -> frozenset[str]:
    said: dict[str, list[list[str]]] = _read("trades_said")
    kept = [group for section, groups in said.items() if (section != _NONE) is trades for group in groups]
    phrases = [str(phrase) for group in kept for phrase in group]
    return frozenset(
        str(token.form) for phrase in phrases for token in morphemes(phrase)
        if token.tag.startswith(kind) and token.tag not in ("NNB", "NP", "NR", "VX", "VCP", "VCN")
    )


class _Likeness:
    """The linear model over letters and morphemes."""

    def __init__(self) -> None:
        """Learns from the examples."""
        texts, sections = _examples()
        self._letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 3), sublinear_tf=True)
        self._stems = TfidfVectorizer(analyzer=_stems, sublinear_tf=True)
        features = hstack([self._letters.fit_transform(texts), self._stems.fit_transform(texts)])
        self._model = LogisticRegression(C=30, solver="liblinear", random_state=0).fit(csr_matrix(features), sections)

    def judge(self, text: str) -> tuple[str, float]:
        """The section likest to ``text`` ("none" for no trade) and how sure."""
        features = hstack([self._letters.transform([text]), self._stems.transform([text])])
        chances: NDArray[np.float64] = self._model.predict_proba(csr_matrix(features))[0]
        best = int(chances.argmax())
        return str(self._model.classes_[best]), float(chances[best])


@lru_cache(maxsize=1)
def _likeness() -> _Likeness:
    return _Likeness()


@lru_cache(maxsize=2048)
def judge(phrase: str) -> tuple[str, float]:
    """The section that ``phrase`` is likest to, or "none", and how sure that is (0 to 1)."""
    return _likeness().judge(phrase)


def find(said: Said) -> list[Fact]:
    """The "industry" of the first stretch that says what the firm does and is like enough to a trade."""
    for start, end in _stretches(said):
        section, chance = judge(said.text[start:end])
        if section != _NONE and chance >= _SURE:
            return [Fact("industry", section, start, end, confidence=round(chance * 0.8, 2))]
    return []


def _stretches(said: Said) -> Iterator[tuple[int, int]]:
    for match in _DONE_HERE.finditer(said.text):
        aside = _NO_TRADE.search(_clause(said, match.start(), match.end()))
        if not aside and _modifies(said, match.end("what")):
            yield _without_who(said, match.start("what"), match.end("what"))
    for match in _NAMED.finditer(said.text):
        aside = _NO_TRADE.search(_clause(said, match.start(), match.end())) or _NO_PLACE.search(match.group("what"))
        if not aside and _is_noun(said, match.end("what")) and not _is_told(said, *match.span("what")):
            yield match.start("what"), match.end("what")
    if _COUNTED.search(said.text) and len(said.text) <= _SHORT_LIST and _only_lists(said):
        yield from _listed(said)
    for start, end in deeds.told(said):
        words = _stems(said.text[start:end])
        known = words and words[-1] in _verbs() and any(word in _nouns() for word in words[:-1])
        if known and not _NO_TRADE.search(_clause(said, start, end)):
            yield _without_who(said, start, end)


# "부천 밸브 40명": what stands beside the number of people in a list of the firm's facts.
_SHORT_LIST = 40
_COUNTED = re.compile(
    r"\d\s?(?:명|인(?![가-힣])|분)|(?:직원|인원|총원|사람|알바|종업원)\s?(?:은|이|수)?\s?"
    r"(?:\d|하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열|스물|서른|마흔|쉰)|[한두세네섯곱덟홉열무른흔쉰]\s?명"
)
_NOT_LISTED = frozenset(
    ("직원", "인원", "총원", "사람", "종업원", "근로자", "알바", "정규직", "계약직", "회사", "업체", "업종", "지역",
     "본사", "지점", "사장", "대표", "팀", "명", "인", "이상", "미만", "이하", "초과", "사례", "공단", "단지", "산단")
)
_RUN_TAGS = ("NNG", "NNP", "XSN", "SL", "XPN")

_OF_A_LIST = frozenset(("있", "되", "계시", "일하", "넘", "하", "아니"))
_LIST_GOES_ON = re.compile(r"(?:들)?(?:이?고요?|이?구요?|이?에요|예요|이?요|입니다|인데요?|임)?(?:[\s,./·]|$)")
_SAYS_LITTLE = frozenset(
    ("매장", "가게", "공장", "기계", "처리", "경영", "신고", "사이트", "결혼", "협회", "용역", "대리", "로봇", "챗봇",
     "모집", "창업", "등기임원", "스타트업")
)


def _only_lists(said: Said) -> bool:
    """Whether nothing is told but who and what there is."""
    verbs = [str(token.form) for token in said.tokens if token.tag.startswith(("VV", "VA"))]
    aside = _NO_TRADE.search(said.text) or re.search(r"말고|아니|빼", said.text)
    return _OF_A_LIST.issuperset(verbs) and not aside


def _listed(said: Said) -> Iterator[tuple[int, int]]:
    """The runs of nouns that are trades' own words, without places and words for people."""
    known = places.places()
    run: list[Token] = []
    for token in [*said.tokens, None]:
        follows = token is not None and (not run or token.start - (run[-1].start + run[-1].len) <= 1)
        if token is not None and token.tag in _RUN_TAGS and follows and not _aside(token, known):
            run.append(token)
            continue
        if run and any(str(one.form) in _nouns() for one in run):
            start, end = run[0].start, run[-1].start + run[-1].len
            whole = said.text[start:end]
            counted = len(re.findall(r"\d+", said.text)) > 1 and re.match(r"\s?\d", said.text[end:])  # "사무 1명"
            if len(whole) > 1 and whole not in _SAYS_LITTLE and not counted and _LIST_GOES_ON.match(said.text, end):
                yield start, end
        run = [token] if token is not None and token.tag in _RUN_TAGS and not _aside(token, known) else []


def _aside(token: Token, known: places.Places) -> bool:
    name = str(token.form)
    return name in _NOT_LISTED or name in known.names or name in known.sido_names or name in known.collisions


def _clause(said: Said, start: int, end: int) -> str:
    return said.text[start : end + 12].split("\n")[0]


def _without_who(said: Said, start: int, end: int) -> tuple[int, int]:
    who = _WHO.match(said.text[start:end])
    return (start + who.end() if who else start), end


def _modifies(said: Said, end: int) -> bool:
    endings = [token.form for token in said.tokens if token.tag == "ETM" and token.start + token.len == end]
    return any(form in _MODIFIERS for form in endings)


def _is_noun(said: Said, end: int) -> bool:
    return any(token.tag in ("NNG", "NNP", "XSN") and token.start + token.len == end for token in said.tokens)


def _is_told(said: Said, start: int, end: int) -> bool:
    """Whether a sentence ends between the two: "몇 시에 시작해요 센터" names no place."""
    return any(token.tag == "EF" and start <= token.start < end for token in said.tokens)
