"""README.md shows commands that exist, output that is printed, and pictures and links that lead somewhere."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from tests.cli.command_lines import parse
from toolkit.cli import main
from toolkit.clock import FixedClock

ROOT: Final = Path(__file__).parents[2]
README: Final = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS: Final = re.findall(r"^```(\w*)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
LARGEST_PICTURE: Final = 60_000


def shown_commands() -> set[str]:
    lines = [line for kind, block in BLOCKS if kind == "sh" for line in re.split(r"\n| && ", block)]
    inline = re.findall(r"`(sheetclerk [^`]+)`", README)
    return {line for line in (*lines, *inline) if line.startswith("sheetclerk ") and "COMMAND" not in line}


@pytest.mark.parametrize("line", sorted(shown_commands()))
def test_every_command_that_the_readme_shows_can_be_typed(line: str) -> None:
    parse(line)


def test_every_command_stands_in_the_readme() -> None:
    named = {line.split()[1] for line in shown_commands()}
    assert set(main.commands) - named == set()


def test_the_first_run_prints_what_the_readme_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FixedClock(datetime(2026, 11, 22, 12, tzinfo=UTC))
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(main, ["init", "shop"], obj=clock)
    monkeypatch.chdir(tmp_path / "shop")
    printed = CliRunner().invoke(main, ["run"], obj=clock).stdout.replace("\N{NO-BREAK SPACE}", " ")
    shown = next(block for kind, block in BLOCKS if not kind and block.startswith("Read "))

    for line in shown.splitlines():
        parts = (re.escape(part.strip()) for part in line.split("..."))
        assert re.search(r".*".join(parts), printed), line
    assert "Nothing new to send" in README
    assert "Nothing new to send" in CliRunner().invoke(main, ["run"], obj=clock).stdout.replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_pictures_are_there_and_small() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert len(pictures) == 2
    assert [name for name in pictures if not 0 < (ROOT / name).stat().st_size < LARGEST_PICTURE] == []


def test_links_lead_to_a_heading_or_a_file() -> None:
    headings = re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    anchors = {f"#{heading.casefold().replace(' ', '-')}" for heading in headings}
    links = re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", README)
    assert links
    assert [link for link in links if link not in anchors and not (ROOT / link).is_file()] == []


@pytest.mark.parametrize("name", re.findall(r"`((?:templates|examples)/[\w.]+)`", README))
def test_files_that_the_readme_names_are_there(name: str) -> None:
    assert (ROOT / name).is_file()
