import re
from html.parser import HTMLParser

import pytest

from tests.channel_contract import WORDS, naughty_strings
from toolkit.app.texts import read_texts
from toolkit.channels.index_page import HeldItem, Ready, index_page

ASHA = Ready("Asha Juma", "sw", "Asante, Bi. Asha", "asha@example.com", "thank_you-C001-0a1b2c3d.html")
HALIMA = HeldItem("Halima Said", "sw", "Asante, Bi. Halima", "halima@gmail", "e-mail has no dot after the @")


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    full = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
    shares = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_it_lists_ready_and_held_letters_and_says_that_nothing_has_been_sent() -> None:
    page = index_page("thanks", [ASHA], [HALIMA], WORDS, "To send: sheetclerk send thanks")
    assert "1 ready, 1 on hold · <b>nothing has been sent</b>" in page
    assert "asha@example.com · ready" in page
    assert "halima@gmail · <b>on hold: e-mail has no dot after the @</b>" in page
    assert "<p>To send: sheetclerk send thanks</p>" in page


@pytest.mark.parametrize("language", ["sw", "ky", "ru"])
def test_it_speaks_the_shops_language(language: str) -> None:
    words = read_texts(None).lexicon.words(language)
    page = index_page("x", [ASHA], [HALIMA], words) + index_page("x", [], [], words)
    assert f'<html lang="{language}">' in page
    assert f"<b>{words.say('pages', 'nothing_sent')}</b>" in page
    assert not any(english in page for english in ("nothing has", "· ready", "on hold: ", "The letter", "No letter"))


def test_the_first_letter_is_shown_and_the_others_by_a_click_without_scripts() -> None:
    page = Page(index_page("thanks", [ASHA], [HALIMA], WORDS))
    [frame] = page.all("iframe")
    assert (frame["src"], frame["name"]) == (ASHA.page, "letter")
    assert [(link["href"], link["target"]) for link in page.all("a")] == [(ASHA.page, "letter")]
    assert not page.all("script")
    assert [item.get("class") for item in page.all("li")] == [None, "held"]


def test_it_can_be_read_by_a_screen_reader() -> None:
    page = Page(index_page("thanks", [ASHA], [HALIMA], WORDS))
    assert page.all("html") == [{"lang": "en"}]
    assert [len(page.all(tag)) for tag in ("title", "header", "nav", "main", "h1")] == [1, 1, 1, 1, 1]
    assert page.all("nav") == [{"aria-label": "Letters", "tabindex": "0"}]
    assert page.all("iframe")[0]["title"]
    assert {span.get("lang") for span in page.all("span")} == {"sw", None}


def test_words_stand_out_from_what_is_behind_them_by_day_and_by_night() -> None:
    page = index_page("thanks", [ASHA], [HALIMA], WORDS)
    day, night = (dict(re.findall(r"--(\w+):#([0-9a-f]+)", part)) for part in page.split("@media (prefers", 1))
    for colours in (day, night):
        behind = [colours[name] for name in ("page", "desk", "chip", "over")]
        assert min(contrast(colours["ink"], one) for one in behind) >= 4.5
        assert min(contrast(colours[name], colours["page"]) for name in ("soft", "held")) >= 4.5
        assert contrast(colours["soft"], colours["over"]) >= 4.5
        assert contrast("fff", colours["band"]) >= 4.5


def test_a_page_without_letters_says_so() -> None:
    page = index_page("thanks", [], [HALIMA], WORDS)
    assert "No letters are ready." in page
    assert not Page(page).all("iframe")


def test_no_cell_becomes_markup() -> None:
    plain = Page(index_page("x", [Ready(*"xxxxx")], [HeldItem(*"xxxxx")], WORDS, "x"))
    for text in [*filter(None, naughty_strings()), '"><script>alert(1)</script>', "javascript:alert(1)", "' onload='x"]:
        page = Page(
            index_page(
                text, [Ready(text, text, text, text, text)], [HeldItem(text, text, text, text, text)], WORDS, text
            )
        )
        assert [tag for tag, _ in page.tags if tag != "p"] == [tag for tag, _ in plain.tags if tag != "p"]
        assert [set(attrs) - {"lang"} for _, attrs in page.tags if "class" in attrs] == [{"class"}] * 3
        assert not any(str(link["href"]).startswith("javascript:") for link in page.all("a"))
