"""What people see when the programme itself is wrong: one calm sentence with a code that finds it in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from starlette.responses import PlainTextResponse

from core.language.text import OFFERED, sentence
from core.store import log
from core.store.errors import Refused
from pages.shared.words import refusal, t

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

NOT_NOW = 503


def calm_sentence(error: Exception) -> bool:
    """Say a refusal; log anything else and show its code. Always handled: no stack trace reaches people."""
    if isinstance(error, Refused):
        st.error(refusal(error), icon=":material/block:")
    else:
        st.error(t("store.trouble", code=log.report(error)), icon=":material/error:")
    return True


async def plain_sentence(_request: Request, error: Exception) -> Response:
    """Say a refusal where there is no page, in each language: signing out on a full disk, say."""
    told = [sentence(error, language) for language in OFFERED if isinstance(error, Refused)]
    return PlainTextResponse("\n".join(told), status_code=NOT_NOW)
