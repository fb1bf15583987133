"""Who may sign in by name and password: checked slowly, changed through the one writer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from threading import Lock
from typing import Literal, Protocol

from queue_server.domain.decide import Outcome
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.people import Person, RemovePerson, SetPerson
from queue_server.use_cases.keep_day import Body, Request, Writer
from queue_server.use_cases.password_rules import fault_of

NAME = re.compile(r"[a-z][a-z0-9._-]{1,30}")
BAD_NAME = (
    "tên đăng nhập: 2 đến 31 chữ a-z, số, dấu chấm, gạch; bắt đầu bằng chữ / "
    "name: 2 to 31 of a-z, 0-9, dot, dash; a letter first"
)
ADMIN, CLERK = "admin", "clerk"
NOBODY = "-"
UNKNOWN: Literal["nobody"] = "nobody"
Seen = datetime | Literal["nobody"] | None
CITY = "city:"
"""What stands in the place of a password's hash where the city vouches for somebody."""
BY_CITY = "sign-on"


class PersonRefused(Exception):  # noqa: N818 - a refusal
    """This cannot be; the message says why and never repeats a password."""


class PersonChanged(Exception):  # noqa: N818 - a refusal
    """Somebody else changed, added or removed this person in the meantime."""


class UnknownPerson(Exception):  # noqa: N818 - a refusal
    """Nobody has this name."""


class Passwords(Protocol):
    """Hashes passwords so that guessing is slow."""

    def hash(self, password: str) -> str:
        """What is kept of a password."""
        ...

    def fits(self, password: str, kept: str) -> bool:
        """Whether the password is that of the hash."""
        ...


