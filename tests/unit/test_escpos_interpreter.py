"""The interpreter and the paper: any bytes, in any pieces, never a crash."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.adapters.escpos_interpreter import Command, Interpreter, Kind
from kiosk.adapters.escpos_picture_job import picture_job
from kiosk.adapters.escpos_text_job import text_job
from kiosk.adapters.simulated_paper import ROWS_MAX, Paper
from tests.fakes.slips import SLIP

JOBS = (picture_job(SLIP, 576), text_job(SLIP, 576))
PREFIXES = st.sampled_from(
    [
        b"\x1b@",
        b"\x1bd\xff",
        b"\x1b!\x38",
        b"\x1ba2",
        b"\x1d!\xff",
        b"\x1dv0\x00",
        b"\x1dv0\x03\x02\x00\x03\x00",
        b"\x1d(k\x10\x001P0",
        b"\x1d(k\x03\x001Q0",
        b"\x1dVB",
        b"\x1dr",
        b"\x10\x04",
    ]
)
NEARLY_COMMANDS = st.lists(PREFIXES | st.binary(max_size=24), max_size=30).map(b"".join)


def joined(commands: list[Command]) -> list[Command]:
    """Merge pieces of text, which come as they arrive."""
    merged: list[Command] = []
    for command in commands:
        if command.kind is Kind.TEXT and merged and merged[-1].kind is Kind.TEXT:
            merged.append(Command(Kind.TEXT, data=merged.pop().data + command.data))
        else:
            merged.append(command)
    return merged


@settings(max_examples=60)
@given(st.sampled_from(JOBS), st.lists(st.integers(1, 9000), max_size=12))
def test_pieces_make_no_difference(job: bytes, pieces: list[int]) -> None:
    interpreter, commands, at = Interpreter(), [], 0
    for size in [*pieces, len(job)]:
        commands += interpreter.feed(job[at : at + size])
        at += size
    assert joined(commands) == joined(Interpreter().feed(job))


def test_job_is_understood_from_start_to_cut() -> None:
    kinds = [command.kind for command in Interpreter().feed(JOBS[0])]
    assert kinds == [Kind.RESET, Kind.RASTER, Kind.RASTER, Kind.CUT]


@settings(max_examples=300, deadline=None)
@given(NEARLY_COMMANDS)
def test_any_bytes_leave_paper_that_can_be_cut(data: bytes) -> None:
    paper = Paper(576)
    for command in Interpreter().feed(data):
        paper.put(command)
    assert paper.rows <= ROWS_MAX
    assert paper.cut(feed=True).width == 576 + 2 * 32


def test_text_longer_than_a_line_goes_on_in_the_next() -> None:
    short, long = Paper(576), Paper(576)
    short.put(Command(Kind.TEXT, data=b"x" * 48))
    long.put(Command(Kind.TEXT, data=b"x" * 49))
    assert long.cut(feed=False).height == 2 * short.cut(feed=False).height


def test_raster_too_large_to_be_true_is_not_waited_for() -> None:
    commands = Interpreter().feed(b"\x1dv0\x00\xff\xff\xff\xffhello\n")
    assert [command.kind for command in commands] == [Kind.TEXT, Kind.LINE_FEED]
