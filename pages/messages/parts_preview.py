"""A letter as the person would read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.messages.fields import LINKS
from core.messages.templating import Wording, purposes_in
from pages.shared.words import plain, refusal, t

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.store.errors import Refused


LONG, TALL = 12, 520
"""A longer letter scrolls, so that what follows it stays in sight."""


def letter(name: str, mail: str, read: Wording | Refused) -> None:
    """The letter and to whom it goes, or why there is none; links are named: they are made when it leaves."""
    if not isinstance(read, Wording):
        st.warning(refusal(read), icon=":material/block:")
        return
    body = read.body
    for purpose in LINKS.values():
        body = body.replace(f"[[{purpose}]]", plain("messages.letter.link", what=plain(f"people.purpose.{purpose}")))
    with st.container(border=True, height=TALL if body.count("\n") > LONG else "content"):
        st.caption(t("messages.letter.to", name=name, mail=mail))
        st.markdown(t("messages.letter.subject", subject=read.subject))
        st.text(plain("messages.letter.body", body=body))


def warn_unreachable(letters: Iterable[Wording | Refused], *, public: bool) -> None:
    """Say beforehand that the links of these letters would lead nowhere."""
    if not public and any(isinstance(one, Wording) and purposes_in(one) for one in letters):
        st.warning(t("messages.prepare.no_address"), icon=":material/link_off:")
