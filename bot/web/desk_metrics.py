"""What stands in the database, as metrics read when they are asked for: outbox, queue of leads, waiting messages."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import REGISTRY, Collector
from sqlalchemy.orm import Session

from bot.desk import outbox
from bot.desk.clock_on_wall import wall_now
from bot.desk.conversation_models import ChatTurn
from bot.desk.database import session as transaction
from bot.desk.delivery_models import OUTBOX_STATES, OutboxEntry
from bot.desk.lead_models import Lead
from bot.desk.lead_states import QUEUED_STATES
from knowledge_base import clock
from knowledge_base.freshness import due
from knowledge_base.loading import load_knowledge

log = logging.getLogger(__name__)


class DeskMetrics(Collector):
    """Reads the database at each scrape; every web process shows the same figures (take the maximum of them)."""

    def collect(self) -> Iterator[Metric]:
        """The figures of this moment; where the database does not answer only ``donghaeng_desk_readable`` 0."""
        try:
            with transaction(read_only=True) as session:
                yield from [*_outbox(session), *_queue(session), *_waiting(session)]
        except sa.exc.SQLAlchemyError as error:
            log.error("the database does not answer: %s", type(error).__name__)
            yield GaugeMetricFamily("donghaeng_desk_readable", "1 while the figures of the desk can be read.", 0)
            return
        yield GaugeMetricFamily("donghaeng_desk_readable", "1 while the figures of the desk can be read.", 1)
        old = sum(one.reason in ("old", "beyond") for one in due(load_knowledge()))
        yield GaugeMetricFamily("donghaeng_knowledge_due", "Items whose check date or covered time is over.", old)

    def describe(self) -> list[Metric]:
        """Nothing beforehand: registering must not open the database."""
        return []


def register() -> None:
    """Show these figures among the metrics of this process, once."""
    REGISTRY.register(DeskMetrics())


def _outbox(session: Session) -> list[Metric]:
    entries = GaugeMetricFamily("donghaeng_outbox_entries", "Outbox entries by state.", labels=["state"])
    counts = outbox.counts(session)
    for state in OUTBOX_STATES:
        entries.add_metric([state], counts.get(state, 0))
    oldest = session.execute(sa.select(sa.func.min(OutboxEntry.created_at)).where(
        OutboxEntry.state.in_(("queued", "sending")))).scalar()
    lag = GaugeMetricFamily("donghaeng_outbox_lag_seconds", "Age of the oldest entry still to be delivered.",
                            _age(oldest, wall_now()))
    return [entries, lag]


def _queue(session: Session) -> list[Metric]:
    untouched = Lead.state.in_(QUEUED_STATES)
    count, oldest = session.execute(
        sa.select(sa.func.count(), sa.func.min(Lead.created_at)).where(untouched)).one()
    return [GaugeMetricFamily("donghaeng_queue_leads", "Leads nobody has taken yet.", count),
            GaugeMetricFamily("donghaeng_queue_age_seconds", "Age of the oldest lead nobody has taken yet.",
                              _age(oldest, clock.now()))]


def _waiting(session: Session) -> list[Metric]:
    count, oldest = session.execute(sa.select(sa.func.count(), sa.func.min(ChatTurn.said_at)).where(
        ChatTurn.state == "waiting")).one()
    return [GaugeMetricFamily("donghaeng_waiting_messages", "Messages without an answer.", count),
            GaugeMetricFamily("donghaeng_waiting_messages_age_seconds", "Age of the oldest of them.",
                              _age(oldest, clock.now()))]


def _age(since: datetime | None, moment: datetime) -> float:
    return max(0.0, (moment - since).total_seconds()) if since is not None else 0.0
