"""How fast the whole service is: ``python -m benchmarks.service [--default EPOCHS] [--cold]``.

Prints, for our configuration and with ``--default`` for Rasa's (the pipeline and policies of ``rasa init``, trained on
the same data in the same run, for so many of its 100 epochs: each takes about as long as the one before, and latency
does not depend on them): training time, warm restart to ready, resident memory of each process, and the latency
of a turn through the web process for one person and for ten at once. ``--cold`` also measures a fresh clone from
nothing to ready (it downloads every package).
"""

from __future__ import annotations

import argparse
import concurrent.futures
import contextlib
import copy
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import requests
import yaml

ROOT = Path(__file__).resolve().parents[1]
SPOKEN = (
    "안녕하세요", "저희 수원에 있는 25명 제조업인데 여직원이 12월부터 육아휴직 간대요", "대체인력 뽑으면 돈 주는 거 진짜예요?",
    "왜요?", "새로 뽑아요", "8월에 낳았어요", "아니 25명 말고 32명이요", "고용보험은 28명 들었어요", "육아휴직 거부하면 어떻게 되나요",
    "실업급여는 얼마예요", "우리 센터 전화번호 알려 주세요", "고마워요",
)
NO_LIMITS = dict.fromkeys((
    "SESSION_MESSAGES_BURST", "ADDRESS_MESSAGES_BURST", "ADDRESS_SESSIONS_BURST", "ABNORMAL_SESSIONS_PER_MINUTE"), "1000000")
