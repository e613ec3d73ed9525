"""Debian's own postfix and dovecot, as processes of a test; all that is theirs lies in one folder."""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from time import monotonic
from typing import Final

from tests.mail.authority import Authority
from tests.mail.post_office import PASSWORD, USER

POSTFIX: Final = shutil.which("postfix", path="/usr/sbin:/usr/bin")
DOVECOT: Final = shutil.which("dovecot", path="/usr/sbin:/usr/bin")
CLIENT: Final = "asha@example.com"
SLOW: Final = "slow@example.com"
"""Letters to it are taken, but the answer to the final dot takes two seconds."""

SENT: Final = "sent-copy@example.com"
_NOBODY: Final = 65534
_PATIENCE: Final = 20.0


def why_not() -> str:
    """Why the real servers cannot run here; "" where they can."""
    if not (POSTFIX and DOVECOT):
        return "Debian's postfix and dovecot-imapd are not installed"
    return "" if os.geteuid() == 0 else "postfix and dovecot start as root only"


@dataclass(frozen=True)
class DebianOffice:
    """Where the two servers listen, and where letters come to lie."""

    folder: Path
    smtp: int
    imap: int
    imaps: int

    def letters(self, mailbox: str) -> list[bytes]:
        """What lies in a mailbox, such as asha or shop/.Sent, without reading it over IMAP."""
        return [path.read_bytes() for path in sorted((self.folder / "mail" / mailbox / "new").glob("*"))]

    def log(self) -> str:
        """What both wrote."""
        return "\n".join(path.read_text(errors="replace") for path in self.folder.glob("*.log"))


MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
myhostname = localhost
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
alias_maps =
alias_database =
local_transport = error:nothing is local here
virtual_transport = virtual
virtual_mailbox_domains = example.com
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = texthash:{folder}/mailboxes
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
sender_bcc_maps = texthash:{folder}/copies
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_tls_eccert_file = {pem}
smtpd_tls_eckey_file = {pem}
smtpd_tls_cert_file = none
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions =
  permit_sasl_authenticated,
  reject
smtpd_error_sleep_time = 0
smtpd_end_of_data_restrictions = check_recipient_access texthash:{folder}/slow
"""

MASTER = """
127.0.0.1:{smtp} inet n - n - - smtpd
cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 300 1 qmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
verify    unix - - n - 1 verify
error     unix - - n - - error
retry     unix - - n - - error
discard   unix - - n - - discard
virtual   unix - n n - - virtual
anvil     unix - - n - 1 anvil
scache    unix - - n - 1 scache
tlsmgr    unix - - n 1000? 1 tlsmgr
proxymap  unix - - n - - proxymap
postlog   unix-dgram n - n - 1 postlogd
"""

DOVECOT_CONF = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
instance_name = {folder}
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{pem}
ssl_key = <{pem}
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 100
mail_location = maildir:~
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/passwords
}}
userdb {{
  driver = static
  args = uid=65534 gid=65534 home={folder}/mail/%n
}}
namespace inbox {{
  inbox = yes
  mailbox Sent {{
    auto = create
    special_use = \\Sent
  }}
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {imaps}
    ssl = yes
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service auth {{
  unix_listener {folder}/queue/private/auth {{
    mode = 0600
    user = postfix
  }}
}}
"""


def _free_ports(number: int) -> list[int]:
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [int(one.getsockname()[1]) for one in taken]
    for one in taken:
        one.close()
    return ports


def _lay(folder: Path, certificate: Path, office: DebianOffice) -> None:
    pem = shutil.copy(certificate, folder / "localhost.pem")
    names = {"folder": folder, "pem": pem, "smtp": office.smtp, "imap": office.imap, "imaps": office.imaps}
    for part in ("etc", "queue", "queue/private", "data", "mail", "run", "state"):
        (folder / part).mkdir()
    for part in ("data", "queue/private"):
        shutil.chown(folder / part, "postfix")
    os.chown(folder / "mail", _NOBODY, _NOBODY)
    (folder / "etc/main.cf").write_text(MAIN.format(**names))
    (folder / "etc/master.cf").write_text(MASTER.format(**names))
    (folder / "dovecot.conf").write_text(DOVECOT_CONF.format(**names))
    (folder / "mailboxes").write_text(f"{CLIENT} asha/\n{SLOW} slow/\n{SENT} shop/.Sent/\n{USER} shop/\n")
    (folder / "copies").write_text(f"{USER} {SENT}\n")
    (folder / "slow").write_text(f"{SLOW} sleep 2\n")
    (folder / "passwords").write_text("".join(f"{who}:{PASSWORD}\n" for who in (USER, CLIENT, SLOW)))


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def eventually(done: Callable[[], bool]) -> bool:
    """Whether something that another process does happens within 20 seconds."""
    ends, pause = monotonic() + _PATIENCE, Event()
    while not done():
        if monotonic() > ends:
            return False
        pause.wait(0.05)
    return True


@contextmanager
def _running(command: list[str]) -> Iterator[None]:
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def debian_office(authority: Authority) -> Iterator[DebianOffice]:
    """Both servers, until the `with` ends; their folder is gone then."""
    # pytest's own folders are closed to the users that the servers work as, and too long for the path of a socket.
    with TemporaryDirectory(prefix="office-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        office = DebianOffice(folder, *_free_ports(3))
        _lay(folder, authority.pem(), office)
        subprocess.run([str(POSTFIX), "-c", str(folder / "etc"), "check"], check=True, timeout=_PATIENCE)
        with (
            _running([str(DOVECOT), "-F", "-c", str(folder / "dovecot.conf")]),
            _running(["/usr/lib/postfix/sbin/master", "-c", str(folder / "etc"), "-d"]),
        ):
            assert eventually(lambda: all(map(_listens, (office.smtp, office.imap, office.imaps)))), office.log()
            yield office
