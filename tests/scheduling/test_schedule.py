"""`schedule install`, `show` and `remove`: the files are held to what each system itself says of them."""

import os
import plistlib
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.house.source import ROOT
from tests.scheduling.conftest import NewDesk
from tests.scheduling.desk import WEEKLY, Desk
from toolkit.clock import SystemClock
from toolkit.errors import SetupError
from toolkit.scheduling import open_job_context
from toolkit.scheduling.installers import (
    INSTALLERS,
    JobEntry,
    entry_of,
    find_installer,
    install_files,
    installed,
    remove_files,
)
from toolkit.scheduling.installers.cron import line

ODD = "Duka la \"Juma\" 100 % $HOME 'Өмүр' \\ & <b>"
NAMES = [one.name for one in INSTALLERS]


@pytest.fixture
def entry(tmp_path: Path) -> JobEntry:
    """A shop whose name and folders hold every mark that a scheduler could misread."""
    folder, data = tmp_path / "shop 100% $a 'Өмүр' \"q\" \\ & ;", tmp_path / "data 5% ө"
    for one in (folder, data):
        one.mkdir()
    command = (sys.executable, "-m", "toolkit", "run", "--due", "--quiet")
    return JobEntry("sheetclerk-a1b2c3d4", ODD, folder, data, command, tmp_path / "home", tmp_path / "home" / ".config")


