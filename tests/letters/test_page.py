import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.letters.letter_desk import ASHA, a_file, a_standing, a_writer, an_occasion, decided_on, words_of, written
from toolkit.book.i18n import Lexicon
from toolkit.campaigns.occasion import Held
from toolkit.letters.letter import Letter
from toolkit.letters.template import read_template


def cells(letter: Letter) -> list[str]:
    return re.findall(r">([^<>]+)<", letter.html.partition('class="pad"')[2].partition("Juma Ali")[0])


def test_the_text_part_is_the_markdowns_own_words() -> None:
    body = """# Hello, {{ client.greeting }}!

You *are* **dear** to us & we
stay `here`.\\
Look at [our shop](https://example.com/?a=1&b=2), <https://example.com/x> or <mailto:a@example.com>.

- one
- two
  - three

3. c
4. d

> said
> again

---

```
as {it} is
```

![A curtain](https://example.com/a.png) &amp; &copy;"""
    assert (
        words_of(written(body))
        == """Hello, Bi. Asha!

You are dear to us & we
stay here.
Look at our shop: https://example.com/?a=1&b=2, https://example.com/x or a@example.com.

- one
- two
  - three

3. c
4. d

> said
> again

---

as {it} is

A curtain & ©"""
    )


def test_lines_are_a_table_and_stand_aligned_in_the_text_part() -> None:
    letter = written("[[lines]]\n\nEnd")
    assert [cell.replace("\xa0", " ") for cell in cells(letter) if cell.strip()] == [
        *("Kitambaa × 4", "Ksh 6,400", "Thread × 3", "Ksh 900", "Sewing", "Ksh 4,500", "Total", "Ksh 11,800", "End"),
    ]
    assert words_of(letter).replace("\xa0", " ") == (
        "Kitambaa × 4   Ksh 6,400\nThread × 3       Ksh 900\nSewing         Ksh 4,500\nTotal         Ksh 11,800\n\nEnd"
    )


def test_the_tier_is_a_bar_and_words() -> None:
    letter = written("Before\n[[tier]]\nAfter")
    assert 'width="80%"' in letter.html
    assert 'width="20%"' in letter.html
    assert words_of(letter).replace("\xa0", " ") == (
        "Before\n\nYour tier: Silver · 5%\nKsh 11,800 more to reach Gold (7%).\n\nAfter"
    )


@pytest.mark.parametrize(("progress", "on", "off"), [(0.0, False, True), (1.0, True, False)])
def test_a_bar_has_no_empty_end(progress: float, on: bool, off: bool) -> None:  # noqa: FBT001 - a row of a table
    writer = a_writer({("en", "thank_you"): a_file("[[tier]]")})
    letter = writer.write(an_occasion(), a_standing()._replace(progress=progress, to_next=None, next_tier=""))
    assert isinstance(letter, Letter)
    assert ('class="bar on"' in letter.html, 'class="bar off"' in letter.html) == (on, off)
    assert "highest tier" in letter.text


def test_blocks_without_anything_to_show_leave_no_gap() -> None:
    writer = a_writer({("en", "follow_up"): a_file("Before\n\n[[lines]]\n\n[[tier]]\n\nAfter")})
    letter = writer.write(an_occasion(letter="follow_up"), a_standing()._replace(tier=""))
    assert isinstance(letter, Letter)
    assert words_of(letter) == "Before\n\nAfter"
    assert "<table" not in letter.html.partition('class="pad"')[2].partition("Juma Ali")[0]


def test_a_button_is_one_link() -> None:
    letter = written(
        "[[button See {{ client.first_name }}'s order | https://example.com/o?c={{ client.company }}]]", ANNA
    )
    assert '<p class="btn"' in letter.html
    assert 'href="https://example.com/o?c=A%26B%20%3Cx%3E%2F.."' in letter.html
    assert words_of(letter) == "See Anna's order: https://example.com/o?c=A%26B%20%3Cx%3E%2F.."


ANNA = replace(ASHA, first_name="Anna", company="A&B <x>/..")


