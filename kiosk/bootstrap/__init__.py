"""Where the processes of the edge are put together: the only place that knows concrete classes."""

import sys

# httpx brings a command line of its own where rich is installed: 5 MB that no process here needs.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None: "cannot be imported"
