"""People who enter by their city's sign-on: who began, who came back, and what they may do here.

The city says who somebody is, `motcua.toml` what members of its groups may do. Whoever enters is
written down like everybody else, bound to the city's own mark of that person and without a
password; the office's passwords go on working while the city's provider is away.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import Protocol

from queue_server.domain.people import Person
from queue_server.use_cases.people_desk import CITY, PeopleDesk, PersonRefused

WITHIN_S = 600
"""How long somebody may take at the city's provider."""
MOST_BEGUN = 1_000


class Hindrance(StrEnum):
    """Why nobody entered; the sign-in page has words for each."""

    AWAY = "away"
    DENIED = "denied"
    STALE = "stale"
    UNTRUSTED = "untrusted"
    NO_ROLE = "no_role"
    NAME_TAKEN = "name_taken"


class SignOnHindered(Exception):  # noqa: N818 - a refusal
    """Nobody entered; `why` is for the page, the message for the log and names nobody."""

    def __init__(self, why: Hindrance, message: str = "") -> None:
        super().__init__(message or why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Group:
    """Members of the city's group `name` are this here."""

    name: str
    role: str
    counter: int | None = None


@dataclass(frozen=True, slots=True)
class City:
    """Whose sign-on it is, in Vietnamese and English, its groups, and where we are ourselves."""

    name_vi: str
    name_en: str
    groups: Sequence[Group]
    home: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One sign-in on its way: what the provider must hand back, and what proves that we asked."""

    state: str
    nonce: str
    verifier: str
    back: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider vouches for: `mark` stays for ever, the name and groups may change."""

    mark: str
    name: str
    groups: frozenset[str]


class Provider(Protocol):
    """The city's OpenID provider. Each method may raise `SignOnHindered`."""

    def address(self, ask: Ask) -> str:
        """Where the browser goes to sign in."""
        ...

    def identity(self, code: str, issuer: str | None, ask: Ask) -> Identity:
        """Who came back with this code; everything that the provider says is checked."""
        ...

    def farewell(self, back: str) -> str | None:
        """Where the browser goes to sign out of the city, too; None where there is no such page."""
        ...


@dataclass(frozen=True, slots=True)
class Returned:
    """What the browser brought back; all of it may be forged."""

    state: str
    code: str | None
    error: str | None
    issuer: str | None


@dataclass(frozen=True, slots=True)
class _Begun:
    ask: Ask
    binding: str
    wanted: str | None
    until: float


class SignOn:
    """May be asked from any thread; `begin`, `finish` and `farewell` wait for the provider."""

    def __init__(
        self,
        provider: Callable[[], Provider],
        people: PeopleDesk,
        city: City,
        *,
        secret: Callable[[], str],
        now_s: Callable[[], float],
    ) -> None:
        """`provider` is loaded at its first use, `secret` gives what nobody guesses."""
        self._provider = provider
        self._people = people
        self.city = city
        self._secret = secret
        self._now_s = now_s
        self._begun: dict[str, _Begun] = {}
        self._lock = Lock()

    def begin(self, path: str, wanted: str | None) -> tuple[str, str]:
        """Begin a sign-in that comes back to `path`: the browser's binding, and where it goes.

        Raises:
            SignOnHindered: the provider is away.
        """
        ask = Ask(self._secret(), self._secret(), self._secret(), self.city.home + path)
        address = self._provider().address(ask)
        begun = _Begun(ask, self._secret(), wanted, self._now_s() + WITHIN_S)
        with self._lock:
            now = self._now_s()
            self._begun = {key: one for key, one in self._begun.items() if one.until > now}
            if len(self._begun) >= MOST_BEGUN:
                del self._begun[next(iter(self._begun))]
            self._begun[ask.state] = begun
        return begun.binding, address

    def finish(self, binding: str | None, returned: Returned) -> tuple[Person, str | None]:
        """Who entered, and the page that was wanted; a sign-in counts once, in its own browser.

        Raises:
            SignOnHindered: nobody entered.
            StoreUnavailable: who entered could not be written down.
        """
        with self._lock:
            begun = self._begun.pop(returned.state, None)
        ours = begun is not None and hmac.compare_digest(
            begun.binding.encode(), (binding or "").encode()
        )
        if begun is None or not ours or begun.until <= self._now_s():
            raise SignOnHindered(Hindrance.STALE)
        if returned.code is None:
            why = Hindrance.DENIED if returned.error == "access_denied" else Hindrance.UNTRUSTED
            raise SignOnHindered(why, f"the provider answered {returned.error!r:.80}")
        identity = self._provider().identity(returned.code, returned.issuer, begun.ask)
        return self._enter(identity), begun.wanted

    def is_of_city(self, name: str) -> bool:
        """Whether this person enters by the city's sign-on."""
        person = self._people.find(name)
        return person is not None and person.password.startswith(CITY)

    def farewell(self) -> str | None:
        """Where to sign out of the city, too; None where that is not possible now."""
        try:
            return self._provider().farewell(f"{self.city.home}/")
        except SignOnHindered:
            return None

    def _enter(self, identity: Identity) -> Person:
        mark = hashlib.sha256(identity.mark.encode()).hexdigest()
        group = next((one for one in self.city.groups if one.name in identity.groups), None)
        if group is None:
            # Whoever was let in before and is in no group any more is signed out everywhere.
            self._people.leave_city(mark)
            raise SignOnHindered(Hindrance.NO_ROLE)
        try:
            return self._people.enter_from_city(
                identity.name, mark, group.role, group.counter, self._secret()
            )
        except PersonRefused as refused:
            raise SignOnHindered(Hindrance.NAME_TAKEN, str(refused)) from None
