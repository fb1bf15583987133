"""Says every refusal in the words of the contract, for HTTP and MQTT alike."""

from __future__ import annotations

from queue_server.contracts.problems import Problem, ProblemCode, problem
from queue_server.domain import faults as f
from queue_server.use_cases.keep_day import KeyReused
from queue_server.use_cases.ports import StoreUnavailable

CODES: dict[type[Exception], ProblemCode] = {
    f.UnknownService: ProblemCode.UNKNOWN_SERVICE,
    f.UnknownCounter: ProblemCode.UNKNOWN_COUNTER,
    f.UnknownTicket: ProblemCode.UNKNOWN_TICKET,
    f.UnknownProfile: ProblemCode.UNKNOWN_PROFILE,
    f.UnknownAppointment: ProblemCode.UNKNOWN_APPOINTMENT,
    f.NotBookable: ProblemCode.NOT_BOOKABLE,
    f.UnknownDossier: ProblemCode.UNKNOWN_DOSSIER,
    f.NotFileable: ProblemCode.NOT_FILEABLE,
    f.UndoExpired: ProblemCode.UNDO_EXPIRED,
    f.RecallLimitReached: ProblemCode.RECALL_LIMIT,
    f.IllegalMove: ProblemCode.ILLEGAL_MOVE,
    f.CounterBusy: ProblemCode.COUNTER_BUSY,
    f.StaleVersion: ProblemCode.STALE_VERSION,
    f.NotEligible: ProblemCode.NOT_ELIGIBLE,
    f.PersonalNote: ProblemCode.PERSONAL_NOTE,
    f.OfficeClosed: ProblemCode.OFFICE_CLOSED,
    f.LimitReached: ProblemCode.LIMIT_REACHED,
    f.NumbersExhausted: ProblemCode.NUMBERS_EXHAUSTED,
    f.NumberNotLeased: ProblemCode.NUMBER_NOT_LEASED,
    KeyReused: ProblemCode.KEY_REUSED,
    StoreUnavailable: ProblemCode.STORE_UNAVAILABLE,
}


def problem_of(fault: Exception, instance: str | None = None) -> Problem:
    """The problem to answer; anything unforeseen is `internal` and tells nothing of itself."""
    code = CODES.get(type(fault), ProblemCode.INTERNAL)
    if not isinstance(fault, f.DomainFault):
        return problem(code, instance=instance)
    return problem(
        code,
        fault.detail,
        instance=instance,
        state=fault.state,
        allowed=[str(move) for move in fault.allowed] or None,
    )
