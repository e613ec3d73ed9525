import subprocess
import sys
from typing import Final

from tests.house.source import ROOT, imported, place, python_files

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

ROOMS: Final = {
    "babel": ("toolkit/book/parse/dates.py", "toolkit/config/", "toolkit/formatting.py", "toolkit/letters/wording.py"),
    "click": ("toolkit/cli/",),
    "css_inline": ("toolkit/letters/",),
    "email_validator": ("toolkit/book/parse/emails.py",),
    "filelock": ("toolkit/delivery/", "toolkit/sheets/files.py"),
    "google": ("toolkit/channels/permission.py", "toolkit/sheets/google/"),
    "google_auth_oauthlib": ("toolkit/channels/permission.py",),
    "gspread": ("toolkit/sheets/google/",),
    "imapclient": ("toolkit/channels/sent_folder.py",),
    "jinja2": ("toolkit/letters/", "toolkit/report/"),
    "keyring": ("toolkit/app/",),
    "markdown_it": ("toolkit/letters/",),
    "oauthlib": ("toolkit/channels/permission.py",),
    "openpyxl": ("toolkit/sheets/xlsx/",),
    "phonenumbers": ("toolkit/book/parse/phones.py",),
    "platformdirs": ("toolkit/app/",),
    "python_calamine": ("toolkit/sheets/xlsx/",),
    "requests": ("toolkit/channels/permission.py", "toolkit/sheets/google/"),
    "schedule": ("toolkit/scheduling/ticker.py",),
    "smtplib": (),
    "sqlite3": ("toolkit/delivery/",),
    "tomlkit": ("toolkit/config/",),
    "yagmail": ("toolkit/channels/mail.py",),
}
"""Who may import which library; smtplib belongs to nobody, since yagmail owns the connection."""


def test_no_floor_imports_a_higher_one() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_a_foreign_library_stays_in_its_room() -> None:
    strays = [
        f"{place(path, line)} {module}"
        for path in python_files("toolkit", "examples")
        for line, module in imported(path)
        if (library := module.partition(".")[0]) in ROOMS and not place(path).startswith(ROOMS[library])
    ]

    assert strays == []


def test_every_foreign_library_has_a_room() -> None:
    found = {module.partition(".")[0] for path in python_files("toolkit") for _, module in imported(path)}

    assert found - {"toolkit"} - sys.stdlib_module_names - ROOMS.keys() == set()


def test_nothing_of_ours_is_mocked_or_patched() -> None:
    patched = [
        f"{place(path, number)} {line.strip()}"
        for path in python_files("tests")
        if path.parent.name != "house"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if any(word in line for word in ("unittest.mock", "mocker", "monkeypatch.setattr", "time.sleep("))
    ]

    assert patched == []
