"""What the application carries for its handlers."""

from __future__ import annotations

from aiohttp import web

from bot.web.limits import Guard
from bot.web.proof import Proofs
from bot.web.rasa_client import RasaClient
from bot.web.settings import Settings
from bot.web.shared import Shared
from bot.web.talk import Talk

SETTINGS = web.AppKey("settings", Settings)
RASA = web.AppKey("rasa", RasaClient)
TALK = web.AppKey("talk", Talk)
GUARD = web.AppKey("guard", Guard)
SHARED = web.AppKey("shared", Shared)  # only there with REDIS_URL
PROOFS = web.AppKey("proofs", Proofs)
