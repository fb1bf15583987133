"""Answers of the writer reach every sender in the event loop, also in a storm of commits."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future

import pytest

from queue_server.api.commit_waits import CommitWaits
from queue_server.use_cases.keep_day import Answer


async def test_no_answer_is_left_behind_in_a_storm() -> None:
    waits = CommitWaits()
    futures: list[Future[Answer]] = [Future() for _ in range(2000)]
    half = len(futures) // 2

    def answer(these: list[Future[Answer]]) -> None:
        for future in these:
            future.set_result(Answer(body={"number": id(future)}))

    writers = [threading.Thread(target=answer, args=(f,)) for f in (futures[:half], futures[half:])]
    senders = [asyncio.ensure_future(waits.answer_of(future)) for future in futures]
    await asyncio.sleep(0)
    for writer in writers:
        writer.start()
    async with asyncio.timeout(30):
        answers = await asyncio.gather(*senders)
    assert [a.body for a in answers] == [{"number": id(f)} for f in futures]


async def test_one_wake_up_for_the_answers_of_one_commit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits = CommitWaits()
    loop = asyncio.get_running_loop()
    woken: list[object] = []
    wake = loop.call_soon_threadsafe
    futures: list[Future[Answer]] = [Future() for _ in range(32)]
    senders = [asyncio.ensure_future(waits.answer_of(future)) for future in futures]
    await asyncio.sleep(0)
    monkeypatch.setattr(loop, "call_soon_threadsafe", lambda *call: woken.append(wake(*call)))
    for future in futures:
        future.set_result(Answer(body={}))
    await asyncio.gather(*senders)
    assert len(woken) == 1


async def test_a_sender_that_gave_up_disturbs_nobody() -> None:
    waits = CommitWaits()
    gone: Future[Answer] = Future()
    patient: Future[Answer] = Future()
    senders = [asyncio.ensure_future(waits.answer_of(future)) for future in (gone, patient)]
    await asyncio.sleep(0)
    senders[0].cancel()
    gone.set_result(Answer(body={"number": "A001"}))
    patient.set_result(Answer(body={"number": "A002"}))
    assert (await senders[1]).body == {"number": "A002"}
    assert not gone.cancelled()
