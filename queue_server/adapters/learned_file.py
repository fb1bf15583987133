"""Keeps what the office's days taught in one file: written whole or not at all, checked when read.

Only the days are kept; everything drawn from them is drawn again when the file is read, so that a
restart knows exactly what was known before. Without the file, or with one that cannot be used, the
last days of the store teach it anew.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from edge_models.wait.conformal import Conformal, Places
from edge_models.wait.features import FEATURES
from edge_models.wait.memory import LineDay, OfficeMemory
from edge_models.wait.replay import Matrix
from queue_server.adapters.line_forecasts import DayLesson, Learned, ServiceNumbers
from queue_server.adapters.night_record import FOLDER
from queue_server.adapters.own_days import own_lines

NAME = "learned.json"
VERSION = 2
LINE_COLUMNS = tuple(field.name for field in fields(LineDay))
PLACE_COLUMNS = tuple(field.name for field in fields(Places))


class Unusable(Exception):  # noqa: N818 - the state of the file, said as a state
    """The file is damaged, or of another version."""


def write_whole(path: Path, text: str) -> None:
    """Put a file in place at once: after a power cut the old one or the new one is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def save(data: Path, learned: Learned) -> None:
    """Keep it in the office's folder.

    Raises:
        OSError: it cannot be written.
    """
    body = json.dumps(_as_json(learned), allow_nan=True)
    digest = hashlib.sha256(body.encode()).hexdigest()
    write_whole(data / FOLDER / NAME, json.dumps({"sha256": digest, "body": body}))


def load(data: Path) -> Learned | None:
    """What was kept; None where there is no file.

    Raises:
        Unusable: it cannot be used; the message says why.
    """
    path = data / FOLDER / NAME
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        body = kept["body"]
        if hashlib.sha256(body.encode()).hexdigest() != kept["sha256"]:
            raise Unusable(f"{path}: damaged (its sha256 is another)")
        return _from_json(json.loads(body))
    except FileNotFoundError:
        return None
    except (OSError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise Unusable(f"{path}: cannot be used ({type(error).__name__}: {error})") from error


def _as_json(learned: Learned) -> dict[str, Any]:
    return {
        "version": [VERSION, list(LINE_COLUMNS), list(FEATURES)],
        "services": learned.services.names,
        "until": learned.until.isoformat() if learned.until else None,
        "model_sha256": learned.model_sha256,
        "lines": {
            str(number): [[getattr(d, c).tolist() for c in LINE_COLUMNS] for d in line.days]
            for number, line in learned.memory.lines.items()
        },
        "serves": {str(n): sorted(served) for n, served in learned.memory.serves.items()},
        "conformal": conformal_as_json(learned.conformal),
        "days": [
            {
                "day": one.day,
                "rows": _packed(one.rows),
                "wait": one.wait.tolist(),
                "service": one.service.tolist(),
            }
            for one in learned.days
        ],
    }


def _packed(rows: Matrix) -> str:
    """Features as the models see them, in float32: a fifth of what digits would take."""
    return base64.b64encode(rows.astype("<f4").tobytes()).decode("ascii")


def _lesson(kept: Mapping[str, Any]) -> DayLesson:
    rows = np.frombuffer(base64.b64decode(kept["rows"], validate=True), dtype="<f4")
    wait = np.array(kept["wait"], dtype=np.float64)
    return DayLesson(
        int(kept["day"]),
        rows.reshape(len(wait), len(FEATURES)).astype(np.float64),
        wait,
        np.array(kept["service"], dtype=np.int64),
    )


def conformal_as_json(conformal: Conformal) -> list[Any]:
    """The days a correction stands on."""
    return [
        [[getattr(places, c).tolist() for c in PLACE_COLUMNS], scores.tolist()]
        for places, scores in conformal.days
    ]


def conformal_from_json(days: list[Any]) -> Conformal:
    """The correction that these days make."""
    conformal = Conformal()
    for columns, scores in days:
        office, ahead, minute = columns
        places = Places(
            np.array(office, dtype=np.int64),
            np.array(ahead, dtype=np.float64),
            np.array(minute, dtype=np.float64),
        )
        # Against a forecast of zero the miss is the score itself.
        gone_past = np.array(scores, dtype=np.float64)
        conformal.close_day(places, np.zeros(len(gone_past)), gone_past)
    return conformal


def _from_json(kept: Mapping[str, Any]) -> Learned:
    if kept["version"] != [VERSION, list(LINE_COLUMNS), list(FEATURES)]:
        raise ValueError("made by another version of the program")
    memory = OfficeMemory()
    for number, days in kept["lines"].items():
        line = memory.line(int(number))
        for columns in days:
            line.close_day(LineDay(*(np.array(c, dtype=np.float64) for c in columns)))
    memory.serves = {int(n): set(served) for n, served in kept["serves"].items()}
    learned = Learned(
        services=ServiceNumbers(list(kept["services"])),
        memory=memory,
        conformal=conformal_from_json(kept["conformal"]),
        until=date.fromisoformat(kept["until"]) if kept["until"] else None,
        model_sha256=kept["model_sha256"],
    )
    learned.days.extend(_lesson(one) for one in kept["days"])
    learned.own = own_lines(learned)
    return learned
