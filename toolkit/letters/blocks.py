"""The blocks of a letter, such as [[lines]]: what each becomes in HTML and in the text part."""

import re
from typing import Final, NamedTuple

from toolkit.book.parse.suggest import nearest
from toolkit.letters.fields import TemplateFault
from toolkit.letters.marks import CLOSE, OPEN, Marks

_TABLE: Final = 'border="0" width="100%" cellpadding="0" cellspacing="0"'


class Block(NamedTuple):
    """Jinja source of one block."""

    html: str
    text: str


BLOCKS: Final = {
    "lines": Block(
        html=(
            f'{{% if purchase.lines %}}<table class="lines" {_TABLE}><tbody>'
            "{% for line in purchase.lines %}"
            '<tr><td>{{ line.what }}</td><td class="n">{{ line.amount }}</td></tr>'
            "{% endfor %}"
            '<tr class="tot"><th scope="row">{{ words.total }}</th><td class="n">{{ purchase.total }}</td></tr>'
            "</tbody></table>{% endif %}"
        ),
        text="{% if purchase.lines %}{{ purchase.receipt }}\n\n{% endif %}",
    ),
    "tier": Block(
        html=(
            f'{{% if standing.tier %}}<table role="presentation" {_TABLE} style="margin:0 0 20px"><tbody><tr>'
            '<td class="tier">{{ words.your_tier }} '
            "<b>{{ standing.tier }}{% if standing.discount %} · {{ standing.discount }}{% endif %}</b>"
            f'<table role="presentation" aria-hidden="true" {_TABLE} style="margin:10px 0 8px"><tbody><tr>'
            '{% if standing.done %}<td class="bar on" width="{{ standing.done }}%">&nbsp;</td>{% endif %}'
            '{% if standing.ahead %}<td class="bar off" width="{{ standing.ahead }}%">&nbsp;</td>{% endif %}'
            "</tr></tbody></table>"
            '<span class="small">{{ standing.says }}</span></td></tr></tbody></table>{% endif %}'
        ),
        text=(
            "{% if standing.tier %}{{ words.your_tier }} "
            "{{ standing.tier }}{% if standing.discount %} · {{ standing.discount }}{% endif %}\n"
            "{{ standing.says }}\n\n{% endif %}"
        ),
    ),
    "card": Block(
        html=(
            f'{{% if reward.name %}}<table role="presentation" {_TABLE} style="margin:0 0 20px"><tbody><tr>'
            '<td class="tier">{{ words.gift_card }} <b>{{ reward.name }}</b>'
            "{% if reward.code %}<br>{{ words.code }} <b>{{ reward.code }}</b>{% endif %}"
            '{% if reward.until %}<br><span class="small">{{ words.valid_until }} {{ reward.until }}</span>{% endif %}'
            "</td></tr></tbody></table>{% endif %}"
        ),
        text=(
            "{% if reward.name %}{{ words.gift_card }} {{ reward.name }}\n"
            "{% if reward.code %}{{ words.code }} {{ reward.code }}\n{% endif %}"
            "{% if reward.until %}{{ words.valid_until }} {{ reward.until }}\n{% endif %}\n{% endif %}"
        ),
    ),
    "points": Block(
        html=(
            f'{{% if standing.points %}}<table role="presentation" {_TABLE} style="margin:0 0 20px"><tbody><tr>'
            '<td class="tier">{{ words.your_points }} <b>{{ standing.points }}</b>'
            "</td></tr></tbody></table>{% endif %}"
        ),
        text="{% if standing.points %}{{ words.your_points }} {{ standing.points }}\n\n{% endif %}",
    ),
    "statement": Block(
        html=(
            f'{{% if bonus.parts %}}<table role="presentation" {_TABLE} style="margin:0 0 20px"><tbody><tr>'
            '<td class="tier">{{ bonus.named }} <b>{{ bonus.total }}</b></td></tr></tbody></table>'
            "{% for said in bonus.says %}<p>{{ said }}</p>{% endfor %}"
            "{% for part in bonus.parts %}<h2>{{ part.title }}</h2>"
            "{% for said in part.says %}<p>{{ said }}</p>{% endfor %}"
            f'{{% if part.rows %}}<table class="lines" {_TABLE}>'
            '{% if part.heads %}<thead><tr><th scope="col"><span class="small">{{ part.heads.what }}</span></th>'
            '<th scope="col" class="n"><span class="small">{{ part.heads.amount }}</span></th></tr></thead>{% endif %}'
            "<tbody>{% for row in part.rows %}{% if row.is_total %}"
            '<tr class="tot"><th scope="row">{{ row.what }}</th><td class="n">{{ row.amount }}</td></tr>{% else %}'
            '<tr><td>{{ row.what }}{% if row.small %}<br><span class="small">{{ row.small }}</span>{% endif %}</td>'
            '<td class="n">{{ row.amount }}</td></tr>{% endif %}{% endfor %}</tbody></table>{% endif %}'
            "{% endfor %}{% endif %}"
        ),
        text="{% if bonus.parts %}{{ bonus.account }}\n\n{% endif %}",
    ),
    "words": Block("", ""),
}
"""Those that stand alone; `words` is replaced by the owner's words before."""

