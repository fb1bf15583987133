"""A made-up next release: our own program with one more table, as a wheel in a signed archive.

The wheel holds no code of ours but the migrations and one more; its `motcua` runs this checkout.
"""

from __future__ import annotations

import os
import shutil
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from queue_server.adapters import minisign
from queue_server.adapters.migrate import FOLDER, newest_revision
from queue_server.adapters.release_archive import pack

ROOT = Path(__file__).parents[2]
MORE = """
from alembic import op

revision = "9999"
down_revision = "{before}"


def upgrade() -> None:
    op.execute("CREATE TABLE of_tomorrow (day TEXT NOT NULL PRIMARY KEY)")
    {spoil}


def downgrade() -> None:
    op.execute("DROP TABLE of_tomorrow")
"""
SPOIL = "op.execute(\"UPDATE ticket SET label = 'A999'\")"
PROGRAM = """
import os
import sys
from pathlib import Path

sys.path[:0] = {paths}
os.environ["PYTHONPATH"] = os.pathsep.join({paths})
if {deaf} and "server" in sys.argv and "--http" not in sys.argv:
    raise SystemExit(1)

from queue_server.adapters import migrate

migrate.FOLDER = Path(__file__).parent / "migrations"


def main():
    from queue_server.__main__ import main as ours

    ours()
"""
OLD = '#!/bin/sh\nexec {python} -m queue_server "$@"\n'


@dataclass(frozen=True)
class Site:
    """A machine with the old program in its slot, and the key that releases are signed by."""

    folder: Path

    @property
    def link(self) -> Path:
        return self.folder / "motcua"

    @property
    def public(self) -> Path:
        return self.folder / "release.pub"

    def prepare(self) -> None:
        """The old program: this checkout."""
        slot = self.link.with_name("motcua.releases") / "0.1.0"
        program = slot / "bin" / "motcua"
        program.parent.mkdir(parents=True)
        program.write_text(OLD.format(python=sys.executable), "utf-8")
        program.chmod(0o755)
        self.link.symlink_to(slot)
        key = minisign.new_key(self.folder / "release.pem")
        self.public.write_text(key.text(), "utf-8")

    def release(self, version: str, *, deaf: bool = False, spoils: bool = False) -> Path:
        """A signed archive; a `deaf` one serves nobody, one that `spoils` changes a number."""
        made = self.folder / f"made-{version}"
        wheel = made / f"motcua_edge-{version}-py3-none-any.whl"
        wheel.parent.mkdir()
        self._wheel(wheel, version, deaf=deaf, spoils=spoils)
        (made / "requirements.lock").touch()
        files = {
            f"wheels/{wheel.name}": wheel,
            "requirements.lock": made / "requirements.lock",
        }
        archive = self.folder / f"motcua-edge-{version}.tar"
        here = f"{sys.version_info.major}.{sys.version_info.minor}"
        pack(files, archive, version, here, os.uname().machine)
        signature = minisign.sign(archive, self.folder / "release.pem", f"motcua-edge {version}")
        archive.with_name(f"{archive.name}.minisig").write_text(signature, "utf-8")
        return archive

    def _wheel(self, wheel: Path, version: str, *, deaf: bool, spoils: bool) -> None:
        info = f"motcua_edge-{version}.dist-info"
        about = f"Metadata-Version: 2.1\nName: motcua-edge\nVersion: {version}\n"
        more = MORE.format(before=newest_revision(), spoil=SPOIL if spoils else "")
        texts = {
            "motcua_next/__init__.py": PROGRAM.format(
                paths=[str(ROOT), *(p for p in sys.path if "site-packages" in p)], deaf=deaf
            ),
            "motcua_next/migrations/versions/9999_of_tomorrow.py": more,
            f"{info}/METADATA": about,
            f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}/entry_points.txt": "[console_scripts]\nmotcua = motcua_next:main\n",
            f"{info}/RECORD": "",
        }
        with zipfile.ZipFile(wheel, "w") as zipped:
            for name, text in texts.items():
                zipped.writestr(name, text)
            for path in FOLDER.rglob("*"):
                if path.suffix in {".py", ".mako"}:
                    zipped.write(path, f"motcua_next/migrations/{path.relative_to(FOLDER)}")


def wipe(site: Site) -> None:
    """Give the room of the slots back."""
    shutil.rmtree(site.link.with_name("motcua.releases"), ignore_errors=True)
