"""A city's OpenID provider as a process: oidc-provider-mock, which demands PKCE here, too.

`python -m tests.city_provider PORT` serves until it is ended; 0 takes any port and says which.
"""

from __future__ import annotations

import base64
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx

SAYS = "provider at "


class CityProvider:
    """What a test says to the provider, and the person who sits before its sign-in form."""

    def __init__(self, url: str) -> None:
        self.url = url

    def knows(self, subject: str, **claims: Any) -> None:
        """Add a person, or change what the provider says of one."""
        httpx.put(f"{self.url}/users/{quote(subject)}", json=claims).raise_for_status()

    def signs_in(self, address: str, subject: str) -> str:
        """Fill the form that the browser was sent to; where the browser is sent back to."""
        answer = httpx.post(address, data={"sub": subject})
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]

    def refuses(self, address: str) -> str:
        """Press the button that denies; where the browser is sent back to."""
        answer = httpx.post(address, data={"action": "deny"})
        assert answer.status_code == 302, answer.text
        # This provider forgets the state where somebody denies, which RFC 6749, 4.1.2.1 demands.
        state = parse_qs(urlsplit(address).query)["state"][0]
        return f"{answer.headers['location']}&state={state}"


@contextmanager
def city_provider(port: int = 0) -> Iterator[CityProvider]:
    """Run one for a while."""
    child = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.city_provider", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"AUTHLIB_INSECURE_TRANSPORT": "1"},
    )
    try:
        assert child.stdout is not None
        line = child.stdout.readline()
        assert line.startswith(SAYS), line
        yield CityProvider(line.removeprefix(SAYS).strip())
    finally:
        child.kill()
        child.communicate()


def main(port: int) -> None:
    # Only this process loads the provider: its library warns of what it will drop one day.
    import flask  # noqa: PLC0415 - see above
    import oidc_provider_mock  # noqa: PLC0415 - see above
    from werkzeug.serving import make_server  # noqa: PLC0415 - see above

    app = oidc_provider_mock.app(require_nonce=True)
    challenges: dict[str, str] = {}

    @app.after_request
    def remember(response: flask.Response) -> flask.Response:
        code = parse_qs(urlsplit(response.headers.get("location", "")).query).get("code")
        if code and flask.request.args.get("code_challenge_method") == "S256":
            challenges[code[0]] = flask.request.args["code_challenge"]
        return response

    @app.before_request
    def prove() -> tuple[dict[str, str], int] | None:
        if not flask.request.path.endswith("/token"):
            return None
        digest = hashlib.sha256(flask.request.form.get("code_verifier", "").encode()).digest()
        shown = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        fits = challenges.pop(flask.request.form.get("code", ""), None) == shown
        return None if fits else ({"error": "invalid_grant"}, 400)

    server = make_server("127.0.0.1", port, app, threaded=True)
    sys.stdout.write(f"{SAYS}http://127.0.0.1:{server.port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
