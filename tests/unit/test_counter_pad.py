"""The keypad's firmware decides as `motcua counter` does, and says what the contract allows."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from kiosk.agents.counter import KEY_STUCK
from kiosk.domain.counter_sign import CounterFacts, Remark, fit
from kiosk.domain.keypad_line import KeyStroke
from kiosk.use_cases.operate_counter import OperateCounter
from kiosk.use_cases.ports import Press
from queue_server.contracts.generate import FOLDER
from queue_server.contracts.messages import DeviceStatus, KeyPress
from queue_server.use_cases.key_order import FRESH_S, KeyOrder, Standing
from tests.counter_firmware import PadOnPc, Ring, build_pad

BEGIN = "begin counter-1 258"
BOOT = "00000102"


@pytest.fixture(scope="module")
def pad(tmp_path_factory: pytest.TempPathFactory) -> PadOnPc:
    return build_pad(tmp_path_factory.mktemp("pad"))


class Desk:
    """`motcua counter` without devices: what it sends and what stands on its sign."""

    def __init__(self) -> None:
        self.linked = False
        self.sent: list[Press] = []
        self.text = ""
        self.counter = OperateCounter(BOOT, self._send, self._show)

    def _send(self, press: Press) -> bool:
        if self.linked:
            self.sent.append(press)
        return self.linked

    def _show(self, text: str) -> None:
        self.text = text

    def play(self, command: str) -> None:
        name, *words = ("" if word == "-" else word for word in command.split(" "))
        now = int(words[-1]) / 1000
        if name == "key":
            self.counter.key(KeyStroke(words[0], words[1]), now)
        elif name == "link":
            self.linked = words[0] == "1"
            self.counter.link(up=self.linked, now=now)
        elif name == "tick":
            self.counter.tick(now)
        else:
            state, number, _, _, notice, answers, _ = words
            remark = Remark(notice) if notice else None
            facts = CounterFacts(state, number or None, remark, answers or None)  # type: ignore[arg-type]  # drawn from the three states
            self.counter.facts(facts, now)


# Eighths of a second are exact in milliseconds and in the seconds of the other program alike.
moments = st.integers(0, 24).map(lambda eighths: eighths * 125)
digits = st.sampled_from(["-", "0", "12"])
keys = st.builds("key {} {}".format, digits, st.sampled_from("ABCD*#"))
links = st.sampled_from(["link 0", "link 1", "link 1"])
states = st.builds(
    "facts {} {} - 3 {} {}".format,
    st.sampled_from(["open", "paused", "closed"]),
    st.sampled_from(["-", "A012", "B1003"]),
    st.sampled_from(["-", *Remark]),
    st.sampled_from(["-", *(f"{BOOT}-{seq}" for seq in range(1, 5))]),
)
days = st.lists(st.tuples(st.one_of(keys, links, states, st.just("tick")), moments), max_size=40)


@given(day=days)
@settings(deadline=None)
def test_any_day_goes_as_on_the_counter_pc(pad: PadOnPc, day: list[tuple[str, int]]) -> None:
    commands, now = ["tick 0"], 0
    for command, later in day:
        now += later
        commands.append(f"{command} {now}")
    desk = Desk()
    for command, seen in zip(commands, pad.play(BEGIN, *commands)[1:], strict=True):
        before = len(desk.sent)
        desk.play(command)
        expected = [
            (press.id, press.seq, press.stroke.digits, press.stroke.end, press.age_ms)
            for press in desk.sent[before:]
        ]
        sent = [
            (one["id"], one["seq"], one["digits"], one["end"], one["age_ms"]) for one in seen.sent
        ]
        assert sent == expected
        assert seen.sign4 == fit(desk.text, 4)


def test_what_it_sends_fits_the_contract(pad: PadOnPc) -> None:
    *_, press, status = pad.play(
        BEGIN, "facts open - - 3 - - 10", "link 1 20", "key 12345678 # 99999", "status 86400123"
    )
    for sent, kind, schema in (
        (press.sent[0], KeyPress, "key-press"),
        (status.sent[0], DeviceStatus, "device-status"),
    ):
        Draft7Validator(json.loads((FOLDER / f"{schema}.schema.json").read_text("utf-8"))).validate(
            sent
        )
        read = kind.model_validate(sent)
        assert read.source == "counter-1"
        assert set(sent) <= set(kind.model_fields)
    key = KeyPress.model_validate(press.sent[0])
    assert (key.boot, key.seq, key.digits, key.end, key.age_ms) == (BOOT, 1, "12345678", "#", 0)
    assert key.sent_at == datetime(1970, 1, 1, 0, 1, 39, 999000, tzinfo=UTC)
    said = DeviceStatus.model_validate(status.sent[0])
    assert (said.online, said.boot) == (True, BOOT)
    assert said.sent_at == datetime(1970, 1, 2, 0, 0, 0, 123000, tzinfo=UTC)


@pytest.mark.parametrize(("waited_ms", "standing"), [(0, Standing.NEW), (5100, Standing.LATE)])
def test_the_server_learns_the_time_of_a_keypad_without_one(
    pad: PadOnPc, waited_ms: int, standing: Standing
) -> None:
    """Also after the keypad has started again, and whatever its earlier starts said."""
    server_s = 50_000.0
    keys = KeyOrder(datetime(2026, 5, 12, tzinfo=UTC), 0.0)
    for start in (1, 2, 3):
        _, birth, _, _, pressed = pad.play(
            f"begin counter-1 {start}", "status 4000", "introduced 4000",
            "heard open - - 0 - - 4100", "key - A 9000",
        )  # fmt: skip
        said = DeviceStatus.model_validate(birth.sent[0])
        keys.heartbeat(said.source, said.sent_at, server_s + 4, said.boot)
        press = KeyPress.model_validate(pressed.sent[0])
        heard_s = server_s + 9 + waited_ms / 1000
        assert keys.standing(press, heard_s) is standing
        assert keys.age_s(press, heard_s) == pytest.approx(waited_ms / 1000)
        if standing is Standing.NEW:
            keys.taken(press)
            keys.answered(press, None)
        server_s += 3600
    assert timedelta(milliseconds=5100).total_seconds() > FRESH_S


def test_a_server_that_never_heard_its_clock_refuses_what_a_broker_kept(pad: PadOnPc) -> None:
    pressed = pad.play(*UP, "key - A 9000")[-1]
    keys = KeyOrder(datetime(2026, 5, 12, tzinfo=UTC), 0.0)
    assert keys.standing(KeyPress.model_validate(pressed.sent[0]), 60.0) is Standing.LATE


def test_a_press_waits_for_birth_message_and_first_state(pad: PadOnPc) -> None:
    """Before, the server does not know this boot's clock, or its answer would not be heard."""
    seen = pad.play(
        BEGIN, "key - A 100", "heard open - - 3 - - 200", "tick 300", "introduced 400",
        "lost 500", "introduced 600", "tick 700", "heard open - - 3 - - 800",
    )  # fmt: skip
    assert [len(one.sent) for one in seen] == [0, 0, 0, 0, 1, 0, 0, 0, 1]
    assert seen[4].sent[0]["age_ms"] == 300
    assert seen[8].sent[0]["id"] == seen[4].sent[0]["id"]


