"""The trained model, cached by the hash of what it is trained from."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "models"
# Everything a model depends on: configuration, wording, utterances, our components and the words Kiwi is taught.
_SOURCES = ("config.yml", "domain.yml", "data/**/*.yml", "bot/nlu/*.py", "bot/nlu/*.yaml",
            "knowledge_base/morphemes.py", "knowledge_base/vectors.py", "knowledge_base/lexicon/industries.yaml",
            "knowledge_base/lexicon/names.yaml", "knowledge_base/lexicon/words.yaml", "uv.lock")


class TrainingError(RuntimeError):
    """The model could not be trained."""


def model_hash() -> str:
    """Sixteen hexadecimal digits that change when anything the model is trained from changes."""
    digest = hashlib.sha256()
    for file in sorted({path for pattern in _SOURCES for path in ROOT.glob(pattern)}):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def model_file() -> Path:
    """Where the model of the present sources is, or will be."""
    return MODELS / f"donghaeng-{model_hash()}.tar.gz"


def train(*, force: bool = False) -> Path:
    """The model of the present sources, trained if it is not there yet (about a minute on two cores).

    Raises TrainingError with Rasa's last lines when training fails.
    """
    target = model_file()
    if target.exists() and not force:
        return target
    MODELS.mkdir(exist_ok=True)
    print("한국어 모델을 학습해요 (바뀐 것이 있을 때만, 1~2분) …", flush=True)
    # Trained under a name of its own and then renamed: a killed training leaves no half model behind.
    made = MODELS / f"draft-{os.getpid()}.tar.gz"
    command = [sys.executable, "-m", "bot.service.training", str(made)]
    done = subprocess.run(command, cwd=ROOT, env=rasa_environment(), capture_output=True, text=True, check=False)
    if done.returncode != 0 or not made.exists():
        made.unlink(missing_ok=True)
        told = "\n".join((done.stdout + done.stderr).strip().splitlines()[-25:])
        raise TrainingError(f"모델을 학습하지 못했어요. config.yml, domain.yml, data/를 확인해 주세요.\n{told}")
    os.replace(made, target)
    _forget_old_models(keep=target)
    return target


def _forget_old_models(*, keep: Path, newest: int = 3) -> None:
    """Delete all but the newest models: a running service may still hold the one before."""
    old = sorted(MODELS.glob("donghaeng-*.tar.gz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in old[newest:]:
        if file != keep:
            file.unlink()


def rasa_environment() -> dict[str, str]:
    """The environment of every Rasa process: no telemetry, one thread a library, our packages importable."""
    environment = dict(os.environ)
    environment.update(
        RASA_TELEMETRY_ENABLED="false",
        PYTHONPATH=os.pathsep.join(filter(None, [str(ROOT), environment.get("PYTHONPATH")])),
        TF_CPP_MIN_LOG_LEVEL="3",
        SQLALCHEMY_SILENCE_UBER_WARNING="1",
        PYTHONWARNINGS="ignore",
    )
    environment.setdefault("OMP_NUM_THREADS", "1")
    return environment
