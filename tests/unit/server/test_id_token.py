"""An ID token with anything wrong in it proves nothing."""

from __future__ import annotations

import hmac
import time
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from queue_server.adapters.id_token import NotVouchedFor, claims_of, keys_of

ISSUER, CLIENT, NONCE = "https://sso.example", "motcua-ward", "n-0123456789"
KEY = RSAKey.generate_key(2048, {"kid": "k1"})
OTHER = RSAKey.generate_key(2048, {"kid": "k1"})
NEW = ECKey.generate_key("P-256", {"kid": "k2"})
PUBLIC = keys_of(KeySet([KEY]).as_dict(private=False))


def claims(**other: Any) -> dict[str, Any]:
    now = int(time.time())
    said = {"iss": ISSUER, "aud": CLIENT, "sub": "17", "nonce": NONCE, "iat": now, "exp": now + 300}
    return {key: value for key, value in (said | other).items() if value is not None}


def token(key: RSAKey | ECKey = KEY, algorithm: str = "RS256", **other: Any) -> str:
    return jwt.encode({"alg": algorithm, "kid": key.kid}, claims(**other), key)


def check(text: str) -> dict[str, Any]:
    return claims_of(text, PUBLIC, ISSUER, CLIENT, NONCE)


def test_what_is_right_is_believed() -> None:
    assert check(token(groups=["a"]))["groups"] == ["a"]
    assert check(token(aud=[CLIENT]))["sub"] == "17"
    assert check(token(aud=[CLIENT, "other"], azp=CLIENT))["sub"] == "17"


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"iss": "https://elsewhere.example"}, "iss"),
        ({"iss": None}, "iss"),
        ({"aud": "another-client"}, "aud"),
        ({"aud": [CLIENT, "other"]}, "azp"),
        ({"aud": [CLIENT, "other"], "azp": "other"}, "azp"),
        ({"azp": "other"}, "azp"),
        ({"nonce": "n-of-another-sign-in"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"exp": int(time.time()) - 3600}, "exp"),
        ({"exp": None}, "exp"),
        ({"iat": int(time.time()) + 7200, "exp": int(time.time()) + 9000}, "iat"),
        ({"iat": None}, "iat"),
        ({"sub": None}, "sub"),
        ({"sub": ""}, "sub"),
    ],
)
def test_what_is_wrong_is_refused(wrong: dict[str, Any], named: str) -> None:
    with pytest.raises(NotVouchedFor) as refused:
        check(token(**wrong))
    assert named in str(refused.value)
    assert not refused.value.key_unknown


def test_another_key_a_changed_token_and_no_signature_are_refused() -> None:
    whole = token()
    head, body, signature = whole.split(".")
    with pytest.raises(NotVouchedFor):
        check(token(OTHER))
    with pytest.raises(NotVouchedFor):
        check(f"{head}.{body}.{signature[:-8]}AAAAAAAA")
    with pytest.raises(NotVouchedFor):
        check(f"{head}.{token(sub='18').split('.')[1]}.{signature}")
    for nonsense in ("", "a.b.c", whole.rpartition(".")[0] + ".", "eyJhbGciOiJub25lIn0.e30."):
        with pytest.raises(NotVouchedFor):
            check(nonsense)


def test_a_public_key_is_never_taken_for_a_shared_secret() -> None:
    body = token().split(".")[1]
    head = urlsafe_b64encode(b'{"alg":"HS256","kid":"k1"}').rstrip(b"=").decode()
    digest = hmac.digest(KEY.as_pem(private=False), f"{head}.{body}".encode(), "sha256")
    with pytest.raises(NotVouchedFor):
        check(f"{head}.{body}.{urlsafe_b64encode(digest).rstrip(b'=').decode()}")


def test_an_unknown_key_asks_for_fresh_ones() -> None:
    with pytest.raises(NotVouchedFor) as refused:
        check(token(NEW, "ES256"))
    assert refused.value.key_unknown
    fresh = keys_of(KeySet([KEY, NEW]).as_dict(private=False))
    assert claims_of(token(NEW, "ES256"), fresh, ISSUER, CLIENT, NONCE)["sub"] == "17"


@pytest.mark.parametrize("nonsense", [{}, {"keys": [{"kty": "none"}]}, {"keys": "x"}])
def test_what_are_no_keys_is_said(nonsense: dict[str, Any]) -> None:
    with pytest.raises(NotVouchedFor):
        keys_of(nonsense)
