"""`@query` and `@act`: the right, and whether the session still lives, before anything else; no call is forgotten.

Each decorated function takes `session` first and `by` (the Actor) by keyword; an act also takes `at` (the
moment). An act names the transaction's audit entry; an act called by another act belongs to the outer one.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from core.accounts import door
from core.accounts.rules import ActorKind
from core.store import audit, clock
from core.store.errors import NotAllowed, SignedOut

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from core.accounts.rules import Actor, Right

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Call:
    """One guarded function of the core."""

    function: Callable[..., Any]
    right: Right
    writes: bool
    final: bool = False
    """Whether the act can never be taken back."""

    @property
    def name(self) -> str:
        """`phase.function`, e.g. `matching.publish`."""
        return f"{self.function.__module__.split('.')[1]}.{self.function.__name__}"


CALLS: list[Call] = []


def query(right: Right) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A read that only those with `right` get an answer to."""
    return _guarded(right, writes=False)


def act(right: Right, *, final: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A change that only those with `right` can make; it has an entry in the audit. A `final` one stays for good."""
    return _guarded(right, writes=True, final=final)


def act_named(name: str) -> Call | None:
    """The act with this name in the audit, if the programme still has it."""
    return next((call for call in CALLS if call.writes and call.name == name), None)


def words_of(name: str) -> str:
    """The key of the words for an act: `matching.act.publish` for `matching.publish`."""
    phase, _, verb = name.partition(".")
    return f"{phase}.act.{verb}"


def require(by: Actor, right: Right) -> None:
    """Raise `NotAllowed` unless the person has the right."""
    if not by.may(right):
        raise NotAllowed


def _require_inside(session: Session, by: Actor) -> None:
    """Raise `SignedOut` when the session has ended since the page was drawn: a fragment keeps the person of then."""
    if by.kind is ActorKind.STAFF and not door.is_inside(session, by, clock.now()):
        raise SignedOut


def _guarded(right: Right, *, writes: bool, final: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        call = Call(function, right, writes, final)
        CALLS.append(call)

        @functools.wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            by = cast("Actor", kwargs["by"])
            require(by, right)
            _require_inside(cast("Session", args[0]), by)
            if writes:
                _name(call, args, kwargs)
            return function(*args, **kwargs)

        return guarded

    return decorate


def _name(call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    by: Actor = kwargs["by"]
    audit.name_act(
        args[0],
        call.name,
        actor=by.name,
        account_id=by.account_id,
        at=kwargs["at"],
        edition_id=kwargs.get("edition_id"),
    )
