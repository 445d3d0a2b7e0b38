"""Many people talking at once: ``python -m benchmarks.load --people 50 --seconds 120 [--rasa 2 --actions 2 --postgres --redis]``.

Starts the whole service (as many processes of each as asked for), lets people of ``load_people`` talk to it with the
time it takes them to read and type (8 to 20 s a turn), and prints one table: turns, latency, what went wrong, CPU a
turn of each process, and its memory minute by minute. Who is told to come again (503) does so; who gets a notice looks
again until the answer is there. ``--url`` talks to a service that is running already (and tells nothing of its
processes).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import statistics
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.load_people import KINDS, PLACES, READING_AT_LEAST, READING_MORE, TYPING, Kind

_SAMPLE_EVERY = 5.0
_LOOK_EVERY = 3.0
_PATIENCE = aiohttp.ClientTimeout(total=60)
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Figures:
    """What was seen: milliseconds of each turn, what went wrong, and (time, {process: MB}) samples."""

    turns: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    told_to_come_again: int = 0
    finished: Counter[str] = field(default_factory=Counter)
    cards: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, dict[str, float]]] = field(default_factory=list)
    cpu: dict[str, float] = field(default_factory=dict)
    took: float = 0.0


def main() -> None:
    """Start, load and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=50, help="people at once")
    parser.add_argument("--seconds", type=float, default=120)
    for name in ("web", "rasa", "actions"):
        parser.add_argument(f"--{name}", type=int, default=1, help=f"{name} processes")
    parser.add_argument("--postgres", action="store_true", help="PostgreSQL in place of SQLite")
    parser.add_argument("--redis", action="store_true", help="Redis for locks and limits")
    parser.add_argument("--hurry", type=float, default=1.0, help="people read and type so many times faster")
    parser.add_argument("--url", action="append", help="a running service instead of starting one")
    chosen = parser.parse_args()
    with _serving(chosen) as (urls, processes):
        figures = asyncio.run(load(urls, processes, chosen.people, chosen.seconds, chosen.hurry))
    print_table(figures, chosen)


@contextlib.contextmanager
def _serving(chosen: argparse.Namespace) -> Iterator[tuple[list[str], dict[str, int]]]:
    if chosen.url:
        yield chosen.url, {}
        return
    from tests.servers import PostgresServer, RedisServer
    from tests.stack import Stack

    with contextlib.ExitStack() as ending, tempfile.TemporaryDirectory() as folder:
        environment, processes = {}, {}
        if chosen.postgres:
            postgres = PostgresServer()
            ending.callback(postgres.stop)
            processes["postgres"] = postgres.pid
            environment |= {"DATABASE_URL": postgres.url, "TRACKER_URL": postgres.url}
        if chosen.redis:
            redis = RedisServer(Path(folder))
            ending.callback(redis.stop)
            environment["REDIS_URL"] = redis.url
            processes["redis"] = redis.process.pid
        stack = ending.enter_context(
            Stack(Path(folder), web=chosen.web, rasa=chosen.rasa, actions=chosen.actions, **environment))
        print("starting …", flush=True)
        stack.wait_until_ready()
        ours = {name: process.pid for name, process in stack.processes.items()}
        yield stack.web, processes | ours | {"the people": os.getpid()}


async def load(urls: list[str], processes: dict[str, int], people: int, seconds: float, hurry: float) -> Figures:
    """Let ``people`` talk for ``seconds``; each begins anew when done."""
    figures = Figures()
    began = time.monotonic()
    end = began + seconds
    before = {name: _cpu(name, pid) for name, pid in processes.items()}
    watching = asyncio.create_task(_watch(processes, figures, end))
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        # They come within the first tenth, not all in the same instant.
        await asyncio.gather(*(_person(http, urls, figures, end, hurry, random.Random(number), number / people * seconds / 10)
                               for number in range(people)))
    await watching
    figures.took = time.monotonic() - began
    figures.cpu = {name: _cpu(name, pid) - before[name] for name, pid in processes.items()}
    return figures


