"""The filters of the record, and whether it is whole."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from core.accounts.guard import CALLS
from core.office.queries import AT_ONCE, PROGRAMME, Wanted
from pages.shared.record import act_name, actor
from pages.shared.words import plain, t

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.store.chain import Verdict

T = TypeVar("T")
DAYS = "DD/MM/YYYY"


def filters(people: Mapping[int, str], editions: Mapping[int, str]) -> Wanted:
    """Whose acts, which, of which edition, and from when to when; edition and days are kept in the address."""
    people = {**people, PROGRAMME: plain("accounts.acts.programme")}
    names = {name: act_name(name) for name in {call.name for call in CALLS if call.writes}}
    kinds = dict(sorted(names.items(), key=itemgetter(1)))
    with st.container(horizontal=True):
        return Wanted(
            who=_one_of(people, "who", plain("accounts.acts.anybody"), 210),
            act=_one_of(kinds, "what", plain("accounts.acts.any_act"), 250),
            edition=_one_of(editions, "edition", plain("accounts.acts.any_edition"), 170, kept=True),
            first=_day(plain("accounts.acts.first"), "from"),
            last=_day(plain("accounts.acts.last"), "to"),
        )


def _one_of(names: Mapping[T, str], what: str, anything: str, width: int, *, kept: bool = False) -> T | None:
    return st.selectbox(
        plain(f"office.record.{what}"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=anything,
        key=f"of_{what}",
        width=width,
        bind="query-params" if kept else None,
    )


def _day(label: str, key: str) -> date | None:
    return st.date_input(label, None, format=DAYS, key=key, bind="query-params", width=150)


def page_of(number: int, wanted: Wanted) -> int:
    """Which 200 of the acts are shown, the newest first; other filters begin with the newest again."""
    pages = -(-number // AT_ONCE)
    return st.pagination(pages, key=f"acts {wanted}") if pages > 1 else 1


def found(number: int, page: int) -> str:
    """How many acts there are, and which of them are shown."""
    if number <= AT_ONCE:
        return t("accounts.acts.all", n=number)
    return t("accounts.acts.found", n=number, first=(page - 1) * AT_ONCE + 1, last=min(page * AT_ONCE, number))


def verdict(found: Verdict) -> None:
    """Whether the record is whole, or from which act on it is not."""
    if found.broken is not None:
        broken = found.broken
        told = t("accounts.acts.broken", what=act_name(broken.act), who=actor(broken.actor), when=broken.at)
        st.error(told, icon=":material/gpp_bad:")
    elif found.first is not None:
        st.success(t("accounts.acts.whole", n=found.acts, first=found.first.at), icon=":material/verified_user:")
