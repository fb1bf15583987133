"""Writes Vietnam's public holidays for the server, from the library `holidays`.

`python -m tests.contracts.holiday_list`. A file and not the library at run time: the same office
file then means the same deadlines for ever, and a start costs nothing. Days that the government
only announces year by year (substitute days of Tết) are as the library knows them; an office adds
what it lacks under `[appointments] closed_days`.
"""

from __future__ import annotations

from pathlib import Path

import holidays

TARGET = Path(__file__).parents[2] / "queue_server" / "config" / "holidays.toml"
HEAD = "# Written by tests/contracts/holiday_list.py from the library holidays, not by hand.\n"
YEARS = range(2025, 2031)


def render() -> str:
    """One line for each day, in order."""
    days = holidays.country_holidays("VN", years=YEARS, language="vi")
    lines = [f"    {day.isoformat()}, # {days[day]}\n" for day in sorted(days)]
    return f"{HEAD}\nday = [\n{''.join(lines)}]\n"


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
