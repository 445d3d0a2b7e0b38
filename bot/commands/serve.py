"""``donghaeng serve``: train if needed, migrate, and run all processes of one machine, or one of them alone.

``donghaeng update`` trains if needed and lets the service of this machine go over to the new model while people talk.
``donghaeng healthy`` asks a process of this machine whether it lives, for containers that have no other client.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

_PROCESSES = ("web", "rasa", "actions")
_UPDATE_WITHIN = 300.0  # seconds


def register(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``serve``, ``update`` and ``healthy``."""
    serve = subcommands.add_parser("serve", help="동행봇을 시작한다(./run이 부르는 명령)")
    serve.add_argument("process", nargs="?", choices=_PROCESSES, help="이 프로세스 하나만(컨테이너용). 없으면 모두")
    serve.add_argument("--port", type=int, default=None, help="웹 포트(기본: PORT 또는 8080)")
    serve.set_defaults(run=_serve)
    update = subcommands.add_parser("update", help="돌고 있는 동행봇을 멈추지 않고 새 모델로 바꾼다")
    update.set_defaults(run=_update)
    healthy = subcommands.add_parser("healthy", help="이 기계의 프로세스 하나가 답하는지 본다(컨테이너 점검용)")
    healthy.add_argument("process", choices=_PROCESSES)
    healthy.set_defaults(run=_healthy)


def _serve_one(name: str) -> int:
    """Become the process ``name``: it gets our process id, so signals reach it."""
    from bot.service import model, processes

    environment = {**model.rasa_environment(), **processes.defaults(name, os.environ)}
    command = processes.command(name, environment)
    os.chdir(model.ROOT)
    os.execve(command[0], command, environment)


def _healthy(arguments: argparse.Namespace) -> int:
    from bot.service import processes

    return 0 if processes.answers(arguments.process, os.environ) else 1


def _serve(arguments: argparse.Namespace) -> int:
    if arguments.process:
        return _serve_one(arguments.process)
    from bot.service import model, running, supervisor

    _read_dotenv(model.ROOT / ".env")
    port = arguments.port or int(os.environ.get("PORT") or "8080")
    data_dir = _data_dir()
    try:
        supervisor.check_port(port)
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.environ["DATA_DIR"] = str(data_dir)
        model.train()
        _prepare_desk()
        supervisor.Service(port=port, data_dir=data_dir).run()
    except (supervisor.ServiceError, running.AlreadyRunning, model.TrainingError) as error:
        print(f"donghaeng: {error}", file=sys.stderr)
        return 1
    return 0


def _update(arguments: argparse.Namespace) -> int:
    from bot.service import model, running

    _read_dotenv(model.ROOT / ".env")
    try:
        model.train()
        _prepare_desk()
        print("새 모델을 시작하고 있어요. 그동안에도 상담은 이어져요 …", flush=True)
        print(f"바꿨어요: {running.ask_to_update(_data_dir(), _UPDATE_WITHIN)}")
    except (RuntimeError, ValueError) as error:
        print(f"donghaeng: {error}", file=sys.stderr)
        return 1
    return 0


def _data_dir() -> Path:
    from bot.service.model import ROOT

    return Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()


def _prepare_desk() -> None:
    """Check the knowledge, bring the database to the present schema and write the first desk token."""
    from bot.desk import database, tokens
    from knowledge_base.loading import load_knowledge

    load_knowledge()
    database.migrate()
    with database.session() as session:
        tokens.first_token(session)


def _read_dotenv(file: Path) -> None:
    """Settings of an optional ``.env`` (KEY=value lines); what the environment already has wins."""
    if not file.exists():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        key, equals, value = line.strip().partition("=")
        if equals and not key.startswith("#"):
            os.environ.setdefault(key.strip(), value.strip().strip("\"'"))
