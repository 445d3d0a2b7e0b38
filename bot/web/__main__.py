"""``python -m bot.web``: serve the world. ``donghaeng serve`` starts it beside Rasa and the action server."""

from __future__ import annotations

import argparse
import logging
from dataclasses import replace

from aiohttp import web

from bot.desk import database
from bot.desk.masking import MaskingFilter
from bot.web.application import create_app
from bot.web.settings import Settings


def main() -> None:
    """Migrate the database if need be and serve until told to stop."""
    settings = Settings.from_environment()
    parser = argparse.ArgumentParser(prog="python -m bot.web", description="동행봇 웹 프로세스")
    parser.add_argument("--host", default=settings.bind_host)
    parser.add_argument("--port", type=int, default=settings.port)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(MaskingFilter())
    database.migrate()
    # No access log: addresses are personal data, and paths may hold a visit's token.
    web.run_app(create_app(replace(settings, bind_host=arguments.host, port=arguments.port)), host=arguments.host,
                port=arguments.port, access_log=None, print=lambda *_: None, keepalive_timeout=30)


if __name__ == "__main__":
    main()
