"""How a city's month goes public: drafted, reviewed by another person, published, withdrawn.

The steps and who may take them are those of an office's publication. A draft is a snapshot whose
text is kept with it, so what was reviewed is what is published.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Protocol

from queue_server.contracts.views import Words
from queue_server.domain.office_record_events import ReportStepTaken
from queue_server.hub.contracts import month_views as v
from queue_server.hub.use_cases.ports import CityStoreAway
from queue_server.use_cases.ports import StoredEvent
from queue_server.use_cases.publication_desk import Publication, told
from queue_server.use_cases.publication_steps import (
    PUBLIC,
    Step,
    check_draft,
    check_step,
    digest_of,
)
from queue_server.use_cases.reports.period import Kind, period_on


class StepBook(Protocol):
    """Where the steps are kept. Every method may raise `CityStoreAway`."""

    async def steps(self) -> Sequence[StoredEvent]:
        """All that were taken, each a `ReportStepTaken`, in order."""
        ...

    async def keep(
        self, step: ReportStepTaken, check: Callable[[Sequence[StoredEvent]], None]
    ) -> None:
        """Keep a step if `check`, on all that were taken, lets it; one at a time."""
        ...


Figures = Callable[[date], Awaitable[v.CityMonth]]


class CityPublications:
    """What people at the hub do with months, and what everybody sees."""

    def __init__(
        self, book: StepBook, figures: Figures, step: Callable[..., ReportStepTaken]
    ) -> None:
        """`figures` makes those of a month; `step` a step that happens now."""
        self._book = book
        self._figures = figures
        self._step = step

    async def all(self) -> list[Publication]:
        """Every snapshot, newest first."""
        return list(reversed(told(await self._book.steps())))

    async def draft(self, month: date, today: date, by: str, note: str) -> Publication:
        """A snapshot of the month's figures as they are now.

        Raises:
            StepRefused: the month is not over, has an open draft, or a correction gives no reason.
            CityStoreAway: nothing was kept.
        """
        period = period_on(Kind.MONTH, month)

        def check(steps: Sequence[StoredEvent]) -> None:
            states = [one.state for one in told(steps) if one.period == period]
            check_draft(period.name(), states, note, over=period.last < today)

        check(await self._book.steps())
        content = (await self._figures(period.first)).model_dump_json()
        digest = digest_of(content)
        await self._book.keep(
            self._step(
                step=Step.DRAFTED.value,
                first=period.first,
                last=period.last,
                digest=digest,
                by=by,
                note=note,
                content=content,
            ),
            check,
        )
        return await self.find(digest)

    async def take(self, publication: str, step: Step, by: str, note: str) -> Publication:
        """The next step of a snapshot, by a person.

        Raises:
            LookupError: there is no such snapshot.
            StepRefused: it cannot follow, or not by this person.
            CityStoreAway: nothing was changed.
        """
        found = await self.find(publication)

        def check(steps: Sequence[StoredEvent]) -> None:
            now = next(one for one in told(steps) if one.id == found.id)
            check_step(now.steps, step, by, note, person=True)

        said = self._step(
            step=step.value,
            first=found.period.first,
            last=found.period.last,
            digest=found.id,
            by=by,
            note=note,
            content="",
        )
        await self._book.keep(said, check)
        return await self.find(found.id)

    async def find(self, publication: str) -> Publication:
        """The snapshot with this id, or the only one whose id begins so.

        Raises:
            LookupError: there is none, or more than one.
        """
        found = [one for one in await self.all() if one.id.startswith(publication)]
        if len(found) != 1:
            raise LookupError(f"{publication}: {len(found) or 'no'} months of this id")
        return found[0]

    async def published(self) -> list[v.PublishedMonth]:
        """What everybody sees in the list, newest first; also what was withdrawn, and why."""
        return [_public(one) for one in await self.all() if one.state in PUBLIC]

    async def shown(self, publication: str) -> v.ShownMonth:
        """One snapshot with where it is; a draft too, for who has its id and reviews it.

        Raises:
            LookupError: there is none, it was returned, or it was withdrawn.
        """
        found = await self.find(publication)
        if found.state in {Step.WITHDRAWN, Step.RETURNED}:
            raise LookupError("it is not shown any more")
        if digest_of(found.content) != found.id:
            raise CityStoreAway(f"the snapshot {found.id[:12]} is damaged")
        return v.ShownMonth(
            state=found.state.value,
            replaced=found.replaced,
            steps=[v.MonthStep(step=one.step.value, at=one.at) for one in found.steps],
            month=v.CityMonth.model_validate_json(found.content),
        )


def _public(one: Publication) -> v.PublishedMonth:
    vi, en = one.period.name()
    published, withdrawn = one.when(Step.PUBLISHED), one.when(Step.WITHDRAWN)
    assert published is not None  # noqa: S101 - it is public
    return v.PublishedMonth(
        id=one.id,
        first=one.period.first,
        name=Words(vi=vi, en=en),
        state="withdrawn" if withdrawn else "replaced" if one.replaced else "published",
        published_at=published.at,
        reason=withdrawn.note if withdrawn else one.steps[0].note,
    )
