"""Who may say and hear what: each device only its own topics, the server everything."""

from __future__ import annotations

from dataclasses import dataclass, field

from queue_server.contracts import topics

SERVER_ID = "server"


@dataclass(frozen=True, slots=True)
class Account:
    """One broker log-in with the topics it may publish and subscribe; printing hides the secret."""

    id: str
    secret: str = field(repr=False)
    publish: tuple[str, ...] = ()
    subscribe: tuple[str, ...] = ()


def server_account(office: str, secret: str) -> Account:
    """The queue server's own log-in."""
    everything = (topics.everything(office),)
    return Account(SERVER_ID, secret, everything, everything)


def device_account(
    office: str, device: str, role: str, secret: str, counter: int | None = None
) -> Account | None:
    """The log-in of one device of the registry.

    Args:
        office: id of the office.
        device: id of the device, which is also the kiosk's name in its topics.
        role: role in the registry; `admin` and `manager` are people and have no broker log-in.
        secret: the password.
        counter: for the role `counter`, the only one it serves.

    Returns:
        None for a role that has nothing to do with the broker.
    """
    status = topics.device_status(office, device)
    shown = (topics.calls(office), topics.board(office))
    publish: tuple[str, ...] = (status,)
    subscribe: tuple[str, ...] = ()
    if role == "kiosk":
        publish += (topics.kiosk_request(office, device),)
        subscribe = (topics.kiosk_reply(office, device),)
    elif role == "counter" and counter is not None:
        publish += (topics.counter_key(office, counter),)
        subscribe = (topics.counter_state(office, counter),)
    elif role in {"display", "announcer"}:
        subscribe = shown
    elif role == "camera":
        publish += (topics.every_satisfaction(office),)
    else:
        return None
    return Account(device, secret, publish, subscribe)


def covers(allowed: str, wanted: str) -> bool:
    """Whether everything that `wanted` (a topic or a filter) can mean lies within `allowed`."""
    allowed_levels, wanted_levels = allowed.split("/"), wanted.split("/")
    for place, level in enumerate(allowed_levels):
        if level == "#":
            return True
        if place >= len(wanted_levels) or wanted_levels[place] == "#":
            return False
        if level not in ("+", wanted_levels[place]):
            return False
    return len(allowed_levels) == len(wanted_levels)
