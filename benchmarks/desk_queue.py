"""How fast the desk's queue page is with 10,000 leads: p50 and p95 of whole HTTP requests, sealed names and all.

``load`` is the machine's load average before and after: on two cores, more than that is somebody else's work.
``cpu_ms`` is the processor time a request took, browser's side included, which others' work hardly changes.

Run: ``python -m benchmarks.desk_queue [--leads 10000] [--rounds 100]``; SQLite, or PostgreSQL with DATABASE_URL.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import tempfile
import time
from datetime import timedelta
from typing import Any

LEADS, ROUNDS, AIM_MS = 10_000, 100, 100.0
PATHS = {"the center's queue": "/desk", "all states": "/desk?state=all", "overdue": "/desk?overdue=1",
         "mine": "/desk?mine=1"}


def main() -> None:
    """Fill a desk, ask for the pages, print the figures as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--leads", type=int, default=LEADS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATA_DIR=folder, BOT_NOW="2026-11-23T10:00:00+09:00")
        load = os.getloadavg()[0]
        figures = {"leads": arguments.leads, "aim_p95_ms": AIM_MS, **_measure(arguments.leads, arguments.rounds),
                   "load": [round(load, 1), round(os.getloadavg()[0], 1)]}
    print(json.dumps(figures, ensure_ascii=False, indent=2))


def _measure(leads: int, rounds: int) -> dict[str, Any]:
    from bot.desk import database, signed_in, tokens

    database.migrate()
    _fill(leads)
    secrets = {}
    with database.session() as session:
        for role, center in (("planner", "suwon"), ("administrator", None)):
            _, token = tokens.create(session, role, role=role, actor="benchmark", center_id=center)
            secrets[role] = token
    cookies = {role: signed_in.with_token(token) for role, token in secrets.items()}
    found = asyncio.run(_ask(cookies, rounds))
    database.engine().dispose()
    return found


def _fill(leads: int) -> None:
    """Leads of one center, as the worst case: a planner's queue that has them all."""
    from sqlalchemy import insert

    from bot.desk import database, sealing
    from bot.desk.base import new_id
    from bot.desk.contact_data import company_digest
    from bot.desk.lead_models import Lead
    from bot.desk.lead_states import STATES
    from bot.desk.verdict_trace import trace
    from knowledge_base.clock import now
    from knowledge_base.facts import Facts
    from knowledge_base.screening import screen

    random.seed(7)
    facts = {"company": {"headcount": 25, "industry": "C", "region": "41110"},
             "events": [{"type": "parental_leave", "start": "2026-12-14", "cover": "hire"}], "wants": ["subsidy"]}
    screening = trace(screen(Facts.read(facts)).to_document(only_relevant=True))  # as a hand-off stores it
    moment, rows = now(), []
    for at in range(leads):
        state = random.choice(STATES)
        made = moment - timedelta(minutes=random.randrange(500_000))
        free = state in ("new", "transferred")
        rows.append({
            "id": new_id(), "number": f"D{at:07d}", "kind": "visit", "state": state, "center_id": "suwon",
            "planner_id": "suwon-1", "close_reason": "supported" if state == "closed" else None,
            "claimed_by": None if free else "김하늘", "claimed_at": None if free else made,
            "company_name": f"회사 {at}", "contact_name": "김하나", "phone": "010-2345-6789",
            "company_digest": company_digest(f"회사 {at}"), "link_digest": sealing.token_digest(str(at)),
            "facts": facts, "screening": screening, "routing": {"method": "region", "reason": "수원시에 있는 회사"},
            "contact_due_at": made + timedelta(days=1), "created_at": made, "updated_at": made,
            "contacted_at": None if free or state == "claimed" else made})
    with database.session() as session:
        for start in range(0, leads, 500):
            session.execute(insert(Lead), rows[start:start + 500])


async def _ask(cookies: dict[str, str], rounds: int) -> dict[str, Any]:
    from aiohttp.test_utils import TestClient, TestServer

    from bot.web.application import create_app
    from bot.web.settings import Settings

    figures: dict[str, Any] = {}
    async with TestClient(TestServer(create_app(Settings()))) as client:
        for role, cookie in cookies.items():
            for name, path in PATHS.items():
                spent, worked = [], time.process_time()
                for turn in range(rounds + 3):
                    begin = time.perf_counter()
                    async with client.get(path, headers={"Cookie": f"donghaeng-desk={cookie}"}) as answer:
                        body = await answer.text()
                        if answer.status != 200 or "접수 목록" not in body:
                            raise SystemExit(f"{path}: {answer.status}")
                    if turn >= 3:
                        spent.append((time.perf_counter() - begin) * 1000)
                spent.sort()
                figures[f"{role}: {name}"] = {"p50_ms": round(spent[len(spent) // 2], 1),
                                              "p95_ms": round(spent[int(len(spent) * 0.95)], 1),
                                              "cpu_ms": round((time.process_time() - worked) * 1000 / (rounds + 3), 1),
                                              "bytes": len(body)}
    return figures


if __name__ == "__main__":
    main()
