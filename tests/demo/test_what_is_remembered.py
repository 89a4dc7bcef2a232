"""What the pages remember of the demo's year can be shared by everybody, and is what the store says."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

import pytest

from core.accounts.rules import Role
from core.certificates import queries as certificates
from core.demo.dates import Until
from core.matching import queries as matching
from core.mentoring import queries as mentoring
from core.office import queries as office
from core.people.rules import Side
from core.reporting import queries as reporting
from core.selection import queries as selection
from core.speeddate import queries as speeddate
from core.store import clock, database
from core.store.errors import NotAllowed
from core.store.remembered import memory
from tests.demo.phases import LAST_YEAR, THIS_YEAR, Demo, demo
from tests.make import staff

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlmodel import Session

    from core.accounts.rules import Actor

    Question = tuple[Callable[..., object], tuple[object, ...]]


def ask_everything(session: Session, edition: int, me: Actor) -> None:
    """Each query that remembers something."""
    today = clock.today()
    office.closing(session, edition, today=today, by=me)
    mentoring.followed(session, edition, today=today, by=me)
    certificates.standings(session, edition, by=me)
    reporting.funnel(session, edition, by=me)
    reporting.months(session, edition, by=me)
    matching.inputs(session, edition, by=me)
    matching.pairs(session, edition, by=me)
    speeddate.ballots(session, edition, by=me)
    for side in Side:
        selection.ranking(session, edition, side=side, by=me)


def mutable(value: Any) -> list[object]:
    """What of a value somebody could change."""
    if value is None or isinstance(value, str | int | float | bytes | date | time | Enum):
        return []
    if isinstance(value, tuple | frozenset):
        return [found for one in value for found in mutable(one)]
    if isinstance(value, MappingProxyType):
        return [found for one in cast("Mapping[Any, Any]", value).values() for found in mutable(one)]
    if is_dataclass(value) and value.__dataclass_params__.frozen:  # pyright: ignore[reportAttributeAccessIssue]
        return [found for one in fields(value) for found in mutable(getattr(value, one.name))]
    return [value]


@pytest.fixture(params=[Until.MATCHING, Until.END])
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The year as it is in a phase."""
    return demo(tmp_path_factory, request.param)


def test_what_is_remembered_is_what_the_store_says_and_nobody_can_change_it(year: Demo) -> None:
    with year.in_use():
        me = staff(*Role)
        with database.reading() as session:
            for edition in (LAST_YEAR, THIS_YEAR):
                ask_everything(session, edition, me)
        kept = cast("dict[Question, object]", memory.kept())
        assert kept
        assert {function.__name__: mutable(result) for (function, _), result in kept.items() if mutable(result)} == {}
        with database.reading() as session:
            assert {question: question[0](session, *question[1]) for question in kept} == kept


def test_who_has_not_the_right_gets_nothing_of_what_others_were_told(year: Demo) -> None:
    with year.in_use():
        coordinator, viewer = staff(Role.COORDINATOR), staff(Role.VIEWER)
        with database.reading() as session:
            ask_everything(session, THIS_YEAR, coordinator)
        with database.reading() as session:
            for call in (
                partial(selection.ranking, side=Side.MENTEE),
                partial(office.closing, today=clock.today()),
                partial(mentoring.followed, today=clock.today()),
                certificates.standings,
                matching.inputs,
                speeddate.ballots,
            ):
                with pytest.raises(NotAllowed):
                    call(session, THIS_YEAR, by=viewer)
