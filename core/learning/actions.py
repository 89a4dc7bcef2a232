"""Looking after the self-learning area: what lies in it, in which order, and who sees it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.accounts.guard import act
from core.accounts.rules import Actor, Right
from core.language.text import Language, say
from core.learning.models import Resource
from core.learning.rules import Audience, rising
from core.store import versions
from core.store.errors import Changed, Difference, NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.learning.rules import Draft

POSITION = "position"


class AtTheEnd(Refused):
    """The resource is the first already, or the last."""


@act(Right.LEARNING)
def add(session: Session, *, edition_id: int, draft: Draft, by: Actor, at: datetime) -> int:
    """Put a resource at the end of the list and return its number; raises what `Draft.checked` raises."""
    position = max((one.position for one in _in_order(session, edition_id)), default=-1) + 1
    resource = Resource(edition_id=edition_id, position=position, **asdict(draft.checked()))
    session.add(resource)
    session.flush()
    assert resource.id is not None  # noqa: S101 - the database has just given it
    return resource.id


@act(Right.LEARNING)
def save(
    session: Session, resource_id: int, *, edition_id: int, draft: Draft, seen: int, by: Actor, at: datetime
) -> None:
    """Keep a resource as it is typed; raises `Changed`, `NotFound` and what `Draft.checked` raises."""
    resource = _found(session, edition_id, resource_id, seen=seen, by=by, wanted=draft)
    for name, value in asdict(draft.checked()).items():
        setattr(resource, name, value)


@act(Right.LEARNING)
def remove(session: Session, resource_id: int, *, edition_id: int, seen: int, by: Actor, at: datetime) -> None:
    """Take a resource out of the area; raises `Changed`, `NotFound`."""
    session.delete(_found(session, edition_id, resource_id, seen=seen, by=by))


@act(Right.LEARNING)
def move(session: Session, resource_id: int, *, edition_id: int, up: bool, by: Actor, at: datetime) -> None:
    """Let a resource and the one before (else after) it change places; raises `AtTheEnd`, `NotFound`."""
    order = list(_in_order(session, edition_id))
    here = next((at for at, one in enumerate(order) if one.id == resource_id), None)
    if here is None:
        raise NotFound
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        raise AtTheEnd
    order[here], order[there] = order[there], order[here]
    for one, position in zip(order, rising(one.position for one in order), strict=True):
        one.position = position


def _in_order(session: Session, edition_id: int) -> Sequence[Resource]:
    return session.exec(
        select(Resource).where(Resource.edition_id == edition_id).order_by(col(Resource.position), col(Resource.id))
    ).all()


def _found(
    session: Session, edition_id: int, resource_id: int, *, seen: int, by: Actor, wanted: Draft | None = None
) -> Resource:
    """The resource of this edition in the version `seen`; that it has been moved since is no difference."""
    try:
        resource = versions.get(
            session, Resource, resource_id, seen=seen, wanted=None if wanted is None else asdict(wanted)
        )
    except Changed as changed:
        if any(one.then != one.now for one in changed.differences if one.field != POSITION):
            raise _in_words(changed, by) from None
        resource = versions.get(session, Resource, resource_id)
    if resource.edition_id != edition_id:
        raise NotFound
    return resource


def _in_words(changed: Changed, by: Actor) -> Changed:
    """The same refusal without the place in the list; audience and visibility as pages say them."""
    speaks = Language(by.language)
    words: dict[object, str] = {one: say(f"learning.audience.{one}", speaks) for one in Audience}
    words |= {True: say("intake.answer.yes", speaks), False: say("intake.answer.no", speaks)}
    told = tuple(
        Difference(one.field, *(words.get(value, value) for value in one[1:]))
        for one in changed.differences
        if one.field != POSITION
    )
    return Changed(who=str(changed.values["who"]), when=changed.when, differences=told)
