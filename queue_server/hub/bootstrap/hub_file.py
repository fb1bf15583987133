"""`hub.toml`: how a relay, a collector or a city board reaches the cluster and the database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from queue_server.config.section import Section
from queue_server.contracts.config_file import ConfigError, read_config
from queue_server.hub.adapters.nats_link import Cluster

Server = Annotated[str, Field(pattern=r"^(nats|tls)://[^\s/@]+:\d+$")]


class ClusterSection(Section):
    """The nodes; passwords stand in a file of their own, readable by one user."""

    servers: tuple[Server, ...] = Field(min_length=1)
    user: str | None = None
    password_file: Path | None = None
    ca: Path | None = Field(default=None, description="Root certificate; none: no TLS")
    replicas: Annotated[int, Field(ge=1, le=5)] = 3
    keep_days: Annotated[int, Field(ge=1, le=400)] = 30
    province: str | None = Field(
        default=None, pattern=r"^[0-9]{2}$", description="Whose account this is; none: of all"
    )


class RelaySection(Section):
    """What an office says of itself."""

    province: str = Field(pattern=r"^[0-9]{2}$")
    most_per_s: Annotated[float, Field(ge=1, le=5000)] = Field(
        500, description="Events a second at most, so that catching up does not disturb the office"
    )
    remote_numbers: Annotated[int, Field(ge=0, le=500)] = Field(
        20, description="Numbers given from afar in an hour at most; 0: none"
    )


class CitySection(Section):
    """Where the hub keeps and shows what it collects."""

    dsn_file: Path = Field(description="postgresql://user:password@host:port/database, one line")
    http: str = Field("127.0.0.1:8090", description="host:port of the city board")
    good_min: float = 15
    limit_min: float = 30


class HubFile(Section):
    """An office has `[relay]`, the hub has `[city]`; both know the cluster."""

    cluster: ClusterSection
    relay: RelaySection | None = None
    city: CitySection | None = None


def read_hub(path: Path) -> HubFile:
    """Read and check; paths in it are taken from its folder.

    Raises:
        ConfigError: with one line that says what to change.
    """
    if not path.exists():
        raise ConfigError(f"{path}: there is no such file; see queue_server/hub/SETUP.md")
    return read_config(path, HubFile)


def cluster_of(path: Path, file: HubFile) -> Cluster:
    """How to reach the cluster.

    Raises:
        ConfigError: the password cannot be read.
    """
    section = file.cluster
    beside = path.parent
    return Cluster(
        servers=section.servers,
        user=section.user,
        password=secret(beside / section.password_file) if section.password_file else None,
        ca=beside / section.ca if section.ca else None,
        replicas=section.replicas,
        keep_days=section.keep_days,
    )


def secret(path: Path) -> str:
    """The one line of a file that only its owner may read.

    Raises:
        ConfigError: it is missing, empty, or open to others.
    """
    try:
        if path.stat().st_mode & 0o077:
            raise ConfigError(f"{path}: others can read it; run: chmod 600 {path}")
        text = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    if not text:
        raise ConfigError(f"{path}: empty")
    return text


def city_of(path: Path, file: HubFile) -> CitySection:
    """The section of a hub.

    Raises:
        ConfigError: this file is an office's.
    """
    if file.city is None:
        raise ConfigError(f"{path}: [city] with dsn_file is missing")
    return file.city


def dsn_of(path: Path, file: HubFile) -> str:
    """Where the database answers.

    Raises:
        ConfigError: it cannot be read.
    """
    return secret(path.parent / city_of(path, file).dsn_file)
