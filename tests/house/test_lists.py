import subprocess
import sys
import tomllib
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Final, get_args, get_origin, get_type_hints

import pytest

import toolkit
from tests.house.source import ROOT
from toolkit import book
from toolkit.book import own_tabs, tabs
from toolkit.book.client_book import ClientBook
from toolkit.book.i18n import plain
from toolkit.book.tab import Tab
from toolkit.book.tabs import TABS
from toolkit.campaigns import CAMPAIGNS

TEMPLATES: Final = ROOT / "templates"
LANGUAGES: Final = sorted(path.parent.name for path in TEMPLATES.glob("*/words.toml"))
FOLDERS: Final = sorted(path.name for path in TEMPLATES.iterdir() if path.is_dir())
COMPLETED: Final = {"Line": "Purchase"}
"""Records that become others by checks across tabs."""

OF_OUR_TABS: Final = {"approved_rows"}
"""Fields of ClientBook that come from tabs of ours."""


def words(language: str) -> dict[str, Any]:
    return tomllib.loads((TEMPLATES / language / "words.toml").read_text(encoding="utf-8"))


def templates(language: str) -> set[str]:
    return {path.stem for path in (TEMPLATES / language).glob("*.md")}


def twice(names: list[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}


def record_fields() -> dict[str, str]:
    """The kind of record in each field of ClientBook that holds records: Client in clients."""
    hints = get_type_hints(ClientBook).items()
    return {name: get_args(hint)[0].__name__ for name, hint in hints if get_origin(hint) is tuple}


def tabs_in_files() -> dict[str, Tab[Any]]:
    """Every Tab that a file of book/tabs defines, by its constant: clients.CLIENTS."""
    modules = [import_module(f"toolkit.book.tabs.{one.name}") for one in iter_modules(tabs.__path__)]
    found = {(module.__name__, name): value for module in modules for name, value in vars(module).items()}
    return {f"{module}.{name}": value for (module, name), value in found.items() if isinstance(value, Tab)}


def test_every_folder_of_templates_is_a_language_with_words() -> None:
    assert FOLDERS == LANGUAGES
    assert {"en", "ky", "ru", "sw"} <= set(LANGUAGES)


def test_every_campaign_has_a_template_and_a_name_in_every_language() -> None:
    for campaign in CAMPAIGNS:
        assert [one for one in LANGUAGES if campaign.name not in templates(one)] == [], campaign.name
        assert [one for one in LANGUAGES if campaign.name not in words(one)["letters"]] == [], campaign.name


def test_every_template_is_there_in_every_language_and_has_a_name() -> None:
    for language in LANGUAGES:
        assert templates(language) == templates("en"), language
        assert templates(language) == words(language)["letters"].keys(), language


def test_no_two_campaigns_and_no_two_letters_share_a_name() -> None:
    assert twice([campaign.name for campaign in CAMPAIGNS]) == set()
    for language in LANGUAGES:
        assert twice([plain(name) for name in words(language)["letters"].values()]) == set(), language


def test_every_tab_that_a_file_defines_is_read() -> None:
    assert [name for name, tab in tabs_in_files().items() if tab not in TABS] == []


def test_every_tab_fills_a_field_of_the_book_with_its_records() -> None:
    fields = record_fields()
    for tab in TABS:
        kind = getattr(tab.make, "__name__", "")
        assert fields.get(tab.book_field) == COMPLETED.get(kind, kind), f"{tab.name} fills {tab.book_field}"


def test_every_field_of_the_book_is_filled() -> None:
    assert record_fields().keys() - {tab.book_field for tab in TABS} == OF_OUR_TABS


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_tab_and_each_of_its_headings_has_words(language: str) -> None:
    here = words(language)
    headings = {column.heading for tab in TABS for column in tab.columns}

    assert {tab.name for tab in TABS} - here["tabs"].keys() == set()
    assert headings - here["headings"].keys() == set()


def test_every_tab_is_named_once_and_so_is_each_of_its_headings() -> None:
    assert twice([plain(tab.name) for tab in TABS]) == set()
    assert twice([tab.slug for tab in TABS]) == set()
    for tab in TABS:
        assert twice([plain(heading) for heading in (*(one.heading for one in tab.columns), *tab.ours)]) == set()
        assert twice([column.field for column in tab.columns]) == set()


def test_our_tabs_are_never_the_teams() -> None:
    teams = {plain(tab.name) for tab in TABS}

    assert {name for name in own_tabs.HEADINGS if plain(name) in teams} == set()
    for headings in own_tabs.HEADINGS.values():
        assert twice([plain(heading) for heading in headings]) == set()


@pytest.mark.parametrize("public", [toolkit, book])
def test_the_public_names_are_sorted_and_all_there(public: ModuleType) -> None:
    assert list(public.__all__) == sorted(public.__all__)
    for name in public.__all__:
        assert getattr(public, name).__doc__, name


def test_the_public_names_of_the_book_load_no_library_of_others() -> None:
    program = "import sys; from toolkit.book import *; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert {"ClientBook", "babel", "email_validator", "phonenumbers"} & set(done.stdout.split()) == set()
