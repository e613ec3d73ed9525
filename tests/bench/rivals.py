"""The same letters as people send them today, each as its own first example shows it; run each in its own process.

python -m tests.bench.rivals NAME PORT FOLDER    rows.csv and letter.html lie in the folder; SSL_CERT_FILE is trusted

All log in over TLS from the first word, as yagmail does by default. None writes down what it sent.
"""

import csv
import sys
from pathlib import Path
from typing import Final

from jinja2 import Environment

from tests.mail.post_office import PASSWORD, USER

SUBJECT: Final = "Thank you, {{ greeting }}!"


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "rows.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain_yagmail(port: int, folder: Path) -> None:
    """One `send` a letter: it logs in each time, and inlines the CSS each time."""
    import yagmail  # noqa: PLC0415 - each rival is loaded alone

    page = Environment(autoescape=True).from_string((folder / "letter.html").read_text(encoding="utf-8"))
    subject = Environment().from_string(SUBJECT)  # noqa: S701 - no markup
    yag = yagmail.SMTP(USER, PASSWORD, "localhost", port)
    for row in rows(folder):
        yag.send(row["email"], subject.render(row), page.render(row))
    yag.close()


def redmail(port: int, folder: Path) -> None:
    """One `send` a letter with its template; a connection each time, and no inlined CSS."""
    import yagmail  # noqa: PLC0415 - it knows the class of a line with TLS
    from redmail import EmailSender  # noqa: PLC0415 - each rival is loaded alone

    line = yagmail.SMTP(USER, PASSWORD, "localhost", port).connection
    post = EmailSender("localhost", port, USER, PASSWORD, cls_smtp=line, use_starttls=False)
    page, subject = (folder / "letter.html").read_text(encoding="utf-8"), Environment().from_string(SUBJECT)  # noqa: S701 - no markup
    for row in rows(folder):
        post.send(subject=subject.render(row), sender=USER, receivers=[row["email"]], html=page, body_params=row)


def mailmerge(port: int, folder: Path) -> None:
    """Its command over template, table and settings; a connection a letter, and no inlined CSS."""
    from mailmerge.__main__ import main  # noqa: PLC0415 - each rival is loaded alone

    page = (folder / "letter.html").read_text(encoding="utf-8")
    head = f"TO: {{{{ email }}}}\nSUBJECT: {SUBJECT}\nFROM: {USER}\nContent-Type: text/html\n\n"
    (folder / "letter.txt").write_text(head + page, encoding="utf-8")
    server = f"[smtp_server]\nhost = localhost\nport = {port}\nsecurity = SSL/TLS\nusername = {USER}\n"
    (folder / "server.conf").write_text(server, encoding="utf-8")
    files = [f"--{name}={folder / file}" for name, file in _FILES.items()]
    main(["--no-dry-run", "--no-limit", "--output-format=text", *files])


_FILES: Final = {"template": "letter.txt", "database": "rows.csv", "config": "server.conf"}
RIVALS: Final = {"plain yagmail": plain_yagmail, "mailmerge": mailmerge, "redmail": redmail}

if __name__ == "__main__":
    RIVALS[sys.argv[1]](int(sys.argv[2]), Path(sys.argv[3]))
