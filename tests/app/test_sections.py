"""One section is put in place of another, and every other line stays as people wrote it."""

from toolkit.app.toml_sections import with_section

TEXT = """\
# ours
[shop]
name = "Duka" # the name

# what the team calls its tabs
[tabs.clients]
tab = "Old"
rows = [
  ["[tabs.x]", "1"],
]

# mail
[mail]
port = 465
"""


def test_a_section_is_replaced_and_the_comment_of_the_next_one_stays() -> None:
    changed = with_section(TEXT, "tabs.clients", ["[tabs.clients]", 'tab = "New"'])
    assert changed == TEXT.replace('tab = "Old"\nrows = [\n  ["[tabs.x]", "1"],\n]', 'tab = "New"')


def test_a_new_section_goes_last() -> None:
    assert with_section(TEXT, "tabs.staff", ["[tabs.staff]", "x = 1"]) == f"{TEXT}\n[tabs.staff]\nx = 1\n"


def test_a_section_is_taken_away() -> None:
    assert "tabs.clients" not in with_section(TEXT, "tabs.clients", [])
    assert with_section(TEXT, "tabs.clients", []).endswith("# mail\n[mail]\nport = 465\n")


def test_the_parts_of_a_section_go_with_it() -> None:
    text = TEXT.replace("# mail", "[tabs.clients.columns]\nname = 'Old'\n\n# mail")
    assert with_section(text, "tabs.clients", []) == with_section(TEXT, "tabs.clients", [])
