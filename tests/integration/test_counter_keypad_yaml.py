"""The keypads' YAML: valid for ESPHome, wired as the README says, within its broker rights."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from queue_server.adapters.topic_rights import covers, device_account
from queue_server.config.key_map_file import default_key_map, read_key_map, read_keypad
from queue_server.contracts import topics
from queue_server.contracts.generate import FOLDER as SCHEMAS
from queue_server.contracts.messages import DeviceStatus
from tests.counter_firmware import FLAGS, FOLDER, ROOT, compiler, esphome

SAMPLE = ROOT / "queue_server" / "config" / "samples" / "ward.toml"
DEVICES = {"counter-1": 1, "counter-2": 2}

# A stand-in for what the lambdas touch of ESPHome: types only, nothing of it runs.
STUBS = r"""
#include "counter_pad.h"
#define ESPHOME_VERSION "0"
uint32_t millis();
uint32_t random_uint32();
namespace ArduinoJson {
struct Value { const char *operator|(const char *) const; int operator|(int) const; };
struct JsonObjectConst { Value operator[](const char *) const; };
}
namespace mqtt { enum class MQTTClientDisconnectReason {}; }
namespace max7219 { struct MAX7219Component { void print(const char *); }; }
namespace tm1637 { struct TM1637Display { void print(const char *); }; }
struct PadHolder { counter_pad::CounterPad &value(); } *pad;
namespace matrix_keypad {
struct MatrixKeypadListener {
  virtual void key_pressed(uint8_t);
  virtual void key_released(uint8_t);
};
struct MatrixKeypad { void register_listener(MatrixKeypadListener *); };
}
matrix_keypad::MatrixKeypad *keys;
struct Script { void execute(const std::string &); } *send_key;
"""


class Generated:
    """What ESPHome made of one device's file: C++ without comments."""

    def __init__(self, folder: Path, device: str) -> None:
        self.device = device
        self.number = DEVICES[device]
        code = (folder / ".esphome" / "build" / device / "src" / "main.cpp").read_text("utf-8")
        self.code = re.sub(r"^\s*//.*\n", "", code, flags=re.MULTILINE)

    def texts(self, pattern: str) -> list[str]:
        """Return the first group of each match, with C++ escapes undone."""
        found = re.findall(pattern, self.code)
        return [re.sub(r"\\([0-7]{3})", lambda m: chr(int(m[1], 8)), one) for one in found]

    def pins(self) -> dict[str, int]:
        """Each pin's number under the name that the generator gave it."""
        return {n: int(p) for n, p in re.findall(r"(\w+)->set_pin\(::GPIO_NUM_(\d+)\)", self.code)}

    def pin_list(self, setter: str) -> list[int]:
        """The numbers behind `keys->set_rows({a, b})` and the like."""
        (names,) = re.findall(rf"{setter}\(\{{?([\w, ]+)\}}?\)", self.code)
        return [self.pins()[name.strip()] for name in names.split(",")]

    def lambdas(self) -> Iterator[str]:
        """Every lambda of our YAML as a C++ function."""
        form = r"\[\]\(([^()]*)\) -> ([\w:]+) \{\n\s*#line[^\n]*\n(.*?)\n\s*\}[)};,]"
        for place, (arguments, result, body) in enumerate(re.findall(form, self.code, re.DOTALL)):
            yield f"{result} lambda_{place}({arguments}) {{\n{body}\n}}\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Generated]:
    folder = tmp_path_factory.mktemp("firmware") / "counter_keypad"
    shutil.copytree(FOLDER, folder)
    shutil.copy(folder / "secrets.example.yaml", folder / "secrets.yaml")
    for device in DEVICES:
        esphome("compile", "--only-generate", f"{device}.yaml", folder=folder)
    return {device: Generated(folder, device) for device in DEVICES}


@pytest.fixture(params=DEVICES)
def device(request: pytest.FixtureRequest, built: dict[str, Generated]) -> Generated:
    return built[request.param]


def test_a_wrong_pin_is_found(tmp_path: Path) -> None:
    """So a passing check means something."""
    folder = tmp_path / "counter_keypad"
    shutil.copytree(FOLDER, folder)
    shutil.copy(folder / "secrets.example.yaml", folder / "secrets.yaml")
    board = folder / "board-esp32-wifi.yaml"
    assert "counter-1" in esphome("config", "counter-1.yaml", folder=folder)
    board.write_text(board.read_text("utf-8").replace("row_1: GPIO13", "row_1: GPIO34"), "utf-8")
    with pytest.raises(AssertionError, match="GPIO34"):
        esphome("config", "counter-1.yaml", folder=folder)


