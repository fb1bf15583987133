"""A kiosk without a screen as a process of its own: the real parts, told by lines what to do.

`python -m tests.fault.kiosk_process kiosk.toml` answers each line with one of JSON: `take SERVICE`
and `look`. It may be killed at any moment; nothing is said, flushed or closed then.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from kiosk.bootstrap.kiosk_parts import make_alone, make_gateway, make_issue, read_plan
from kiosk.domain.ticket import TicketOrder
from kiosk.domain.words import Language
from kiosk.use_cases.ports import GatewayError
from kiosk.use_cases.watch_office import WatchOffice

CONFIG = """
state = "{name}-state"

[office]
id = "ward"
name_vi = "Bộ phận Một cửa phường Mẫu"
name_en = "Sample Ward One-Stop Office"

[server]
url = "{url}"
credentials = "{office}/credentials/{name}.json"
"""


class KioskProcess:
    """Started, killed and started again on one folder."""

    def __init__(
        self,
        folder: Path,
        office: Path,
        url: str,
        name: str,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._environment = environment
        self._config = folder / f"{name}.toml"
        self._config.write_text(CONFIG.format(name=name, url=url, office=office), "utf-8")
        self.start()

    def start(self) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-m", __spec__.name, str(self._config)],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, line: str) -> None:
        """Say what to do and do not wait."""
        assert self._child.stdin is not None
        self._child.stdin.write(line + "\n")
        self._child.stdin.flush()

    def ask(self, line: str) -> dict[str, Any]:
        """Say what to do and wait until it is done."""
        self.tell(line)
        assert self._child.stdout is not None
        answer = self._child.stdout.readline()
        assert answer, f"the kiosk ended by itself, told to {line}"
        found: dict[str, Any] = json.loads(answer)
        return found

    def kill(self) -> None:
        """SIGKILL."""
        self._child.kill()
        self._child.communicate()

    def kill_and_start(self) -> None:
        self.kill()
        self.start()


def main(config: Path) -> None:
    plan = read_plan(config)
    with ExitStack() as stack:
        gateway = make_gateway(plan, patient=False)
        alone = make_alone(plan, gateway, stack)
        assert alone is not None
        issue = make_issue(plan, gateway, None, lambda _: None, alone)
        watch = WatchOffice(gateway, None, issue, lambda _: None, alone)
        for line in sys.stdin:
            what, _, service = line.strip().partition(" ")
            answer: dict[str, object] = {}
            if what == "look":
                office = watch()
                answer = {"owed": office.owed, "away": office.lines is None}
                answer["left"] = {name: alone.left(name) for name in ("CT", "HT")}
                answer["refused"] = alone.refused
            else:
                try:
                    issued = issue(TicketOrder(service, Language.VI))
                    answer = {"number": issued.ticket.number, "own": issued.own}
                    answer["follow"] = issued.ticket.follow_url
                except GatewayError as error:
                    answer = {"error": str(error)}
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
