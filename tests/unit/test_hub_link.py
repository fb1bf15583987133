"""Whoever may wait only so long for the cluster is let go, also where a cancellation gets lost."""

from __future__ import annotations

import asyncio

import pytest

from queue_server.hub.adapters.nats_link import ended_within


async def test_what_ends_by_itself_has_ended() -> None:
    assert await ended_within(60, asyncio.ensure_future(asyncio.sleep(0)))


async def test_its_fault_is_told() -> None:
    async def broken() -> None:
        raise OSError("no route")

    with pytest.raises(OSError, match="no route"):
        await ended_within(60, asyncio.ensure_future(broken()))


async def test_what_swallows_a_cancellation_is_cancelled_again() -> None:
    swallowed = 0

    async def stubborn() -> None:
        nonlocal swallowed
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                swallowed += 1
                if swallowed == 3:
                    raise

    assert not await ended_within(0.01, asyncio.ensure_future(stubborn()))
    assert swallowed == 3
