"""Every error leaves as RFC 9457 problem+json; none shows a traceback.

Only who opens an address without a page in a browser gets a page to read.
"""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from queue_server.api.no_such_page import no_such_page, wants_a_page
from queue_server.contracts.fault_words import fault_words
from queue_server.contracts.problems import MEDIA_TYPE, Problem, ProblemCode, problem
from queue_server.use_cases.refusals import problem_of

log = logging.getLogger(__name__)

KEY_HEADER = "Idempotency-Key"
KEY_AT = ("header", KEY_HEADER)
LOGGED = frozenset({ProblemCode.NOT_SIGNED_IN, ProblemCode.NOT_ALLOWED, ProblemCode.TOO_MANY})
"""What an officer looks for in the log: failed sign-ins, what was not allowed, guessing."""

RESPONSES: dict[int | str, dict[str, object]] = {
    code: {"description": text, "content": {MEDIA_TYPE: {"schema": Problem.model_json_schema()}}}
    for code, text in {
        400: "Not JSON, or the Idempotency-Key is missing",
        401: "Not signed in",
        403: "Not allowed for this sign-in",
        404: "Unknown",
        409: "Not possible now; `state` and `allowed` say what is",
        413: "The body is too large",
        422: "The request could not be read, or its key was used for another one",
        429: "Too often from this address; try again later",
        503: "Nothing was saved; try again soon",
    }.items()
}


class Refusal(Exception):  # noqa: N818 - an answer, not an error of the program
    """A refusal that the API itself makes."""

    def __init__(self, code: ProblemCode, detail: str | None = None) -> None:
        super().__init__(detail or code.value)
        self.code = code
        self.detail = detail


def answer(found: Problem) -> Response:
    """A problem as a response."""
    headers = {"WWW-Authenticate": "Bearer"} if found.code is ProblemCode.NOT_SIGNED_IN else {}
    if found.code in {ProblemCode.STORE_UNAVAILABLE, ProblemCode.STILL_COUNTING}:
        headers["Retry-After"] = "1"
    body = found.model_dump_json(exclude_none=True)
    return Response(body, status_code=found.status, media_type=MEDIA_TYPE, headers=headers)


def refuse(fault: Exception, request: Request) -> Response:
    """The response for a fault that the writer answered."""
    return answer(problem_of(fault, request.url.path))


def install(app: FastAPI) -> None:
    """Let every error of the app leave as a problem."""
    app.add_exception_handler(Refusal, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_any)


async def _on_refusal(request: Request, error: Exception) -> Response:
    code = error.code if isinstance(error, Refusal) else ProblemCode.INTERNAL
    if code in LOGGED:
        _log_refusal(request, code)
    detail = error.detail if isinstance(error, Refusal) else None
    return answer(problem(code, detail, instance=request.url.path))


def _log_refusal(request: Request, code: ProblemCode) -> None:
    """Who was refused what, from where: the route's own words, never what was sent to it."""
    route = getattr(request.scope.get("route"), "path", "an unknown route")
    who = getattr(request.state, "principal", "nobody known")
    address = request.client.host if request.client else "nowhere"
    log.warning("%s: %s %s by %s from %s", code.value, request.method, route, who, address)


async def _on_invalid(request: Request, error: Exception) -> Response:
    detail = None
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        if first["type"] == "missing" and first["loc"] == KEY_AT:
            return answer(problem(ProblemCode.KEY_MISSING, instance=request.url.path))
        # Only where and what: the value itself may be personal.
        detail = fault_words(first)
    return answer(problem(ProblemCode.MALFORMED, detail, instance=request.url.path))


async def _on_http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    found = problem(ProblemCode.NOT_FOUND, instance=request.url.path)
    if status == found.status and wants_a_page(request):
        return no_such_page()
    if status != found.status:
        words = error.detail if isinstance(error, HTTPException) else None
        found = problem(ProblemCode.MALFORMED, words, instance=request.url.path)
        found = found.model_copy(update={"status": status})
    response = answer(found)
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


async def _on_any(request: Request, error: Exception) -> Response:
    log.error("unexpected %s at %s", type(error).__name__, request.url.path, exc_info=error)
    return answer(problem(ProblemCode.INTERNAL, instance=request.url.path))
