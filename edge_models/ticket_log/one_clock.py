"""One clock for an office and day: rows that name another offset from UTC are told by it.

A log put together from several machines may say 08:05+07:00 in one row and 01:05Z in the next. Both
stood in the same line at the same time. The offset most rows of the day name is the office's; so a
day on which the clocks change keeps one clock, too.
"""

from __future__ import annotations

import numpy as np

from edge_models.ticket_log.columns import Floats, Ints

NOTE = "another offset from UTC than most of its office's day, told by the clock of those"


def shifts(office: Ints, day: Ints, offset: Floats) -> Floats:
    """Minutes to add to the times of each row.

    Args:
        office: where each row is.
        day: when it is.
        offset: minutes from UTC its arrival names, NaN for a bare time.
    """
    found = np.zeros(len(offset))
    if len(np.unique(offset[~np.isnan(offset)])) <= 1:
        return found
    groups = np.unique(np.stack([office, day], axis=1), axis=0, return_inverse=True)[1].reshape(-1)
    lowest, highest = np.full((2, groups.max() + 1), np.nan)
    np.fmin.at(lowest, groups, offset)
    np.fmax.at(highest, groups, offset)
    for group in np.flatnonzero(lowest < highest):
        mine = np.flatnonzero((groups == group) & ~np.isnan(offset))
        named, count = np.unique(offset[mine], return_counts=True)
        found[mine] = named[np.argmax(count)] - offset[mine]
    return found
