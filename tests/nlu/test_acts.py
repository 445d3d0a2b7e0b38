"""The act model on its own: a long beginning must not hide what a message is about."""

from __future__ import annotations

import pytest

from bot.nlu.acts import ActModel

EXAMPLES = {
    "book_visit": ["방문 예약할게요", "방문 상담 잡아 주세요", "플래너 방문 신청이요", "와 주실 날을 예약하고 싶어요", "방문 날짜 잡을게요"],
    "ask": ["육아휴직 거부해도 되나요", "지원금 서류는 뭐가 필요해요", "출산휴가는 며칠인가요", "대체인력지원금 얼마예요", "휴직 중 4대보험은 어떻게 해요"],
    "smalltalk": ["오늘 날씨가 좋네요", "하루 종일 일하느라 힘들었어요", "머리가 멍하네요", "주말에는 뭐 하세요", "이제야 자리에 앉았네요"],
    "thanks": ["감사합니다", "고맙습니다", "정말 감사해요", "친절하게 알려 주셔서 고마워요", "덕분에 알았어요 감사합니다"],
}
BEGINNING = "하루 종일 일하느라 힘들었네요. 오늘 날씨가 좋아서 그나마 다행이에요. 이제야 자리에 앉아서 글을 적어 봅니다. "


@pytest.fixture(scope="module")
def model() -> ActModel:
    pairs = [(text, act) for act, texts in EXAMPLES.items() for text in texts]
    return ActModel().fit([text for text, _ in pairs], [act for _, act in pairs])


@pytest.mark.parametrize(("matter", "act"), [("방문 예약할게요", "book_visit"), ("육아휴직 거부해도 되나요?", "ask")])
def test_what_a_long_message_ends_with_is_its_matter(model: ActModel, matter: str, act: str) -> None:
    assert model.rank(BEGINNING + matter)[0][0] == act


def test_thanks_at_the_end_do_not_make_a_long_question_thanks(model: ActModel) -> None:
    assert model.rank(BEGINNING + "대체인력지원금 서류는 뭐가 필요해요? 감사합니다.")[0][0] == "ask"


def test_coming_to_the_point_begins_the_matter(model: ActModel) -> None:
    text = "하루 종일 일하느라 힘들었고 오늘 날씨가 좋아서 이제야 자리에 앉아 글을 적어 보는데요 다름이 아니라 방문 예약할게요"
    assert model.rank(text)[0][0] == "book_visit"


def test_probabilities_add_up_to_one(model: ActModel) -> None:
    for text in ("방문 예약할게요", BEGINNING + "방문 예약할게요"):
        assert sum(share for _, share in model.rank(text)) == pytest.approx(1.0)
