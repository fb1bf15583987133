"""What arrives from an office is sorted truly, in whatever order, however often, from whomever."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from queue_server.hub.domain.chain import Head, Link, needs_neighbours, sort_out


@dataclass(frozen=True)
class Kept:
    """What a hub has of one office: a head, the links, and what it set aside."""

    head: Head
    links: dict[int, Link]
    strange: set[tuple[int, str]]


def chain(length: int, name: str = "a", *, forks_after: int = 0) -> list[Link]:
    """Events 1 to `length`; up to `forks_after` they are those of chain `a`."""
    marks = [f"{'a' if seq <= forks_after else name}{seq}" for seq in range(length + 1)]
    return [Link(seq, marks[seq], marks[seq - 1]) for seq in range(1, length + 1)]


def take(kept: Kept, arrived: list[Link]) -> Kept:
    """One batch, as the collector takes it."""
    known = {seq: kept.links[seq] for seq in needs_neighbours(kept.head, arrived)}
    done = sort_out(kept.head, arrived, known, kept.strange)
    links = kept.links | {arrived[i].seq: arrived[i] for i in done.accepted}
    assert len(done.accepted) + len(done.repeats) + len(done.forked) == len(arrived)
    aside = kept.strange | {(arrived[i].seq, arrived[i].mark) for i in done.forked}
    return Kept(done.head, links, aside)


EMPTY = Kept(Head(), {}, set())


@given(st.data())
def test_any_order_and_any_repeat_ends_in_the_same_whole(data: st.DataObject) -> None:
    events = chain(data.draw(st.integers(1, 12)))
    order = data.draw(st.permutations(events + data.draw(st.lists(st.sampled_from(events)))))
    kept = EMPTY
    while order:
        cut = data.draw(st.integers(1, len(order)))
        kept, order = take(kept, order[:cut]), order[cut:]
        have = {seq for seq in range(1, 13) if kept.head.has(seq)}
        assert have == set(kept.links)
    assert kept.head == Head(len(events), events[-1].mark)
    assert not kept.strange


@given(st.integers(0, 6), st.integers(7, 10), st.integers(1, 12), st.data())
def test_a_second_past_is_set_aside_whole(
    common: int, first: int, more: int, data: st.DataObject
) -> None:
    kept = take(EMPTY, chain(first))
    other = chain(common + more, "b", forks_after=common)
    order = [*other]
    while order:
        cut = data.draw(st.integers(1, len(order)))
        kept, order = take(kept, order[:cut]), order[cut:]
    assert [kept.links[seq].mark for seq in sorted(kept.links)] == [
        one.mark for one in chain(first)
    ]
    assert kept.strange == {(one.seq, one.mark) for one in other if one.seq > common}
    # The first past goes on as if nothing was.
    longer = take(kept, chain(first + 3)[first:])
    assert longer.head == Head(first + 3, f"a{first + 3}")


def test_what_fills_a_gap_must_fit_on_both_sides() -> None:
    kept = take(EMPTY, [*chain(3), *chain(8)[5:]])
    assert kept.head.gaps == ((4, 5),)
    wrong = [Link(5, "b5", "a4")]
    assert take(kept, wrong).strange == {(5, "b5")}
    assert take(kept, chain(5)[3:]).head == Head(8, "a8")
