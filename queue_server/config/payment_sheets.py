"""Statements and refunds as CSV: read with line, column and reason; written with count and sum."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.dossier import Dossier
from queue_server.domain.dossier_payments import reference_of
from queue_server.domain.office import ZONE

COLUMNS = ("transaction", "at", "amount_vnd", "content")
TRANSACTION = re.compile(r"^[A-Za-z0-9._/-]{1,40}$")
MOST_LINES = 5000
LARGEST_VND = 1_000_000_000
TOTAL = "TOTAL"
FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Settlement:
    """Money that moved, as a bank says: `content` is what the payer wrote, and is never kept."""

    line: int
    transaction: str
    at: datetime
    amount_vnd: int
    content: str

    def __repr__(self) -> str:
        return f"Settlement({self.transaction}, {self.amount_vnd})"


@dataclass(frozen=True, slots=True)
class StatementFault:
    """Why a statement cannot be taken."""

    line: int
    column: str
    reason: str


def read_statement(text: str) -> tuple[tuple[Settlement, ...], tuple[StatementFault, ...]]:
    """The lines of a statement, and all that is wrong with it; with faults, use none of it.

    Columns: transaction, at (ISO 8601; without an offset it is local time), amount_vnd, content.
    A last line `TOTAL, , sum, count` is checked where it stands.
    """
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    try:
        lines = [(rows.line_num, row) for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as error:
        return (), (StatementFault(rows.line_num, "–", f"no CSV: {error}"),)
    if not lines or tuple(cell.strip() for cell in lines[0][1]) != COLUMNS:
        return (), (StatementFault(1, "–", f"the head must be {','.join(COLUMNS)}"),)
    if len(lines) - 1 > MOST_LINES:
        return (), (StatementFault(lines[MOST_LINES][0], "–", f"more than {MOST_LINES} lines"),)
    body, total = lines[1:], None
    if body and body[-1][1][0].strip() == TOTAL:
        total = body.pop()
    found: list[Settlement] = []
    faults: list[StatementFault] = []
    seen: dict[str, int] = {}
    for line, row in body:
        made = _line(line, row)
        if isinstance(made, StatementFault):
            faults.append(made)
            continue
        if made.transaction in seen:
            reason = f"stands in line {seen[made.transaction]} already"
            faults.append(StatementFault(line, "transaction", reason))
        seen.setdefault(made.transaction, line)
        found.append(made)
    if total is not None and not faults:
        faults += _wrong_total(total, found)
    return tuple(found), tuple(faults)


def _line(line: int, row: Sequence[str]) -> Settlement | StatementFault:
    if len(row) != len(COLUMNS):
        return StatementFault(line, "–", f"{len(row)} cells, the head has {len(COLUMNS)}")
    transaction, at, amount, content = (cell.strip() for cell in row)
    if not TRANSACTION.fullmatch(transaction):
        return StatementFault(line, "transaction", "1 to 40 letters, digits, . _ / -")
    if not (amount.isascii() and amount.isdigit() and 0 < int(amount) <= LARGEST_VND):
        return StatementFault(line, "amount_vnd", f"a whole number from 1 to {LARGEST_VND}")
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return StatementFault(line, "at", "no time like 2026-11-27T09:30:00+07:00")
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=ZONE)
    return Settlement(line, transaction, moment, int(amount), content)


def _wrong_total(total: tuple[int, list[str]], found: list[Settlement]) -> list[StatementFault]:
    line, row = total
    cells = [cell.strip() for cell in row] + ["", "", ""]
    want = str(sum(one.amount_vnd for one in found)), str(len(found))
    faults = []
    if cells[2] != want[0]:
        faults.append(StatementFault(line, "amount_vnd", f"the lines add up to {want[0]}"))
    if cells[3] and cells[3] != want[1]:
        faults.append(StatementFault(line, "content", f"there are {want[1]} lines"))
    return faults


class References:
    """Finds the dossier that a payer's words are about."""

    def __init__(self, dossiers: Iterable[Dossier]) -> None:
        self._by_reference: dict[str, list[Dossier]] = {}
        for one in dossiers:
            if one.code is not None:
                self._by_reference.setdefault(reference_of(one.code), []).append(one)
        lengths = {len(reference) for reference in self._by_reference}
        self._lengths = sorted(lengths, reverse=True)

    def found(self, content: str) -> list[Dossier]:
        """The dossiers whose reference stands in the words, blanks and signs left out.

        A digit after the reference would belong to a longer serial: that is another dossier.
        """
        text = re.sub(r"[^0-9A-Z]", "", content.upper())
        spaced = re.sub(r"[^0-9A-Z]+", " ", content.upper())
        hits: dict[str, Dossier] = {}
        for length in self._lengths:
            for start in range(len(text) - length + 1):
                piece = text[start : start + length]
                for one in self._by_reference.get(piece, ()):
                    if not _goes_on(spaced, piece):
                        hits[one.id] = one
        return list(hits.values())


def _goes_on(spaced: str, piece: str) -> bool:
    """Whether the reference is only the beginning of a longer number, with no blank after it."""
    pattern = " ?".join(map(re.escape, piece))
    return all(spaced[m.end() : m.end() + 1].isdigit() for m in re.finditer(pattern, spaced))


def reconciliation_sheet(dossiers: Iterable[Dossier]) -> str:
    """What each dossier should have paid and did; the last line counts and adds up."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    head = ("dossier", "reference", "fee_vnd", "paid_vnd", "owed_vnd", "refunded_vnd", "due_vnd")
    writer.writerow((*head, "payment", "transactions"))
    sums = [0] * (len(head) - 2)
    count = 0
    for one in dossiers:
        if one.code is None:
            continue
        amounts = (one.fee_vnd or 0, one.paid_vnd, one.owed_vnd, one.refunded_vnd, one.due_vnd)
        sums = [total + amount for total, amount in zip(sums, amounts, strict=True)]
        count += 1
        numbers = " ".join(one.transactions)
        row = (one.code, reference_of(one.code), *amounts, one.payment, numbers)
        writer.writerow([safe(cell) for cell in row])
    writer.writerow((TOTAL, count, *sums, "", ""))
    return out.getvalue()


def refund_sheet(dossiers: Iterable[Dossier]) -> str:
    """Whom money is owed back, by the transfer it came with; count and sum in the last line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("dossier", "reference", "owed_vnd", "came_with"))
    owing = [one for one in dossiers if one.owed_vnd and one.code is not None]
    for one in owing:
        code = one.code or ""
        row = (code, reference_of(code), one.owed_vnd, " ".join(one.transactions))
        writer.writerow([safe(cell) for cell in row])
    writer.writerow((TOTAL, len(owing), sum(one.owed_vnd for one in owing), ""))
    return out.getvalue()


def safe(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
