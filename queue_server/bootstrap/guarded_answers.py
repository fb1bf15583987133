"""What every answer says beside its content: read it as what it is, and keep it only if told to.

Outside the app, because its answer to an unexpected fault passes by whatever stands within.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

WANTED = [(b"x-content-type-options", b"nosniff"), (b"cache-control", b"no-store")]


class GuardedAnswers:
    """Adds what an answer does not say itself; pages and the catalogue say how they may be kept."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and look at the head of the answer."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = [name for name, _ in message["headers"]]
                added = [one for one in WANTED if one[0] not in names]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        await self._app(scope, receive, guarded)
