import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.letters.letter_desk import TEMPLATES, a_file, files, layout, lexicon
from toolkit.letters.fields import FRAME, TemplateFault
from toolkit.letters.grammar import MOST_CHARACTERS, grammar_faults
from toolkit.letters.render import layout_faults
from toolkit.letters.template import read_template


def faults(body: str, subject: str = "Hello") -> tuple[TemplateFault, ...]:
    return read_template(a_file(body, subject), lexicon())[1]


def codes(body: str) -> list[str]:
    return [fault.code for fault in faults(body)]


@pytest.mark.parametrize("place", sorted(files()), ids="/".join)
def test_every_template_of_ours_passes(place: tuple[str, str]) -> None:
    assert read_template(files()[place], lexicon())[1] == ()


def test_our_layout_passes() -> None:
    assert layout_faults(layout()) == ()


@pytest.mark.parametrize(
    "body",
    [
        "{{ client.greeting|upper }}",
        "{{ client.company|default('your company')|title }}",
        "{% if standing.tier == 'Gold' and not client.likes %}a{% elif client.likes %}b{% else %}c{% endif %}",
        "{% if client.company is none or standing.tier != 'Gold' %}a{% endif %}",
        "{% for line in purchase.lines %}\n- {{ line.what }}: {{ line.amount }}\n{% else %}\nnone\n{% endfor %}",
        "{% if purchase.lines %}a{% endif %}",
        "{# a note #}{% if true %}a{% endif %}",
        "[a](https://example.com/?c={{ client.number }}) <mailto:a@example.com> [b](tel:+254712) [c](HTTPS://x.ke:8080)",
        "![a {{ client.name }}](https://example.com/a.png)",
        "[[button See it | https://example.com/{{ client.number }}]]",
        "[[ lines ]]\n[[tier]]",
        "> {{ client.name }}\n\n---\n\n```\n{x\n```\n\n1. a\n2. b",
    ],
)
def test_what_a_letter_may_contain(body: str) -> None:
    assert faults(body) == ()


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("{{ 'a' * 300000000 }}", "mul"),
        ("{{ 'a' ~ client.name }}", "concat"),
        ("{{ 1 }}", "numbers"),
        ("{{ client.name|center(300000000) }}", "|center"),
        ("{{ range(9) }}", "call"),
        ("{{ client.name.__class__() }}", "call"),
        ("{{ client['name'] }}", "getitem"),
        ("{{ [client.name] }}", "list"),
        ("{{ 'a'.upper }}", None),
        ("{{ client.name if client.name else 'x' }}", "condexpr"),
        ("{% set x = client.name %}", "set"),
        ("{% macro x() %}{% endmacro %}", "macro"),
        ("{% include 'x' %}", "include"),
        ("{% import 'x' as y %}", "import"),
        ("{% from 'x' import y %}", "import"),
        ("{% extends 'x' %}", "extends"),
        ("{% raw %}{{ x }}{% endraw %}", "raw"),
        ("{% if client.name is defined %}a{% endif %}", "is defined"),
        ("{% if client.name > 'a' %}a{% endif %}", "comparing by gt"),
        ("{% if client.name in 'abc' %}a{% endif %}", "comparing by in"),
        ("{% for x in client.name %}a{% endfor %}", "for over anything but purchase.lines"),
        ("{% for x in purchase.lines if x.what %}a{% endfor %}", "for over anything but purchase.lines"),
        ("{% for x in purchase.lines recursive %}a{% endfor %}", "for over anything but purchase.lines"),
        ("{% for x, y in purchase.lines %}a{% endfor %}", "for over anything but purchase.lines"),
        ("{% for client in purchase.lines %}a{% endfor %}", "for over anything but purchase.lines"),
        (
            "{% for x in purchase.lines %}{% for y in purchase.lines %}a{% endfor %}{% endfor %}",
            "for over anything but purchase.lines",
        ),
        ("{% if client.name %}" * 30 + "{% endif %}" * 30, "deep nesting"),
        ("{{ " + "not " * 5000 + "client.name }}", "deep nesting"),
        ("{{ client.name" + "|upper" * 50 + " }}", "deep nesting"),
    ],
)
def test_what_a_letter_may_not_contain(body: str, what: str | None) -> None:
    found = faults(body)
    if what is None:
        assert found == ()
    else:
        assert TemplateFault("template-forbids", {"what": what}) in found


def test_each_forbidden_thing_is_told_once() -> None:
    assert codes("{{ 1 }}{{ 2 }}{{ 3 }}") == ["template-forbids"]


@pytest.mark.parametrize(
    ("body", "field", "proposal"),
    [
        ("{{ client.greting }}", "client.greting", "client.greeting"),
        ("{{ client }}", "client", ""),
        ("{{ client.name.first }}", "client.name.first", "client.name"),
        ("{{ purchase.lines }}", "purchase.lines", "purchase.date"),
        ("{% for x in purchase.lines %}{{ x.cost }}{% endfor %}", "x.cost", ""),
        ("{{ Frist name }}", "Frist name", "First name"),
        ("{{ Аты-жөнүү }}", "Аты-жөнүү", ""),
        ("{{ manager.tel }}", "manager.tel", "manager.name"),
        ("{{ words.total }}", "words.total", ""),
        ("{{ zzz }}", "zzz", ""),
    ],
)
def test_an_unknown_field_is_told_with_what_was_probably_meant(body: str, field: str, proposal: str) -> None:
    (fault,) = faults(body)
    assert fault.code == "no-field"
    assert fault.values["field"] == field
    assert not proposal or fault.values["proposal"] == proposal


