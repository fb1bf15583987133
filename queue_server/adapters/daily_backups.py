"""A folder of copies named by their minute; once the new one is there, the oldest go."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from queue_server.adapters.backup import Copied

NAMED = re.compile(r"office-\d{4}-\d{2}-\d{2}T\d{4}(\.age)?")
SEALED = ".age"


def add_copy(
    folder: Path, keep: int, now: datetime, copy: Callable[[Path], Copied], *, sealed: bool
) -> Copied:
    """Make one more copy in `folder`, then remove the oldest beyond `keep`.

    What is not named as a copy of ours is never touched, and nothing goes where `copy` fails.

    Raises:
        CopyRefused, StoreUnavailable: as `copy` does.
        OSError: an old copy cannot be removed.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = copy(folder / f"office-{now:%Y-%m-%dT%H%M}{SEALED if sealed else ''}")
    copies = sorted(path for path in folder.iterdir() if NAMED.fullmatch(path.name))
    for old in copies[:-keep]:
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink()
    return made
