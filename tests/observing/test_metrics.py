"""What is measured, that it is never shown to the world, and that dashboard and alerts ask only for what there is."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp.test_utils import TestClient
from prometheus_client import REGISTRY, generate_latest

from bot.desk import conversations, database
from bot.desk.clock_on_wall import wall_now
from bot.desk.delivery_models import OutboxEntry
from bot.observing import metrics
from bot.web.counting import count_answer
from bot.web.desk_metrics import DeskMetrics
from bot.web.health import routes as _health  # noqa: F401 — so that every module with metrics is loaded
from tests.web.conftest import Chat, chat, client, data_dir, migrated, rasa, settings, start  # noqa: F401
from tests.web.fake_rasa import FakeRasa

ROOT = Path(__file__).resolve().parents[2]
ALERTS = [rule for group in yaml.safe_load((ROOT / "deploy/alerts.yml").read_text())["groups"] for rule in group["rules"]]
PANELS = json.loads((ROOT / "deploy/grafana/donghaeng.json").read_text())["panels"]
# What prometheus-client itself adds.
_GIVEN = {"process_resident_memory_bytes"}


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def exported() -> set[str]:
    """Every sample name the code can export, whether there is a sample yet or not."""
    names = set()
    for metric in (*vars(metrics).values(), *DeskMetrics().collect()):
        name, kind = getattr(metric, "_name", getattr(metric, "name", "")), getattr(metric, "_type", getattr(metric, "type", ""))
        if isinstance(name, str) and name.startswith("donghaeng_"):
            names |= {"counter": {f"{name}_total"}, "histogram": {f"{name}_bucket", f"{name}_sum", f"{name}_count"}}.get(kind, {name})
    return names


@pytest.mark.usefixtures("data_dir")
def test_dashboard_and_alerts_ask_only_for_what_the_code_exports() -> None:
    asked = {name for text in (*(rule["expr"] for rule in ALERTS), *(one["expr"] for panel in PANELS for one in panel["targets"]))
             for name in re.findall(r"\b(?:donghaeng|process)_\w+", text)}
    assert len(asked) > 15
    assert asked - exported() - _GIVEN == set()


@pytest.mark.usefixtures("data_dir")
def test_everything_exported_is_on_the_dashboard() -> None:
    shown = "\n".join(one["expr"] for panel in PANELS for one in panel["targets"])
    assert {name for name in exported() if name.removesuffix("_sum").removesuffix("_count").removesuffix("_bucket") not in shown} == set()


def test_every_alert_says_what_to_do() -> None:
    written = re.findall(r"^\| ([A-Z]\w+) \|", (ROOT / "docs/alerts.md").read_text(), re.MULTILINE)
    assert written == [rule["alert"] for rule in ALERTS]


async def test_the_public_port_shows_no_metrics(client: TestClient[Any, Any]) -> None:  # noqa: F811
    assert (await client.get("/metrics")).status == 404


async def test_a_turn_is_counted_and_timed(chat: Chat, rasa: FakeRasa) -> None:  # noqa: F811
    names = [("donghaeng_turns_total", {"act": "answer"}), ("donghaeng_stage_seconds_count", {"stage": "web"}),
             ("donghaeng_stage_seconds_count", {"stage": "rasa"}), ("donghaeng_notices_total", {"kind": "delayed"}),
             ("donghaeng_rasa_failures_total", {}), ("donghaeng_verdicts_total", {"program": "replacement_worker_grant", "status": "eligible"})]
    before = [value(name, **labels) for name, labels in names]
    await chat.say("안녕하세요")
    await chat.say("verdicts")
    rasa.up = False
    await chat.say("거기 있나요")
    after = [value(name, **labels) for name, labels in names]
    assert [new - old for old, new in zip(before, after, strict=True)] == [1, 3, 3, 1, 1, 1]


def test_what_is_shown_although_it_is_old_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_NOW", "2027-06-05T09:00:00+09:00")
    before = value("donghaeng_stale_knowledge_shown_total", item="an_item")
    card = {"type": "answer", "items": ["an_item"]}
    count_answer([{"card": {**card, "checked_on": "2026-06-05"}}, {"card": {**card, "checked_on": "2026-06-06"}}], {"act": "answer"})
    assert value("donghaeng_stale_knowledge_shown_total", item="an_item") - before == 1


@pytest.mark.usefixtures("data_dir")
def test_outbox_and_waiting_messages_are_read_from_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    with database.session() as session:
        conversations.open_conversation(session, partner_id=None, days=1)
        for number, state in enumerate(("queued", "dead")):
            moment = wall_now() - timedelta(minutes=10)
            session.add(OutboxEntry(dedupe_key=str(number), topic="t", channel="mail", recipient="center", payload={}, state=state,
                                    next_at=moment, created_at=moment))
    monkeypatch.setenv("BOT_NOW", "2026-11-23T10:00:30+09:00")
    found = {(sample.name, sample.labels.get("state", "")): sample.value
             for metric in DeskMetrics().collect() for sample in metric.samples}
    assert 600 <= found["donghaeng_outbox_lag_seconds", ""] < 660
    assert found["donghaeng_outbox_entries", "dead"] == 1
    assert found["donghaeng_waiting_messages", ""] == 1
    assert found["donghaeng_waiting_messages_age_seconds", ""] == 30
    assert found["donghaeng_queue_leads", ""] == 0
    assert found["donghaeng_desk_readable", ""] == 1


def test_an_unreadable_database_is_told_and_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg2://nobody@127.0.0.1:9/none")
    assert [(metric.name, metric.samples[0].value) for metric in DeskMetrics().collect()] == [("donghaeng_desk_readable", 0)]


def test_metrics_port_that_is_no_number_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICS_PORT", "viele")
    with pytest.raises(metrics.MetricsPortError, match="METRICS_PORT"):
        metrics.serve()
    assert b"donghaeng_turns_total" in generate_latest(REGISTRY)
