"""Trained models to evaluate: loading the newest one, and training pipelines side by side on the same data."""

from __future__ import annotations

import asyncio
import logging
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.nlu.evaluation import CLOCK, Parse

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "models"
TRAINING = ROOT / "data" / "nlu"

# What `rasa init` writes for NLU (3.6), its language set to Korean.
RASA_DEFAULT: dict[str, Any] = {
    "recipe": "default.v1",
    "assistant_id": "rasa-default",
    "language": "ko",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True, "random_seed": 7},
        {"name": "EntitySynonymMapper"},
        {"name": "ResponseSelector", "epochs": 100, "constrain_similarities": True, "random_seed": 7},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
}


class NoModelError(ValueError):
    """There is no trained model to evaluate."""


@dataclass(frozen=True)
class Trained:
    """A pipeline trained for comparison."""

    path: Path
    seconds: float


def fix_clock() -> None:
    """Set the clock to the day for which the validation set's dates are labelled, and keep Rasa from calling out."""
    os.environ["BOT_NOW"] = CLOCK
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"


def newest_model(folder: Path = MODELS) -> Path:
    """The model trained last. Raises NoModelError where there is none."""
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise NoModelError(f"{folder}에 학습된 모델이 없습니다. 먼저 ./run 이나 `rasa train`으로 학습하세요.")
    return models[-1]


def load(model: Path) -> Parse:
    """A function that parses one text with ``model`` in this process."""
    import structlog
    from rasa.core.agent import Agent

    # Rasa logs every parse; only warnings matter here.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    agent = Agent.load(str(model))
    loop = asyncio.new_event_loop()

    def parse(text: str) -> dict[str, Any]:
        return dict(loop.run_until_complete(agent.parse_message(text)))

    parse("안녕하세요")  # the first message loads lazily what the others reuse
    return parse


def train(config: dict[str, Any], folder: Path, name: str, every: int = 1) -> Trained:
    """Train the NLU of ``config`` on every n-th utterance of ``data/nlu`` into ``folder``.

    Seconds are wall-clock time on this machine. Raises NoModelError when training does not end in a model.
    """
    from rasa.model_training import train_nlu

    file = folder / f"{name}.yml"
    file.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
    data = TRAINING if every == 1 else _thinned(folder, every)
    began = time.perf_counter()
    path = train_nlu(config=str(file), nlu_data=str(data), output=str(folder), fixed_model_name=name)
    if not path:
        raise NoModelError(f"{name}: 학습이 끝나지 않았습니다. 위의 오류를 확인하세요.")
    return Trained(Path(path), time.perf_counter() - began)


def _thinned(folder: Path, every: int) -> Path:
    """A file with every n-th utterance of each act, for a comparison that must not take hours."""
    by_act: dict[str, list[str]] = {}
    for text, act in training_examples():
        by_act.setdefault(act, []).append("- " + text)
    blocks = [{"intent": act, "examples": "\n".join(lines[::every])} for act, lines in by_act.items()]
    file = folder / "thinned" / "nlu.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True), encoding="utf-8")
    return file


def training_examples() -> list[tuple[str, str]]:
    """(utterance, act) of all of ``data/nlu``, those of several lines left out."""
    found = []
    for path in sorted(TRAINING.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if isinstance(block["examples"], str):
                found += [(line[2:].strip(), block["intent"]) for line in block["examples"].splitlines()]
    return found


def own_config() -> dict[str, Any]:
    """The project's own ``config.yml`` as far as NLU is concerned."""
    document: dict[str, Any] = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    document.pop("policies", None)
    return document


def workplace() -> tempfile.TemporaryDirectory[str]:
    """A folder for models that are only compared and then thrown away."""
    return tempfile.TemporaryDirectory(prefix="donghaeng-nlu-")