DEFAULT_CONFIG = {
    "recipe": "default.v1", "language": "ko", "assistant_id": "default",
    "pipeline": [
        {"name": "WhitespaceTokenizer"}, {"name": "RegexFeaturizer"}, {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True}, {"name": "EntitySynonymMapper"},
        {"name": "ResponseSelector", "epochs": 100, "constrain_similarities": True},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
    "policies": [
        {"name": "MemoizationPolicy"}, {"name": "RulePolicy"},
        {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": 100},
        {"name": "TEDPolicy", "max_history": 5, "epochs": 100, "constrain_similarities": True},
    ],
}


@dataclass
class Figures:
    """What was measured of one configuration; seconds, MB and milliseconds."""

    training: float = 0.0
    ready: float = 0.0
    memory: dict[str, float] = field(default_factory=dict)
    one: list[float] = field(default_factory=list)
    ten: list[float] = field(default_factory=list)
    typing: list[float] = field(default_factory=list)


def main() -> None:
    """Measure and print one table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--default", type=int, metavar="EPOCHS", help="also measure Rasa's default configuration")
    arguments.add_argument("--cold", action="store_true", help="also measure a fresh clone from nothing to ready")
    chosen = arguments.parse_args()
    measured = {"ours": measure(ROOT)}
    if chosen.default:
        with _copy(_with_epochs(DEFAULT_CONFIG, chosen.default)) as folder:
            measured[f"default, {chosen.default} ep."] = measure(folder)
    cold = cold_start() if chosen.cold else None
    print_table(measured, cold)


def measure(folder: Path) -> Figures:
    """Train afresh, start, and talk, in a checkout at ``folder``."""
    figures = Figures()
    began = time.perf_counter()
    _command(folder, "train", "--force")
    figures.training = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as data:
        with serving(folder, Path(data)):
            pass  # the first start migrates; the second is the warm one
        began = time.perf_counter()
        with serving(folder, Path(data)) as (url, process):
            figures.ready = time.perf_counter() - began
            talk(url, 0.0)
            figures.one = [ms for _ in range(5) for ms in talk(url, 0.0)]
            figures.ten = _at_once(url, 10, 0.0)
            figures.typing = _at_once(url, 10, 2.0)
            figures.memory = memory(process.pid)
    return figures


def talk(url: str, pause: float, person: int = 0) -> list[float]:
    """One conversation; milliseconds of each turn.

    ``pause``: seconds a person types before a turn, on average; ``person`` seeds how long each time (half to one and a
    half of it), for people do not type in step.
    """
    typing = random.Random(person)
    opened = requests.post(f"{url}/api/chat/sessions", json={}, timeout=60).json()
    took = []
    for text in SPOKEN:
        time.sleep(pause * typing.uniform(0.5, 1.5))
        began = time.perf_counter()
        answer = requests.post(
            f"{url}/api/chat/sessions/{opened['session_id']}/messages", timeout=60,
            json={"text": text, "client_message_id": uuid.uuid4().hex}, headers={"Authorization": f"Bearer {opened['token']}"})
        answer.raise_for_status()
        took.append((time.perf_counter() - began) * 1000)
    return took


def _at_once(url: str, people: int, pause: float) -> list[float]:
    with concurrent.futures.ThreadPoolExecutor(people) as pool:
        return [ms for took in pool.map(lambda person: talk(url, pause, person), range(people)) for ms in took]


@contextlib.contextmanager
def serving(folder: Path, data: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The whole service of a checkout, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, **NO_LIMITS, "PORT": str(port), "DATA_DIR": str(data), "BOT_NOW": "2026-11-23T10:00:00+09:00",
                   "PYTHONPATH": str(folder)}
    process = subprocess.Popen([sys.executable, "-m", "bot.cli", "serve"], cwd=folder, env=environment, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        assert process.stdout is not None
        told = []
        for line in process.stdout:
            told.append(line)
            if "준비됐어요" in line:
                break
        else:
            raise SystemExit("the service did not start:\n" + "".join(told))
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def memory(parent: int) -> dict[str, float]:
    """Resident MB of the supervisor's children, by name."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            command = (status.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
        if lines.get("PPid", "").strip() == str(parent) and "VmRSS" in lines:
            name = "web" if "bot.web" in command else "actions" if "-m actions" in command else "rasa"
            found[name] = int(lines["VmRSS"].split()[0]) / 1024
    return found


def cold_start() -> float:
    """Seconds from a fresh clone to ready, everything installed."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        environment = {**os.environ, "PORT": "18080", "DATA_DIR": str(Path(folder) / "data")}
        environment.pop("VIRTUAL_ENV", None)
        began = time.perf_counter()
        process = subprocess.Popen(["./run"], cwd=clone, env=environment, text=True, stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT)
        assert process.stdout is not None
        for line in process.stdout:
            if "준비됐어요" in line:
                break
        took = time.perf_counter() - began
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
        return took


def _with_epochs(config: dict[str, object], epochs: int) -> dict[str, object]:
    """The configuration with its learned parts trained for ``epochs``."""
    shortened = copy.deepcopy(config)
    for part in (*shortened["pipeline"], *shortened["policies"]):  # type: ignore[misc]
        if "epochs" in part:
            part["epochs"] = epochs
    return shortened


@contextlib.contextmanager
def _copy(config: dict[str, object]) -> Iterator[Path]:
    """This checkout with another Rasa configuration."""
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder) / "checkout"
        shutil.copytree(ROOT, checkout, ignore=shutil.ignore_patterns(".git", ".venv", "models", "var", "node_modules"))
        (checkout / "config.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
        # Rasa's default configuration runs in Rasa as it comes.
        (checkout / "bot/service/rasa.py").write_text("import rasa.__main__\n\nrasa.__main__.main()\n", encoding="utf-8")
        yield checkout


def _command(folder: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "bot.cli", *arguments], cwd=folder, check=True,
                   env={**os.environ, "PYTHONPATH": str(folder)}, stdout=subprocess.DEVNULL)


def print_table(measured: dict[str, Figures], cold: float | None) -> None:
    """The figures side by side."""
    def quantile(values: list[float], share: float) -> float:
        return statistics.quantiles(values, n=100, method="inclusive")[round(share * 100) - 1]

    rows = [
        ("training, s", lambda one: f"{one.training:.0f}"),
        ("warm restart to ready, s", lambda one: f"{one.ready:.1f}"),
        *((f"memory {name}, MB", lambda one, name=name: f"{one.memory[name]:.0f}") for name in ("web", "rasa", "actions")),
        ("memory in all, MB", lambda one: f"{sum(one.memory.values()):.0f}"),
        *((f"turn, one person, p{share * 100:.0f}, ms", lambda one, share=share: f"{quantile(one.one, share):.0f}")
          for share in (0.5, 0.95)),
        *((f"turn, ten at once, typing for 2 s, p{share * 100:.0f}, ms",
           lambda one, share=share: f"{quantile(one.typing, share):.0f}") for share in (0.5, 0.95)),
        *((f"turn, ten at once without a pause, p{share * 100:.0f}, ms",
           lambda one, share=share: f"{quantile(one.ten, share):.0f}") for share in (0.5, 0.95)),
    ]
    print(f"{'':48}" + "".join(f"{name:>16}" for name in measured))
    for title, value in rows:
        print(f"{title:48}" + "".join(f"{value(one):>16}" for one in measured.values()))
    if cold is not None:
        print(f"{'fresh clone to ready, s':48}{cold:>16.0f}")


if __name__ == "__main__":
    main()
