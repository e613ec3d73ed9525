"""A user's timer of systemd; Persistent makes it wake at once when the computer was off.

Source: systemd.service(5), systemd.timer(5) and systemd.syntax(7), version 252.
"""

from collections.abc import Mapping
from pathlib import Path

from toolkit.scheduling.installers.waking import MINUTES, Waking


def files(waking: Waking) -> Mapping[Path, bytes]:
    """The service and its timer."""
    folder = waking.settings / "systemd" / "user"
    return {
        folder / f"{waking.name}.service": _service(waking).encode(),
        folder / f"{waking.name}.timer": _timer(waking).encode(),
    }


def start(waking: Waking) -> tuple[str, ...]:
    """The commands that begin it; the last one, so that it also wakes while nobody is logged in."""
    return (
        "systemctl --user daemon-reload",
        f"systemctl --user enable --now {waking.name}.timer",
        "loginctl enable-linger",
    )


def stop(waking: Waking) -> tuple[str, ...]:
    """The commands that end it, before its files go."""
    return (f"systemctl --user disable --now {waking.name}.timer",)


def _service(waking: Waking) -> str:
    command = " ".join(_quoted(word).replace("$", "$$") for word in waking.command)
    return f"""\
[Unit]
Description={_plain(f"sheetclerk: what is due for {waking.shop}")}

[Service]
Type=oneshot
WorkingDirectory={_plain(str(waking.folder))}
Environment={_quoted(f"SHEETCLERK_DATA={waking.data}")}
ExecStart={command}
SuccessExitStatus=5
"""


def _timer(waking: Waking) -> str:
    return f"""\
[Unit]
Description={_plain(f"sheetclerk: wakes every {MINUTES} minutes for {waking.shop}")}

[Timer]
OnCalendar=*:0/{MINUTES}
Persistent=true
AccuracySec=30s

[Install]
WantedBy=timers.target
"""


def _plain(words: str) -> str:
    return words.replace("%", "%%")


def _quoted(word: str) -> str:
    escaped = _plain(word).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
