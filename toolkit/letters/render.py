"""Templates, compiled once a language and rendered for each reader."""

import html
import re
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any, Final
from urllib.parse import quote

import css_inline
from jinja2 import Template as Compiled
from jinja2.sandbox import ImmutableSandboxedEnvironment

from toolkit.letters.body import render_body
from toolkit.letters.fields import FRAME, Blank, TemplateFault
from toolkit.letters.grammar import grammar_faults
from toolkit.letters.marks import PRINT, Marks, in_comments, pieces
from toolkit.letters.template import Template

_BODY: Final = re.compile(r"\{\{-?\s*body\s*-?\}\}")
_PREVIEW: Final = re.compile(r"\{\{-?\s*preview\s*-?\}\}")
_FOOT: Final = (
    "{% if manager.name %}{{ manager.name }}, {{ words.your_manager }}"
    "{% if manager.line %} · {{ manager.line }}{% endif %}\n\n{% endif %}"
    "{{ shop.name }}{% if shop.address %}, {{ shop.address }}{% endif %}\n"
    "{{ why }}{% if stop %} {{ stop }}{% endif %}\n"
)
_GAPS: Final = re.compile(r"\n{3,}")


def layout_faults(layout: str) -> tuple[TemplateFault, ...]:
    """Return the faults of layout.html, the frame around every letter."""
    faults = grammar_faults(layout, FRAME)
    if not faults and not any(piece.kind == PRINT and _BODY.fullmatch(piece.text) for piece in pieces(layout)):
        return (TemplateFault("template-broken", {"reason": "{{ body }} is missing"}),)
    return faults


@dataclass(frozen=True)
class CompiledLetter:
    """The three parts of a letter, ready for values."""

    subject: Compiled
    html: Compiled
    text: Compiled

    def render(self, values: dict[str, Any]) -> tuple[str, str, str]:
        """Fill in one reader's values, never read as markup.

        Args:
            values: the fields of a LetterContext.

        Returns:
            Subject, HTML and text part.

        Raises:
            FieldBlank: the letter prints a field that is blank.
        """
        subject = " ".join(self.subject.render(values).split())
        context = {**values, "letter": SimpleNamespace(subject=subject or Blank("letter.subject"))}
        return subject, f"{self.html.render(context).rstrip()}\n", _GAPS.sub("\n\n", self.text.render(context))


def compile_letter(template: Template, layout: str) -> CompiledLetter:
    """Compile a template without faults inside the layout."""
    marks = Marks()
    body = render_body(template.body, marks)
    framed = "".join(_framed(kind, text, template, body.html, marks) for kind, text in pieces(layout))
    inlined = css_inline.inline(in_comments(framed), keep_at_rules=True, load_remote_stylesheets=False)
    return CompiledLetter(
        subject=_plain().from_string(marks.show(marks.hide(template.subject))),
        html=_escaping().from_string(marks.show(inlined)),
        text=_plain().from_string(marks.show(body.text) + _FOOT),
    )


def _framed(kind: str, text: str, template: Template, body: str, marks: Marks) -> str:
    """Return a piece of the layout, filled in."""
    if kind == PRINT and _BODY.fullmatch(text):
        return body
    if kind == PRINT and _PREVIEW.fullmatch(text):
        return html.escape(marks.hide(template.preview))
    return marks.add(kind, text) if kind else text


@cache
def _escaping() -> ImmutableSandboxedEnvironment:
    return _environment(escapes=True)


@cache
def _plain() -> ImmutableSandboxedEnvironment:
    """Return the environment of subject and text part."""
    return _environment(escapes=False)


def _environment(*, escapes: bool) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(autoescape=escapes, keep_trailing_newline=True)
    environment.filters["in_link"] = _in_link
    environment.tests["none"] = _is_none
    return environment


def _in_link(value: object) -> str:
    return quote(str(value), safe="")


def _is_none(value: object) -> bool:
    return value is None or isinstance(value, Blank)
