"""The audit page's answers: heads, a check, and every event without what needs protection."""

from __future__ import annotations

import json
from pathlib import Path

import httpx

from queue_server.api.access import PEOPLE
from queue_server.bootstrap import RunningOffice
from queue_server.domain.complaint import Step
from queue_server.domain.events import Event
from queue_server.domain.ticket import PriorityClass
from queue_server.use_cases.audit_desk import TOLD
from queue_server.use_cases.publication_desk import Step as PublicationStep
from tests.fakes.offices import signed_in

FACTS = Path(__file__).parents[3] / "queue_server" / "web" / "words" / "event_facts.json"
WORDS = Path(__file__).parents[3] / "queue_server" / "web" / "words" / "events.json"
PASSWORD = "mot hai ba bon nam"


def test_a_check_says_that_all_is_whole(office: RunningOffice, admin: httpx.Client) -> None:
    said = admin.post("/admin/audit/check").json()
    assert said["ok"], said
    view = admin.get("/admin/audit").json()
    assert view["check"] == said
    assert view["newest"] == said["events"]
    assert view["second_place"] is None
    assert len(view["public_key"]) == 64
    assert admin.get("/admin/audit/anchors.jsonl").text == ""
    with signed_in(office, "board-1") as manager:
        assert manager.get("/admin/audit").status_code == 403


def test_events_are_told_newest_first_without_secrets(admin: httpx.Client) -> None:
    body = {"role": "viewer", "counter": None, "password": PASSWORD}
    admin.put("/admin/people/thanh-tra", json=body).raise_for_status()
    newest = admin.get("/admin/audit/events").json()
    assert newest[0]["kind"] == "PersonSet"
    assert newest[0]["by"] == "admin"
    assert {"name": "person", "value": "thanh-tra"} in newest[0]["facts"]
    assert [one["seq"] for one in newest] == sorted((one["seq"] for one in newest), reverse=True)
    older = admin.get(f"/admin/audit/events?before={newest[-1]['seq']}").json()
    assert all(one["seq"] < newest[-1]["seq"] for one in older)
    told = json.dumps(newest)
    assert PASSWORD not in told
    assert "argon2" not in told


def test_what_is_decided_about_counters_and_complaints_says_who(
    office: RunningOffice, admin: httpx.Client
) -> None:
    with signed_in(office, "board-1") as manager, signed_in(office, "counter-1") as clerk:
        manager.post("/counters/1/ask", json={"service": "CT"}).raise_for_status()
        clerk.post("/counters/1/decline").raise_for_status()
        clerk.post("/counters/1/profile", json={"profile": "land"}).raise_for_status()
        said = {"text": "Chờ lâu", "source": "letter"}
        clerk.post("/complaints", json=said, headers={"Idempotency-Key": "c"}).raise_for_status()
    newest = admin.get("/admin/audit/events").json()
    found = {one["kind"]: (one["by"], one["facts"]) for one in newest}
    assert found["CounterAsked"] == ("board-1", [{"name": "service", "value": "CT"}])
    assert found["AskDeclined"] == ("counter-1", [])
    assert found["ProfileSwitched"] == ("counter-1", [{"name": "profile", "value": "land"}])
    assert found["ComplaintFiled"] == ("counter-1", [])


def test_what_is_done_from_the_list_of_tickets_says_who(
    office: RunningOffice, admin: httpx.Client
) -> None:
    """At a counter the person noted there did it; from the list nobody would know."""
    with signed_in(office, "kiosk-1") as kiosk, signed_in(office, "counter-2") as clerk:
        taken = []
        for n in range(2):
            key = {"Idempotency-Key": f"listed {n}"}
            taken.append(kiosk.post("/tickets", json={"service": "DD"}, headers=key).json())
        first, second = (f"/tickets/{one['id']}" for one in taken)
        clerk.post(f"{first}/transfer", json={"to_service": "XD"}).raise_for_status()
        admin.post(f"{first}/slip").raise_for_status()
        clerk.post(f"{first}/cancel").raise_for_status()
        admin.post("/counters/4/call-next").raise_for_status()
        admin.post("/counters/4/no-show").raise_for_status()
        clerk.post(f"{second}/reinstate").raise_for_status()
    code = taken[1]["follow_url"].rpartition("/")[2]
    httpx.post(f"{office.http_url}/api/v1/follow/{code}/cancel").raise_for_status()
    found = [(one["kind"], one["by"]) for one in admin.get("/admin/audit/events").json()]
    assert ("TicketTransferred", "counter-2") in found
    assert ("SlipGivenAgain", "admin") in found
    assert ("TicketCancelled", "counter-2") in found
    assert ("TicketReinstated", "counter-2") in found
    assert ("TicketCancelled", None) in found, "the holder of the slip signs in nowhere"


def test_no_told_field_could_hold_something_personal() -> None:
    assert not TOLD & {"note", "text", "reason", "answers", "code", "follow_code", "password"}


def _kinds(base: type[Event]) -> set[str]:
    below = base.__subclasses__()
    return (
        {base.__name__, *(name for one in below for name in _kinds(one))}
        if below
        else {base.__name__}
    )


def test_every_told_field_and_what_it_may_say_has_words() -> None:
    words = json.loads(FACTS.read_text("utf-8"))
    assert set(words["fields"]) == TOLD | {"person"}
    assert set(words["values"]["priority"]) == {one.value for one in PriorityClass}
    assert set(words["values"]["role"]) == {one.value for one in PEOPLE}
    steps = {*Step, *PublicationStep}
    assert set(words["values"]["step"]) == {one.value for one in steps}
    every = [words["fields"], *words["values"].values()]
    assert all(one["vi"] and one["en"] for some in every for one in some.values())


def test_every_kind_of_event_has_words() -> None:
    words = json.loads(WORDS.read_text("utf-8"))
    bases = {"Event", "CounterEvent", "TicketEvent", "RecordEvent", "DossierEvent"}
    assert _kinds(Event) - bases - set(words) == set()
    assert all(one["vi"] and one["en"] for one in words.values())
