import os
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.house.source import ROOT

WHERE = "import toolkit, pathlib; print(pathlib.Path(toolkit.__file__).parent)"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that an installed wheel would fill, beside nothing of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--quiet",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    done = subprocess.run([sys.executable, "-m", "pip", *build], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("sheetclerk-*.whl")
    with ZipFile(wheel) as file:
        file.extractall(folder / "unpacked")
    return folder / "unpacked"


def python(code: Path, cwd: Path, *arguments: str) -> str:
    """What Python says, standing in a folder and with the code of another."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(code)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def below(folder: str) -> set[str]:
    return files(ROOT / folder)


def test_the_wheel_holds_the_program_its_templates_and_its_example(installed: Path) -> None:
    held = files(installed)
    program = {f"toolkit/{name}" for name in below("toolkit") if "__pycache__" not in name}
    starter = {f"toolkit/starter/templates/{name}" for name in below("templates")}
    starter |= {f"toolkit/starter/shop/{name}" for name in below("examples/shop")}

    assert program | starter <= held
    assert {name.partition("/")[0] for name in held} == {"toolkit", f"sheetclerk-{version()}.dist-info"}


def version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def test_the_wheel_knows_its_version_and_its_command(installed: Path, tmp_path: Path) -> None:
    assert version() in python(installed, tmp_path, "-m", "toolkit", "--version")
    entry_points = (installed / f"sheetclerk-{version()}.dist-info" / "entry_points.txt").read_text(encoding="utf-8")
    assert "sheetclerk = toolkit.cli:main" in entry_points


def test_a_shop_from_the_wheel_is_the_shop_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    for name, code in (("wheel", installed), ("checkout", ROOT)):
        assert python(code, tmp_path, "-c", WHERE).strip() == str(code / "toolkit")
        python(code, tmp_path, "-m", "toolkit", "init", name)

    assert files(tmp_path / "wheel") == files(tmp_path / "checkout")
    assert files(tmp_path / "wheel" / "templates") == below("templates")


def test_a_shop_from_the_wheel_runs(installed: Path, tmp_path: Path) -> None:
    python(installed, tmp_path, "-m", "toolkit", "init", "shop")

    said = python(installed, tmp_path / "shop", "-m", "toolkit", "run")

    assert "clients.xlsx" in said
    assert (tmp_path / "shop" / "outbox").is_dir()
