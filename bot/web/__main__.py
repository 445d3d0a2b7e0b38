"""``python -m bot.web``: serve the world. ``donghaeng serve`` starts it beside Rasa and the action server."""

from __future__ import annotations

import argparse
from dataclasses import replace

from aiohttp import web

from bot.desk import database
from bot.observing import logs, metrics
from bot.web import desk_metrics
from bot.web.application import create_app
from bot.web.settings import Settings


def main() -> None:
    """Migrate the database if need be and serve until told to stop."""
    settings = Settings.from_environment()
    parser = argparse.ArgumentParser(prog="python -m bot.web", description="동행봇 웹 프로세스")
    parser.add_argument("--host", default=settings.bind_host)
    parser.add_argument("--port", type=int, default=settings.port)
    arguments = parser.parse_args()
    logs.configure("web")
    database.migrate()
    desk_metrics.register()
    metrics.serve()
    # No access log: addresses are personal data, and paths may hold a visit's token.
    web.run_app(create_app(replace(settings, bind_host=arguments.host, port=arguments.port)), host=arguments.host,
                port=arguments.port, access_log=None, print=lambda *_: None, keepalive_timeout=30)


if __name__ == "__main__":
    main()
