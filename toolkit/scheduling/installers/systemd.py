"""A user's timer of systemd.

Source: systemd.service(5), systemd.timer(5) and systemd.syntax(7), version 252.
"""

from collections.abc import Mapping
from pathlib import Path

from toolkit.scheduling.installers.entry import MINUTES, JobEntry


def files(entry: JobEntry) -> Mapping[Path, bytes]:
    """Return the service and its timer."""
    folder = entry.settings / "systemd" / "user"
    return {
        folder / f"{entry.name}.service": _service(entry).encode(),
        folder / f"{entry.name}.timer": _timer(entry).encode(),
    }


def start(entry: JobEntry) -> tuple[str, ...]:
    """Return the commands that start it."""
    return (
        "systemctl --user daemon-reload",
        f"systemctl --user enable --now {entry.name}.timer",
        "loginctl enable-linger",  # without it a user's timers stop when the user logs out
    )


def stop(entry: JobEntry) -> tuple[str, ...]:
    """Return the commands that end it, before its files are deleted."""
    return (f"systemctl --user disable --now {entry.name}.timer",)


def _service(entry: JobEntry) -> str:
    # 5 is the exit code of "another run is at work", which is no failure to report
    command = " ".join(_quoted(word).replace("$", "$$") for word in entry.command)
    return f"""\
[Unit]
Description={_plain(f"sheetclerk: what is due for {entry.shop}")}

[Service]
Type=oneshot
WorkingDirectory={_plain(str(entry.folder))}
Environment={_quoted(f"SHEETCLERK_DATA={entry.data}")}
ExecStart={command}
SuccessExitStatus=5
"""


def _timer(entry: JobEntry) -> str:
    # Persistent starts it right after boot if a time passed while the computer was off; AccuracySec is 1 min by default
    return f"""\
[Unit]
Description={_plain(f"sheetclerk: wakes every {MINUTES} minutes for {entry.shop}")}

[Timer]
OnCalendar=*:0/{MINUTES}
Persistent=true
AccuracySec=30s

[Install]
WantedBy=timers.target
"""


def _plain(words: str) -> str:
    return words.replace("%", "%%")  # a % begins a specifier in every line of a unit (systemd.unit(5))


def _quoted(word: str) -> str:
    escaped = _plain(word).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
