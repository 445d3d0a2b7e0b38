"""Every metric there is, and the inner port that shows them; ``docs/alerts.md`` says what to do about which.

Counters are kept where things happen; what has to be looked up in the database is in ``bot.web.desk_metrics``.
"""

from __future__ import annotations

import os

from prometheus_client import Counter, Gauge, Histogram, start_http_server

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 5, 8, 15, 30, 60)

REQUESTS = Counter("donghaeng_http_requests", "Requests answered by the web process.", ["route", "status"])
TURNS = Counter("donghaeng_turns", "Messages answered, by the act of the answer.", ["act"])
NOTICES = Counter(
    "donghaeng_notices", "Notices in place of an answer: delayed, gave_up, not_started, crowded.", ["kind"])
STAGE = Histogram(
    "donghaeng_stage_seconds", "Seconds in a stage: web (a message in and its reply out), rasa, action.", ["stage"],
    buckets=_SECONDS)
RASA_FAILURES = Counter("donghaeng_rasa_failures", "Calls to Rasa that gave no usable answer.")
INTENTS = Counter(
    "donghaeng_intents", "What messages were understood as; nlu_fallback is not understood.", ["intent"])
VERDICTS = Counter("donghaeng_verdicts", "Verdicts shown.", ["program", "status"])
BOOKINGS = Counter("donghaeng_bookings", "At the desk: visit, waiting, callback, changed, cancelled.", ["kind"])
STALE_SHOWN = Counter(
    "donghaeng_stale_knowledge_shown", "Items shown whose last check is twelve months old or more.", ["item"])
READY = Gauge("donghaeng_ready", "1 while a part answered when it was last asked.", ["part"])


class MetricsPortError(ValueError):
    """METRICS_PORT cannot be read."""


def serve() -> None:
    """Show the metrics of this process at ``/metrics`` on METRICS_PORT (nothing when it is not set).

    Listens on METRICS_HOST (loopback by default), never on the port people reach. Raises MetricsPortError, OSError.
    """
    text = os.environ.get("METRICS_PORT", "").strip()
    if not text:
        return
    if not text.isdigit():
        raise MetricsPortError(f"METRICS_PORT={text!r}: 숫자로 적어 주세요.")
    start_http_server(int(text), addr=os.environ.get("METRICS_HOST", "").strip() or "127.0.0.1")
