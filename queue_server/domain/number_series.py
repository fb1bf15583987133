"""The day's numbers of a service: given once each, or leased to a kiosk in blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from queue_server.domain.faults import NumberNotLeased, NumbersExhausted
from queue_server.domain.office import Service

LEASED_FROM = 500
"""Blocks begin here where the series has such numbers: the day's own numbers then run without
gaps, and whoever sees A503 beside A047 knows that a kiosk was alone."""


@dataclass(frozen=True, slots=True)
class NumberSeries:
    """Numbers `next_number`..`last` of one service and day are still to be given."""

    service: str
    next_number: int
    last: int

    @classmethod
    def of(cls, service: Service) -> NumberSeries:
        """The unused series of a service in the morning."""
        return cls(service.id, service.first_number, service.last_number)

    def take(self, blocks: Sequence[LeasedBlock] = ()) -> int:
        """The next number outside the blocks of this service.

        Raises:
            NumbersExhausted: none is left today.
        """
        number = self.next_number
        for block in sorted(blocks, key=lambda block: block.first):
            if block.first <= number <= block.last:
                number = block.last + 1
        if number > self.last:
            raise NumbersExhausted(f"{self.service}: all numbers up to {self.last} are given")
        return number

    def block(self, size: int, blocks: Sequence[LeasedBlock] = ()) -> tuple[int, int]:
        """First and last number of the next block; a short block where few are left.

        Raises:
            NumbersExhausted: none is left today.
            NumberNotLeased: a block has at least one number.
        """
        if size < 1:
            raise NumberNotLeased(f"{self.service}: no block has {size} numbers")
        first = max(self.next_number, LEASED_FROM, *(block.last + 1 for block in blocks))
        if first > self.last:
            first = self.take(blocks)
        following = (block.first - 1 for block in blocks if block.first > first)
        return first, min(first + size - 1, self.last, *following)


@dataclass(frozen=True, slots=True)
class LeasedBlock:
    """Numbers that one kiosk may give by itself; `used` are the ones that came back."""

    kiosk: str
    service: str
    first: int
    last: int
    used: frozenset[int] = frozenset()

    def offers(self, number: int) -> bool:
        """Whether the number belongs to the block and was not used yet."""
        return self.first <= number <= self.last and number not in self.used

    def offers_in(self, service: str, number: int) -> bool:
        """Whether this is the block of that service which offers the number."""
        return service == self.service and self.offers(number)
