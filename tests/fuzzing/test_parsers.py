"""Every parser of outside input, given anything: it reads it or refuses it in its own words, and never falls over."""

from __future__ import annotations

import contextlib
import json
import re
import string
import unicodedata
from datetime import datetime, timedelta
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.desk import masking, partners, webhooks
from bot.desk.contact_data import ContactInvalid, normal_company, normal_email, normal_phone
from bot.desk.invitation import Appointment, invitation
from bot.desk.partners import PartnerError
from bot.desk.webhooks import sign, verify
from bot.nlu.facts import reader
from bot.nlu.normalisation import normalise
from bot.service import backup, endpoints
from bot.service.endpoints import BackendError
from bot.web.rasa_client import ACTS, CARD_TYPES, read_reply
from bot.web.reading import plain
from bot.web.settings import Settings, SettingsError
from knowledge_base.clock import KST
from knowledge_base.errors import KnowledgeError
from knowledge_base.facts import Facts, FactsError
from knowledge_base.item_schema import Question, Right
from knowledge_base.items import read_item
from tests.fuzzing.hostile import BOXED, SLOW, documents, json_like, text

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=KST)


@BOXED
@given(text())
def test_text_goes_on_as_text_and_never_as_a_command(given_text: str) -> None:
    once = plain(given_text)
    assert not once.startswith("/")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", once)
    once.encode("utf-8")
    assert plain(once) == once


@SLOW
@given(text())
def test_any_message_is_read_and_its_facts_can_be_screened(said: str) -> None:
    message = plain(said)
    assert isinstance(normalise(message).text, str)
    for fact in reader.read(message, NOW):
        json.dumps(fact.value)
        assert 0 <= fact.start <= fact.end <= len(message)


@BOXED
@given(documents("company", "events", "wants", "headcount", "type"))
def test_facts_are_read_or_refused(document: dict[str, Any]) -> None:
    try:
        read = Facts.read(document)
    except FactsError:
        return
    assert Facts.read(read.to_document()) == read


@BOXED
@given(st.lists(st.one_of(json_like(), documents("text", "custom", "buttons", "card", "act", "items", "quick_replies",
                                                 "payload", "title")), max_size=5), json_like())
def test_what_rasa_says_becomes_the_chat_apis_shape(said: list[Any], facts: Any) -> None:
    reply = read_reply(said, facts if isinstance(facts, dict) else {})
    assert reply.turn["act"] in ACTS
    for message in reply.messages:
        assert set(message) == {"text", "card", "quick_replies"}
        assert message["card"] is None or message["card"]["type"] in CARD_TYPES
        assert all(isinstance(one["title"], str) and isinstance(one["payload"], str) for one in message["quick_replies"])


@BOXED
@given(st.one_of(text(), st.builds("t={},v1={}".format, st.one_of(text(20), st.integers(0, 2**70)), text(70))),
       st.binary(max_size=200))
def test_security_no_made_up_signature_is_taken(signature: str, body: bytes) -> None:
    assert verify("a-secret", signature, body, timestamp=1_800_000_000) is False


@BOXED
@given(st.binary(max_size=200), st.integers(1, 2**33), st.integers(-400, 400))
def test_security_a_signature_holds_for_its_body_and_five_minutes(body: bytes, made: int, later: int) -> None:
    signature = sign("a-secret", body, made)
    assert verify("a-secret", signature, body, timestamp=made + later) is (abs(later) <= 300)
    assert verify("a-secret", signature, body + b"x", timestamp=made) is False
    assert verify("another", signature, body, timestamp=made) is False


@BOXED
@given(text(), st.sampled_from(["", "https://", "http://", "https://a.kr", "https://*.", "//", "https://[", "https://xn--"]))
def test_security_a_partners_origin_is_one_origin_or_refused(rest: str, start: str) -> None:
    try:
        origin = partners.origin_of(start + rest)
    except PartnerError:
        return
    assert re.fullmatch(r"https?://(\*\.)?[a-z0-9.-]+(:\d{1,5})?", origin), origin
    assert partners.origin_of(origin) == origin
    assert not set(origin) & set(" ;,'\"\r\n"), "it is written into a Content-Security-Policy"


@BOXED
@given(text())
def test_security_a_webhooks_address_is_https_or_loopback(url: str) -> None:
    for start in ("", "https://", "http://", "http://127.0.0.1", "http://[::1]"):
        try:
            allowed = webhooks._allowed(start + url)
        except webhooks.WebhookInvalid:
            continue
        assert not allowed or (start + url).strip().lower().startswith(("https://", "http://"))