UP = (BEGIN, "introduced 1", "heard open - - 3 - - 2")


@pytest.mark.parametrize(
    ("facts", "sign4", "sign8", "ring"),
    [
        ("open - - 3 - -", "----", "----   3", Ring.WAITING),
        ("open - - 0 - -", "----", "----   0", Ring.FREE),
        ("open A012 called 17 - -", "A012", "A012  17", Ring.CALLED),
        ("open B003 serving 1234 - -", "B003", "B0031234", Ring.SERVING),
        ("paused - - 3 - -", "----", "----   3", Ring.PAUSED),
        ("paused A012 called 3 - -", "A012", "A012   3", Ring.CALLED),
        ("closed - - 3 - -", "    ", "        ", Ring.CLOSED),
    ],
)
def test_sign_and_ring(pad: PadOnPc, facts: str, sign4: str, sign8: str, ring: Ring) -> None:
    seen = pad.play(*UP, f"heard {facts} 9")[-1]
    assert (seen.sign4, seen.sign8, seen.ring) == (sign4, sign8, ring)


@pytest.mark.parametrize(
    ("notice", "sign", "ring", "tune"),
    [
        ("nobody_waiting", " -0-", Ring.NOBODY, "heard"),
        ("not_allowed", "  E1", Ring.REFUSED, "refused"),
        ("too_late", "  E2", Ring.REFUSED, "refused"),
        ("store_unavailable", "  E3", Ring.REFUSED, "refused"),
        ("help_asked", "HELP", Ring.HELP, "heard"),
        ("key_stuck", "  E5", Ring.REFUSED, "refused"),
        ("a_later_version", "  E1", Ring.REFUSED, "refused"),
    ],
)
def test_an_answer_is_seen_and_heard(
    pad: PadOnPc, notice: str, sign: str, ring: Ring, tune: str
) -> None:
    *_, pressed, told, before, after = pad.play(
        *UP,
        "key - A 100",
        f"heard open A012 called 3 {notice} {BOOT}-1 200",
        "tick 2199",
        "tick 2200",
    )
    assert (pressed.ring, pressed.tune.partition(":")[0]) == (Ring.SENT, "click")
    assert (told.sign4, told.ring, told.tune.partition(":")[0]) == (sign, ring, tune)
    assert before.sign4 == sign
    assert (after.sign4, after.ring, after.tune) == ("A012", Ring.CALLED, "")


