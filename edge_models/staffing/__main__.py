"""`python -m edge_models.staffing TARGET`: a live state comes in as JSON, the advice goes out.

A process of its own, so that two seconds of simulation take no time from who takes tickets; it is
as nice as it can be and ends with its answer.
"""

from __future__ import annotations

import os
import sys

from edge_models.staffing.advise import TARGET_MIN, advise
from edge_models.staffing.wire import advice_to_json, state_from_json

NICE = 10


def main() -> None:
    """Answer once."""
    os.nice(NICE)
    target = float(sys.argv[1]) if len(sys.argv) > 1 else TARGET_MIN
    state = state_from_json(sys.stdin.read())
    sys.stdout.write(advice_to_json(advise(state, target=target)))


if __name__ == "__main__":
    main()