class PeopleDesk:
    """May be asked from any thread; every method but `all` and `find` is slow.

    One password is computed at a time: each takes 64 MiB, and the office's tickets go first.
    """

    def __init__(
        self,
        writer: Writer,
        known: Iterable[Person],
        passwords: Passwords,
        changed: Callable[[str, Person | None], None] = lambda _name, _person: None,
        reserved: frozenset[str] = frozenset(),
    ) -> None:
        """Begin with who is kept; `changed` is told each change after its commit.

        `reserved` are names of devices: in a history nobody shall take one for the other.
        """
        self._reserved = reserved
        self._writer = writer
        self._known = {person.name: person for person in known}
        self._passwords = passwords
        self._changed = changed
        self._lock = Lock()
        self._decoy: str | None = None

    def all(self) -> list[Person]:
        """Everybody, by name."""
        return sorted(self._known.values(), key=lambda one: one.name)

    def find(self, name: str) -> Person | None:
        """The person of this name."""
        return self._known.get(name)

    def check(self, name: str, password: str) -> Person | None:
        """Who this is; it takes the same time for a name that nobody has."""
        with self._lock:
            person = self._known.get(name)
            if person is not None and person.password.startswith(CITY):
                person = None
            if person is None and self._decoy is None:
                self._decoy = self._passwords.hash(NOBODY)
            kept = person.password if person else str(self._decoy)
            fits = self._passwords.fits(password, kept)
        return person if fits else None

    def put(  # noqa: PLR0913, PLR0917 - the facts of a person
        self,
        by: str,
        name: str,
        role: str,
        counter: int | None,
        password: str | None,
        seen: Seen = None,
    ) -> Person:
        """Add a person or change one; without `password` the old one stays.

        `seen` is when the person was changed last as far as `by` knows, or that there was nobody.

        Raises:
            PersonRefused: the name, the password, or what would be left cannot be.
            PersonChanged: it is not as `seen` says any more.
            StoreUnavailable: nothing was changed.
        """
        with self._lock:
            old = self._known.get(name)
            _require_seen(old, seen)
            self._require_possible(old, name, (role, counter), changes=password is not None)
            if old is None and password is None:
                raise PersonRefused("mật khẩu: người mới cần có / password: a new person needs one")
            if role != ADMIN:
                self._require_another_admin(old)
            if password is not None:
                _require_hard_to_guess(name, password)
                kept = self._passwords.hash(password)
            else:
                kept = old.password if old else ""
            command = SetPerson(
                name=name,
                role=role,
                counter=counter,
                password=kept,
                new_password=password is not None,
                by=by,
            )
            return self._commit(command, name)

    def _require_possible(
        self, old: Person | None, name: str, place: tuple[str, int | None], *, changes: bool
    ) -> None:
        """Whether somebody of this name may be at this place; `changes`: with another password.

        Raises:
            PersonRefused: it cannot be; the words say why.
        """
        if not NAME.fullmatch(name):
            raise PersonRefused(BAD_NAME)
        if name in self._reserved:
            raise PersonRefused(
                "tên đăng nhập: một thiết bị đã có tên này / name: a device has it already"
            )
        of_city = old is not None and old.password.startswith(CITY)
        if of_city and (changes or _place(old) != place):
            raise PersonRefused(
                "người này đăng nhập qua hệ thống của thành phố, nơi quyết định việc này / "
                "this person enters by the city's sign-on, which decides"
            )
        role, counter = place
        if (counter is None) is (role == CLERK):
            raise PersonRefused(
                "quầy: cán bộ quầy có một quầy, người khác thì không / "
                "counter: a clerk has one, and nobody else"
            )

    def adopt(self, by: str, name: str, kept: str) -> None:
        """Make the first administrator, from the hash that `motcua init` wrote."""
        with self._lock:
            command = SetPerson(
                name=name, role=ADMIN, counter=None, password=kept, new_password=True, by=by
            )
            self._commit(command, name)

    def enter_from_city(
        self, name: str, mark: str, role: str, counter: int | None, secret: str
    ) -> Person:
        """Who the city vouches for, written down where anything is new.

        Bound to the city's `mark`, so that nobody enters by taking over a name; who has another
        name there now keeps the one of our records. `secret` is what sessions are signed with.

        Raises:
            PersonRefused: the name cannot be, or is somebody else's.
            StoreUnavailable: nothing was changed.
        """
        with self._lock:
            old = self._of_city(mark)
            if old is not None and _place(old) == (role, counter):
                return old
            if old is None and not NAME.fullmatch(name):
                raise PersonRefused(BAD_NAME)
            if old is None and (name in self._reserved or name in self._known):
                raise PersonRefused(
                    "tên đăng nhập: người khác ở đây đã có / name: somebody else has it here"
                )
            kept = old.name if old is not None else name
            command = SetPerson(
                name=kept,
                role=role,
                counter=counter,
                password=f"{CITY}{mark}:{secret}",
                new_password=False,
                by=BY_CITY,
            )
            return self._commit(command, kept)

    def leave_city(self, mark: str) -> None:
        """The city vouches no more for whom it did: sign-in and sessions end.

        Raises:
            StoreUnavailable: nothing was changed.
        """
        with self._lock:
            person = self._of_city(mark)
            if person is not None:
                self._submit(RemovePerson(name=person.name, by=BY_CITY))
                del self._known[person.name]
                self._changed(person.name, None)

    def _of_city(self, mark: str) -> Person | None:
        begin = f"{CITY}{mark}:"
        known = self._known.values()
        return next((one for one in known if one.password.startswith(begin)), None)

    def remove(self, by: str, name: str, seen: datetime | None = None) -> None:
        """Take the sign-in away; sessions end with it.

        Raises:
            UnknownPerson: nobody has this name.
            PersonChanged: it is not as it was `seen` any more.
            PersonRefused: it is the last administrator.
            StoreUnavailable: nothing was changed.
        """
        with self._lock:
            person = self._known.get(name)
            if person is None:
                raise UnknownPerson
            _require_seen(person, seen)
            self._require_another_admin(person)
            self._submit(RemovePerson(name=name, by=by))
            del self._known[name]
            self._changed(name, None)

    def _require_another_admin(self, person: Person | None) -> None:
        """One with a password of the office: the city's sign-on may be away when one is needed."""
        if person is None or person.role != ADMIN or person.password.startswith(CITY):
            return
        admins = [one for one in self._known.values() if one.role == ADMIN]
        if sum(not one.password.startswith(CITY) for one in admins) == 1:
            raise PersonRefused(
                "vai trò: đây là người quản trị cuối cùng; hãy thêm người khác trước / "
                "role: this is the last administrator; make another one first"
            )

    def _commit(self, command: SetPerson, name: str) -> Person:
        person = self._submit(command)
        self._known[name] = person
        self._changed(name, person)
        return person

    def _submit(self, command: SetPerson | RemovePerson) -> Person:
        at: list[datetime] = []

        def noted(_day: OfficeDay, _outcome: Outcome, when: datetime) -> Body:
            at.append(when)
            return {}

        answer = self._writer.submit(Request(command, noted)).result()
        if answer.fault is not None:
            raise answer.fault
        if isinstance(command, RemovePerson):
            return self._known[command.name]
        return Person(
            name=command.name,
            role=command.role,
            counter=command.counter,
            password=command.password,
            changed_at=at[0],
            changed_by=command.by,
        )


def _require_seen(person: Person | None, seen: Seen) -> None:
    now = person.changed_at if person is not None else UNKNOWN
    if seen is not None and seen != now:
        raise PersonChanged


def _place(person: Person | None) -> tuple[str, int | None] | None:
    return (person.role, person.counter) if person is not None else None


def _require_hard_to_guess(name: str, password: str) -> None:
    fault = fault_of(name, password)
    if fault is not None:
        raise PersonRefused(fault)
