"""Asks a server for a device's keys: over HTTPS, by a root that the code on paper names."""

from __future__ import annotations

import ssl
from collections.abc import Callable

import httpx
from pydantic import ValidationError

from queue_server.contracts.config_file import ConfigError
from queue_server.contracts.enrolment import ROOT_PATH, Enrolled, EnrolRequest, RenewRequest

API = "/api/v1"
WITHIN_S = 30.0


class EnrolmentRefused(ConfigError):  # noqa: N818 - a refusal
    """The device got nothing; the message says why and what to do."""


def fetch_root(server: str) -> bytes:
    """The root that this server shows, from nobody knows whom yet; PEM.

    Raises:
        EnrolmentRefused: nobody answers, or there is none.
    """
    # Not yet trusted: the caller compares it with the code before a secret goes this way.
    answer = _asked(lambda: httpx.get(server + ROOT_PATH, verify=False, timeout=WITHIN_S))  # noqa: S501 - see above
    return answer.content


def enrol(server: str, root: bytes, code: str, request: str) -> Enrolled:
    """Trade a code's secret for the device's keys.

    Raises:
        EnrolmentRefused: the server is another one, or the code does not count.
    """
    body = EnrolRequest(code=code, request=request)
    return _posted(server, "/enrol", body.model_dump(), root, {})


def renew(server: str, root: bytes, secret: str, request: str) -> Enrolled:
    """Trade the old keys for new ones.

    Raises:
        EnrolmentRefused: the server is another one, or the old ones do not count.
    """
    body = RenewRequest(request=request)
    headers = {"Authorization": f"Bearer {secret}"}
    return _posted(server, "/enrol/renew", body.model_dump(), root, headers)


def _posted(
    server: str, path: str, body: dict[str, str], root: bytes, headers: dict[str, str]
) -> Enrolled:
    trust = ssl.create_default_context(cadata=root.decode("ascii"))
    with httpx.Client(verify=trust, headers=headers, timeout=WITHIN_S) as client:
        answer = _asked(lambda: client.post(f"{server}{API}{path}", json=body))
    try:
        return Enrolled.model_validate_json(answer.content)
    except ValidationError:
        raise EnrolmentRefused(f"{server}: this is no server of Một Cửa Edge") from None


def _asked(ask: Callable[[], httpx.Response]) -> httpx.Response:
    try:
        answer = ask()
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
        raise EnrolmentRefused(f"the server cannot be reached: {error}") from None
    if answer.status_code == httpx.codes.UNAUTHORIZED:
        raise EnrolmentRefused("refused: ask the office for a new code, `motcua enrol DEVICE`")
    if answer.is_error:
        raise EnrolmentRefused(f"the server says {answer.status_code}: {answer.text[:200]}")
    return answer
