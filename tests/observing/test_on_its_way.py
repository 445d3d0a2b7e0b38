"""One booking followed on the real processes: its id from the widget to the audit, metrics inside, nobody's data in a log."""

from __future__ import annotations

import json
import socket
import sqlite3
import uuid
from pathlib import Path

import pytest
import requests

from tests.running import free_port, running_service

SECRETS = ("김하나", "010-2345-6789", "01023456789", "2345-6789", "하나정밀")


def metrics_port() -> int:
    """A free port with a free one after it."""
    while True:
        port = free_port()
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


@pytest.mark.timeout(200)
def test_a_booking_keeps_its_request_id_and_leaves_nobodys_data_in_the_logs(tmp_path: Path) -> None:
    port = metrics_port()
    with running_service(tmp_path, LOG_FORMAT="json", METRICS_PORT=str(port)) as service:
        talk = service.talk()
        talk.say("수원인데요 방문 상담 예약하고 싶어요")
        talk.take_opening("first")
        last = ""
        for text in ("네", "하나정밀", "김하나", "010-2345-6789", "네 맞아요"):
            last = str(uuid.uuid4())
            answer = talk.post({"text": text, "client_message_id": last})
            assert answer.status_code == 200
        assert [card["type"] for message in answer.json()["messages"] if (card := message["card"])] == ["visit"]
        web = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=10).text
        actions = requests.get(f"http://127.0.0.1:{port + 1}/metrics", timeout=10).text
        assert requests.get(f"{service.url}/metrics", timeout=10).status_code == 404
        assert 'donghaeng_bookings_total{kind="visit"} 1.0' in actions
        assert 'donghaeng_queue_leads 1.0' in web
        assert 'donghaeng_intents_total{intent="' in actions
        assert 'donghaeng_ready{part="rasa"} 1.0' in web
        # Something to log: a message that Rasa cannot be asked for now is told with its id.
        with sqlite3.connect(tmp_path / "desk.db") as desk:
            rows = [json.loads(details) for (details,) in desk.execute("SELECT details FROM audit WHERE details IS NOT NULL")]
    assert last in [row.get("request") for row in rows]
    logged = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "logs").iterdir())
    assert [secret for secret in SECRETS if secret in logged + web + actions] == []
    for text in (tmp_path / "logs" / "web.log").read_text(encoding="utf-8").splitlines():
        assert json.loads(text)["process"] == "web"