async def _person(
    http: aiohttp.ClientSession, urls: list[str], figures: Figures, end: float, hurry: float, chance: random.Random, comes_after: float
) -> None:
    await asyncio.sleep(comes_after)
    while time.monotonic() < end:
        kind = chance.choices(KINDS, [one.share for one in KINDS])[0]
        try:
            if await _conversation(http, urls, figures, end, hurry, chance, kind):
                figures.finished[kind.name] += 1
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            figures.wrong[type(error).__name__] += 1
            await asyncio.sleep(1)


async def _conversation(
    http: aiohttp.ClientSession, urls: list[str], figures: Figures, end: float, hurry: float, chance: random.Random, kind: Kind
) -> bool:
    """One conversation; whether it came to its end in time."""
    opened = await _post(http, f"{chance.choice(urls)}/api/chat/sessions", {}, {}, figures, figures.opened)
    last, place = opened, chance.choice(PLACES)
    headers = {"Authorization": f"Bearer {opened.get('token')}"}
    for line in kind.lines:
        body = _body(line.format(place=place, opening=chance.randrange(6), last=chance.randrange(1000, 9999)), last)
        if body is None:
            continue
        pause = READING_AT_LEAST + chance.expovariate(1 / READING_MORE) + len(body.get("text", "")) * TYPING
        await asyncio.sleep(pause / hurry)
        if time.monotonic() > end:
            return False
        url = f"{chance.choice(urls)}/api/chat/sessions/{opened['session_id']}"
        last = await _post(http, f"{url}/messages", {**body, "client_message_id": str(uuid.uuid4())}, headers, figures, figures.turns)
        while last.get("waiting"):
            await asyncio.sleep(_LOOK_EVERY)
            if time.monotonic() > end:
                return False
            async with http.get(url, headers=headers, timeout=_PATIENCE) as response:
                looked = await response.json(content_type=None)
            last = {**looked, "messages": [line for line in looked["messages"] if line["from"] == "bot"][-3:]}
    return True


def _body(line: str, last: dict[str, Any]) -> dict[str, str] | None:
    """What is sent for a line; None where nothing of the kind is offered."""
    messages = last.get("messages", [])
    if line[0] == "#":
        offered = [time["payload"] for message in messages for day in (message["card"] or {}).get("days") or [] for time in day["times"]]
    elif line[0] == ">":
        offered = [reply["payload"] for message in messages for reply in message["quick_replies"]]
    else:
        return {"text": line}
    return {"payload": offered[int(line[1:]) % len(offered)]} if offered else None


async def _post(
    http: aiohttp.ClientSession, url: str, body: dict[str, str], headers: dict[str, str], figures: Figures, times: list[float]
) -> dict[str, Any]:
    while True:
        began = time.perf_counter()
        async with http.post(url, json=body, headers=headers, timeout=_PATIENCE) as response:
            document: dict[str, Any] = await response.json(content_type=None)
        if response.status != 503:
            break
        figures.told_to_come_again += 1
        await asyncio.sleep(float(response.headers.get("Retry-After", 20)))
    times.append((time.perf_counter() - began) * 1000)
    if response.status >= 300:
        figures.wrong[f"status {response.status}"] += 1
        raise aiohttp.ClientError(document.get("detail"))
    cards = [message["card"] for message in document["messages"] if message["card"]]
    figures.cards.update(card["type"] for card in cards)
    if document.get("waiting"):
        figures.wrong["notice first, the answer later"] += 1
    elif any(card.get("level") == "warning" for card in cards):
        figures.wrong["no answer at all"] += 1
    elif not document["messages"]:
        figures.wrong["empty answer"] += 1
    return document


async def _watch(processes: dict[str, int], figures: Figures, end: float) -> None:
    while time.monotonic() < end:
        figures.memory.append((time.monotonic(), {name: _resident(pid) for name, pid in processes.items()}))
        await asyncio.sleep(min(_SAMPLE_EVERY, max(0.1, end - time.monotonic())))


