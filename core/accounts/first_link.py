"""`python -m core.accounts.first_link URL`: the one link to print when the server has started."""

from __future__ import annotations

import sys

from sqlmodel import Session

from core.accounts.door import first_run_token, is_empty
from core.store import config
from core.store.database import make_engine


def link(settings: config.Config, address: str) -> str:
    """The address to open: with the one-time token while the store is empty."""
    with Session(make_engine(settings.store)) as session:
        empty = is_empty(session)
    address = settings.public_url.rstrip("/") or address
    return f"{address}/first-run?token={first_run_token(settings.secret())}" if empty else f"{address}/"


if __name__ == "__main__":
    print(link(config.load(), sys.argv[1].rstrip("/")))  # noqa: T201 - this module's whole purpose
