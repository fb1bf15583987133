"""Carries one HTTP request to the writer and its answer back."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import Header, Request, Response
from fastapi.responses import JSONResponse

from queue_server.api.access import Sender
from queue_server.api.commit_waits import CommitWaits
from queue_server.api.parts import parts
from queue_server.api.problems import KEY_HEADER, refuse
from queue_server.domain.commands import Command
from queue_server.use_cases.answers import Answering
from queue_server.use_cases.keep_day import Request as Work

_KEY = Header(
    alias=KEY_HEADER,
    min_length=1,
    max_length=200,
    description="Made before the first try; a repeat returns the same answer",
)
IdempotencyKey = Annotated[str | None, _KEY]
NeededKey = Annotated[str, _KEY]


async def carry(  # noqa: PLR0913 - the facts of one request
    request: Request,
    sender: Sender,
    command: Command,
    answering: Answering,
    *,
    key: str | None,
    status: int = 200,
    replaces: str | None = None,
    meant: str | None = None,
) -> Response:
    """Send the command to the writer, wait for the commit, answer.

    An empty body becomes 204. The fingerprint covers method, path and body, so that a key used
    for something else is found out. A repeat is answered 200. `replaces` is the key of a try that
    this sender gave up. `meant` stands for a body with something personal in it: a plain hash of
    an identity number could be tried out, and fingerprints are kept.
    """
    work = Work(
        command,
        answering,
        key=_of_sender(sender, key),
        fingerprint=await _fingerprint(request, meant) if key is not None else "",
        replaces=_of_sender(sender, replaces),
    )
    answer = await _waits(request).answer_of(parts(request).writer.submit(work))
    if answer.fault is not None:
        return refuse(answer.fault, request)
    headers = {"Idempotent-Replay": "true"} if answer.replayed else None
    if not answer.body:
        return Response(status_code=204, headers=headers)
    code = 200 if answer.replayed else status
    return JSONResponse(answer.body, status_code=code, headers=headers)


def _of_sender(sender: Sender, key: str | None) -> str | None:
    return None if key is None else f"http/{sender.id}/{key}"


def _waits(request: Request) -> CommitWaits:
    found: CommitWaits = request.app.state.waits
    return found


async def _fingerprint(request: Request, meant: str | None) -> str:
    body = await request.body() if meant is None else meant.encode()
    text = f"{request.method} {request.url.path}\n".encode() + body
    return hashlib.sha256(text).hexdigest()
