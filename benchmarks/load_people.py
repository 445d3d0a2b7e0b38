"""The people of the load: who they are, what they type, how long they think. All of them go on to the end."""

from __future__ import annotations

from dataclasses import dataclass

# Seconds of a person on a phone: reading an answer (at least, and more on average), and typing a syllable.
READING_AT_LEAST = 3.0
READING_MORE = 6.0
TYPING = 0.3


@dataclass(frozen=True)
class Kind:
    """A kind of person. Lines are typed, but for ``#n``: the n-th opening offered, and ``>n``: the n-th quick reply."""

    name: str
    share: float
    lines: tuple[str, ...]


KINDS = (
    Kind("factory books a visit", 0.15, (
        "저희 {place}에 있는 25명 제조업인데 여직원이 12월부터 육아휴직 간대요ㅠ 그 자리를 어떻게 해야할지..",
        "뽑긴 해야하는데 사람이 올지 모르겠어요. 근데 그거 뽑으면 돈 주는거 진짜예요?", "8월에 낳았어요", "네 예약할게요", "#{opening}", "네",
        "하나정밀", "김하나", "010-2345-{last}", "네 맞아요", "고맙습니다")),
    Kind("owner of a cafe, word by word", 0.2, (
        "직원이 육아휴직 간대요", "8명", "동료들이 나눠서요", "두 돌 지났어요", "네 줄 거예요", "{place}요", "왜요?", "얼마씩 나와요?", "ㅇㅋ 감사")),
    Kind("personnel, asking about the law", 0.2, (
        "육아휴직 거부하면 어떻게 되나요", "출산휴가 급여는 누가 줘요?", "배우자 출산휴가는 며칠이에요", "육아기 단축이랑 같이 쓸 수 있나요",
        "신청 서류는 뭐가 필요해요", "감사합니다")),
    Kind("corrects what was understood", 0.12, (
        "{place} 식당이고 15명이에요 육아휴직 문의요", "아니 15명 말고 32명이요", "고용보험은 28명 들었어요", "아직 모르겠어요", "다시 계산해 주세요",
        "플래너 전화번호 알려 주세요")),
    Kind("wants to be called", 0.08, (
        "{place} 병원인데 전화로 상담받고 싶어요", "네", "동행의원", "이정호", "010-3456-{last}", "ㅇㅇ")),
    Kind("somewhere else", 0.1, ("실업급여 얼마예요", "오늘 날씨 어때요", "그럼 여기는 뭐 하는 데예요?", "아 네 ㅎㅎ")),
    Kind("only presses buttons", 0.15, (">0", ">0", ">1", ">0", ">1", ">0", ">0", ">0")),
)
PLACES = ("수원", "부산 해운대", "대구 수성구", "인천 서구", "대전 유성", "광주 북구", "전주", "창원", "청주", "강릉", "성남", "울산")
