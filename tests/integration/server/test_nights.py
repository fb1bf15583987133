"""What nights teach an office: habits, correction, an own model that must win, and the way back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from edge_models.wait.model import WaitModel
from queue_server.adapters import learned_file, night_record
from queue_server.adapters.clock import SetClock
from queue_server.adapters.line_forecasts import Learned
from queue_server.adapters.night_record import nights
from queue_server.adapters.own_days import learn_nights
from queue_server.adapters.wait_models import ACTIVE, SHIPPED_NAME, WaitModels
from queue_server.bootstrap import RunningOffice
from queue_server.bootstrap.settings import settle
from queue_server.cli.app import motcua
from queue_server.cli.app import run as run_command
from queue_server.domain.office import ZONE
from tests.fakes.lived_office import OPENS, live, working_days
from tests.fakes.offices import LOOPBACK, new_ward, running, signed_in

DAYS = working_days(11)
MORNING_AFTER = datetime.combine(DAYS[-1] + timedelta(days=1), OPENS, ZONE)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ward after eleven days."""
    data = new_ward(tmp_path_factory.mktemp("past") / "ward")
    live(data, settle(data, LOOPBACK, "embedded").file.to_office(), DAYS)
    return data


@pytest.fixture(scope="module")
def retrained(past: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    """The same ward as its server finds it on the next morning, after the night's training."""
    data = tmp_path_factory.mktemp("retrained") / "ward"
    shutil.copytree(past, data)
    with running(data, SetClock(MORNING_AFTER)) as office:
        assert office.forecasts.ready.wait(100)
        child = office.forecasts._child
        assert child is not None
        assert child.wait(100) == 0
        yield office


def forecasts(client: httpx.Client, wanted: str) -> dict[str, Any]:
    """As soon as this model answers; the server looks every few seconds."""
    while True:
        told: dict[str, Any] = client.get("/forecasts").json()["now"]
        if str(told["model"]).startswith(wanted):
            return told


def run(*words: str | Path) -> int:
    return run_command(partial(motcua, [str(word) for word in words]))


def test_nights_teach_habits_and_the_correction_and_both_are_kept(
    past: Path, tmp_path: Path
) -> None:
    learned, model = Learned(), WaitModel()
    learn_nights(past, learned, model, DAYS[:-1])
    assert learned.until == DAYS[-2]
    assert learned.own.share > 0.4
    assert learned.conformal.points

    learned_file.save(tmp_path, learned)
    again = learned_file.load(tmp_path)
    assert again is not None
    rows, line = learned.days[-1].rows, learned.days[-1].service
    np.testing.assert_allclose(
        again.own.predict(rows, line), learned.own.predict(rows, line), rtol=1e-3
    )
    assert again.conformal.points == learned.conformal.points
    assert (again.until, again.services.names) == (learned.until, learned.services.names)


def test_a_damaged_file_of_habits_is_refused_whole(tmp_path: Path) -> None:
    learned_file.save(tmp_path, Learned())
    path = tmp_path / night_record.FOLDER / learned_file.NAME
    path.write_text(path.read_text().replace('\\"services\\"', '\\"service\\"'))
    with pytest.raises(learned_file.Unusable, match="damaged"):
        learned_file.load(tmp_path)


def test_the_own_model_wins_on_later_days_answers_and_is_recorded(
    retrained: RunningOffice,
) -> None:
    data = retrained.settings.data
    (night,) = nights(data)
    assert night["switched"]
    assert night["new"]["mae_min"] < night["now"]["mae_min"]
    assert max(night["trained_until"], *night["held_out"]) == night["held_out"][-1]
    assert night["trained_until"] < night["held_out"][0]
    retrained.forecasts.look_now()
    with signed_in(retrained) as admin:
        told = forecasts(admin, "own-")
    assert told["model"] == night["answers"]
    assert told["learned_until"] == DAYS[-1].isoformat()
    assert told["fault"] is None


def test_a_rollback_is_one_command_and_the_running_server_takes_it(
    retrained: RunningOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    data = retrained.settings.data
    assert run("wait", "models", data) == 0
    assert "better on the" in capsys.readouterr().out
    assert run("wait", "rollback", data) == 0
    assert capsys.readouterr().out.startswith(f"{SHIPPED_NAME} answers now")
    retrained.forecasts.look_now()
    with signed_in(retrained) as admin:
        forecasts(admin, SHIPPED_NAME)
    assert nights(data)[-1]["why"] == "rolled back by hand"
    assert run("wait", "rollback", data) == 2
    assert "none before it" in capsys.readouterr().err


def test_an_own_model_that_was_changed_gives_way_to_the_one_before(
    retrained: RunningOffice, tmp_path: Path
) -> None:
    folder = Path("models") / "wait"
    (kept,) = (retrained.settings.data / folder).glob("own-*")
    shutil.copytree(kept, tmp_path / folder / kept.name)
    (tmp_path / folder / ACTIVE).write_text(json.dumps({"models": [kept.name]}))
    models = WaitModels(tmp_path)
    assert models.load().name == kept.name
    body = tmp_path / folder / kept.name / "wait_p90.onnx"
    body.write_bytes(body.read_bytes()[:-1] + b"\x00")
    chosen = models.load()
    assert chosen.name == SHIPPED_NAME
    assert "sha256" in chosen.refused[0]


def test_a_young_office_keeps_the_shipped_model_and_says_why(
    past: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "young"
    shutil.copytree(past, data)
    until: date = DAYS[5]
    assert run("wait", "retrain", data, "--until", until.isoformat()) == 0
    assert "shipped goes on answering" in capsys.readouterr().out
    assert "at least 500" in nights(data)[0]["why"]
    assert run("wait", "retrain", tmp_path) == 2
    assert "there is no office here" in capsys.readouterr().err
