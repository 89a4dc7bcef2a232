"""The base of all tables and the kinds of columns they are made of.

Every column that can hold text says what becomes of it when a person is erased (`Personal`);
a test finds unmarked ones. Table classes validate nothing: the checks live in the database.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import declared_attr, registry
from sqlmodel import Field, SQLModel

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


REGISTRY = registry(metadata=sa.MetaData(naming_convention=NAMES))


class Table(SQLModel, registry=REGISTRY):
    """Base of all tables, in a registry of its own so that a reloaded module does not meet itself."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 # pyright: ignore[reportIncompatibleVariableOverride] - so SQLAlchemy has it
        """The class's name in small letters, its words parted: RoleHolding is role_holding."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


def table_name(kind: type[Table]) -> str:
    """The name of a class's table."""
    return str(kind.__tablename__)


class Versioned(Table):
    """A row that people edit: each save raises the version, a save from an older one is refused."""

    version: int = 1


class Travelling(Versioned):
    """A row with an `edition_id` that a new edition begins with: it is copied when an edition is made from another."""


class Passing(Table):
    """Rows that come and go by themselves (sessions, tickets): no facts of the programme, not in the audit."""


class Personal(StrEnum):
    """What erasing a person does to a column."""

    BLANK = "blank"
    PSEUDONYM = "pseudonym"
    KEEP = "keep"


class Utc(sa.TypeDecorator[datetime]):
    """Moments are kept in UTC and come back aware; a naive one is a bug."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Aware into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """UTC out again."""
        return None if value is None else value.replace(tzinfo=UTC)


_Document: Any = sa.JSON(none_as_null=True)


def key() -> Any:
    """Primary key, given by the database."""
    return Field(default=None, primary_key=True)


def reference(target: str, *, null: bool = False, unique: bool = False) -> Any:
    """Foreign key to `target` ("edition.id"), indexed; nothing that is pointed to can be deleted."""
    return Field(
        default=None if null else ..., foreign_key=target, ondelete="RESTRICT", index=True, nullable=null, unique=unique
    )


def text(
    personal: Personal, *, null: bool = False, unique: bool = False, index: bool = False, secret: bool = False
) -> Any:
    """Text, marked with what erasing a person does to it; `null` for what may be unknown, `secret` for hashes.

    A secret stands in no image of the audit, only its digest does.
    """
    return Field(
        default=None if null else ...,
        sa_type=sa.String,
        nullable=null,
        unique=unique,
        index=index,
        sa_column_kwargs={"info": {"personal": personal, "secret": secret}},
    )


def document(personal: Personal, *, null: bool = False) -> Any:
    """A JSON document, marked like text."""
    return Field(
        default=None if null else ...,
        sa_type=_Document,
        nullable=null,
        sa_column_kwargs={"info": {"personal": personal}},
    )


def moment(*, null: bool = False) -> Any:
    """A moment in UTC."""
    return Field(default=None if null else ..., sa_type=Utc, nullable=null)


def words(kind: type[Enum], *, null: bool = False) -> Any:
    """One word of an enum, kept as its value; the database refuses any other."""
    stored: Any = sa.Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=40,
        name=kind.__name__.lower(),
        values_callable=_values,
    )
    return Field(default=None if null else ..., sa_type=stored, nullable=null)


def _values(members: type[Enum]) -> list[str]:
    return [member.value for member in members]


def between(column: str, low: float, high: float) -> sa.CheckConstraint:
    """A number stays within its bounds, both included; the name is the column's."""
    return sa.CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=f"{column}_range")


def check(name: str, condition: str) -> sa.CheckConstraint:
    """A named CHECK, e.g. a state that must carry its facts."""
    return sa.CheckConstraint(condition, name=name)


def unique(*columns: str) -> sa.UniqueConstraint:
    """No two rows with the same values in these columns."""
    return sa.UniqueConstraint(*columns)
