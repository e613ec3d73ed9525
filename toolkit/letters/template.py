"""The file of a letter: a short head, and Markdown; every name in it is checked before anything is sent."""

from dataclasses import dataclass
from typing import Final

from toolkit.book.i18n import Lexicon
from toolkit.letters.blocks import BLOCKS, strange_blocks
from toolkit.letters.fields import TemplateFault, strange_headings, with_fields
from toolkit.letters.grammar import faults_in
from toolkit.letters.marks import Marks
from toolkit.letters.prose import prose

_HEAD: Final = ("subject", "preview")
_RULE: Final = "---"


@dataclass(frozen=True, slots=True)
class Template:
    """The words of a letter before a client's values go in."""

    subject: str
    preview: str
    body: str


def read_template(text: str, lexicon: Lexicon) -> tuple[Template, tuple[TemplateFault, ...]]:
    """Take a file apart and check it; of a file without a head only the faults count."""
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
        return (_broken("it begins with a line 'subject: ...', and a line --- stands before the letter"),)
    return tuple(_broken(f"'{name}' before --- is neither subject nor preview") for name in given if name not in _HEAD)


def _broken(reason: str) -> TemplateFault:
    return TemplateFault("template-broken", {"reason": reason})


def template_faults(template: Template) -> tuple[TemplateFault, ...]:
    """Everything that is wrong with a template, each thing once."""
    line = (*line_faults(template.subject), *line_faults(template.preview))
    return tuple({str(fault): fault for fault in (*line, *body_faults(template.body, frozenset(BLOCKS)))}.values())


def line_faults(line: str) -> tuple[TemplateFault, ...]:
    """What is wrong with a subject or preview: fields may stand in it, blocks may not."""
    return (*(strange_headings(line) or faults_in(line)), *strange_blocks(line, frozenset()))


def body_faults(body: str, blocks: frozenset[str]) -> tuple[TemplateFault, ...]:
    """What is wrong with a body; its links are looked at once its tags and blocks are right."""
    faults = (*(strange_headings(body) or faults_in(body)), *strange_blocks(body, blocks))
    return faults or prose(body, Marks()).faults
