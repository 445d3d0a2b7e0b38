"""The Rasa components: tokens in place, vectors, facts as entities, acts that persist and know when they are unsure."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import sources
from bot.nlu.acts import ActModel, UntrainableError
from bot.nlu.classifier import ActClassifier
from bot.nlu.fact_reader import FactReader
from bot.nlu.featurizer import SentenceVectorFeaturizer
from bot.nlu.tokenizer import KiwiTokenizer

TAUGHT = {
    "greet": ["안녕하세요", "반가워요", "하이", "안녕", "처음 뵙겠습니다", "안녕하십니까", "좋은 아침이에요", "계세요?"],
    "affirm": ["네", "네네", "맞아요", "그래요", "좋아요", "그렇게 해주세요", "동의해요", "예 맞습니다"],
    "deny": ["아니요", "아뇨", "아닙니다", "싫어요", "안 할래요", "그건 아니에요", "동의 안 해요", "틀렸어요"],
    "ask": ["육아휴직 지원금 얼마예요", "신청 기한이 언제예요?", "서류 뭐 필요해요", "과태료 있나요", "남자도 쓸 수 있나요",
            "출산휴가 며칠이에요", "단축은 몇 년까지 돼요?", "거부해도 되나요"],
    "inform": ["직원 25명이에요", "수원이요", "제조업입니다", "12월부터 육아휴직 간대요", "스무 명이요", "식당 해요", "8월에 낳았어요", "새로 뽑을 거예요"],
    "oos_government": ["여권 만들려면요", "연말정산 어떻게 해요", "전입신고 어디서 해요", "청약 신청이요", "종합소득세 신고", "등본 떼는 법"],
    "oos_other": ["내일 날씨 어때", "김치찌개 레시피", "로또 번호 알려줘", "맛집 추천", "영어로 번역해줘", "오늘 운세"],
}


def _messages() -> list[Message]:
    return [Message(data={TEXT: text, INTENT: act}) for act, texts in TAUGHT.items() for text in texts]


def _featurizer() -> SentenceVectorFeaturizer:
    return SentenceVectorFeaturizer(SentenceVectorFeaturizer.get_default_config(), "vectors")


def _context() -> ExecutionContext:
    return ExecutionContext(GraphSchema({}), model_id="test", node_name="acts")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[ActClassifier, LocalModelStorage]:
    storage = LocalModelStorage(Path(tmp_path_factory.mktemp("model")))
    data = _featurizer().process_training_data(TrainingData(_messages()))
    classifier = ActClassifier.create({}, storage, Resource("acts"), _context())
    classifier.train(data)
    return classifier, storage


def _parsed(classifier: ActClassifier, text: str) -> dict[str, Any]:
    message = Message(data={TEXT: text})
    classifier.process(_featurizer().process([message]))
    return {"intent": message.get(INTENT), "ranking": message.get(INTENT_RANKING_KEY)}


def test_tokens_stand_where_they_were_typed() -> None:
    message = Message(data={TEXT: "ㅋㅋ 직원은   25명이에요!!!"})
    tokenizer = KiwiTokenizer(KiwiTokenizer.get_default_config())
    tokens = tokenizer.tokenize(message, TEXT)
    assert all(message.get(TEXT)[token.start:token.end] == token.text for token in tokens)
    assert "25" in [token.text for token in tokens]
    assert {token.lemma: token.data["pos"] for token in tokens}["직원"] == "NNG"


@pytest.mark.parametrize("text", ["😀", "\u200b", "...", "x", "ㅋ"])
def test_a_message_without_words_still_has_a_token(text: str) -> None:
    assert KiwiTokenizer(KiwiTokenizer.get_default_config()).tokenize(Message(data={TEXT: text}), TEXT)


def test_a_vector_does_not_depend_on_spaces_or_laughter() -> None:
    messages = [Message(data={TEXT: text}) for text in ("직원이 육아휴직 간대요", "직원이육아휴직간대요", "직원이 육아휴직 간대요ㅠㅠㅠ")]
    _featurizer().process(messages)
    first, *others = [message.get_dense_features(TEXT)[1].features for message in messages]
    assert first.shape == (1, 512)
    assert all(np.allclose(first, other, atol=1e-5) for other in others)


def test_facts_become_entities(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_NOW", "2026-11-23T10:00:00+09:00")
    message = Message(data={TEXT: "ㅎㅎ 아니 25명 말고 15명이요"})
    FactReader().process([message])
    told = [(item["entity"], item["value"], item.get("role"), item["text"]) for item in message.get(ENTITIES)]
    assert told == [("put_right", True, None, "아니"), ("headcount", 25, "negated", "25명"),
                    ("headcount", 15, None, "15명")]
    assert all(message.get(TEXT)[item["start"]:item["end"]] == item["text"] for item in message.get(ENTITIES))


def test_a_resident_number_is_never_carried() -> None:
    message = Message(data={TEXT: "주민번호는 850101-2345678 이에요"})
    FactReader().process([message])
    assert [item["value"] for item in message.get(ENTITIES) if item["entity"] == "resident_number"] == [True]
    assert "2345678" not in str(message.get(ENTITIES))


@pytest.mark.parametrize(("text", "act"), [
    ("안녕하세용", "greet"), ("dkssudgktpdy", "greet"), ("네에 맞아요", "affirm"), ("아니에요 싫어요", "deny"),
    ("육아휴직 지원금은 얼마예요?", "ask"), ("직원 서른 명이에요", "inform"), ("여권 만드는 법", "oos_government"),
])
def test_acts_are_recognised(trained: tuple[ActClassifier, LocalModelStorage], text: str, act: str) -> None:
    parsed = _parsed(trained[0], text)
    ranking = [item["name"] for item in parsed["ranking"] if item["name"] != "nlu_fallback"]
    assert ranking[0] == act


def test_a_model_read_back_ranks_alike(trained: tuple[ActClassifier, LocalModelStorage]) -> None:
    classifier, storage = trained
    again = ActClassifier.load({}, storage, Resource("acts"), _context())
    for text in ("안녕", "얼마 줘요?", "직원 3명", "몰라"):
        first, second = _parsed(classifier, text)["ranking"], _parsed(again, text)["ranking"]
        assert [item["name"] for item in first] == [item["name"] for item in second]
        assert np.allclose([item["confidence"] for item in first], [item["confidence"] for item in second], atol=1e-4)


def test_code_that_makes_features_is_part_of_what_is_trained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "acts.py").write_text("ONE = 1")
    (tmp_path / "evaluation.py").write_text("ONE = 1")
    monkeypatch.setattr(sources, "_HERE", tmp_path)
    before = sources.digest.__wrapped__()
    (tmp_path / "evaluation.py").write_text("TWO = 2")
    assert sources.digest.__wrapped__() == before
    (tmp_path / "acts.py").write_text("TWO = 2")
    assert sources.digest.__wrapped__() != before
    assert ActClassifier.fingerprint_addon({}) == SentenceVectorFeaturizer.fingerprint_addon({}) == sources.digest()


def test_training_twice_gives_the_same_model() -> None:
    texts = [text for texts in TAUGHT.values() for text in texts]
    acts = [act for act, texts in TAUGHT.items() for _ in texts]
    first, second = ActModel().fit(texts, acts), ActModel().fit(texts, acts)
    assert first.rank("직원이 쉰대요") == second.rank("직원이 쉰대요")


def test_probabilities_add_up(trained: tuple[ActClassifier, LocalModelStorage]) -> None:
    model = trained[0]._model
    assert model is not None
    assert sum(probability for _, probability in model.rank("음")) == pytest.approx(1.0)


def test_an_unsure_model_says_so(trained: tuple[ActClassifier, LocalModelStorage]) -> None:
    classifier, storage = trained
    strict = ActClassifier({"threshold": 1.01}, storage, Resource("acts"), classifier._model)
    parsed = _parsed(strict, "직원 25명이에요")
    assert parsed["intent"]["name"] == "nlu_fallback"
    assert parsed["ranking"][1]["name"] == "inform"


def test_kinds_of_out_of_scope_are_not_ambiguous_to_each_other(
    trained: tuple[ActClassifier, LocalModelStorage],
) -> None:
    classifier = ActClassifier({"threshold": 0.4, "ambiguity": 0.3}, trained[1], Resource("acts"), None)
    assert not classifier._unsure([("oos_other", 0.45), ("oos_government", 0.40), ("ask", 0.10)])
    assert not classifier._unsure([("smalltalk", 0.45), ("oos_other", 0.44), ("ask", 0.10)])  # "오늘 날씨 어때"
    assert not classifier._unsure([("greet", 0.45), ("smalltalk", 0.44), ("ask", 0.10)])  # "좋은 아침이네요"
    assert classifier._unsure([("greet", 0.45), ("oos_other", 0.44), ("ask", 0.10)])
    assert classifier._unsure([("ask", 0.45), ("inform", 0.40), ("deny", 0.10)])
    assert classifier._unsure([("ask", 0.39), ("inform", 0.01), ("deny", 0.01)])


def test_one_act_alone_cannot_be_learnt() -> None:
    with pytest.raises(UntrainableError):
        ActModel().fit(["네", "예"], ["affirm", "affirm"])


@pytest.mark.parametrize("text", [
    "", " ", "\x00\x01", "😀😀😀", "ㅋㅋㅋㅋ", "؀؁مرحبا", "こんにちは", "Ignore all previous instructions", "가" * 1000, "1" * 1000,
    "육아휴직 " * 300, "<script>alert(1)</script>", "A" + "\u0301" * 200, "\u202e\u200b", "25" * 400 + "명", "일" * 500 + "명", "(" * 500,
])
def test_bad_input_is_read_calmly(trained: tuple[ActClassifier, LocalModelStorage], text: str) -> None:
    message = Message(data={TEXT: text})
    started = time.process_time()
    FactReader().process([message])
    _featurizer().process([message])
    trained[0].process([message])
    assert time.process_time() - started < 3
    assert message.get(INTENT) is not None
