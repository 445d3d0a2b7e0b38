"""The command ``donghaeng``: finds the subcommands of ``bot.commands`` and runs the one asked for."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence

from bot import commands
from bot.service import secret_files


def parser() -> argparse.ArgumentParser:
    """The command line of ``donghaeng`` with every subcommand registered."""
    top = argparse.ArgumentParser(prog="donghaeng", description="동행봇: 일·육아 동행 플래너 앞의 챗봇")
    subcommands = top.add_subparsers(metavar="COMMAND", required=True)
    for module in sorted(pkgutil.iter_modules(commands.__path__), key=lambda found: found.name):
        importlib.import_module(f"{commands.__name__}.{module.name}").register(subcommands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. A ValueError is told in one line, without a traceback."""
    arguments = parser().parse_args(argv)
    try:
        secret_files.read()
        return int(arguments.run(arguments))
    except (ValueError, OSError) as error:
        print(f"donghaeng: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
