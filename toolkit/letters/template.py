"""The file of a letter, a short head and Markdown."""

from dataclasses import dataclass
from typing import Final

from toolkit.book import Lexicon
from toolkit.letters.blocks import BLOCKS, block_faults
from toolkit.letters.body import render_body
from toolkit.letters.fields import TemplateFault, heading_faults, with_fields
from toolkit.letters.grammar import grammar_faults
from toolkit.letters.marks import Marks

_HEAD: Final = ("subject", "preview")
_RULE: Final = "---"


@dataclass(frozen=True, slots=True)
class Template:
    """The text of a letter without values."""

    subject: str
    preview: str
    body: str


def read_template(text: str, lexicon: Lexicon) -> tuple[Template, tuple[TemplateFault, ...]]:
    """Read and check a file. Without a head, only the faults count."""
    head, rule, body = "\n".join(text.removeprefix("\ufeff").splitlines()).partition(f"\n{_RULE}\n")
    given = dict(_head_line(line) for line in head.splitlines() if line.strip())
    subject, preview = (with_fields(given.get(name, ""), lexicon) for name in _HEAD)
    template = Template(subject, preview, with_fields(body, lexicon))
    return template, (*_head_faults(given, is_closed=bool(rule)), *template_faults(template))


def _head_line(line: str) -> tuple[str, str]:
    name, _, words = line.partition(":")
    return name.strip().casefold(), words.strip()


def _head_faults(given: dict[str, str], *, is_closed: bool) -> tuple[TemplateFault, ...]:
    if not is_closed or not given.get("subject"):
        return (_broken("it must begin with a line 'subject: ...', and a line --- must stand before the letter"),)
    return tuple(_broken(f"'{name}' above --- is neither subject nor preview") for name in given if name not in _HEAD)


def _broken(reason: str) -> TemplateFault:
    return TemplateFault("template-broken", {"reason": reason})


def template_faults(template: Template) -> tuple[TemplateFault, ...]:
    """Return every fault of a template, each once."""
    line = (*line_faults(template.subject), *line_faults(template.preview))
    return tuple({str(fault): fault for fault in (*line, *body_faults(template.body, frozenset(BLOCKS)))}.values())


def line_faults(line: str) -> tuple[TemplateFault, ...]:
    """Return the faults of a subject or preview."""
    return (*(heading_faults(line) or grammar_faults(line)), *block_faults(line, frozenset()))


def body_faults(body: str, blocks: frozenset[str]) -> tuple[TemplateFault, ...]:
    """Return the faults of a body, links last."""
    faults = (*(heading_faults(body) or grammar_faults(body)), *block_faults(body, blocks))
    return faults or render_body(body, Marks()).faults
