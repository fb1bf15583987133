"""The role matrix that an officer signs is the one the routes state; a changed route changes it.

Write it anew: python -m tests.architecture.test_role_matrix
"""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_server.api.access import Role
from tests.integration.server.test_permissions import ROUTES, Stated, own_only

MATRIX = Path("firmware_configs/security/role-matrix.md")
ROOT = Path(__file__).parents[2]
SIGN_IN = {
    "anybody": "none",
    "anybody, at a stranger's pace": "none, slowed",
    "signed in": "any",
}
SHORT = {
    Role.ADMIN: "adm",
    Role.MANAGER: "mgr",
    Role.CLERK: "clk",
    Role.POST_OPERATOR: "post",
    Role.VIEWER: "view",
    Role.KIOSK: "kiosk",
    Role.COUNTER: "ctr",
    Role.DISPLAY: "disp",
    Role.ANNOUNCER: "ann",
    Role.CAMERA: "cam",
    Role.SERVER: "srv",
}
HEAD = """# Who may ask for what: role × route

Written by `python -m tests.architecture.test_role_matrix` from what each route states; that it is
so in fact, role by role, is tried in `tests/integration/server/test_permissions.py`, and with
bodies that fit, seeing that what is refused changes nothing, in `test_each_role_asks.py` there.
`x`: may. `own`: only its own counter, or the tickets that it took itself. Sign-in `none`: nobody is
asked who they are, as for pages without data and for whoever holds a code; `slowed`: guesses are.

"""


def cells(path: str, stated: Stated | None) -> list[str]:
    """One row: what each role may."""
    if not isinstance(stated, frozenset):
        return [SIGN_IN[str(stated)]] + ["x"] * len(SHORT)
    own = own_only(path, stated)
    marks = ("own" if one in own else "x" if one in stated else "" for one in SHORT)
    return ["role", *marks]


def matrix() -> str:
    """The whole file."""
    names = " | ".join(("route", "sign-in", *SHORT.values()))
    lines = [f"| {names} |", "|---" * (len(SHORT) + 2) + "|"]
    for (method, path), stated in sorted(ROUTES.items(), key=lambda one: (one[0][1], one[0][0])):
        lines.append(f"| `{method} {path}` | " + " | ".join(cells(path, stated)) + " |")
    return HEAD + "\n".join(lines) + "\n"


def test_the_matrix_is_what_the_routes_state() -> None:
    anew = "write it anew: python -m tests.architecture.test_role_matrix"
    assert (ROOT / MATRIX).read_text("utf-8") == matrix(), anew


def test_a_changed_route_is_seen() -> None:
    plain = cells("/x", frozenset({Role.ADMIN}))
    assert plain != cells("/x", frozenset({Role.ADMIN, Role.VIEWER}))
    with pytest.raises(KeyError):
        cells("/x", None)


if __name__ == "__main__":
    (ROOT / MATRIX).write_text(matrix(), "utf-8")
