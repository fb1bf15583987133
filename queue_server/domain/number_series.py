"""The day's numbers of a service: given once each, or leased to a kiosk in blocks."""

from __future__ import annotations

from dataclasses import dataclass

from queue_server.domain.faults import NumberNotLeased, NumbersExhausted
from queue_server.domain.office import Service


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

    def take(self) -> int:
        """The next number.

        Raises:
            NumbersExhausted: none is left today.
        """
        return self.block(1)[0]

    def block(self, size: int) -> tuple[int, int]:
        """First and last number of the next block; a short block where few are left.

        Raises:
            NumbersExhausted: none is left today.
            NumberNotLeased: a block has at least one number.
        """
        if size < 1:
            raise NumberNotLeased(f"{self.service}: no block has {size} numbers")
        if self.next_number > self.last:
            raise NumbersExhausted(f"{self.service}: all numbers up to {self.last} are given")
        return self.next_number, min(self.next_number + size - 1, self.last)


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
