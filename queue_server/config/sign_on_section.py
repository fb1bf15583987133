"""`[sign_on]`: people enter by their city's sign-on (OpenID Connect); off where it is absent."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from queue_server.config.section import Section
from queue_server.contracts.people import PersonRole

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
Name = Annotated[str, Field(min_length=1, max_length=200)]


class GroupSection(Section):
    """What members of one of the city's groups are in this office."""

    group: Name
    role: PersonRole
    counter: Annotated[int, Field(ge=1, le=999)] | None = Field(
        default=None, description="A clerk's own; nobody else has one"
    )

    @model_validator(mode="after")
    def _clerks_have_counters(self) -> GroupSection:
        if (self.counter is None) is (self.role == "clerk"):
            raise ValueError(
                f"nhóm '{self.group}': cán bộ quầy có một quầy, người khác thì không / "
                f"group '{self.group}': a clerk has a counter, and nobody else"
            )
        return self


class SignOnSection(Section):
    """The city's provider, how it knows this office, and what its groups may do here.

    A secret of the client, where the provider gave one, is the one line of `keys/sign-on.secret`.
    """

    issuer: Name = Field(description="https:// address of the provider, as it names itself")
    client_id: Name = Field(description="What the provider calls this office")
    name_vi: Name = Field("Thành phố", description="Whose sign-on it is, on the button")
    name_en: Name = "the city"
    name_claim: Name = Field("preferred_username", description="The claim that holds the name")
    groups_claim: Name = Field("groups", description="The claim that lists the groups")
    scopes: tuple[Name, ...] = ("openid", "profile")
    ca: str | None = Field(
        default=None, description="File of the root that signed the provider's certificate"
    )
    groups: tuple[GroupSection, ...] = Field(
        min_length=1, description="The first that somebody is in counts; nobody else enters"
    )

    @field_validator("issuer")
    @classmethod
    def _encrypted(cls, issuer: str) -> str:
        parts = urlsplit(issuer)
        plain = parts.scheme == "http" and parts.hostname in LOOPBACK
        if not parts.netloc or not (parts.scheme == "https" or plain):
            raise ValueError(
                "địa chỉ nơi đăng nhập phải bắt đầu bằng https:// / "
                "the provider's address begins with https://"
            )
        return issuer.rstrip("/")

    @model_validator(mode="after")
    def _asks_for_openid(self) -> SignOnSection:
        if "openid" not in self.scopes:
            raise ValueError(
                "scopes: thiếu 'openid' thì không biết ai đăng nhập / "
                "scopes: without 'openid' the provider does not say who it is"
            )
        return self
