"""Sign-in: by secret, by cookie, and out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_server.adapters.closed_sessions import FILE, ClosedSessions
from queue_server.api import access as a

ADMIN = a.Principal("admin", a.Role.ADMIN)
COUNTER = a.Principal("counter-3", a.Role.COUNTER, 3)
KIOSK = a.Principal("kiosk-1", a.Role.KIOSK)


class Watch:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def access(watch: Watch) -> a.Access:
    return a.Access([(ADMIN, "a" * 43), (COUNTER, "c" * 43)], watch)


def test_a_secret_names_its_owner_and_nobody_else(access: a.Access) -> None:
    assert access.by_secret("a" * 43) == ADMIN
    assert access.by_secret("c" * 43) == COUNTER
    assert access.by_secret("a" * 42) is None
    assert access.by_secret("") is None


def test_a_session_lasts_its_time_and_ends_when_closed(access: a.Access, watch: Watch) -> None:
    assert access.open_session("wrong" * 8) is None
    opened = access.open_session("a" * 43)
    assert opened is not None
    token, principal = opened
    assert principal == ADMIN
    assert access.by_session(token) == ADMIN
    watch.now += a.SESSION_S - 1
    assert access.by_session(token) == ADMIN
    watch.now += 2
    assert access.by_session(token) is None

    again = access.open_session("a" * 43)
    assert again is not None
    access.close_session(again[0])
    assert access.by_session(again[0]) is None


def test_a_session_outlives_the_server_but_not_its_secret(watch: Watch) -> None:
    opened = a.Access([(ADMIN, "a" * 43)], watch).open_session("a" * 43)
    assert opened is not None
    assert a.Access([(ADMIN, "a" * 43)], watch).by_session(opened[0]) == ADMIN
    assert a.Access([(ADMIN, "b" * 43)], watch).by_session(opened[0]) is None


def test_a_cookie_cannot_be_made_up_or_bent(access: a.Access, watch: Watch) -> None:
    opened = access.open_session("c" * 43)
    assert opened is not None
    name, until, nonce, signature = opened[0].split(":")
    later = f"{name}:{int(until) + 9999}:{nonce}:{signature}"
    promoted = f"admin:{until}:{nonce}:{signature}"
    for bent in (
        later,
        promoted,
        opened[0][:-1],
        "",
        ":::",
        "admin",
        "nobody:1:x:y",
        "admin:é:x:é",
    ):
        assert access.by_session(bent) is None
    watch.now += a.SESSION_S + 1
    assert access.by_session(opened[0]) is None


def test_a_page_that_stays_open_gets_a_newer_cookie(access: a.Access, watch: Watch) -> None:
    first = access.new_cookie(ADMIN)
    watch.now += a.SESSION_S - 1
    second = access.new_cookie(ADMIN)
    watch.now += 10
    assert access.by_session(first) is None
    assert access.by_session(second) == ADMIN


def test_who_signs_out_ends_every_cookie_of_that_session_and_no_other(
    access: a.Access, watch: Watch
) -> None:
    first, other = access.new_cookie(ADMIN), access.new_cookie(ADMIN)
    watch.now += 60
    second = access.new_cookie(ADMIN, first)
    access.close_session(second)
    assert access.by_session(first) is None
    assert access.by_session(second) is None
    assert access.by_session(other) == ADMIN


@pytest.mark.parametrize("before", ["", "x", "admin:9:9.x:y", ":::"])
def test_a_cookie_that_is_not_ours_begins_nothing(access: a.Access, before: str) -> None:
    assert access.by_session(access.new_cookie(ADMIN, before)) == ADMIN


def test_who_signed_out_stays_out_after_a_start(watch: Watch, tmp_path: Path) -> None:
    def started() -> a.Access:
        closed = ClosedSessions(tmp_path, watch.now)
        secrets = [(ADMIN, "a" * 43)]
        return a.Access(secrets, watch, closed=closed.known, remember=closed.add)

    access = started()
    out, still_in = access.new_cookie(ADMIN), access.new_cookie(ADMIN)
    access.close_session(out)
    for _ in range(2):
        access = started()
        assert access.by_session(out) is None
        assert access.by_session(still_in) == ADMIN
    kept = tmp_path / FILE
    assert kept.stat().st_mode & 0o077 == 0
    assert out not in kept.read_text("ascii")
    watch.now += a.SESSION_S + 2
    started()
    assert kept.read_text("ascii") == ""


def test_a_file_of_sign_outs_that_cannot_be_used_stops_nobody(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.parent.mkdir()
    file.write_bytes(b"\xff\x00 noise\n12\n99 9.ok\n-5 x\n")
    assert ClosedSessions(tmp_path, 50.0).known == {"9.ok": 99.0}
    file.unlink()
    file.mkdir()
    closed = ClosedSessions(tmp_path, 50.0)
    closed.add("9.ok", 99.0)
    assert closed.known == {}


@pytest.mark.parametrize("damaged", [b"99 \xff\xfe\n", b"9" * 400 + b" 9.ok\n", b"99 9 ok\n99"])
def test_a_damaged_line_of_sign_outs_is_left_out(tmp_path: Path, damaged: bytes) -> None:
    file = tmp_path / FILE
    file.parent.mkdir()
    file.write_bytes(b"99 9.good\n" + damaged)
    assert ClosedSessions(tmp_path, 50.0).known == {"9.good": 99.0}
    assert file.read_bytes() == b"99 9.good\n"


def test_a_disk_that_refuses_at_a_start_takes_no_sign_out_away(tmp_path: Path) -> None:
    ClosedSessions(tmp_path, 50.0).add("9.ok", 99.0)
    (tmp_path / FILE).with_suffix(".new").mkdir()  # nothing new can be written beside it
    for _ in range(2):
        assert ClosedSessions(tmp_path, 50.0).known == {"9.ok": 99.0}


def test_what_is_remembered_of_closed_sessions_is_bounded(
    access: a.Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(a, "MOST_CLOSED", 3)
    tokens = [access.new_cookie(ADMIN) for _ in range(4)]
    for token in tokens:
        access.close_session(token)
        access.close_session("made up")
    assert [access.by_session(token) for token in tokens[1:]] == [None] * 3


@pytest.mark.parametrize(
    ("principal", "counter", "may"),
    [(ADMIN, 1, True), (COUNTER, 3, True), (COUNTER, 2, False), (KIOSK, 1, False)],
)
def test_who_may_move_a_counter(principal: a.Principal, counter: int, *, may: bool) -> None:
    assert principal.may_move(counter) is may


LAN = a.Principal("lan", a.Role.CLERK, 3, person=True)


def test_a_persons_day_ends_however_often_pages_ask(access: a.Access, watch: Watch) -> None:
    access.know_person(LAN, "hash")
    cookie = access.new_cookie(LAN)
    began = watch.now
    while watch.now + a.PERSON_IDLE_S / 2 < began + a.PERSON_DAY_S:
        watch.now += a.PERSON_IDLE_S / 2
        assert access.by_session(cookie) == LAN
        cookie = access.new_cookie(LAN, cookie)
    watch.now = began + a.PERSON_DAY_S + 1
    assert access.by_session(cookie) is None


def test_a_person_who_left_the_page_is_signed_out(access: a.Access, watch: Watch) -> None:
    access.know_person(LAN, "hash")
    cookie = access.new_cookie(LAN)
    watch.now += a.PERSON_IDLE_S + 1
    assert access.by_session(cookie) is None


def test_another_password_role_or_counter_ends_the_session(access: a.Access) -> None:
    for role, counter, kept in (
        (a.Role.CLERK, 3, "other"),
        (a.Role.CLERK, 4, "hash"),
        (a.Role.VIEWER, None, "hash"),
    ):
        access.know_person(LAN, "hash")
        cookie = access.new_cookie(LAN)
        access.know_person(a.Principal("lan", role, counter, person=True), kept)
        assert access.by_session(cookie) is None
    access.forget_person("lan")
    assert access.by_session(cookie) is None
