"""What a migration runs in: the connection that the store hands over, or the operator's own command."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

from alembic import context

from core.schema import METADATA
from core.store import config
from core.store.database import make_engine

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def _rendered(kind: str, column_type: object, _context: object) -> str | Literal[False]:
    """A moment is written down as the plain type that SQLite keeps: migrations must not change with the code."""
    return "sa.DateTime()" if kind == "type" and type(column_type).__name__ == "Utc" else False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        compare_type=True,
        render_item=_rendered,
    )
    context.run_migrations()


handed_over: Connection | None = context.config.attributes.get("connection")
if handed_over is None:
    asked = getattr(context.config.cmd_opts, "cmd", [None])[0]
    if getattr(asked, "__name__", "") != "revision":
        sys.exit("Start the programme: it copies the store aside and brings it up to date.")
    engine = make_engine(config.load().store).execution_options(write=True)
    with engine.connect() as own, own.begin():
        _run(own)
else:
    _run(handed_over)
