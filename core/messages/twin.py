"""The HTML twin of a plain text: the same words, with its addresses to click on and nothing loaded from outside."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, StrictUndefined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.language.text import Language

ITEM = "- "
ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'»”’]")
"""Web addresses; the sign that ends the sentence is not of them."""
PAGE = """\
<!DOCTYPE html>
<html lang="{{ language.tongue }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{ subject }}</title>
</head>
<body style="margin:0;padding:1em">
<div style="max-width:38em;font:16px/1.5 Arial,Helvetica,sans-serif">
{% for block in blocks -%}
{% if block.items -%}
<ul style="margin:0 0 1em;padding-left:1.5em">
{% for line in block.lines %}<li>{{ said(line) }}</li>
{% endfor -%}
</ul>
{% else -%}
<p style="margin:0 0 1em">{% for line in block.lines %}{{ said(line) }}{% if not loop.last %}<br>
{% endif %}{% endfor %}</p>
{% endif -%}
{% endfor -%}
</div>
</body>
</html>
"""
SAID = """\
{% macro said(line) -%}
{%- for piece, is_address in pieces(line) -%}
{% if is_address %}<a href="{{ piece }}">{{ piece }}</a>{% else %}{{ piece }}{% endif %}
{%- endfor -%}
{%- endmacro %}"""


class Block(NamedTuple):
    """Lines that stand together: a paragraph, or the items of a list."""

    items: bool
    lines: list[str]


def twin(body: str, language: Language, *, subject: str = "") -> str:
    """The text as a page that is whole by itself; everything in it is escaped."""
    return _PAGE.render(language=language, subject=subject, blocks=list(_blocks(body)))


def _blocks(body: str) -> Iterator[Block]:
    """Paragraphs are parted by empty lines; lines that begin with "- " are a list wherever they stand."""
    for kind, group in groupby(body.splitlines(), _kind):
        if kind is not None:
            yield Block(kind, [line.strip().removeprefix(ITEM) for line in group])


def _kind(line: str) -> bool | None:
    return line.lstrip().startswith(ITEM) if line.strip() else None


def _pieces(line: str) -> Iterator[tuple[str, bool]]:
    """The line cut into text and addresses."""
    end = 0
    for found in ADDRESS.finditer(line):
        yield line[end : found.start()], False
        yield found[0], True
        end = found.end()
    yield line[end:], False


_JINJA = Environment(autoescape=True, undefined=StrictUndefined)
_JINJA.globals["pieces"] = _pieces  # pyright: ignore[reportUnknownMemberType] - the library leaves the type open
_PAGE = _JINJA.from_string(SAID + PAGE)
