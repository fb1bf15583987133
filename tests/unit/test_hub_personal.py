"""Somebody has decided about every field of every event whether it leaves the office."""

from __future__ import annotations

from dataclasses import fields

from queue_server.adapters.table_rows import event_kinds
from queue_server.domain.events import Event
from queue_server.hub.contracts.personal import KEPT, PRIORITY, REMOVED, without_person

OWN_COLUMNS = {"at", "ticket", "counter"}
BASES = {"Event", "CounterEvent", "TicketEvent", "DossierEvent", "RecordEvent"}


def undecided(kind: type[Event]) -> set[str]:
    said = {*KEPT.get(kind.__name__, ()), *REMOVED.get(kind.__name__, ())}
    return {field.name for field in fields(kind)} - OWN_COLUMNS ^ said


def test_every_field_was_decided_about() -> None:
    kinds = {name: kind for name, kind in event_kinds().items() if name not in BASES}
    assert {name: found for name, kind in kinds.items() if (found := undecided(kind))} == {}
    assert set(KEPT) == set(kinds)
    assert not set(REMOVED) - set(kinds)


def test_no_field_stands_in_both_lists() -> None:
    assert not [name for name, kept in KEPT.items() if set(kept) & set(REMOVED.get(name, ()))]


def test_what_nobody_decided_about_stays_at_home() -> None:
    assert without_person("SomethingNew", {"name": "x"}) == {}
    assert without_person("NoteAdded", {"text": "x", "new": "y"}) == {}


def test_a_priority_class_is_not_told() -> None:
    assert without_person("TicketReserved", {"priority": "disabled"}) == {"priority": PRIORITY}
    assert without_person("TicketReserved", {"priority": "normal"}) == {"priority": "normal"}


def test_an_office_keeps_its_rules_and_its_clerks_breaks() -> None:
    office = {
        "id": "x",
        "rules": {"policy": "fifo"},
        "services": {"a": {"id": "a", "name_vi": "A", "letter": "A", "last_number": 9}},
        "counters": {"1": {"number": 1, "breaks": [["09:00", "09:10"]], "profile": []}},
    }
    told = without_person("OfficeConfigured", {"office": office})["office"]
    assert "rules" not in told
    assert told["services"]["a"] == {"id": "a", "name_vi": "A", "letter": "A"}
    assert told["counters"]["1"] == {"number": 1, "profile": []}
