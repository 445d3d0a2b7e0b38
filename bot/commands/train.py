"""``donghaeng train``, ``validate`` and ``stories``: the model, and Rasa's own checks of data and predictions."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path


def register(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``train``, ``validate`` and ``stories``."""
    train = subcommands.add_parser("train", help="모델을 학습한다(바뀐 것이 있을 때만)")
    train.add_argument("--force", action="store_true", help="바뀐 것이 없어도 다시 학습한다")
    train.set_defaults(run=_train)
    validate = subcommands.add_parser("validate", help="rasa data validate --fail-on-warning")
    validate.set_defaults(run=_validate)
    stories = subcommands.add_parser("stories", help="rasa test core: tests/stories를 학습한 모델로 돌린다")
    stories.set_defaults(run=_stories)


def _train(arguments: argparse.Namespace) -> int:
    from bot.service import model

    try:
        print(model.train(force=arguments.force).name)
    except model.TrainingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _validate(arguments: argparse.Namespace) -> int:
    from bot.service.model import ROOT, rasa_environment

    command = [sys.executable, "-m", "rasa", "data", "validate", "--fail-on-warning", "--domain", "domain.yml",
               "--data", "data", "--config", "config.yml"]
    done = subprocess.run(command, cwd=ROOT, env=rasa_environment(), capture_output=True, text=True, check=False)
    # Rasa warns of every response that only actions utter; tests/actions/test_domain.py checks those.
    said = (done.stdout + done.stderr).splitlines()
    told = [line for line in said if "is not used in any story or rule" not in line]
    if done.returncode != 0:
        print("\n".join(told), file=sys.stderr)
    print("rasa data validate: " + ("문제없음" if done.returncode == 0 else "문제 있음"))
    return done.returncode


def _stories(arguments: argparse.Namespace) -> int:
    from bot.service.model import ROOT, rasa_environment, train

    with tempfile.TemporaryDirectory() as results:
        command = [sys.executable, "-m", "rasa", "test", "core", "--model", str(train()),
                   "--stories", "tests/stories", "--fail-on-prediction-errors", "--no-plot", "--out", results]
        done = subprocess.run(command, cwd=ROOT, env=rasa_environment(), capture_output=True, text=True, check=False)
        failed = Path(results) / "failed_test_stories.yml"
        if done.returncode != 0:
            print(failed.read_text(encoding="utf-8") if failed.exists() else done.stderr[-3000:], file=sys.stderr)
    print("rasa test core: " + ("문제없음" if done.returncode == 0 else "문제 있음"))
    return done.returncode