def _family(pid: int) -> list[int]:
    """A process and its children (PostgreSQL has one a connection)."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [pid, *map(int, children)]


def _resident(pid: int) -> float:
    """Resident memory of a process, MB; 0 when it is gone. Of PostgreSQL without its children, who share theirs."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024**2
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def _cpu(name: str, pid: int) -> float:
    """CPU seconds a process has used, PostgreSQL with its children; 0 when it is gone."""
    used = 0.0
    for one in _family(pid) if name == "postgres" else [pid]:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            used += (int(fields[11]) + int(fields[12])) / _TICKS
    return used


def growth(samples: list[tuple[float, dict[str, float]]], name: str) -> float:
    """MB a minute by which a process grew over the second half of the run (a straight line through the samples)."""
    late = samples[len(samples) // 2:]
    if len(late) < 3:
        return 0.0
    slope, _ = statistics.linear_regression([at / 60 for at, _ in late], [memory[name] for _, memory in late])
    return slope


def print_table(figures: Figures, chosen: argparse.Namespace) -> None:
    """The figures, as a table that can go into docs/performance.md."""
    turns = figures.turns
    if len(turns) < 2:
        raise SystemExit(f"nobody was answered: {dict(figures.wrong)}")
    cuts = statistics.quantiles(turns, n=100, method="inclusive")
    store = " + ".join([*(["PostgreSQL"] if chosen.postgres else ["SQLite"]), *(["Redis"] if chosen.redis else [])])
    rows = [
        ("people at once", f"{chosen.people}"), ("seconds", f"{chosen.seconds:.0f}"),
        ("processes", f"{chosen.web} web, {chosen.rasa} Rasa, {chosen.actions} actions; {store}; {os.cpu_count()} cores"),
        ("turns answered", f"{len(turns)}"), ("turns a second", f"{len(turns) / chosen.seconds:.1f}"),
        ("conversations opened", f"{len(figures.opened)}"),
        ("turn, p50 / p95 / p99 / longest, ms", f"{cuts[49]:.0f} / {cuts[94]:.0f} / {cuts[98]:.0f} / {max(turns):.0f}"),
        ("opening, p50 / longest, ms", f"{statistics.median(figures.opened):.0f} / {max(figures.opened):.0f}"),
        ("told to come again (503)", f"{figures.told_to_come_again}"),
        ("went wrong", ", ".join(f"{name} {count}" for name, count in figures.wrong.most_common()) or "nothing"),
        ("visits and call-backs", f"{figures.cards['visit']} and {figures.cards['lead']}"),
    ]
    busy = sum(figures.cpu.values()) / figures.took / (os.cpu_count() or 1)
    rows.append(("CPU of the machine", f"{busy:.0%} used by those named below"))
    for name, used in figures.cpu.items():
        rows.append((name, f"{used * 1000 / len(turns):.0f} ms CPU a turn; {growth(figures.memory, name):+.1f} MB a minute at the end"))
    print(f"| {'figure':36} | value |\n|{'-' * 38}|---|")
    for title, value in rows:
        print(f"| {title:36} | {value} |")
    _print_memory(figures.memory)


def _print_memory(samples: list[tuple[float, dict[str, float]]]) -> None:
    """MB of each process, about once a minute."""
    if not samples:
        return
    names = list(samples[0][1])
    print(f"\n| minute | {' | '.join(f'{name}, MB' for name in names)} |\n|---|{'---|' * len(names)}")
    due = samples[0][0]
    for at, memory in samples:
        if at >= due or at == samples[-1][0]:
            print(f"| {(at - samples[0][0]) / 60:.1f} | {' | '.join(f'{memory[name]:,.0f}' for name in names)} |")
            due = at + 60 - _SAMPLE_EVERY / 2


if __name__ == "__main__":
    main()