def at_home(desk: Desk, home: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return desk


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this computer")
def test_systemd_accepts_the_service_and_its_timer(entry: JobEntry, tmp_path: Path) -> None:
    paths = install_files(find_installer("systemd"), entry)
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    verified = subprocess.run(
        ["systemd-analyze", "--user", "verify", *map(str, paths)],
        env=os.environ | {"XDG_RUNTIME_DIR": str(runtime), "HOME": str(entry.home)},
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [one for one in verified.stderr.splitlines() if "sheetclerk" in one]
    assert (verified.returncode, ours) == (0, []), verified.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this computer")
def test_systemd_wakes_every_ten_minutes() -> None:
    asked = ["systemd-analyze", "calendar", "--iterations=6", "*:0/10"]
    in_utc = os.environ | {"TZ": "UTC"}
    said = subprocess.run(asked, env=in_utc, capture_output=True, text=True, check=True).stdout
    minutes = [one.split(":")[-2] for one in said.splitlines() if "UTC" in one and "(in UTC)" not in one]
    assert sorted({one[-2:] for one in minutes}) == ["00", "10", "20", "30", "40", "50"]


def test_the_timer_catches_up_and_the_service_runs_where_the_shop_is(entry: JobEntry) -> None:
    service, timer = (path.read_text(encoding="utf-8") for path in install_files(find_installer("systemd"), entry))
    assert "Persistent=true" in timer
    assert "shop 100%% $a" in service
    assert 'ExecStart="' in service


def test_launchds_list_parses_and_names_the_command(entry: JobEntry) -> None:
    (path,) = install_files(find_installer("launchd"), entry)
    told = plistlib.loads(path.read_bytes())
    assert path == entry.home / "Library" / "LaunchAgents" / f"{entry.name}.plist"
    assert told["ProgramArguments"] == list(entry.command)
    assert told["WorkingDirectory"] == str(entry.folder)
    assert told["EnvironmentVariables"] == {"SHEETCLERK_DATA": str(entry.data)}
    assert [one["Minute"] for one in told["StartCalendarInterval"]] == [0, 10, 20, 30, 40, 50]


def test_the_task_is_valid_by_the_documented_part_of_its_schema(entry: JobEntry) -> None:
    etree = pytest.importorskip("lxml.etree", reason="lxml validates the task")
    schema = etree.XMLSchema(etree.parse(str(Path(__file__).parent / "task.xsd")))
    (path,) = install_files(find_installer("tasks"), entry)
    task = etree.parse(str(path))
    schema.assertValid(task)
    (task.getroot()[1][0]).append(task.getroot()[1][0][0])
    assert not schema.validate(task), "the schema has teeth: Enabled after the others is refused"


def test_the_task_is_utf_16_and_names_the_command(entry: JobEntry) -> None:
    (path,) = install_files(find_installer("tasks"), entry)
    assert path.read_bytes()[:2] in (b"\xff\xfe", b"\xfe\xff")
    root = ET.fromstring(path.read_bytes())  # noqa: S314 - we have just written it
    found = {one.tag.rpartition("}")[2]: one.text for one in root.iter()}
    assert found["Command"] == sys.executable
    assert found["Arguments"] == "-m toolkit run --due --quiet"
    assert found["WorkingDirectory"] == str(entry.folder)
    assert found["StartWhenAvailable"] == "true"


def accepts_dry_runs() -> bool:
    """Debian's crontab checks a file with -n and changes nothing; others know no such flag."""
    crontab = shutil.which("crontab")
    if crontab is None:
        return False
    asked = subprocess.run([crontab, "-h"], capture_output=True, text=True, check=False)
    return "-n\t(dry run" in asked.stdout + asked.stderr


def checked_by_crontab(table: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["crontab", "-n", "-"], input=table, capture_output=True, check=False)


@pytest.mark.skipif(not accepts_dry_runs(), reason="no crontab that checks a file without changing anything")
def test_a_real_crontab_accepts_the_line(entry: JobEntry) -> None:
    (path,) = install_files(find_installer("cron"), entry)
    assert checked_by_crontab(path.read_bytes()).returncode == 0
    assert checked_by_crontab(path.read_bytes().replace(b"*/10 *", b"*/10 99")).returncode != 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no crontab")
def test_the_commands_put_the_line_into_a_crontab_once_and_take_it_out_again(entry: JobEntry, tmp_path: Path) -> None:
    table, tools = tmp_path / "table", tmp_path / "bin"
    tools.mkdir()
    (tools / "crontab").write_text(f'#!/bin/sh\nif [ "$1" = - ]; then cat >{table}.new; mv {table}.new {table}\n'
                                   f"else cat {table}; fi\n")  # fmt: skip
    (tools / "crontab").chmod(stat.S_IRWXU)
    table.write_text("5 4 * * * date # mine\n")
    cron = find_installer("cron")
    install_files(cron, entry)
    paths = {"PATH": f"{tools}:{os.environ['PATH']}"}
    for command in (*cron.start(entry), *cron.start(entry)):
        subprocess.run(["sh", "-c", command], env=paths, check=True)
    assert table.read_text(encoding="utf-8") == f"5 4 * * * date # mine\n{line(entry)}\n"
    for command in cron.stop(entry):
        subprocess.run(["sh", "-c", command], env=paths, check=True)
    assert table.read_text(encoding="utf-8") == "5 4 * * * date # mine\n"


def as_cron_runs(entry: str) -> str:
    """The command of a crontab's line as cron hands it to /bin/sh, with the marks undone that cron undoes."""
    return entry.split(" ", 5)[5].replace("\\%", "%")


def minutes_of(entry: str) -> range:
    """The minutes of an hour at which cron wakes for a line */n."""
    first, *others = entry.split(" ", 5)[:5]
    assert others == ["*"] * 4
    return range(0, 60, int(first.removeprefix("*/")))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no crontab")
def test_the_line_of_cron_runs_what_is_due_without_a_terminal_in_a_bare_environment(
    new_desk: NewDesk, tmp_path: Path
) -> None:
    desk = new_desk('weekly = "every day at 00:00"', looked=False)
    desk.clock.moment = SystemClock().now().replace(hour=0, minute=0)
    desk.after(days=-2)("run", "--due")
    with open_job_context(desk.folder, desk.clock) as context:
        entry = line(entry_of(context))
    bare = {"HOME": str(tmp_path), "LOGNAME": "nobody", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}
    command = as_cron_runs(entry)
    subprocess.run(["/bin/sh", "-c", command], env=bare | {"PYTHONPATH": str(ROOT)}, cwd="/", check=True, timeout=120)
    assert len(desk.letters()) > 0


def test_the_line_of_cron_wakes_in_time_by_a_clock_that_only_the_test_moves(new_desk: NewDesk) -> None:
    desk = new_desk(WEEKLY)
    with open_job_context(desk.folder, desk.clock) as context:
        entry = entry_of(context)
    words = shlex.split(as_cron_runs(line(entry)).partition(" -m toolkit ")[2].partition(" >")[0])
    desk.at(23, 8)
    for _ in range(2 * 60):
        if desk.clock.moment.minute in minutes_of(line(entry)):
            assert desk(*words).exit_code == 0
        desk.after(minutes=1)
    with open_job_context(desk.folder, desk.clock) as context:
        assert [one.id for one in context.agenda.done()] == ["weekly@2026-11-23"]
    assert len(desk.letters()) == 14


@pytest.mark.parametrize("system", NAMES)
def test_what_is_installed_is_shown_and_removed(
    new_desk: NewDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    desk = at_home(new_desk(WEEKLY, looked=False), tmp_path / "home", monkeypatch)
    made = desk("schedule", "install", "--system", system)
    assert made.exit_code == 0, made.output
    assert "next     Mon 23 Nov 2026 09:00, Mon 30 Nov 2026 09:00, Mon 7 Dec 2026 09:00" in made.stdout
    assert made.stderr.startswith("next: ")
    written = [one.removeprefix("Wrote ") for one in made.stdout.splitlines() if one.startswith("Wrote ")]
    assert all(Path(one).is_file() for one in written)
    shown = desk("schedule", "show", "--system", system).stdout
    assert all(one in shown for one in written)
    assert "last look: Sat 21 Nov 2026 12:00" in shown, "from the installation on, what comes due counts"
    assert desk("schedule", "remove", "--system", system).stdout.count("Deleted ") == len(written)
    assert not any(Path(one).exists() for one in written)
    assert desk("schedule", "remove", "--system", system).stdout == f"{system}: nothing was installed\n"
    assert "not installed" in desk("schedule", "show", "--system", system).stdout


def test_what_is_installed_on_a_saturday_counts_monday_though_nobody_woke_before(
    new_desk: NewDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = at_home(new_desk(WEEKLY, looked=False), tmp_path / "home", monkeypatch)
    desk("schedule", "install", "--system", "cron")
    assert "done     weekly@2026-11-23" in desk.at(25, 9)("run", "--due").stdout


def test_without_a_name_it_is_the_scheduler_of_this_computer(entry: JobEntry) -> None:
    assert find_installer("").name in NAMES
    assert installed(find_installer(""), entry) == ()


def test_a_folder_that_cannot_be_written_is_told(entry: JobEntry) -> None:
    entry.home.write_text("a file")
    with pytest.raises(SetupError, match="cannot be changed"):
        install_files(find_installer("systemd"), entry)


def test_taking_away_what_is_not_there_is_no_fault(entry: JobEntry) -> None:
    assert remove_files(find_installer("launchd"), entry) == ()


def test_a_folder_with_a_line_break_in_its_name_is_refused(
    new_desk: NewDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = new_desk(WEEKLY, looked=False)
    odd = desk.folder.rename(tmp_path / "two\nlines")
    monkeypatch.chdir(odd)
    refused = Desk(odd, desk.clock, monkeypatch.chdir)("schedule", "install", "--system", "cron")
    assert refused.exit_code == 4
    assert "control character" in refused.stderr


def test_a_misspelt_time_is_refused_with_a_proposal(new_desk: NewDesk) -> None:
    shown = new_desk('weekly = "every moday at 9"', looked=False)("schedule", "show")
    assert shown.exit_code == 4
    assert 'next: did you mean "every monday at 09:00"?' in shown.stderr
