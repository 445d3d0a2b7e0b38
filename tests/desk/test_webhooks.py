"""Webhooks against a real receiver: signed, without contact data unless asked for, and to nobody else."""


from __future__ import annotations

import json
from datetime import datetime

import pytest

from bot.desk import (
    database,
    delivery,
    handoff,
    webhooks,
)
from knowledge_base.clock import KST
from tests.desk.outside import Make, Receiver, visit_handed_over


async def test_a_webhook_is_signed_and_carries_the_lead_without_contact_data(
    receiver: Receiver, request_of: Make
) -> None:
    with database.session() as session:
        _, secret = webhooks.register(session, receiver.url, actor="admin")
    receipt = visit_handed_over(request_of)
    await delivery.deliver_due()
    headers, body = receiver.calls[0]
    told = json.loads(body)
    moment = int(datetime.now(KST).timestamp())
    assert webhooks.verify(secret, headers["Donghaeng-Signature"], body, timestamp=moment)
    assert told["topic"] == headers["Donghaeng-Topic"] == "lead.received"
    assert told["delivery"] == headers["Donghaeng-Delivery"]
    assert told["lead"]["number"] == receipt.number
    assert told["lead"]["contact"] == {"name": "김*나", "phone": "010-****-5678", "email": "h***@example.co.kr",
                                       "masked": True}
    assert told["lead"]["wishes"] == []


async def test_a_webhook_that_asked_for_it_gets_the_contact_data(receiver: Receiver, request_of: Make) -> None:
    with database.session() as session:
        webhooks.register(session, receiver.url, with_contact=True, actor="admin")
    visit_handed_over(request_of)
    await delivery.deliver_due()
    assert json.loads(receiver.calls[0][1])["lead"]["contact"]["phone"] == "010-1234-5678"


@pytest.mark.parametrize("spoilt", ["body", "signature", "old", "empty"])
def test_security_a_spoilt_or_old_signature_is_not_accepted(spoilt: str) -> None:
    signature = webhooks.sign("secret", b"body", 1_000_000)
    given = {
        "body": ("secret", signature, b"other", 1_000_000), "signature": ("other", signature, b"body", 1_000_000),
        "old": ("secret", signature, b"body", 1_000_301), "empty": ("secret", "", b"body", 1_000_000),
    }[spoilt]
    assert webhooks.verify("secret", signature, b"body", timestamp=1_000_300)
    assert not webhooks.verify(given[0], given[1], given[2], timestamp=given[3])


async def test_security_a_redirect_is_a_refusal_and_the_lead_goes_nowhere_else(
    receiver: Receiver, request_of: Make
) -> None:
    with database.session() as session:
        webhooks.register(session, receiver.url, actor="admin")
        handoff.hand_off(session, request_of())
    receiver.answers = [302]
    assert (await delivery.deliver_due())["queued"] == 1
    assert len(receiver.calls) == 1


@pytest.mark.parametrize("url", ["http://example.go.kr/hook", "ftp://example.go.kr", "https://user:pw@example.go.kr/",
                                 "javascript:alert(1)", "", "http://127.0.0.1.example.go.kr/"])
def test_security_an_unsafe_webhook_address_is_refused(sqlite_desk: str, url: str) -> None:
    with database.session() as session, pytest.raises(webhooks.WebhookInvalid, match="https"):
        webhooks.register(session, url, actor="admin")


def test_an_unknown_topic_is_refused_with_the_known_ones(sqlite_desk: str) -> None:
    with database.session() as session, pytest.raises(webhooks.WebhookInvalid, match=r"lead\.received"):
        webhooks.register(session, "https://example.go.kr/hook", topics=("everything",), actor="admin")


async def test_a_receiver_that_is_gone_is_not_called_again(receiver: Receiver, request_of: Make) -> None:
    with database.session() as session:
        webhooks.register(session, receiver.url, actor="admin")
        handoff.hand_off(session, request_of())
    receiver.answers = [410]
    assert (await delivery.deliver_due())["dead"] == 1


async def test_a_webhook_of_one_center_is_not_told_of_another(receiver: Receiver, request_of: Make) -> None:
    with database.session() as session:
        webhooks.register(session, receiver.url, center_id="seoul", actor="admin")
        handoff.hand_off(session, request_of())
    await delivery.deliver_due()
    assert receiver.calls == []
