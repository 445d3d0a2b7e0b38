"""What our training leaves out of Rasa's changes nothing in what is learned from, nor in what is packed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from rasa.engine.storage import local_model_storage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.service import training
from bot.service.model import ROOT, rasa_environment

_merged_by_rasa = TrainingData.merge


def data(*texts: str, **more: object) -> TrainingData:
    return TrainingData([Message.build(text, "greet") for text in texts], **more)


def test_data_sets_are_put_together_as_rasa_does() -> None:
    first = data("안녕하세요", "안녕", entity_synonyms={"육휴": "육아휴직"},
                 regex_features=[{"name": "year", "pattern": "[0-9]{4}"}], lookup_tables=[{"name": "city", "elements": ["수원"]}])
    second = data("반가워요", "안녕", entity_synonyms={"출휴": "출산휴가"}, responses={"faq/one": [{"text": "네"}]})
    ours, theirs = training._merged(first, second, TrainingData()), _merged_by_rasa(first, second, TrainingData())
    assert [example.get("text") for example in ours.training_examples] == ["안녕하세요", "안녕", "반가워요"]
    assert ours.fingerprint() == theirs.fingerprint()
    assert (ours.entity_synonyms, ours.regex_features, ours.lookup_tables, ours.responses) == (
        theirs.entity_synonyms, theirs.regex_features, theirs.lookup_tables, theirs.responses)
    assert first.entity_synonyms == {"육휴": "육아휴직"}, "what is put together stays as it was"


def test_a_quickly_packed_archive_opens_as_any(tmp_path: Path) -> None:
    (tmp_path / "weights").write_bytes(bytes(range(256)) * 1000)
    with training._quickly_packing(local_model_storage.TarSafe).open(tmp_path / "model.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "weights", arcname="weights")
    with local_model_storage.TarSafe.open(tmp_path / "model.tar.gz", "r:gz") as archive:
        archive.extractall(tmp_path / "unpacked")
    assert (tmp_path / "unpacked" / "weights").read_bytes() == (tmp_path / "weights").read_bytes()


def test_nothing_to_train_on_ends_with_a_failure(tmp_path: Path) -> None:
    made = tmp_path / "model.tar.gz"
    done = subprocess.run([sys.executable, "-m", "bot.service.training", str(made)], cwd=tmp_path,
                          env={**rasa_environment(), "PYTHONPATH": str(ROOT)}, capture_output=True, timeout=120)
    assert done.returncode != 0
    assert not made.exists()
