"""Service accounts: a real key file, and the token that Google gives for a signed assertion."""

import base64
import binascii
import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.sheets_server.refusal import Json

EMAIL: Final = "sheetclerk@shop-123456.iam.gserviceaccount.com"
GRANT: Final = "urn:ietf:params:oauth:grant-type:jwt-bearer"
AUDIENCE: Final = "https://oauth2.googleapis.com/token"
HOUR: Final = 3600
SLACK: Final = 300


class NoToken(Exception):
    """The token endpoint's 400.

    Args:
        error: its word, such as "invalid_grant".
        words: its sentence.
    """

    def __init__(self, error: str, words: str) -> None:
        super().__init__(words)
        self.body: Json = {"error": error, "error_description": words}


@functools.cache
def private_key() -> rsa.RSAPrivateKey:
    """One real key a test run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def account_of(url: str, email: str = EMAIL) -> Json:
    """What stands in a service account's key file, its token endpoint on the test server."""
    pem = private_key().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {
        "type": "service_account",
        "project_id": "shop-123456",
        "private_key_id": "0123456789abcdef0123456789abcdef01234567",
        "private_key": pem.decode(),
        "client_email": email,
        "client_id": "123456789012345678901",
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": f"{url}/token",
        "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
        "client_x509_cert_url": f"https://www.googleapis.com/robot/v1/metadata/x509/{email.replace('@', '%40')}",
        "universe_domain": "googleapis.com",
    }


def write_account(path: Path, account: Json) -> Path:
    """The key file, readable by its owner only."""
    path.write_text(json.dumps(account, indent=2), encoding="utf-8")
    path.chmod(0o600)
    return path


class Accounts:
    """Who may sign in, and the tokens given so far.

    Args:
        now: the server's clock, seconds since 1970.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        private_key()  # made now, since two threads that ask at once would each make one
        self._now = now
        self._tokens: dict[str, tuple[str, float]] = {}
        self._count = 0
        self.known: set[str] = {EMAIL}
        self.keys_work = True

    def token(self, form: dict[str, list[str]], audience: str) -> Json:
        """A token for a signed assertion.

        Raises:
            NoToken: the assertion is not what Google takes.
        """
        if form.get("grant_type") != [GRANT] or len(form.get("assertion", [])) != 1:
            raise NoToken("unsupported_grant_type", "Invalid grant_type: ")
        claims = self._claims(form["assertion"][0])
        if claims.get("aud") not in (AUDIENCE, audience):
            raise NoToken("invalid_grant", "Invalid JWT: Failed audience check.")
        if claims.get("iss") not in self.known:
            raise NoToken("invalid_grant", "Invalid grant: account not found")
        self._check_time(claims)
        self._count += 1
        token = f"ya29.test-token-{self._count}"
        self._tokens[token] = (str(claims["iss"]), self._now() + HOUR)
        return {"access_token": token, "expires_in": HOUR - 1, "token_type": "Bearer"}

    def _claims(self, assertion: str) -> Json:
        try:
            signed, _, signature = assertion.rpartition(".")
            head, claims = (json.loads(_decoded(part)) for part in signed.split("."))
            private_key().public_key().verify(_decoded(signature), signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        except (InvalidSignature, ValueError, binascii.Error) as error:
            raise NoToken("invalid_grant", "Invalid JWT Signature.") from error
        if head.get("alg") != "RS256" or not self.keys_work:
            raise NoToken("invalid_grant", "Invalid JWT Signature.")
        return claims  # type: ignore[no-any-return]  # JSON of our own making

    def _check_time(self, claims: Json) -> None:
        now = self._now()
        young = claims["iat"] <= now + SLACK and now - SLACK <= claims["exp"] <= now + HOUR + SLACK
        if not young:
            words = (
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check "
                "your iat and exp values in the JWT claim."
            )
            raise NoToken("invalid_grant", words)

    def caller(self, header: str) -> str | None:
        """Whose token an Authorization header carries, None where it is unknown or too old."""
        email, until = self._tokens.get(header.removeprefix("Bearer "), ("", 0.0))
        return email if email and self._now() < until else None

    def expire(self) -> None:
        """All tokens given so far are too old."""
        self._tokens.clear()


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
