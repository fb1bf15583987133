"""`DeviceKeys` over the office's folder: credential files, certificates, the list of revoked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from queue_server.adapters.credential_files import Credential, new_credential, replace_credential
from queue_server.adapters.device_certificates import key_of_request, revoke, sign_request
from queue_server.adapters.key_files import KeyFileError
from queue_server.use_cases.device_desk import Keys
from queue_server.use_cases.ports import StoreUnavailable


class FileDeviceKeys:
    """Writes the files first and then tells whoever lets devices in."""

    def __init__(self, data: Path, changed: Callable[[Credential], None]) -> None:
        self._data = data
        self._changed = changed

    def check(self, request: str) -> None:
        """See whether a certificate could be given for this.

        Raises:
            RequestRefused: it could not.
        """
        key_of_request(request)

    def renew(self, device: str, role: str, request: str) -> Keys:
        """A new secret, and a certificate for the key of the request.

        Raises:
            RequestRefused: it is no request; nothing was changed.
            StoreUnavailable: a file cannot be written.
        """
        try:
            certificate = sign_request(self._data, device, request)
            credential = self._replaced(device, role)
        except (OSError, KeyFileError) as fault:
            raise StoreUnavailable(str(fault)) from None
        return Keys(device, role, credential.secret, certificate)

    def end(self, device: str, role: str) -> None:
        """The file gets a secret that nobody was told, so the office starts as ever.

        Raises:
            StoreUnavailable: a file cannot be written.
        """
        try:
            revoke(self._data, device)
            self._replaced(device, role)
        except (OSError, KeyFileError) as fault:
            raise StoreUnavailable(str(fault)) from None

    def _replaced(self, device: str, role: str) -> Credential:
        credential = new_credential(device, role)
        replace_credential(self._data / "credentials", credential)
        self._changed(credential)
        return credential
