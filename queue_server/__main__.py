"""`motcua` and `python -m queue_server`: the one door from the command line."""

from __future__ import annotations

import sys

from queue_server.cli.app import motcua, run


def main() -> None:
    """Run the command line and exit with its code."""
    sys.exit(run(motcua))


if __name__ == "__main__":
    main()