def test_its_topics_are_the_contracts_and_its_rights_cover_them(device: Generated) -> None:
    key = topics.counter_key("ward", device.number)
    state = topics.counter_state("ward", device.number)
    status = topics.device_status("ward", device.device)
    assert set(device.texts(r'"(motcua/[^"]*)"')) == {key, state, status}
    assert device.texts(r'MQTTJsonMessageTrigger\("([^"]*)", 1\)') == [state]
    account = device_account("ward", device.device, "counter", "x", device.number)
    assert account is not None
    assert all(any(covers(right, topic) for right in account.publish) for topic in (key, status))
    assert any(covers(right, state) for right in account.subscribe)
    # Nothing that ESPHome would publish by itself under topics of its own.
    assert 'set_topic_prefix("",' in device.code
    for quiet in ("disable_discovery()", "disable_log_message()", "disable_birth_message()"):
        assert quiet in device.code


def test_it_is_a_device_of_the_sample_ward(device: Generated) -> None:
    ward = tomllib.loads(SAMPLE.read_text("utf-8"))
    assert ward["office"]["id"] == "ward"
    known = {one["id"]: one.get("counter") for one in ward["devices"] if one["role"] == "counter"}
    assert known[device.device] == device.number


def test_will_and_goodbye_fit_the_contract(device: Generated) -> None:
    schema = json.loads((SCHEMAS / "device-status.schema.json").read_text("utf-8"))
    payloads = [json.loads(one) for one in device.texts(r'\.payload = "(.*)",')]
    assert [one["detail"] for one in payloads] == ["connection lost", "switched off"]
    for payload in payloads:
        Draft7Validator(schema).validate(payload)
        said = DeviceStatus.model_validate(payload)
        assert (said.source, said.online) == (device.device, False)
    assert device.code.count(".qos = 1,\n      .retain = true") == 2


def test_what_mqtt_must_do(device: Generated) -> None:
    for call in (
        f'set_username("{device.device}")',
        f'set_client_id("{device.device}")',
        "set_broker_port(8883)",
        "set_ca_certificate(",
        "set_cl_certificate(",
        "set_cl_key(",
        "set_skip_cert_cn_check(false)",
        "set_clean_session(true)",
        "set_reboot_timeout(0)",
        "set_auth_password(",
    ):
        assert call in device.code


def test_the_keys_are_those_of_the_key_map(device: Generated) -> None:
    layout = "".join(read_keypad(default_key_map())[0].layout)
    assert device.texts(r'keys->set_keys\("([^"]*)"\)') == [layout]
    assert "keys->set_debounce_time(30)" in device.code
    (ends,) = device.texts(r'presses->set_end_keys\("([^"]*)"\)')
    assert set(ends) == read_key_map(default_key_map()).ends
    assert device.texts(r'presses->set_allowed_keys\("([^"]*)"\)') == ["0123456789"]
    assert "presses->set_max_length(8)" in device.code
    assert "presses->set_end_key_required(true)" in device.code
    assert "set_min_length" not in device.code  # or a bare A would do nothing


def test_a_status_goes_before_each_key(device: Generated) -> None:
    """Or a server that has just started would not know how old the key is."""
    ((_, steps),) = re.findall(
        r"new\((automation_id_?\d*)\) Automation<std::string>\(send_key\);(?:.|\n)*?"
        r"\1->add_actions\(\{([\w, ]+)\}\)",
        device.code,
    )
    first, second = steps.split(", ")
    assert re.search(
        rf"new\({first}\) script::ScriptExecuteAction<[^;]*\(say_status\);", device.code
    )
    key = topics.counter_key("ward", device.number)
    assert re.search(rf'{second}->set_topic\((?:.|\n){{0,120}}"{key}"', device.code)


def test_its_wires_are_those_of_the_readme(device: Generated) -> None:
    lines = (FOLDER / "README.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if line.startswith("| ")]
    written = {
        row[1]: [int(pin) for pin in re.findall(r"\b\d{1,2}\b", row[1 + device.number])]
        for row in rows
    }
    assert device.pin_list("keys->set_rows") == written["rows 1–4"]
    assert device.pin_list("keys->set_columns") == written["columns 1–4"]
    assert device.pin_list("LEDCOutput") == written["buzzer"]
    ring = device.texts(r"led_strip_esp32rmtledstriplightoutput_id->set_pin\((\d+)\)")
    assert [int(pin) for pin in ring] == written["ring, data"]
    signs = {
        "counter-1": ("set_clk", "set_mosi", "set_cs_pin"),
        "counter-2": ("sign->set_clk_pin", "sign->set_dio_pin"),
    }
    assert [device.pin_list(one)[0] for one in signs[device.device]] == written["sign"]


def test_every_lambda_is_c_plus_plus(built: dict[str, Generated], tmp_path: Path) -> None:
    """ESPHome does not read lambdas; a slip in one would be found only by whoever flashes it."""
    source = tmp_path / "lambdas.cpp"
    command = [compiler(), *FLAGS, "-Wno-unused-parameter", "-fsyntax-only", str(source)]
    for device in built.values():
        found = list(device.lambdas())
        assert len(found) == device.code.count("#line ")
        source.write_text(STUBS + "".join(found), "utf-8")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