def test_conditions_and_loops_choose_paragraphs() -> None:
    body = """{% if client.company %}
For your company:
{% else %}
For you:
{% endif %}
{% for line in purchase.lines %}
- {{ line.what }}
{% endfor %}
{% if client.company is none %}none{% endif %}{% if client.name is none %}none{% endif %}"""
    assert words_of(written(body)) == "For you:\n\n- Kitambaa × 4\n\n- Thread × 3\n\n- Sewing\n\nnone"
    assert re.findall(r"<p\b[^>]*>(.*?)</p>", written(body).html)[:2] == ["For you:", "none"]


def test_a_blank_field_has_other_words() -> None:
    assert words_of(written("To {{ client.company|default('you') }}")) == "To you"


@pytest.mark.parametrize(
    "body",
    [
        "{{ client.company }}",
        "{{ client.company|upper }}",
        "[a](https://example.com/{{ client.company }})",
        "[[button A | https://example.com/{{ client.company }}]]",
    ],
)
def test_a_blank_field_that_would_be_printed_holds_the_letter(body: str) -> None:
    held = decided_on(body)
    assert isinstance(held, Held)
    assert (held.code, held.values) == ("field-blank", {"field": "client.company"})


def test_a_blank_field_in_the_subject_holds_the_letter_too() -> None:
    held = decided_on("Hello", subject="For {{ client.company }}")
    assert isinstance(held, Held)
    assert held.values == {"field": "client.company"}


def test_braces_that_markdown_makes_are_only_text() -> None:
    body = "{\\{ shop.name }} &#123;&#123; shop.name }} {&#37; if x %} &#123;# a #} { {{ client.name }} end {"
    assert words_of(written(body)) == "{{ shop.name }} {{ shop.name }} {% if x %} {# a #} { Asha Juma end {"
    assert "{{ shop.name }} {{ shop.name }} {% if x %} {# a #} { Asha Juma end {" in written(body).html


def test_marks_of_ours_in_the_owners_words_mean_nothing() -> None:
    assert (
        words_of(written("a \ue000P0\ue001 \ue000T0\ue001 \ue000lines\ue001 {{ client.name }}"))
        == "a P0 T0 lines Asha Juma"
    )


def test_html_in_the_owners_words_is_shown_as_text() -> None:
    letter = written("<b>a</b> <script>x</script>")
    assert words_of(letter) == "<b>a</b> <script>x</script>"
    assert "<script" not in letter.html


def test_a_subject_is_one_line() -> None:
    assert (
        written("a", replace(ASHA, company="a\n b\r\n\tc"), subject="X {{ client.company }}").header.subject
        == "X a b c"
    )


def test_the_preview_stands_hidden_before_the_letter() -> None:
    writer = a_writer({("en", "thank_you"): a_file("a", preview="Only <you>, {{ client.greeting }}")})
    letter = writer.write(an_occasion(), a_standing())
    assert isinstance(letter, Letter)
    assert "Only &lt;you&gt;, Bi. Asha" in letter.html


def test_a_layout_without_a_preview_is_whole() -> None:
    writer = a_writer({("en", "thank_you"): a_file("a")}, frame="<p>{# a note #}{{- body -}}</p>")
    letter = writer.write(an_occasion(), a_standing())
    assert isinstance(letter, Letter)
    assert "Look inside" not in letter.html


@settings(deadline=None, max_examples=50)
@given(st.text(alphabet="{}%#[]|()<>*_ \n\"'`\\&;1ab", max_size=40))
def test_words_without_fields_that_pass_the_check_can_always_be_written(body: str) -> None:
    if not read_template(a_file(body), Lexicon())[1]:
        assert isinstance(decided_on(body), Letter)


def test_a_word_without_end_makes_no_letter_wider_than_its_reader() -> None:
    letter = written("# {{ client.company }}", replace(ASHA, company="W" * 300))
    card = re.search(r'<td class="pad"[^>]*style="([^"]*)"', letter.html)
    assert card is not None
    assert "overflow-wrap" in card[1]
