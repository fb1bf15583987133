"""People who sign in by name, as administrators see and change them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from queue_server.contracts.requests import Strict
from queue_server.contracts.views import View
from queue_server.contracts.written_times import Moment

PersonRole = Literal["admin", "manager", "clerk", "post_operator", "viewer"]


class PersonRequest(Strict):
    """What the person is from now on; without `password` the old one stays."""

    role: PersonRole
    counter: Annotated[int, Field(ge=1, le=999)] | None = Field(
        default=None, description="The clerk's own; nobody else has one"
    )
    password: Annotated[str, Field(max_length=200)] | None = None
    seen: Moment | Literal["nobody"] | None = Field(
        default=None,
        description="`changed_at` as the sender saw it, or that there was nobody; stale → 409",
    )


class PersonView(View):
    """One person; nothing of the password."""

    name: str
    role: str
    counter: int | None
    changed_at: datetime
    changed_by: str