def test_a_field_is_checked_in_subject_and_preview_too() -> None:
    text = "subject: {{ client.greting }}\npreview: {{ shop.nam }}\n---\nHi"
    assert [fault.values["field"] for fault in read_template(text, lexicon())[1]] == ["client.greting", "shop.nam"]


@pytest.mark.parametrize(
    "body",
    [
        "{{ client.name",
        "{% if client.name %}a",
        "{{ client.name } }",
        "{% frob %}",
        "{{ client name }}{{ }}",
    ],
)
def test_broken_words_are_told(body: str) -> None:
    assert codes(body)[0] in {"template-broken", "no-field"}


@pytest.mark.parametrize(
    "body",
    [
        "a {% if client.name %} b\n\nc {% endif %} d",
        "**a {% if client.name %} b** c {% endif %}",
        "- a {% if client.name %}\n- b {% endif %}",
        "a **b {% if client.name %}c{% else %}d** e{% endif %}",
        "a {% if client.name %}**b {% endif %} c**",
    ],
)
def test_a_condition_that_would_tear_a_paragraph_is_told(body: str) -> None:
    assert codes(body) == ["template-broken"]


def test_endless_words_are_refused() -> None:
    assert codes("a" * (MOST_CHARACTERS + 1)) == ["template-broken"]


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "http://example.com",
        "//example.com",
        "page.html",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "https:",
        "https://",
        "https://a@example.com",
        "https://{{ client.company }}/a",
        "https://example.{{ client.company }}",
        "{{ client.company }}",
        "java{{ client.company }}script:x",
        "https://example.com/{% if client.name %}a{% endif %}",
    ],
)
def test_a_link_that_could_lead_elsewhere_is_refused(link: str) -> None:
    (fault,) = faults(f"[a](<{link}>)")
    assert fault.code == "link-forbidden"
    assert ("{{" in link) == ("{{" in fault.values["link"])
    assert codes(f"[[button Go | {link}]]") == ["link-forbidden"]
    assert codes(f"![a](<{link}>)") == ["link-forbidden"]
    assert codes(f"[a]\n\n[a]: <{link}>") == ["link-forbidden"]


@pytest.mark.parametrize(
    ("block", "proposal"),
    [("[[line]]", "lines"), ("[[buton A | https://x.ke]]", "button"), ("[[]]", ""), ("[[1]]", "")],
)
def test_an_unknown_block_is_told(block: str, proposal: str) -> None:
    assert faults(f"a {block} b") == (TemplateFault("no-block", {"field": block.strip("[]"), "proposal": proposal}),)


def test_a_subject_holds_no_blocks() -> None:
    assert [fault.code for fault in faults("a", subject="Hi [[lines]]")] == ["no-block"]


@pytest.mark.parametrize("text", ["", "Hello", "subject: a\nHello", "preview: a\n---\nHello", "subject:\n---\nHello"])
def test_a_file_without_a_head_is_told(text: str) -> None:
    assert "template-broken" in [fault.code for fault in read_template(text, lexicon())[1]]


def test_an_unknown_line_of_the_head_is_told() -> None:
    (fault,) = read_template("subject: a\nsubjekt: b\n---\nHello", lexicon())[1]
    assert "subjekt" in fault.values["reason"]


def test_a_file_may_come_from_windows() -> None:
    template, found = read_template("\ufeffSubject: a: b\r\n\r\n---\r\nHello\r\n", lexicon())
    assert (template.subject, template.preview, template.body, found) == ("a: b", "", "Hello", ())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{{First name}}", "{{ client.first_name }}"),
        ("{{ Jina la kwanza }}", "{{ client.first_name }}"),
        ("{{ Birthday }}", "{{ Birthday }}"),
        ("{{ Name|upper }}", "{{ Name|upper }}"),
        ("{ First name }", "{ First name }"),
    ],
)
def test_a_field_may_be_written_as_its_heading(written: str, expected: str) -> None:
    assert read_template(a_file(written), lexicon())[0].body == expected


@pytest.mark.parametrize("frame", ["<p>{{ preview }}</p>", "{{ body }}{{ client.greting }}", "{{ body }}{% if %}"])
def test_a_layout_that_cannot_stand_around_letters_is_told(frame: str) -> None:
    assert len(layout_faults(frame)) == 1


def test_the_layout_may_use_more_than_a_letter() -> None:
    assert grammar_faults("{{ words.total }}{{ why }}{{ body }}", FRAME) == ()
    assert [fault.code for fault in grammar_faults("{{ words }}", FRAME)] == ["no-field"]


@settings(deadline=None)
@given(st.text(alphabet="{}%#[]|()<>*_ \n\"'ab.client.name-+if", max_size=60))
def test_whatever_the_owner_types_is_judged_and_never_breaks_the_run(body: str) -> None:
    for fault in faults(body):
        assert fault.code in {"no-field", "no-block", "template-broken", "template-forbids", "link-forbidden"}


def test_the_templates_stand_where_the_tests_look() -> None:
    assert len(files()) >= 12
    assert (TEMPLATES / "layout.html").is_file()
