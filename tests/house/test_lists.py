import tomllib
from typing import Any, Final, get_args, get_type_hints

import toolkit
from tests.house.source import ROOT
from toolkit.book import own_tabs
from toolkit.book.client_book import ClientBook
from toolkit.book.i18n import plain
from toolkit.book.tabs import TABS
from toolkit.campaigns import CAMPAIGNS

TEMPLATES: Final = ROOT / "templates"
LANGUAGES: Final = sorted(path.parent.name for path in TEMPLATES.glob("*/words.toml"))
FOLDERS: Final = sorted(path.name for path in TEMPLATES.iterdir() if path.is_dir())
FED: Final = {"Line": "purchases"}
"""Records that become another before they are a field of the book: a line becomes a purchase."""


def words(language: str) -> dict[str, Any]:
    return tomllib.loads((TEMPLATES / language / "words.toml").read_text(encoding="utf-8"))


def templates(language: str) -> set[str]:
    return {path.stem for path in (TEMPLATES / language).glob("*.md")}


def twice(names: list[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}


def fields_of_the_book() -> dict[str, str]:
    """The kind of record in each field of ClientBook: Client in clients."""
    hints = get_type_hints(ClientBook).items()
    return {name: getattr(get_args(hint)[0], "__name__", "") for name, hint in hints if get_args(hint)}


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


def test_every_tab_feeds_a_field_of_the_book() -> None:
    fields = fields_of_the_book()
    for tab in TABS:
        kind = getattr(tab.make, "__name__", "")
        assert kind in fields.values() or FED.get(kind) in fields, tab.name


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


def test_the_public_names_are_sorted_and_all_there() -> None:
    assert list(toolkit.__all__) == sorted(toolkit.__all__)
    for name in toolkit.__all__:
        assert getattr(toolkit, name).__doc__, name
