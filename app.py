"""The server: the dashboard behind its gate. `streamlit run app.py` and `python3 start.py` start the same."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.middleware import Middleware

from core import schema
from core.accounts.passwords import nobodys_hash
from core.office.schedule import TEN_SECONDS, Schedule, mailing, running
from core.store import config, database, log
from core.store.errors import Refused
from pages.door.gate import Gate
from pages.door.routes import ROUTES
from pages.participants.routes import ROUTES as LIGHT_ROUTES
from pages.shared.trouble import calm_sentence, plain_sentence
from pages.shared.warm import kept_frozen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Open the store before the first visitor and close it after the last."""
    settings = config.load()
    listens = str(st.get_option("server.address") or "")
    config.require_private(listens, os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1"), settings)
    log.start(settings.logs)
    database.use(schema.open_store(settings))
    nobodys_hash(settings.bcrypt_rounds)  # else the first wrong address would take longer than the others
    log.note("started")
    async with kept_frozen(), running(Schedule()), running(mailing(), every=TEN_SECONDS):
        yield
    log.note("stopped")
    database.use(None)
    log.stop()


app = st.App(
    Path(__file__).parent / "pages" / "dashboard.py",
    lifespan=lifespan,
    routes=[*ROUTES, *LIGHT_ROUTES],
    middleware=[Middleware(Gate)],
    on_script_error=calm_sentence,
    exception_handlers={Refused: plain_sentence},
)
