"""Draws how forecasts and reality agree, as an SVG: forecast against actual, coverage by hour.

usage: python -m edge_models.wait.calibration_picture STUDY.json OUT.svg
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SIDE = 300
LEFT, TOP, GAP = 60, 60, 110
INK, BLUE, ORANGE, PALE = "#1d2733", "#1f5fa8", "#b4520a", "#d5dbe3"
TARGET = (0.87, 0.93)
LOWEST = 0.7
STUDY = "seen offices, later days"


def text(x: float, y: float, words: str, *, middle: bool = False, colour: str = INK) -> str:
    """A line of words."""
    anchor = "middle" if middle else "start"
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{words}</text>'


def agreement(calibration: dict[str, Any]) -> list[str]:
    """Each dot is a twelfth of the tickets; on the diagonal forecast and reality agree."""
    largest = max(*calibration["forecast_p90"], *calibration["actual_p90"])
    parts = [frame(LEFT, "minutes forecast", "Forecast against actual")]
    parts.append(f'<path d="M{LEFT} {TOP + SIDE}l{SIDE} {-SIDE}" stroke="{PALE}"/>')
    for tick in range(0, int(largest) + 1, 20):
        place = SIDE * tick / largest
        parts.append(text(LEFT + place, TOP + SIDE + 18, str(tick), middle=True))
        parts.append(text(LEFT - 28, TOP + SIDE - place + 4, str(tick)))
    for figure, colour in (("p50", BLUE), ("p90", ORANGE)):
        pairs = zip(calibration[f"forecast_{figure}"], calibration[f"actual_{figure}"], strict=True)
        parts += dots([(LEFT + SIDE * x / largest, SIDE * y / largest) for x, y in pairs], colour)
    parts.append(text(LEFT + 12, TOP + 22, "● median of the wait", colour=BLUE))
    parts.append(text(LEFT + 12, TOP + 42, "● P90 of the wait", colour=ORANGE))
    return parts


def by_hour(calibration: dict[str, Any]) -> list[str]:
    """Share of waits below the P90; the band is what we promise."""
    left, hours = LEFT + SIDE + GAP, calibration["coverage_90_by_hour"]
    low, high = (SIDE * (share - LOWEST) / (1 - LOWEST) for share in TARGET)
    parts = [frame(left, "hour of arrival", "Share of waits below the P90")]
    band = f'<rect x="{left}" y="{TOP + SIDE - high:.1f}" width="{SIDE}" height="{high - low:.1f}"'
    parts.append(f'{band} fill="{PALE}"/>')
    for share in (0.7, 0.8, 0.9, 1.0):
        height = SIDE * (share - LOWEST) / (1 - LOWEST)
        parts.append(text(left - 46, TOP + SIDE - height + 4, f"{share:.0%}"))
    step, points = SIDE / len(hours), []
    for place, (hour, share) in enumerate(hours.items()):
        x = left + step * (place + 0.5)
        parts.append(text(x, TOP + SIDE + 18, hour, middle=True))
        points.append((x, SIDE * (share - LOWEST) / (1 - LOWEST)))
    return parts + dots(points, ORANGE)


def frame(left: float, below: str, title: str) -> str:
    """Axes, their meaning and a title."""
    axes = f'<path d="M{left} {TOP}v{SIDE}h{SIDE}" fill="none" stroke="{INK}"/>'
    foot = text(left + SIDE / 2, TOP + SIDE + 42, below, middle=True)
    return axes + foot + text(left, TOP - 20, title)


def dots(points: Sequence[tuple[float, float]], colour: str) -> list[str]:
    """Dots at x and a height above the lower axis."""
    return [
        f'<circle cx="{x:.1f}" cy="{TOP + SIDE - y:.1f}" r="4.5" fill="{colour}"/>'
        for x, y in points
    ]


def picture(calibration: dict[str, Any]) -> str:
    """Both panels."""
    width, height = LEFT + 2 * SIDE + GAP + 30, TOP + SIDE + 60
    body = "\n".join(agreement(calibration) + by_hour(calibration))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="14">\n<rect width="{width}" height="{height}" '
        f'fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def main() -> None:
    """Draw from the command line."""
    asked = argparse.ArgumentParser(description="Draw the calibration of the waiting-time model")
    asked.add_argument("study", type=Path)
    asked.add_argument("out", type=Path)
    given = asked.parse_args()
    study = json.loads(given.study.read_text(encoding="utf-8"))[STUDY]
    given.out.write_text(picture(study["models"]["model"]["calibration"]), encoding="utf-8")


if __name__ == "__main__":
    main()
