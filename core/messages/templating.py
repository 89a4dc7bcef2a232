"""Texts with fields in them: read, checked against the little that is allowed, and filled for one person.

A text may hold `{{ field }}` and `{% if field %} … {% else %} … {% endif %}`, nothing else of Jinja: its parsed form
is compared with a list of what is allowed, and it runs in the sandbox all the same. Links stand in a filled text as
marks (`[[programme]]`), which become the person's own address when the message leaves.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from core.messages.fields import LINKS, OFFERED, Field
from core.people.rules import Purpose
from core.store.errors import Refused, Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.messages.rules import Occasion

SUBJECT_LENGTH, BODY_LENGTH = 200, 10_000
MOST_NESTED = 5
SHOWN = 60
"""So many signs of what is not allowed are repeated."""
MARK = re.compile(r"\[\[(" + "|".join(Purpose) + r")\]\]")
OPENS_MARK = "[["
TAG = re.compile(r"\{[{%#].*?[}%#]\}|\{[{%#].*")
PLAIN_TAG = re.compile(r"\{\{-?\s*\w+\s*-?\}\}|\{%-?\s*(?:(?:el)?if\s+(?:not\s+)?\w+|else|endif)\s*-?%\}")
ALONE = re.compile(r"^[ \t]*(\{%[^\n{}]*%\})[ \t]*\n", re.MULTILINE)
"""A tag that has a line to itself: the line is left out of what is sent."""
EMPTY_LINES = re.compile(r"\n\s*\n\s*\n")
BRACKETS = str.maketrans("[]", "()")
ALLOWED = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not)


class SubjectNotValid(Refused):
    """A subject stands in one line of at most 200 characters."""


class BodyNotValid(Refused):
    """A text has something in it, and at most 10,000 characters."""


class CodeNotAllowed(Refused):
    """Only fields, and parts that depend on one, may stand between braces."""


class NotReadable(Refused):
    """A brace was not closed, or a part that depends on a field has no end."""


class NestedTooDeep(Refused):
    """Parts that depend on a field stand inside each other more than five times."""


class FieldUnknown(Refused):
    """There is no such field on this occasion; carries those that there are."""


class FieldMissing(Refused):
    """The text says something that is not known of this person."""


class MarkTyped(Refused):
    """Two square brackets after another stand for a link, and are not typed."""


class Wording(NamedTuple):
    """A subject and what stands below it, with fields or filled."""

    subject: str
    body: str


class _Unknown(StrictUndefined):
    """A field without a value: a condition takes it for no, and it cannot be written."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        raise FieldMissing(field=str(self._undefined_name), meaning=Told(f"messages.field.{self._undefined_name}"))


ENVIRONMENT = ImmutableSandboxedEnvironment(
    autoescape=False,  # letters are plain text; what shows them as HTML escapes them then
    undefined=_Unknown,
)
ENVIRONMENT.globals.clear()  # pyright: ignore[reportUnknownMemberType] - the library leaves its values untyped


def checked(occasion: Occasion, subject: str, body: str) -> Wording:
    """The text as it is kept; raises what is not right with it (see the refusals above)."""
    wording = Wording(_cleaned(subject).strip(), _cleaned(body).strip())
    if not 0 < len(wording.subject) <= SUBJECT_LENGTH or "\n" in wording.subject:
        raise SubjectNotValid(most=SUBJECT_LENGTH)
    if not 0 < len(wording.body) <= BODY_LENGTH:
        raise BodyNotValid(most=BODY_LENGTH)
    for source in wording:
        if OPENS_MARK in source:
            raise MarkTyped
        _compiled(occasion, source)
    return wording


def rendered(occasion: Occasion, subject: str, body: str, fields: Mapping[Field, str]) -> Wording:
    """The text filled for one person; raises `FieldMissing` and what `checked` raises."""
    known = {field: _harmless(value) for field, value in fields.items() if value.strip()}
    values = {**known, **{field: f"[[{purpose}]]" for field, purpose in LINKS.items()}}
    filled = [_compiled(occasion, source).render(values) for source in (subject, body)]
    wording = Wording(" ".join(filled[0].split()), EMPTY_LINES.sub("\n\n", filled[1]).strip())
    if not wording.subject:
        raise SubjectNotValid(most=SUBJECT_LENGTH)
    if not wording.body:
        raise BodyNotValid(most=BODY_LENGTH)
    return wording


def attempt(occasion: Occasion, subject: str, body: str, fields: Mapping[Field, str]) -> Wording | Refused:
    """The text checked and filled, or why it cannot be: for lists that go on, and for what is still being typed."""
    try:
        return rendered(occasion, *checked(occasion, subject, body), fields)
    except Refused as refused:
        return refused


def purposes_in(wording: Wording) -> set[Purpose]:
    """Which links a filled text holds."""
    return {Purpose(found) for part in wording for found in MARK.findall(part)}


@lru_cache(maxsize=256)
def _compiled(occasion: Occasion, source: str) -> Template:
    """The text ready to be filled; raises what is not allowed in it."""
    try:
        tree = ENVIRONMENT.parse(source)
    except TemplateError as error:
        raise NotReadable(line=getattr(error, "lineno", 1)) from None
    except (RecursionError, ValueError, OverflowError):
        raise NotReadable(line=1) from None
    _require_allowed(tree, source)
    for name in tree.find_all(nodes.Name):
        if name.name not in OFFERED[occasion]:
            raise FieldUnknown(field=name.name[:SHOWN], allowed=OFFERED[occasion])
    if _depth(tree) > MOST_NESTED:
        raise NestedTooDeep(most=MOST_NESTED)
    return ENVIRONMENT.from_string(ALONE.sub(r"\1", source))


def _require_allowed(tree: nodes.Template, source: str) -> None:
    """By what is written between braces, which can be named, and by what Jinja makes of it, which is the proof."""
    lines = source.split("\n")
    for number, line in enumerate(lines, start=1):
        for tag in (found[0] for found in TAG.finditer(line)):
            if not PLAIN_TAG.fullmatch(tag):
                raise CodeNotAllowed(line=number, what=tag[:SHOWN])
    for node in _all(tree):
        if not isinstance(node, ALLOWED):
            raise CodeNotAllowed(line=node.lineno, what=lines[node.lineno - 1].strip()[:SHOWN])


def _all(tree: nodes.Node) -> Iterator[nodes.Node]:
    """Each node once, without recursion: a text may nest deeper than Python calls."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += list(node.iter_child_nodes())[::-1]


def _depth(tree: nodes.Node) -> int:
    """How often conditions stand inside each other; what follows `elif` counts as inside."""
    deepest, waiting = 0, [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        depth += isinstance(node, nodes.If)
        deepest = max(deepest, depth)
        waiting += [(child, depth) for child in node.iter_child_nodes()]
    return deepest


def _cleaned(text: str) -> str:
    """One kind of line end, and no sign that cannot be seen."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_visible(line).rstrip() for line in lines)


def _visible(line: str) -> str:
    return line if line.isprintable() else "".join(sign if sign.isprintable() else " " for sign in line)


def _harmless(value: str) -> str:
    """A value can hold no mark of a link: square brackets become round ones."""
    return _cleaned(value).translate(BRACKETS).strip()
