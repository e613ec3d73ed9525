"""A page that lists letters and shows one, without scripts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Final
from urllib.parse import quote

from toolkit.book import Words

_LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_LINE: Final = "\n"

_STYLE: Final = """
:root{color-scheme:light dark;--ink:#22252a;--soft:#5a616b;--page:#fff;--desk:#f1f0ea;--line:#e3e0d8;--chip:#eceae4;
--over:#eef6f4;--ready:#0b7a70;--held:#b3261e;--band:#0b5d57}
@media (prefers-color-scheme:dark){:root{--ink:#e8e6e1;--soft:#b3b8bf;--page:#1c1f22;--desk:#121416;--line:#363a3f;
--chip:#33373c;--over:#23302f;--ready:#4db6a9;--held:#ff8f86;--band:#0a4a45}}
*{box-sizing:border-box}
body{margin:0;height:100vh;display:grid;grid-template:auto minmax(0,1fr)/340px minmax(0,1fr);
font:14px/1.45 system-ui,"Noto Sans",sans-serif;color:var(--ink);background:var(--page)}
header{grid-column:1/-1;background:var(--band);color:#fff;padding:12px 18px;overflow-wrap:anywhere}
header p{margin:0}h1{font-size:17px;line-height:1.45;margin:0;display:inline}
nav{overflow:auto;border-right:1px solid var(--line)}
ul{margin:0;padding:0;list-style:none}
li{border-bottom:1px solid var(--line);border-left:4px solid var(--ready);overflow-wrap:anywhere}
li.held{border-left-color:var(--held)}
li>a,li>div{display:block;padding:10px 14px;color:inherit;text-decoration:none}
a:hover,a:focus-visible{background:var(--over)}a:focus-visible{outline:2px solid var(--ready);outline-offset:-2px}
.language{background:var(--chip);border-radius:4px;padding:0 5px}
small{display:block;font-size:12px;color:var(--soft)}.held small b{color:var(--held);font-weight:600}
main{background:var(--desk);min-height:0}main p{margin:0;padding:24px}
iframe{display:block;border:0;width:100%;height:100%;background:#fff}
@media (max-width:640px){body{grid-template:auto minmax(0,2fr) minmax(0,3fr)/minmax(0,1fr)}
nav{border-right:0;border-bottom:4px solid var(--line)}}
@media print{body{display:block;height:auto}main{display:none}}
"""


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter that is ready.

    Args:
        name: the client's name.
        language: such as sw.
        subject: the letter's subject.
        address: where it would go; "" where it needs none.
        page: the letter's HTML file, relative to this page.
    """

    name: str
    language: str
    subject: str
    address: str
    page: str


@dataclass(frozen=True, slots=True)
class HeldItem:
    """A letter that is held back.

    Args:
        name: the client's name.
        language: such as sw.
        subject: the letter's subject, or what it would have been about.
        address: where it would go, as it was typed.
        reason: why it is held.
    """

    name: str
    language: str
    subject: str
    address: str
    reason: str


def index_page(title: str, entries: Sequence[Ready], held: Sequence[HeldItem], words: Words, hint: str = "") -> str:
    """Return the page as HTML.

    Args:
        title: what these letters are.
        entries: letters that are ready, in the order in which they are listed.
        held: letters that are held, listed after them.
        words: of the shop's language.
        hint: what to do next, one line; "" shows none.
    """
    first = entries[0].page if entries else ""
    lists = [ready_item(entry, words) for entry in entries], [held_item(item, words) for item in held]
    return page_of(title, lists, first, words, hint)


def page_of(title: str, lists: tuple[Sequence[str], Sequence[str]], first: str, words: Words, hint: str = "") -> str:
    """Return the page of finished items.

    `first` is the letter that shows at once.
    """
    say = partial(_say, words)
    ready, held = lists
    none = f"<p>{say('none_ready')}</p>"
    shown = f'<iframe name="letter" title="{say("letter")}" src="{quote(first)}" sandbox></iframe>'
    return (
        f'<!doctype html>\n<html lang="{html_language(words)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}: {say('nothing_sent')}</title><style>{_STYLE}</style></head><body>\n"
        f"<header><h1>{escape(title)}</h1> · {_count(ready, held, words)} · <b>{say('nothing_sent')}</b>"
        f"{f'<p>{escape(hint)}</p>' if hint else ''}</header>\n"
        f'<nav aria-label="{say("letters")}" tabindex="0"><ul>\n{_LINE.join((*ready, *held))}\n</ul></nav>\n'
        f"<main>{shown if first else none}</main>\n</body></html>\n"
    )


def html_language(words: Words) -> str:
    """Return the language as a page's lang names it."""
    return escape(words.language.replace("_", "-"))


def _say(words: Words, key: str, **values: str) -> str:
    return escape(words.say("pages", key, **values))


def ready_item(item: Ready, words: Words) -> str:
    """Return one item of the list, a link that shows the letter."""
    note = " · ".join(word for word in (escape(item.address), _say(words, "ready")) if word)
    return f'<li><a href="{quote(item.page)}" target="letter">{_lines(item)}<small>{note}</small></a></li>'


def held_item(item: HeldItem, words: Words) -> str:
    """Return one item of the list, with the reason to hold it."""
    why = f"<b>{_say(words, 'held', reason=item.reason)}</b>"
    note = " · ".join(word for word in (escape(item.address), why) if word)
    return f'<li class="held"><div>{_lines(item)}<small>{note}</small></div></li>'


def _lines(item: Ready | HeldItem) -> str:
    known = _LANGUAGE_TAG.fullmatch(item.language)
    lang = f' lang="{item.language}"' if known else ""
    chip = f' <span class="language">{escape(item.language)}</span>' if item.language else ""
    return f'<b dir="auto">{escape(item.name)}</b>{chip}<br><span dir="auto"{lang}>{escape(item.subject)}</span>'


def _count(ready: Sequence[str], held: Sequence[str], words: Words) -> str:
    counts = {"count_ready": len(ready), "count_held": len(held)}
    return ", ".join(_say(words, key, n=str(n)) for key, n in counts.items() if n or key == "count_ready")
