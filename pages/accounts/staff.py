"""Who works with the programme, and in which roles?"""

from __future__ import annotations

import streamlit as st

from core.accounts import actions, queries
from core.accounts.rules import Right, Role
from core.store import database
from pages.shared import memory
from pages.shared.act import acting
from pages.shared.staff import require_staff
from pages.shared.words import plain, t

staff = require_staff(Right.ACCOUNTS)
with database.reading() as session:
    colleagues = queries.colleagues(session, by=staff.actor)

st.title(t("accounts.staff.title"))
st.caption(t("accounts.staff.lead", n=len(colleagues)))
st.dataframe(
    {
        plain("accounts.staff.person"): [one.name for one in colleagues],
        plain("accounts.mail"): [one.mail for one in colleagues],
        plain("accounts.staff.roles"): [
            ", ".join(plain(f"accounts.role.{role}") for role in one.roles) for one in colleagues
        ],
    },
    hide_index=True,
)

st.subheader(t("accounts.staff.new"))
form = "new account"
key = f"{form} {memory.generation(form)}"
with st.form(form):
    left, right = st.columns(2)
    name = left.text_input(plain("accounts.name"), key=f"{key} name")
    mail = right.text_input(plain("accounts.mail"), key=f"{key} mail")
    roles = left.multiselect(
        plain("accounts.staff.roles"),
        list(Role),
        format_func=lambda role: plain(f"accounts.role.{role}"),
        placeholder=plain("accounts.staff.choose_roles"),
        key=f"{key} roles",
    )
    password = right.text_input(
        plain("accounts.staff.password"),
        type="password",
        autocomplete="new-password",
        help=plain("accounts.password_help"),
        key=f"{key} password",
    )
    sent = st.form_submit_button(t("accounts.staff.add"), type="primary")
if sent:
    with acting(t("accounts.staff.added", name=name), form=form) as act:
        actions.add_account(
            act.session,
            name=name,
            mail=mail,
            password=password,
            roles=frozenset(roles),
            rounds=database.current().config.bcrypt_rounds,
            by=act.by,
            at=act.at,
        )
