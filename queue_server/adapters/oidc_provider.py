"""The city's OpenID provider over HTTPS: discovered, asked by code and PKCE, its word checked."""

from __future__ import annotations

import base64
import hashlib
import ssl
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import httpx

from queue_server.adapters.id_token import KeySet, NotVouchedFor, claims_of, keys_of
from queue_server.config.sign_on_section import LOOPBACK, SignOnSection
from queue_server.use_cases.sign_on import Ask, Hindrance, Identity, SignOnHindered

WELL_KNOWN = "/.well-known/openid-configuration"
WITHIN_S = 5.0
MOST_BYTES = 256 * 1024
ANEW_AFTER_S = 3600.0
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
FARTHER = (*ENDPOINTS, "userinfo_endpoint", "end_session_endpoint")
OK, BROKEN = 200, 500


class OidcProvider:
    """What it says of itself is kept for an hour; its keys, until a token names an unknown one."""

    def __init__(self, section: SignOnSection, secret: str | None, data: Path) -> None:
        self._section = section
        self._secret = secret
        self._trust = ssl.create_default_context(
            cafile=str(data / section.ca) if section.ca else None
        )
        self._said: tuple[float, dict[str, Any]] | None = None
        self._keys: KeySet | None = None
        self._lock = Lock()

    def address(self, ask: Ask) -> str:
        """Where the browser goes: authorisation code, PKCE by SHA-256, state and nonce."""
        digest = hashlib.sha256(ask.verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": self._section.client_id,
            "redirect_uri": ask.back,
            "scope": " ".join(self._section.scopes),
            "state": ask.state,
            "nonce": ask.nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return _with(self._metadata()["authorization_endpoint"], query)

    def identity(self, code: str, issuer: str | None, ask: Ask) -> Identity:
        """Trade the code for the provider's word about one person.

        `issuer` is who sent the browser back (RFC 9207): the answer of one provider is never taken
        to another.
        """
        said = self._metadata()
        needed = said.get("authorization_response_iss_parameter_supported") is True
        if (issuer is not None or needed) and issuer != said["issuer"]:
            raise _untrusted("the answer came from another issuer")
        token = self._token(said, code, ask)
        claims = self._claims(said, str(token.get("id_token", "")), ask.nonce)
        if _at(claims, self._section.groups_claim) is None and "userinfo_endpoint" in said:
            more = self._get(said["userinfo_endpoint"], str(token.get("access_token", "")))
            if more.get("sub") != claims["sub"]:
                raise _untrusted("the provider speaks of two people")
            claims = {**more, **claims}
        return Identity(
            mark=f"{said['issuer']}\n{claims['sub']}",
            name=str(_at(claims, self._section.name_claim) or "").partition("@")[0].lower(),
            groups=_names(_at(claims, self._section.groups_claim)),
        )

    def farewell(self, back: str) -> str | None:
        """Its own page for signing out (RP-initiated logout), which leads back to ours."""
        end = self._metadata().get("end_session_endpoint")
        if end is None:
            return None
        query = {"client_id": self._section.client_id, "post_logout_redirect_uri": back}
        return _with(end, query)

    def _token(self, said: Mapping[str, Any], code: str, ask: Ask) -> dict[str, Any]:
        """RFC 6749, 4.1.3; a client with a secret shows it in the header, escaped as 2.3.1 asks."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": ask.back,
            "code_verifier": ask.verifier,
        }
        known = None
        if self._secret is None:
            form["client_id"] = self._section.client_id
        else:
            known = httpx.BasicAuth(quote_plus(self._section.client_id), quote_plus(self._secret))
        return self._answer("POST", said["token_endpoint"], data=form, auth=known)

    def _claims(self, said: Mapping[str, Any], token: str, nonce: str) -> dict[str, Any]:
        """Checked with the keys that are known, and once more with fresh ones: they rotate."""
        for fresh in (False, True):
            try:
                if fresh or self._keys is None:
                    self._keys = keys_of(self._get(said["jwks_uri"]))
                return claims_of(token, self._keys, said["issuer"], self._section.client_id, nonce)
            except NotVouchedFor as fault:
                if fresh or not fault.key_unknown:
                    raise _untrusted(str(fault)) from None
        raise _untrusted("no key fits")

    def _metadata(self) -> dict[str, Any]:
        with self._lock:
            if self._said is None or monotonic() - self._said[0] > ANEW_AFTER_S:
                said = self._get(self._section.issuer + WELL_KNOWN)
                self._check(said)
                self._said = (monotonic(), said)
            return self._said[1]

    def _check(self, said: Mapping[str, Any]) -> None:
        if str(said.get("issuer", "")).rstrip("/") != self._section.issuer:
            raise _untrusted("the provider calls itself otherwise than [sign_on] issuer")
        for name in FARTHER:
            if name in said or name in ENDPOINTS:
                parts = urlsplit(str(said.get(name, "")))
                plain = parts.scheme == "http" and parts.hostname in LOOPBACK
                if parts.scheme != "https" and not plain:
                    raise _untrusted(f"the provider's {name} is not https")
        if "S256" not in said.get("code_challenge_methods_supported", ["S256"]):
            raise _untrusted("the provider knows no PKCE by SHA-256")

    def _get(self, url: str, bearer: str | None = None) -> dict[str, Any]:
        headers = {} if bearer is None else {"Authorization": f"Bearer {bearer}"}
        return self._answer("GET", url, headers=headers)

    def _answer(self, method: str, url: str, **more: Any) -> dict[str, Any]:
        """A JSON object; nothing is followed elsewhere, and no setting of the machine leads away.

        Raises:
            SignOnHindered: AWAY where it cannot answer, UNTRUSTED where it refuses.
        """
        try:
            with httpx.Client(timeout=WITHIN_S, verify=self._trust, trust_env=False) as client:
                answer = client.request(method, url, **more)
            found = answer.json() if len(answer.content) <= MOST_BYTES else None
        except (httpx.HTTPError, ValueError) as fault:
            what = f"the provider does not answer: {type(fault).__name__}"
            raise SignOnHindered(Hindrance.AWAY, what) from None
        if answer.status_code >= BROKEN:
            raise SignOnHindered(Hindrance.AWAY, f"{urlsplit(url).path}: {answer.status_code}")
        if answer.status_code != OK or not isinstance(found, dict):
            raise _untrusted(f"{urlsplit(url).path}: {answer.status_code}, refused")
        return found


def _with(url: str, query: Mapping[str, str]) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(query)}"


def _at(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its name, or by its path with dots as some providers nest them."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _names(value: Any) -> frozenset[str]:
    listed = value if isinstance(value, list) else [value]
    return frozenset(one for one in listed if isinstance(one, str))


def _untrusted(why: str) -> SignOnHindered:
    return SignOnHindered(Hindrance.UNTRUSTED, why)
