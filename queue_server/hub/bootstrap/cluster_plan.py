"""`cluster.toml`: the machines of a cluster, its provinces and their offices, as planned."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from queue_server.config.section import Section
from queue_server.contracts.config_file import ConfigError, read_config
from queue_server.hub.adapters.cluster_folder import Province, write_cluster
from queue_server.hub.adapters.office_list import read_offices

Host = Annotated[str, Field(pattern=r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$")]


class ProvinceSection(Section):
    """`leaf` is the host of the province's own machine; none: its offices come to the hub."""

    code: str = Field(pattern=r"^[0-9]{2}$")
    leaf: Host | None = None


class ClusterPlan(Section):
    """`offices` is the list that `motcua hub offices` reads; it says which province each is in."""

    hosts: tuple[Host, ...] = Field(min_length=3, max_length=5)
    offices: Path
    province: tuple[ProvinceSection, ...] = Field(min_length=1)


def write(path: Path, out: Path) -> list[str]:
    """Write the folder of this plan; the paths in it.

    Raises:
        ConfigError: the plan does not hold together.
        KeyFileError: the root's key cannot be read.
        OSError: the folder takes no file.
    """
    if not path.exists():
        raise ConfigError(f"{path}: there is no such file; see queue_server/hub/SETUP.md")
    plan = read_config(path, ClusterPlan)
    if not len(plan.hosts) % 2:
        raise ConfigError(f"{path}: hosts: an odd number of machines has a majority, an even not")
    listed = read_offices(path.parent / plan.offices)
    codes = [one.code for one in plan.province]
    strange = sorted({one.province for one in listed} - set(codes))
    if strange or len(set(codes)) < len(codes):
        said = f"offices of {', '.join(strange)} have none" if strange else "one stands twice"
        raise ConfigError(f"{path}: [[province]]: {said}")
    provinces = [
        Province(p.code, tuple(one.id for one in listed if one.province == p.code), p.leaf)
        for p in plan.province
    ]
    return write_cluster(out, plan.hosts, provinces)
