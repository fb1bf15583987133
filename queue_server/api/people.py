"""People who sign in by name: listed, added, changed and removed by administrators."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Path, Query, Request

from queue_server.api.access import Principal, Role, role_in
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts.people import PersonRequest, PersonView
from queue_server.contracts.problems import ProblemCode
from queue_server.contracts.written_times import Moment
from queue_server.domain.people import Person
from queue_server.use_cases.people_desk import PersonChanged, PersonRefused, UnknownPerson
from queue_server.use_cases.ports import StoreUnavailable

router = APIRouter(prefix="/admin/people", tags=["people"], responses=RESPONSES)

Admin = Annotated[Principal, Depends(role_in(frozenset({Role.ADMIN})))]
Name = Annotated[str, Path(max_length=40)]
T = TypeVar("T")


@router.get("", response_model=list[PersonView])
async def get_people(request: Request, _principal: Admin) -> list[PersonView]:
    """Everybody who may sign in by name, each with who changed it last."""
    return [_view(person) for person in parts(request).people.all()]


@router.put("/{name}", response_model=PersonView)
async def put_person(
    request: Request, name: Name, body: PersonRequest, principal: Admin
) -> PersonView:
    """Add a person, or change role, counter or password; sessions given before end."""
    desk = parts(request).people
    if body.counter is not None:
        with parts(request).live.look() as day:
            if body.counter not in day.office.counters:
                raise Refusal(ProblemCode.UNKNOWN_COUNTER)
    return _view(
        await carefully(
            lambda: desk.put(principal.id, name, body.role, body.counter, body.password, body.seen)
        )
    )


@router.delete("/{name}", status_code=204)
async def remove_person(
    request: Request,
    name: Name,
    principal: Admin,
    seen: Annotated[Moment | None, Query(description="As in a change")] = None,
) -> None:
    """Take the sign-in away, at once; the last administrator stays."""
    await carefully(lambda: parts(request).people.remove(principal.id, name, seen))


def _view(person: Person) -> PersonView:
    return PersonView(
        name=person.name,
        role=person.role,
        counter=person.counter,
        changed_at=person.changed_at,
        changed_by=person.changed_by,
    )


async def carefully(work: Callable[[], T]) -> T:
    """In a thread, because a password takes its time; refusals in the words of the API."""
    try:
        return await asyncio.to_thread(work)
    except PersonRefused as refused:
        raise Refusal(ProblemCode.MALFORMED, str(refused)) from None
    except PersonChanged:
        raise Refusal(ProblemCode.STALE_VERSION) from None
    except UnknownPerson:
        raise Refusal(ProblemCode.NOT_FOUND) from None
    except StoreUnavailable:
        raise Refusal(ProblemCode.STORE_UNAVAILABLE) from None
