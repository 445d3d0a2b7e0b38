"""The action server: ``python -m actions --port 5055``, on loopback unless SANIC_HOST says otherwise.

The knowledge is read before the port opens, so nobody's first message waits for it.
"""

from __future__ import annotations

import argparse
import logging
import os

from rasa_sdk.endpoint import run
from rasa_sdk.plugin import plugin_manager

from actions import failing, observing
from bot.observing import logs, metrics
from knowledge_base import clock
from knowledge_base.facts import Facts
from knowledge_base.program_schema import programs
from knowledge_base.screening import screen
from knowledge_base.search import search


def warm_up() -> None:
    """Read the knowledge and the search index once."""
    screen(Facts(), as_of=clock.today())
    search(next(iter(programs().values())).name)


def main() -> None:
    """Serve the actions of this package."""
    parser = argparse.ArgumentParser(prog="python -m actions")
    parser.add_argument("--port", type=int, default=5055)
    arguments = parser.parse_args()
    os.environ.setdefault("SANIC_HOST", "127.0.0.1")
    logs.configure("actions", logging.WARNING)
    plugin_manager().register(observing)
    plugin_manager().register(failing)
    warm_up()
    metrics.serve()
    run("actions", port=arguments.port)


if __name__ == "__main__":
    main()
