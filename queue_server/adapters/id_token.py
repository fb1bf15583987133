"""An ID token is believed only when signature, issuer, audience, time and nonce are all right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

__all__ = ["KeySet", "NotVouchedFor", "claims_of", "keys_of"]

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"]
"""Signatures by key pairs only: never `none`, never a secret that both sides know."""
LEEWAY_S = 60


class NotVouchedFor(Exception):  # noqa: N818 - a state
    """The token proves nothing; `key_unknown` says that fresh keys might help."""

    def __init__(self, why: str, *, key_unknown: bool = False) -> None:
        super().__init__(why)
        self.key_unknown = key_unknown


def keys_of(jwks: Mapping[str, Any]) -> KeySet:
    """The provider's public keys.

    Raises:
        NotVouchedFor: these are none.
    """
    try:
        return KeySet.import_key_set(dict(jwks))  # type: ignore[arg-type]  # checked by the library
    except (JoseError, KeyError, TypeError, ValueError):
        raise NotVouchedFor("the provider's keys cannot be read") from None


def claims_of(token: str, keys: KeySet, issuer: str, client: str, nonce: str) -> dict[str, Any]:
    """What the token says, after every check of OpenID Connect Core 3.1.3.7 that applies.

    Raises:
        NotVouchedFor: one of them failed; the message names it and nobody.
    """
    try:
        read = jwt.decode(token, keys, algorithms=ALGORITHMS)
        registry = JWTClaimsRegistry(
            leeway=LEEWAY_S,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": client},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        registry.validate(read.claims)
    except InvalidKeyIdError:
        raise NotVouchedFor("ID token: signed with an unknown key", key_unknown=True) from None
    except (JoseError, ValueError, TypeError) as fault:
        name = getattr(fault, "claim", None) or getattr(fault, "error", type(fault).__name__)
        raise NotVouchedFor(f"ID token: {name}") from None
    claims = dict(read.claims)
    audience = claims["aud"]
    several = isinstance(audience, list) and len(audience) > 1
    if (several or "azp" in claims) and claims.get("azp") != client:
        raise NotVouchedFor("ID token: azp")
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise NotVouchedFor("ID token: sub")
    return claims
