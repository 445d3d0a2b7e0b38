"""A place among what was offered, said as people say it, and words that only look like one."""

import pytest

from tests.nlu.reading import told


@pytest.mark.parametrize(("text", "choice"), [
    ("1번", 1), ("1번이요", 1), ("2번으로 할게요", 2), ("첫번째요", 1), ("첫 번째 거요", 1), ("두번째걸로", 2), ("두번째걸로요", 2), ("세번째 시간으로 해주세요", 3),
    ("네번째로 부탁해요", 4), ("맨 위에꺼", 1), ("제일 빠른 걸로요", 1), ("가장 빠른 시간으로 할게요", 1), ("처음 거", 1),
    ("마지막거", -1), ("맨 아래 걸로 해줘", -1), ("그럼 2번", 2), ("네 첫번째로 할게요", 1),
])
def test_a_choice_is_read(text: str, choice: int) -> None:
    assert told(text, "choice_if_asked") == [f"choice_if_asked={choice}"]


@pytest.mark.parametrize("text", [
    "둘째요", "첫째 낳았어요", "두번째 육아휴직이에요", "2번 나눠 써도 돼요?", "한 번 더 말해줘", "세 번째 아이예요", "마지막으로 하나만 더요",
    "처음이에요", "12번", "1번 쓸 수 있나요?", "가장 빨리 받는 방법",
])
def test_what_is_no_choice_is_none(text: str) -> None:
    assert told(text, "choice_if_asked") == []
