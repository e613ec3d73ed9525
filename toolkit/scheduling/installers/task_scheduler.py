"""A task of the Windows Task Scheduler.

Source: Task Scheduler Schema, learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema, version 1.2.
"""

from collections.abc import Mapping
from pathlib import Path
from subprocess import list2cmdline
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from toolkit.scheduling.installers.entry import MINUTES, JobEntry

NAMESPACE: Final = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_AUTHOR: Final = "Author"


def files(entry: JobEntry) -> Mapping[Path, bytes]:
    """Return the task in UTF-16, as schtasks reads it."""
    register_namespace("", NAMESPACE)
    task = _task(entry)
    indent(task)
    return {_path(entry): tostring(task, encoding="utf-16", xml_declaration=True)}


def start(entry: JobEntry) -> tuple[str, ...]:
    """Return the commands that start it."""
    return (
        # a task has no environment of its own
        f'setx SHEETCLERK_DATA "{entry.data}"',
        f'schtasks /Create /F /TN "{entry.name}" /XML "{_path(entry)}"',
    )


def stop(entry: JobEntry) -> tuple[str, ...]:
    """Return the command that ends it."""
    return (f'schtasks /Delete /F /TN "{entry.name}"',)


def _path(entry: JobEntry) -> Path:
    return entry.data / f"{entry.name}.xml"


def _task(entry: JobEntry) -> Element:
    task = Element(_named("Task"), {"version": "1.2"})
    _put(task, "RegistrationInfo", {"Description": f"sheetclerk: what is due for {entry.shop}"})
    triggers = SubElement(task, _named("Triggers"))
    trigger = SubElement(triggers, _named("CalendarTrigger"))
    _fill(trigger, {"Enabled": "true", "StartBoundary": "2026-01-01T00:00:00"})
    _put(trigger, "Repetition", {"Interval": f"PT{MINUTES}M", "Duration": "P1D", "StopAtDurationEnd": "false"})
    _put(trigger, "ScheduleByDay", {"DaysInterval": "1"})
    principals = SubElement(task, _named("Principals"))
    person = _put(principals, "Principal", {"LogonType": "InteractiveToken", "RunLevel": "LeastPrivilege"})
    person.set("id", _AUTHOR)
    _put(task, "Settings", _SETTINGS)
    actions = SubElement(task, _named("Actions"), {"Context": _AUTHOR})
    program, *words = entry.command
    _put(actions, "Exec", _exec(program, list2cmdline(words), entry.folder))
    return task


_SETTINGS: Final = {
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",  # the default is true: a laptop on its battery would never run
    "StopIfGoingOnBatteries": "false",
    "StartWhenAvailable": "true",  # starts it after boot if a time passed while the computer was off
    "ExecutionTimeLimit": "PT4H",
}


def _exec(program: str, arguments: str, folder: Path) -> Mapping[str, str]:
    """Return the action that runs the command."""
    # python.exe opens a console window at every start, pythonw.exe none
    silent = Path(program).with_name("pythonw.exe")
    return {
        "Command": str(silent) if silent.exists() else program,
        "Arguments": arguments,
        "WorkingDirectory": str(folder),
    }


def _put(parent: Element, name: str, children: Mapping[str, str]) -> Element:
    made = SubElement(parent, _named(name))
    _fill(made, children)
    return made


def _fill(parent: Element, children: Mapping[str, str]) -> None:
    for name, text in children.items():
        SubElement(parent, _named(name)).text = text


def _named(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
