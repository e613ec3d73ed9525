"""A certificate authority of the tests' own, and certificates good and bad."""

import ssl
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.mail.trust import trusting

LONG_AGO: Final = datetime(2020, 1, 1, tzinfo=UTC)
FAR_AWAY: Final = datetime(2090, 1, 1, tzinfo=UTC)
DAY: Final = timedelta(days=1)


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


@dataclass
class Authority:
    """Signs certificates for `localhost`; clients that trust its file trust them."""

    folder: Path

    def __post_init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        signed = self._builder("The tests' own authority", "The tests' own authority", FAR_AWAY, self.key)
        constraints = x509.BasicConstraints(ca=True, path_length=None)
        self.certificate = signed.add_extension(constraints, critical=True).sign(self.key, hashes.SHA256())
        self.file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    @property
    def file(self) -> Path:
        return self.folder / "authority.pem"

    def _builder(
        self, name: str, issuer: str, until: datetime, key: ec.EllipticCurvePrivateKey
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(_name(issuer))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(LONG_AGO)
            .not_valid_after(until)
        )

    def client(self) -> ssl.SSLContext:
        """What a client that trusts this authority uses; verified_tls but for whom it trusts."""
        return trusting(str(self.file))

    def server(self, host: str = "localhost", until: datetime = FAR_AWAY, *, own: bool = False) -> ssl.SSLContext:
        """A server's context: for another host, expired, or signed by itself."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.pem(host, until, own=own))
        return context

    def old_server(self) -> ssl.SSLContext:
        """One that speaks no TLS newer than 1.1."""
        context = self.server()
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
        return context

    def pem(self, host: str = "localhost", until: datetime = FAR_AWAY, *, own: bool = False) -> Path:
        """A file with a server's certificate and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        issuer, signer = (host, key) if own else ("The tests' own authority", self.key)
        alt = x509.SubjectAlternativeName([x509.DNSName(host)])
        made = self._builder(host, issuer, until, key).add_extension(alt, critical=False).sign(signer, hashes.SHA256())
        path = self.folder / f"{host}-{until:%Y}-{own}.pem"
        path.write_bytes(
            made.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return path
