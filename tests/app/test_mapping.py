"""What a mapping cannot say is refused by name, with the next step."""

import re
from pathlib import Path

import pytest

from toolkit.app.mapping import mapped_of, starter_of
from toolkit.config import read_config
from toolkit.errors import ConfigError


def refused(text: str, folder: Path) -> str:
    path = folder / "sheetclerk.toml"
    path.write_text(text, encoding="utf-8")
    config = read_config(path)
    with pytest.raises(ConfigError) as error:
        mapped_of(config), starter_of(config)
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "where", "step"),
    [
        ("[tabs.client]\ntab = 'x'", "[tabs.client]", "did you mean clients?"),
        ("[starter.teirs]\nheadings = ['x']", "[starter.teirs]", "did you mean tiers?"),
        ("[tabs.clients]\ncolumns = { nmae = 'x' }", "[tabs.clients] nmae", "did you mean name?"),
        ("[tabs.clients]\nconstants = { qqqq = 'x' }", "[tabs.clients] qqqq", "choose from: number, name"),
        (
            "[tabs.clients]\ncolumns = { name = 'x' }\nconstants = { name = 'y' }",
            "[tabs.clients] name",
            "delete it from columns or from constants",
        ),
        ("[tabs.clients]\ncolumns = { name = [] }", "[tabs.clients] name", 'name = "Heading"'),
        ("[tabs.clients]\ncolumns = { name = 'A!' }", "[tabs.clients] name", 'name = "Heading"'),
        ("[tabs.clients]\nvalues = { consent = { yes = 'Y' } }", "[tabs.clients] values", "name its heading"),
        ("[tabs.clients]\njoins = ['A B!C']", "[tabs.clients] joins", "OrderID = Orders!OrderID"),
        ("[tabs.clients]\njoins = ['A = B!C', 'D = B!C']", "[tabs.clients] joins", "keep one of the two"),
        ("[tabs.clients]\ncolumns = { name = 'Other!Name' }", "[tabs.clients] Other!Name", "add a join to it"),
        (
            "[tabs.clients]\ncolumns = { name = 'C!N' }\njoins = ['a = A!a', 'A!b = B!b', 'B!c = C!c']",
            "[tabs.clients] C!",
            "look-up formula",
        ),
        (
            "[tabs.clients]\ncolumns = { name = 'A!N' }\njoins = ['B!x = A!x', 'A!y = B!y']",
            "[tabs.clients] A!N",
            "add a join to it",
        ),
    ],
)
def test_it_is_told_where_and_how_to_mend(text: str, where: str, step: str, tmp_path: Path) -> None:
    told = refused(text, tmp_path).splitlines()
    assert told[0].startswith(f"sheetclerk.toml, {where}")
    assert step in told[2]


def test_the_mapping_of_the_readme_can_be_used(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    for block in (block for block in blocks if "[tabs" in block):
        (tmp_path / "sheetclerk.toml").write_text(block, encoding="utf-8")
        assert mapped_of(read_config(tmp_path / "sheetclerk.toml"))
    assert any("joins" in block for block in blocks)


def test_two_joins_are_built(tmp_path: Path) -> None:
    path = tmp_path / "sheetclerk.toml"
    path.write_text("[tabs.clients]\ncolumns = { name = 'B!N' }\njoins = ['a = A!a', 'A!b = B!b']", encoding="utf-8")
    mapped = mapped_of(read_config(path))["clients"]
    assert [str(join) for join in mapped.chain("B")] == ["a = A!a", "A!b = B!b"]
