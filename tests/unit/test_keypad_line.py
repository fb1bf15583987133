"""The keypad's lines: presses survive any cutting of the stream, noise never becomes a press."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.keypad_line import LONGEST_LINE, KeypadLines, KeyStroke, checksum, encode

strokes = st.builds(
    KeyStroke,
    digits=st.text("0123456789", max_size=8),
    end=st.sampled_from(["A", "B", "C", "D", "#", "*", "##"]),
)


def cut(data: bytes, sizes: list[int]) -> list[bytes]:
    parts = []
    for size in sizes:
        parts.append(data[:size])
        data = data[size:]
    return [*parts, data]


def feed_all(lines: KeypadLines, parts: list[bytes]) -> list[KeyStroke]:
    return [stroke for part in parts for stroke in lines.feed(part)]


@given(
    st.lists(st.tuples(strokes, st.booleans())),
    st.lists(st.integers(0, 9)),
    st.sampled_from([b"", b"\r", b"\n", b"\r\n\n"]),
)
def test_every_press_arrives_once_however_the_bytes_are_cut(
    sent: list[tuple[KeyStroke, bool]], sizes: list[int], before: bytes
) -> None:
    data = b"".join(before + encode(stroke, with_checksum=summed) for stroke, summed in sent)
    lines = KeypadLines()
    assert feed_all(lines, cut(data, sizes)) == [stroke for stroke, _ in sent]
    assert lines.rejected == 0


@given(st.binary(max_size=200), st.lists(st.integers(0, 50)), strokes)
def test_after_any_garbage_the_next_line_is_read(
    noise: bytes, sizes: list[int], stroke: KeyStroke
) -> None:
    lines = KeypadLines(checksum_required=True)
    feed_all(lines, cut(noise + b"\n", sizes))
    assert lines.feed(encode(stroke)) == [stroke]


@given(strokes, st.data())
def test_one_flipped_bit_is_never_another_press(stroke: KeyStroke, data: st.DataObject) -> None:
    line = bytearray(encode(stroke))
    bit = data.draw(st.integers(0, len(line) * 8 - 1))
    line[bit // 8] ^= 1 << bit % 8
    read = KeypadLines(checksum_required=True).feed(bytes(line) + b"\n")
    assert read in ([], [stroke])


@given(st.binary(min_size=1).filter(lambda noise: b"\n" not in noise))
def test_endless_garbage_is_not_hoarded(noise: bytes) -> None:
    lines = KeypadLines()
    for _ in range(LONGEST_LINE + 1):
        assert lines.feed(noise) == []
    assert len(lines._held) <= LONGEST_LINE
    assert lines.feed(b"\nK A\n") == [KeyStroke("", "A")]
    assert lines.rejected == 1


@pytest.mark.parametrize(
    "line",
    [
        *(b"K", b"K ", b"K 12", b"k A", b"K  A", b" K A", b"K A ", b"K 123456789A", b"K 12A 00"),
        *(b"K A 2a", b"K A\x00", b"\x00K A", b"K ABC", b"K 1A2", b"K \xc3\x81", "K ١A".encode()),
    ],
)
def test_doubtful_lines_are_no_press(line: bytes) -> None:
    lines = KeypadLines()
    assert lines.feed(line + b"\n") == []
    assert lines.rejected == 1


def test_the_documented_examples() -> None:
    assert KeypadLines().feed(b"K 12#\nK A 2A\n") == [KeyStroke("12", "#"), KeyStroke("", "A")]
    assert checksum(b"K A") == 0x2A
    assert KeypadLines(checksum_required=True).feed(b"K A\n") == []


def test_unplugging_in_the_middle_of_a_line_forgets_it() -> None:
    lines = KeypadLines()
    assert lines.feed(b"K 12") == []
    lines.reset()
    assert lines.feed(b"#\nK A\n") == [KeyStroke("", "A")]