@BOXED
@given(text(120))
def test_contact_data_is_brought_to_one_spelling_or_refused(given_text: str) -> None:
    for normal in (normal_phone, normal_email):
        try:
            once = normal(given_text)
        except ContactInvalid:
            continue
        assert normal(once) == once
        assert "\n" not in once
        assert "\r" not in once
    assert normal_company(normal_company(given_text)) == normal_company(given_text)


@BOXED
@given(text(), st.sampled_from(["010-1234-5678", "01012345678", "hana.kim@example.co.kr", "900101-1234567"]))
def test_security_logs_never_hold_what_identifies_somebody(around: str, personal: str) -> None:
    # Only what stands by itself: a digit beside it makes another number of it.
    padded = f"{around} {personal} {around[::-1]}"
    masked = masking.mask_text(padded)
    assert personal not in masked or personal in around or personal in around[::-1]


@BOXED
@given(documents("version", "made_at", "sealed", "lookup", "copies", "name", "file"))
def test_a_backups_manifest_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, document: dict[str, Any]) -> None:
    folder = tmp_path_factory.mktemp("manifest")
    (folder / "manifest.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(backup.BackupError):
        backup.check(folder)


@BOXED
@given(st.dictionaries(st.sampled_from(["PORT", "TRUSTED_PROXIES", "ANSWER_SECONDS", "RASA_URL", "PUBLIC_URL"]), text(30)))
def test_settings_are_read_or_refused(environment: dict[str, str]) -> None:
    with contextlib.suppress(SettingsError):
        assert Settings.from_environment(environment).rasas


@BOXED
@given(text(80), st.sampled_from(["", "redis://", "amqp://", "amqp://u:p@", "rediss://:p@h:", "redis://h/"]))
def test_addresses_of_neighbours_are_read_or_refused(rest: str, start: str) -> None:
    for read, name in ((endpoints._lock_store, "REDIS_URL"), (endpoints._event_broker, "BROKER_URL")):
        try:
            section = read({name: start + rest})
        except BackendError:
            continue
        # Safe to write into a file that Rasa reads: what is written is what is read back.
        assert yaml.safe_load(yaml.safe_dump(section)) == section


_yaml_like = st.one_of(
    text(), json_like().map(lambda value: yaml.safe_dump(value, allow_unicode=True)),
    st.sampled_from(["&a [*a]", "!!python/object/apply:os.system [id]", "a: &x [1]\nb: *x", "- \t- x", "%YAML 9.9\n---\n",
                     "id: [", "{" * 200, "a: " * 200, "? {a: 1}\n: 2", "2026-02-30: 1", "id: some_item\nname: \x07"]))


@BOXED
@given(content=_yaml_like, kind=st.sampled_from([Right, Question]))
def test_security_a_file_of_the_knowledge_is_read_or_refused_and_never_run(
    tmp_path_factory: pytest.TempPathFactory, content: str, kind: Any
) -> None:
    file = tmp_path_factory.mktemp("knowledge") / "some_item.yaml"
    file.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(KnowledgeError) as refused:
        read_item(file, kind)
    assert "some_item.yaml" in str(refused.value)


@BOXED
@given(st.text(string.ascii_letters + string.digits + "-_", min_size=1, max_size=40), st.integers(0, 9),
       st.integers(0, 60 * 24 * 60), st.booleans())
def test_an_invitation_is_a_calendar_others_can_read(token: str, sequence: int, minutes: int, cancelled: bool) -> None:
    starts = NOW + timedelta(minutes=minutes)
    written = invitation(Appointment(token, sequence, starts, starts + timedelta(hours=2), cancelled, "D7K2M9QX", "suwon",
                                     token))
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert event.decoded("dtstart") == starts
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))


def test_the_fuzz_has_what_breaks_readers() -> None:
    """The strategies would prove little if they stayed within plain text."""
    seen: set[str] = set()

    @BOXED
    @given(text())
    def look(some: str) -> None:
        seen.update(unicodedata.category(character) for character in some)

    look()
    assert {"Cs", "Cc", "Cf", "Lo", "No", "Nd", "Zs"} <= seen


@pytest.mark.parametrize("signature", ["t=²,v1=0", "t=1800000000,v1=가", f"t={'9' * 5000},v1=0", "t=,v1=", "="])
def test_security_found_by_fuzzing_a_strange_signature_is_refused(signature: str) -> None:
    assert verify("a-secret", signature, b"{}", timestamp=1_800_000_000) is False


def test_found_by_fuzzing_a_letter_that_lower_case_makes_longer_is_read() -> None:
    assert [fact.value for fact in reader.read("ß 수원에 있어요", NOW) if fact.entity == "region"]
    reader.read("İ ŉ ﬃ 수원", NOW)
