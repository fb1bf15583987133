"""Who is asking, and whether they may: bearer secrets for devices, a cookie for browsers.

Secrets are 256 random bits, so their SHA-256 digests are compared, never the secrets; a guess
learns nothing from the time a dictionary needs. A cookie is signed with its credential's digest
and needs no memory: a restart keeps wall displays signed in, a changed secret ends its sessions.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

from fastapi import Depends, Request

from queue_server.api.problems import Refusal
from queue_server.contracts.problems import ProblemCode

COOKIE = "motcua_session"
SESSION_S = 12 * 3600
"""A device's page that asks now and then stays signed in; a cookie left alone ends after this."""
PERSON_IDLE_S = 2 * 3600
PERSON_DAY_S = 10 * 3600
"""A person's ends when no page asked for two hours, and after a working day in any case."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_CLOSED = 10_000


class Role(StrEnum):
    """What a sign-in is for: the first five are people's, the others devices'."""

    ADMIN = "admin"
    MANAGER = "manager"
    CLERK = "clerk"
    POST_OPERATOR = "post_operator"
    VIEWER = "viewer"
    KIOSK = "kiosk"
    COUNTER = "counter"
    DISPLAY = "display"
    ANNOUNCER = "announcer"
    CAMERA = "camera"
    SERVER = "server"


PEOPLE = frozenset({Role.ADMIN, Role.MANAGER, Role.CLERK, Role.POST_OPERATOR, Role.VIEWER})
"""What a person may be; a manager's board on a wall signs in as a device of that role."""
LEADERS = frozenset({Role.ADMIN, Role.MANAGER})
"""Who decides for the whole office: rules, asks, exports."""
LOOKERS = LEADERS | {Role.VIEWER}
"""Who sees the whole office: board, reports, forecasts. They change nothing by it."""
AT_A_COUNTER = frozenset({Role.ADMIN, Role.COUNTER, Role.CLERK})
"""Who makes moves at a counter; a counter and a clerk only at their own, see `may_move`."""
STAFF = LEADERS | AT_A_COUNTER
"""Who works with tickets, appointments and dossiers inside the office."""
ISSUERS = AT_A_COUNTER | {Role.KIOSK, Role.POST_OPERATOR}
"""Who takes numbers for citizens; kiosks and post operators see only their own."""
EVERYBODY = frozenset(Role) - {Role.CAMERA}


@dataclass(frozen=True, slots=True)
class Principal:
    """Who signed in; `counter` is the only one that a counter or a clerk may move.

    `person`: signed in by name and password, so `id` is the name.
    """

    id: str
    role: Role
    counter: int | None = None
    person: bool = False

    def may_move(self, counter: int) -> bool:
        """Whether this sign-in may make moves at the counter."""
        own = self.role in {Role.COUNTER, Role.CLERK} and self.counter == counter
        return self.role is Role.ADMIN or own

    @property
    def sees_own_only(self) -> bool:
        """Whether this sign-in sees only the tickets that it took itself."""
        return self.role in {Role.KIOSK, Role.POST_OPERATOR}


@dataclass(frozen=True, slots=True)
class Holder:
    """Nobody signed in: who holds a code that nobody guesses. `id` keeps their keys apart."""

    id: str


Sender = Principal | Holder


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


