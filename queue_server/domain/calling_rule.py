"""The calling rule (domain.md section 3): whom a counter calls next, and why.

1. tickets eligible now: in the counter's profile, within hours and appointment window, and of
   nobody who is at another counter with another ticket of the same visit;
2. starvation guard: whoever waited past the limit of the class, oldest first;
3. tickets that were sent to this very counter;
4. the first order of the profile in which anybody waits, and in it priority by the policy;
5. then the longest wait, weighted by the profile.
Only heads of lines are compared, so the choice costs the same with ten or 20,000 waiting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from queue_server.domain.office import Policy, PriorityUse, Rules
from queue_server.domain.office_day import OfficeDay
from queue_server.domain.reason import CallReason, Passed, ReasonKind
from queue_server.domain.ticket import PriorityClass, Ticket
from queue_server.domain.waiting_line import Rank, WaitingLine

PASSED_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A head of a waiting line, as the counter that asks sees it."""

    ticket: Ticket
    waited_s: float
    limit_s: float
    rank: Rank

    @property
    def is_priority(self) -> bool:
        """Whether the citizen declared a priority class."""
        return self.ticket.priority is not PriorityClass.NORMAL

    @property
    def starving(self) -> bool:
        """Whether the starvation guard protects this ticket."""
        return self.waited_s > self.limit_s


def choose(day: OfficeDay, counter: int, at: datetime) -> tuple[Ticket, CallReason] | None:
    """The ticket this counter calls next and the reason, or None when nobody is eligible."""
    configured, now = day.counter(counter)
    heads = _heads(day, counter, at)
    if not heads:
        return None
    chosen, kind = pick(heads, configured.priority, now.turns, day.office.rules)
    return chosen.ticket, _reason(day, chosen, kind, heads, now.turns)


def reason_by_number(day: OfficeDay, ticket: Ticket, counter: int, at: datetime) -> CallReason:
    """The reason of a call that the clerk made by typing the number."""
    chosen = candidate(day, ticket, at, Rank())
    return _reason(day, chosen, ReasonKind.BY_NUMBER, _heads(day, counter, at), 0)


def is_due(day: OfficeDay, ticket: Ticket, at: datetime) -> bool:
    """Whether hours and appointment window let the ticket be called now."""
    if _is_shut(day, ticket, at):
        return False
    if ticket.appointment_at is None and not ticket.delayed_s:
        return True  # Who is there waits, also after the clock was set back a little.
    # Who said to be late has a place ahead of now too, but asked not to be called before it.
    early = ticket.appointment_at is not None and not ticket.delayed_s
    window = day.office.rules.appointment_early if early else timedelta(0)
    return ticket.line_since - window <= at


def _is_shut(day: OfficeDay, ticket: Ticket, at: datetime) -> bool:
    service = day.office.services.get(ticket.service)
    return service is not None and service.hours is not None and not service.hours.is_open(at)


def _heads(day: OfficeDay, counter: int, at: datetime) -> list[Candidate]:
    elsewhere = visits_elsewhere(day, counter)
    heads = ((_head(day, line, elsewhere, at), rank) for line, rank in day.reach_of(counter))
    return [candidate(day, ticket, at, rank) for ticket, rank in heads if ticket is not None]


def visits_elsewhere(day: OfficeDay, counter: int) -> frozenset[str]:
    """The visits whose citizen is at another counter now: nobody is called to two at once."""
    busy = (now.ticket for n, now in day.counters.items() if n != counter and now.ticket)
    return frozenset(day.tickets[i].stay for i in busy)


def _head(
    day: OfficeDay, line: WaitingLine, elsewhere: frozenset[str], at: datetime
) -> Ticket | None:
    """The first of a line that may be called now; nearly always its very first.

    Where the clock was set back, somebody who is there may stand behind an appointment to come.
    """
    tickets = (day.tickets[one] for one in line)
    free = (one for one in tickets if one.stay not in elsewhere)
    head = next(free, None)
    if head is None or is_due(day, head, at):
        return head
    if _is_shut(day, head, at):
        return None  # and so for all of its line
    return next((one for one in free if is_due(day, one, at)), None)


def candidate(day: OfficeDay, ticket: Ticket, at: datetime, rank: Rank) -> Candidate:
    """A waiting ticket as it is weighed at `at` by a counter that ranks its line so."""
    started = day.office.wait_starts(ticket.service, ticket.line_since)
    waited_s = max(0.0, (at - started).total_seconds())
    limit_s = day.office.rules.limit_for(ticket.priority).total_seconds()
    return Candidate(ticket, waited_s, limit_s, rank)


def pick(
    heads: list[Candidate], use: PriorityUse, turns: int, rules: Rules
) -> tuple[Candidate, ReasonKind]:
    """Which of the heads goes first, and what decided; there is at least one."""
    starving = [head for head in heads if head.starving]
    if starving:
        return _earliest(starving), ReasonKind.STARVATION_GUARD
    sent = [head for head in heads if head.rank.sent]
    if sent:
        return _earliest(sent), ReasonKind.SENT_TO_COUNTER
    order = min(head.rank.order for head in heads)
    tier = [head for head in heads if head.rank.order == order]
    if use is PriorityUse.DEDICATED:
        return _longest(tier), ReasonKind.PRIORITY_COUNTER
    return _by_policy(tier, use, turns, rules) or _by_wait(tier, heads)


def _by_policy(
    tier: list[Candidate], use: PriorityUse, turns: int, rules: Rules
) -> tuple[Candidate, ReasonKind] | None:
    """Whom priority or its turns decide for; None where only the wait counts."""
    priority = [head for head in tier if head.is_priority]
    normal = [head for head in tier if not head.is_priority]
    fifo = use is PriorityUse.SHARED and rules.policy is Policy.FIFO
    if fifo or not priority or not normal:
        return None
    if use is PriorityUse.PREFERRED or rules.policy is Policy.STRICT:
        return _longest(priority), ReasonKind.STRICT_PRIORITY
    if turns < rules.priority_turns:
        return _longest(priority), ReasonKind.PRIORITY_TURN
    return _longest(normal), ReasonKind.NORMAL_TURN


def _by_wait(tier: list[Candidate], heads: list[Candidate]) -> tuple[Candidate, ReasonKind]:
    """The longest weighted wait, and what decided if somebody else came earlier."""
    chosen = _longest(tier)
    if chosen is _earliest(heads):
        return chosen, ReasonKind.LONGEST_WAIT
    if chosen is _earliest(tier):
        return chosen, ReasonKind.PROFILE_ORDER
    return chosen, ReasonKind.PROFILE_WEIGHT


def _earliest(heads: list[Candidate]) -> Candidate:
    return min(heads, key=lambda h: h.ticket.place)


def _longest(heads: list[Candidate]) -> Candidate:
    """The longest weighted wait; before opening, when all wait zero, the earlier place."""
    return min(heads, key=lambda h: (-h.waited_s * h.rank.weight, h.ticket.place))


def _reason(
    day: OfficeDay, chosen: Candidate, kind: ReasonKind, heads: list[Candidate], turns: int
) -> CallReason:
    before = sorted(
        (head for head in heads if head.ticket.place < chosen.ticket.place),
        key=lambda h: h.ticket.place,
    )
    return CallReason(
        kind=kind,
        waited_s=chosen.waited_s,
        limit_s=chosen.limit_s,
        turn=turns + 1,
        turns=day.office.rules.priority_turns,
        passed=tuple(Passed(h.ticket.label, h.waited_s) for h in before[:PASSED_SHOWN]),
    )
