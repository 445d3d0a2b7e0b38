"""``donghaeng conversation-log``: read Rasa's events from the broker into the conversation log."""

from __future__ import annotations

import argparse
import asyncio
import os


def register(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``conversation-log``."""
    reading = subcommands.add_parser(
        "conversation-log", help="브로커(BROKER_URL)의 대화 기록을 말 없이 통계용 표에 옮긴다")
    reading.add_argument("--once", action="store_true", help="쌓인 것만 옮기고 끝낸다")
    reading.set_defaults(run=_read)


def _read(arguments: argparse.Namespace) -> int:
    from bot.observing import logs
    from bot.service import event_reader

    logs.configure("conversation-log")
    if not (url := os.environ.get("BROKER_URL")):
        raise ValueError("BROKER_URL이 없어요. amqp://계정:암호@주소:5672/ 처럼 적어 주세요.")
    kept = asyncio.run(event_reader.read(url, until_empty=arguments.once))
    print(f"{kept}건을 옮겼습니다.")
    return 0