_WRITTEN: Final = re.compile(r"\[\[([^\[\]]*)\]\]")
_BUTTON: Final = re.compile(r"button\s+(?P<words>[^|]*?)\s*\|\s*(?P<link>.*?)\s*")
_BUTTON_MARK: Final = f"{OPEN}button{CLOSE}"
_MARK: Final = re.compile(f"(?:<p>)?{OPEN}([a-z]+){CLOSE}(?:</p>)?")


def strange_blocks(source: str, known: frozenset[str]) -> tuple[TemplateFault, ...]:
    """Blocks that do not exist, or may not stand here."""
    inside = [found[1].strip() for found in _WRITTEN.finditer(source)]
    return tuple(_no_block(block, known) for block in inside if block not in known and not _BUTTON.fullmatch(block))


def _no_block(block: str, known: frozenset[str]) -> TemplateFault:
    name = block.partition(" ")[0]
    return TemplateFault("no-block", {"field": block, "proposal": nearest(name, known | {"button"})})


def has_words(source: str) -> bool:
    """Whether the owner's words have a place in it."""
    return any(found[1].strip() == "words" for found in _WRITTEN.finditer(source))


def with_words(source: str, words: str) -> str:
    """The source with the owner's words in their place."""
    return _WRITTEN.sub(lambda found: f"\n\n{words}\n\n" if found[1].strip() == "words" else found[0], source)


def marked(source: str) -> str:
    """Markdown in which each block is a paragraph of its own: a mark, or a button's link after a mark."""
    return _WRITTEN.sub(lambda found: f"\n\n{_paragraph(found[1].strip())}\n\n", source)


def _paragraph(block: str) -> str:
    button = _BUTTON.fullmatch(block)
    return f"{_BUTTON_MARK}[{button['words']}](<{button['link']}>)" if button else f"{OPEN}{block}{CLOSE}"


def in_html(html: str, marks: Marks) -> str:
    """The HTML with each block's own, its tags behind marks."""
    with_buttons = html.replace(f"<p>{_BUTTON_MARK}", '<p class="btn">').replace(_BUTTON_MARK, "")
    return _MARK.sub(lambda found: marks.hide(BLOCKS[found[1]].html), with_buttons)


def in_text(text: str, marks: Marks) -> str:
    """The text part with each block's own, its tags behind marks."""
    with_buttons = text.replace(_BUTTON_MARK, "")
    return re.sub(f"{OPEN}([a-z]+){CLOSE}\n*", lambda found: marks.hide(BLOCKS[found[1]].text), with_buttons)
