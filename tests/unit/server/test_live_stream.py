"""One picture for many lookers: fresh, shared, and ended at stop."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from queue_server.api.live_stream import BEAT, LiveStream, frame


class Picture:
    def __init__(self) -> None:
        self.seq = 1
        self.drawn = 0

    def __call__(self) -> tuple[int, str]:
        self.drawn += 1
        return self.seq, json.dumps({"seq": self.seq})


async def test_a_looker_gets_the_picture_at_once_and_after_each_change() -> None:
    picture = Picture()
    stream = LiveStream("board", picture, gap_s=0.0)
    frames = stream.follow(None)
    assert await anext(frames) == frame("board", 1, '{"seq": 1}')
    picture.seq = 2
    stream.changed()
    assert await anext(frames) == frame("board", 2, '{"seq": 2}')
    await frames.aclose()
    assert len(stream) == 0


async def test_resuming_sends_the_picture_only_to_who_has_not_seen_it() -> None:
    stream = LiveStream("board", Picture())
    assert await anext(stream.follow(1)) == BEAT
    assert await anext(stream.follow(0)) == frame("board", 1, '{"seq": 1}')


async def test_a_burst_is_drawn_once_for_all_lookers_and_ends_with_the_newest() -> None:
    picture = Picture()
    stream = LiveStream("board", picture, gap_s=0.02)
    lookers = [stream.follow(None) for _ in range(10)]
    for looker in lookers:
        await anext(looker)
    before = picture.drawn
    for _ in range(50):
        picture.seq += 1
        stream.changed()
    newest = frame("board", 51, '{"seq": 51}')
    for looker in lookers:
        got = await anext(looker)
        while got != newest:
            got = await anext(looker)
    assert picture.drawn - before <= 2


async def test_what_time_alone_changed_holds_no_change_back() -> None:
    picture = Picture()
    stream = LiveStream("board", picture, gap_s=3600)
    frames = stream.follow(None)
    await anext(frames)
    stream.passed()
    assert await anext(frames) == frame("board", 1, '{"seq": 1}')
    picture.seq = 2
    stream.changed()
    assert await asyncio.wait_for(anext(frames), 60) == frame("board", 2, '{"seq": 2}')


async def test_nothing_is_drawn_while_nobody_looks() -> None:
    picture = Picture()
    stream = LiveStream("board", picture)
    stream.changed()
    stream.passed()
    assert picture.drawn == 0


async def test_close_ends_every_looker() -> None:
    stream = LiveStream("board", Picture())
    frames = stream.follow(None)
    await anext(frames)
    waiting = asyncio.ensure_future(_rest(frames))
    stream.close()
    assert await asyncio.wait_for(waiting, 5) <= 1


async def _rest(frames: AsyncIterator[bytes]) -> int:
    return len([f async for f in frames])