class Access:
    """Knows the secrets of the office and the sessions of its browsers."""

    def __init__(
        self,
        known: Iterable[tuple[Principal, str]],
        now_s: Callable[[], float] = time.time,
        closed: Mapping[str, float] | None = None,
        remember: Callable[[str, float], None] = lambda _mark, _until_s: None,
    ) -> None:
        """`closed` are marks of sessions that were closed before a start; `remember` keeps them."""
        self._by_secret = {_digest(secret): principal for principal, secret in known}
        self._keys = {principal.id: (key, principal) for key, principal in self._by_secret.items()}
        self._closed = dict(closed or {})
        self._remember = remember
        self._now_s = now_s

    def by_secret(self, secret: str) -> Principal | None:
        """Who has this secret."""
        return self._by_secret.get(_digest(secret))

    def know_device(self, principal: Principal, secret: str) -> None:
        """This secret counts from now on; an older one, and every cookie that it gave, no more."""
        old = self._keys.get(principal.id)
        key = _digest(secret)
        self._by_secret[key] = principal
        self._keys[principal.id] = (key, principal)
        if old is not None:
            self._by_secret.pop(old[0], None)

    def know_person(self, principal: Principal, kept: str, since: float = 0.0) -> None:
        """Sessions of this person are signed with the hash: another password ends them all.

        So does another role or counter, because the cookie was given for the old one, and any
        change, also one that changes nothing else: `since` is when the person was set last.
        """
        key = _digest(f"{principal.role}/{principal.counter}/{since:.6f}/{kept}")
        self._keys[principal.id] = (key, principal)

    def forget_person(self, name: str) -> None:
        """No session of this person counts any more."""
        self._keys.pop(name, None)

    def open_session(self, secret: str) -> tuple[str, Principal] | None:
        """Sign a browser in: the cookie's value and who it is."""
        principal = self.by_secret(secret)
        return None if principal is None else (self.new_cookie(principal), principal)

    def new_cookie(self, principal: Principal, before: str | None = None) -> str:
        """A cookie's value for who is signed in already, valid from now.

        `before` is the cookie that this one takes the place of: a person's day goes on with it,
        and whoever signs out ends both.
        """
        now = int(self._now_s())
        if before is not None and self.by_session(before) == principal:
            mark = _mark(before)
        else:
            mark = f"{now}.{secrets.token_urlsafe(12)}"
        until = now + SESSION_S
        if principal.person:
            until = min(now + PERSON_IDLE_S, int(mark.partition(".")[0]) + PERSON_DAY_S)
        claim = f"{principal.id}:{until}:{mark}"
        return f"{claim}:{_signature(self._keys[principal.id][0], claim)}"

    def by_session(self, token: str) -> Principal | None:
        """Who has this cookie, while it is valid."""
        claim, _, signature = token.rpartition(":")
        name, _, rest = claim.partition(":")
        known = self._keys.get(name)
        if known is None or not hmac.compare_digest(
            _signature(known[0], claim).encode(), signature.encode()
        ):
            return None
        # Signed by us, so it has the form that `new_cookie` gave it.
        if int(rest.partition(":")[0]) < self._now_s() or _mark(token) in self._closed:
            return None
        return known[1]

    def close_session(self, token: str) -> None:
        """Sign a browser out: no cookie of this session counts any more.

        The newest `MOST_CLOSED` are known until they would have ended anyway.
        """
        if self.by_session(token) is None:
            return
        now = self._now_s()
        self._closed = {claim: until for claim, until in self._closed.items() if until >= now}
        if len(self._closed) >= MOST_CLOSED:
            del self._closed[next(iter(self._closed))]
        self._closed[_mark(token)] = now + SESSION_S
        self._remember(_mark(token), now + SESSION_S)


def _mark(cookie: str) -> str:
    """When the session of a cookie signed by us began, and what tells it from all others."""
    return cookie.split(":")[2]


def _signature(key: bytes, claim: str) -> str:
    return hmac.new(key, claim.encode(), hashlib.sha256).hexdigest()


Rule = TypeVar("Rule", bound=Callable[..., Any])


def states(permission: frozenset[Role] | str) -> Callable[[Rule], Rule]:
    """Note on a dependency whom it lets pass: roles, or words where no role is asked for.

    Every route has such a dependency; `tests/integration/server/test_permissions.py` fails where
    one has none, and tries each role on each route.
    """

    def note(rule: Rule) -> Rule:
        rule.permission = permission  # type: ignore[attr-defined]  # read by the test
        return rule

    return note


def cookie_name(request: Request) -> str:
    """What a session's cookie is called; by TLS such that no other host or path could have set it.

    Source: RFC 6265bis, the prefix `__Host-`; a browser takes it over TLS only.
    """
    return f"__Host-{COOKIE}" if request.url.scheme == "https" else COOKIE


@states("signed in")
async def who(request: Request) -> Principal:
    """The principal of a request. A coroutine: FastAPI sends plain functions to a thread.

    Raises:
        Refusal: nobody, or nobody known, is signed in.
    """
    access: Access = request.app.state.access
    header = request.headers.get("authorization")
    principal = None
    if header is not None:
        kind, _, secret = header.partition(" ")
        if kind.lower() == "bearer":
            principal = access.by_secret(secret.strip())
    else:
        token = request.cookies.get(cookie_name(request))
        if token is not None:
            principal = access.by_session(token)
            if principal is not None:
                require_own_page(request)
    if principal is None:
        raise Refusal(ProblemCode.NOT_SIGNED_IN)
    request.state.principal = principal.id
    return principal


def require_own_page(request: Request) -> None:
    """A browser sends its cookie along with whatever page asks; only ours may change things.

    Browsers say where a request comes from; who says nothing is no browser and has no business
    with a cookie.

    Raises:
        Refusal: another page asks, or nobody says which.
    """
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        own = site == "same-origin"
    else:
        own = origin is not None and urlsplit(origin).netloc == request.headers.get("host")
    if not own:
        raise Refusal(ProblemCode.NOT_ALLOWED, "a cookie counts for pages of this server only")


async def who_if_any(request: Request) -> Principal | None:
    """The principal of a request, or None where nobody tries to sign in.

    Raises:
        Refusal: somebody tries, and is not known.
    """
    if "authorization" not in request.headers and cookie_name(request) not in request.cookies:
        return None
    return await who(request)


def role_in(allowed: frozenset[Role]) -> Callable[[Principal], Awaitable[Principal]]:
    """A dependency that lets only these roles pass."""

    @states(allowed)
    async def check(principal: Annotated[Principal, Depends(who)]) -> Principal:
        if principal.role not in allowed:
            raise Refusal(ProblemCode.NOT_ALLOWED)
        return principal

    return check


@states("anybody")
async def anybody() -> None:
    """For what needs no sign-in: pages without data, health, signing in, codes nobody guesses."""
