"""`motcua subject` and `motcua retention`: what the office holds of one person, and of people."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from queue_server.cli.options import DATA, HTTP
from queue_server.contracts.config_file import ConfigError

ASKED = {
    "card": "Số định danh (12 số) / Identity number (12 digits)",
    "phone": "Số điện thoại / Phone number",
    "code": "Mã đã cấp / Code that was given",
}
BY = click.option(
    "--by", type=click.Choice(list(ASKED)), required=True, help="By what the person is found."
)
REASON = click.option("--reason", required=True, help="Why; without a name or number of anybody.")


@click.group()
def subject() -> None:
    """Show, hand out or erase what the office holds of one person; every look is an event.

    The number is asked for, never typed on the command line, where others could read it.
    """


@subject.command()
@BY
@REASON
@DATA
@HTTP
def look(by: str, reason: str, data: Path, http: str | None) -> None:
    """List what is held, without what was declared."""
    _say_items(_asked(data, "look", by, reason, http)["items"])


@subject.command()
@BY
@REASON
@DATA
@HTTP
@click.option(
    "--out",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="A new ZIP file, readable by you alone.",
)
def export(by: str, reason: str, data: Path, http: str | None, out: Path) -> None:
    """Write all of it to a file for that person: export.json and scanned papers as PDF."""
    from queue_server.bootstrap.office_client import file_from_office  # noqa: PLC0415 - loads the server

    if out.exists():
        raise ConfigError(f"{out}: is there already")
    body = _body(by, reason)
    content = file_from_office(data, "/admin/subjects/export", body, http)
    handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    click.echo(f"{out}: {len(content):,} bytes. Hand it to that person alone, then delete it.")


@subject.command()
@BY
@REASON
@DATA
@HTTP
@click.option("--yes", is_flag=True, help="Do not ask again.")
def erase(by: str, reason: str, data: Path, http: str | None, *, yes: bool) -> None:
    """Forget what may go; says what went and what stays with the reason."""
    body = _body(by, reason)
    if not yes:
        click.confirm("Xóa không lấy lại được. Tiếp tục? / It cannot be undone. Go on?", abort=True)
    report = _told(data, "erase", body, http)
    click.echo("Đã xóa / Erased:")
    _say_items(report["erased"])
    click.echo("Còn giữ / Kept:")
    _say_items(report["kept"])


@click.command()
@DATA
@HTTP
def retention(data: Path, http: str | None) -> None:
    """What is kept of people and by which rule, and what was forgotten lately."""
    from queue_server.bootstrap.office_client import ask_office  # noqa: PLC0415 - loads the server

    report = ask_office(data, "GET", "/admin/retention", http)
    for one in report["kept"]:
        oldest = f", {one['oldest']}" if one["oldest"] else ""
        click.echo(f"{one['count']:>6}  {one['what']['vi']} ({one['rule']['vi']}){oldest}")
        click.echo(f"{'':>6}  {one['what']['en']} ({one['rule']['en']})")
    for one in report["forgotten"]:
        counts = ", ".join(f"{name} {count}" for name, count in one["counts"].items())
        click.echo(f"{one['at']}  {one['kind']} {one['by']}: {counts} {one['reason']}".rstrip())


def _asked(data: Path, what: str, by: str, reason: str, http: str | None) -> Any:
    return _told(data, what, _body(by, reason), http)


def _told(data: Path, what: str, body: dict[str, str], http: str | None) -> Any:
    from queue_server.bootstrap.office_client import ask_office  # noqa: PLC0415 - loads the server

    return ask_office(data, "POST", f"/admin/subjects/{what}", http, body)


def _body(by: str, reason: str) -> dict[str, str]:
    return {"by": by, "value": click.prompt(ASKED[by]).strip(), "reason": reason}


def _say_items(items: list[dict[str, Any]]) -> None:
    for one in items:
        why = one["kept_because"]
        more = f" — {why['vi']} / {why['en']}" if why else ""
        click.echo(
            f"  {one['kind']} {one['name']}: {one['what']['vi']} / {one['what']['en']}{more}"
        )
    if not items:
        click.echo("  không có gì / nothing")