def test_away_is_red_and_a_key_given_up_is_heard(pad: PadOnPc) -> None:
    *_, away, pressed, waiting, given_up = pad.play(
        *UP, "lost 10", "key - A 100", "tick 5099", "tick 5100"
    )
    assert (away.sign4, away.ring) == ("  E4", Ring.AWAY)
    assert pressed.tune.startswith("click")
    assert waiting.tune == ""
    assert (given_up.sign4, given_up.ring) == ("  E4", Ring.REFUSED)
    assert given_up.tune.startswith("refused")


def test_a_held_key_is_one_press_then_red_and_told_until_it_is_free(pad: PadOnPc) -> None:
    *_, before, stuck, new, said, still, again, free, new_again, well = pad.play(
        *UP,
        "down A 100",
        "key - A 100",
        f"heard open A012 called 3 - {BOOT}-1 150",
        "tick 10099",
        "tick 10100",
        "trouble",
        "status 10100",
        "tick 60000",
        "trouble",
        "up",
        "trouble",
        "status 60001",
    )
    assert (before.sign4, before.ring) == ("A012", Ring.CALLED)
    assert (stuck.sign4, stuck.ring, stuck.sent) == ("  E5", Ring.REFUSED, [])
    assert (new.sent, again.sent, new_again.sent) == ([True], [False], [True])
    status = DeviceStatus.model_validate(said.sent[0])
    assert status.detail == KEY_STUCK.format("A", "A")
    assert (still.sign4, still.ring, still.sent) == ("A012", Ring.REFUSED, [])
    assert (free.ring, well.sent[0].get("detail")) == (Ring.CALLED, None)


def test_typed_digits_stand_on_the_sign_at_once(pad: PadOnPc) -> None:
    *_, two, eight, forgotten = pad.play(*UP, "typed 12", "typed 12345678", "typed -")
    assert (two.sign4, two.sign8) == ("  12", "      12")
    assert two.tune.startswith("click")
    assert (eight.sign4, eight.sign8) == ("5678", "12345678")
    assert (forgotten.sign4, forgotten.tune) == ("----", "")


def test_the_clock_outlives_its_32_bits(pad: PadOnPc) -> None:
    seen = pad.play(BEGIN, "now 4294967295", "now 5", "now 6", "now 1")
    assert [one.sent[0] for one in seen[1:]] == [2**32 - 1, 2**32 + 5, 2**32 + 6, 2**33 + 1]
