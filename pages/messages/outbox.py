"""What is waiting to leave, and what has left?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.messages import actions, queries
from core.messages.rules import READ_AT_ONCE, Channel, MessageState, Part
from core.store import database
from pages.messages import parts_letter, parts_outbox, parts_ways
from pages.shared.act import acting
from pages.shared.staff import require_staff
from pages.shared.words import t

staff = require_staff(Right.MESSAGES)
here = {"edition_id": staff.edition.id}
settings = database.current().config
st.title(t("messages.outbox.title"))
with database.reading() as session:
    tally = queries.tally(session, staff.edition.id, by=staff.actor)
st.caption(t("messages.outbox.lead", edition=staff.edition.name))
if not tally.numbers:
    parts_outbox.nothing_prepared()
    st.stop()

parts_outbox.progress(staff, tally)
part = parts_outbox.choose_part(tally)
occasion, search = parts_outbox.filters(tally, part)
with database.reading() as session:
    found = queries.found(session, staff.edition.id, part=part, occasion=occasion, search=search, by=staff.actor)
    lines = queries.lines(session, staff.edition.id, messages=found[: parts_outbox.MOST], by=staff.actor)
if not found:
    parts_outbox.nothing(part, filtered=tally.part(part) > 0)
    st.stop()

left, right = st.columns([3, 2], gap="large")
with left:
    chosen = parts_outbox.table(lines, part, of=len(found), key=f"outbox {part} {occasion} {search}")
batch = found[:READ_AT_ONCE] if part is Part.TO_READ else []
with database.reading() as session:
    wanted = [*batch, *([chosen] if chosen and chosen not in batch else [])]
    shown = queries.in_full(session, staff.edition.id, messages=wanted, settings=settings, by=staff.actor)
message = next((one for one in shown if one.id == chosen), None)
with right:
    parts_letter.card(message, part)

if message is not None:
    with right, st.container(horizontal=True):
        discards = part in (Part.TO_READ, Part.APPROVED) and st.button(
            t("messages.outbox.discard"), icon=":material/delete:", key="outbox.discard"
        )
        returns_to_draft = part is Part.APPROVED and st.button(
            t("messages.outbox.back_to_draft"), icon=":material/undo:", key="outbox.draft"
        )
    with right:
        wording = parts_letter.correct(message) if part is Part.TO_READ else None
        returned = parts_letter.came_back() if part is Part.SENT else None
        went_out = parts_letter.settle(message, settings) if part is Part.TROUBLE else None
    one = [message.id]
    name = message.letter.name
    if discards:
        with acting(t("messages.outbox.discarded", name=name)) as act:
            actions.discard(act.session, messages=one, by=act.by, at=act.at, **here)
    if returns_to_draft:
        with acting(t("messages.outbox.is_draft", name=name)) as act:
            actions.back_to_draft(act.session, messages=one, by=act.by, at=act.at, **here)
    if wording is not None:
        with acting(t("messages.outbox.corrected", name=name), form=parts_letter.FORM) as act:
            actions.edit_draft(
                act.session, message=message.id, seen=wording.seen, wanted=wording.wanted, by=act.by, at=act.at, **here
            )
    if returned is not None:
        with acting(t("messages.outbox.returned", name=name), form=parts_letter.FORM) as act:
            actions.mark_returned(act.session, message=message.id, said=returned, by=act.by, at=act.at, **here)
    if went_out is not None:
        with acting(t("messages.outbox.settled", name=name)) as act:
            actions.settle(
                act.session, messages=one, went_out=went_out, settings=settings, by=act.by, at=act.at, **here
            )

if part is Part.TO_READ:
    seen = parts_letter.read([one for one in shown if one.id in batch], of=len(found), settings=settings)
    if seen is not None:
        with acting(t("messages.outbox.approved", n=len(seen))) as act:
            actions.approve(act.session, seen=seen, settings=settings, by=act.by, at=act.at, **here)
if part is Part.APPROVED:
    channel = parts_ways.choose(settings)
    leaving = parts_ways.leave(channel, found, lines, staff)
    if leaving and channel is Channel.MAIL:
        with acting(t("messages.outbox.begun", n=len(leaving))) as act:
            actions.queue(act.session, messages=leaving, settings=settings, by=act.by, at=act.at, **here)
    elif leaving:
        with acting(t("messages.outbox.marked", n=len(leaving))) as act:
            actions.mark_sent(act.session, messages=leaving, channel=channel, by=act.by, at=act.at, **here)
if part is Part.ON_THE_WAY and parts_ways.stop(lines, tally.of(MessageState.QUEUED), settings):
    with acting(t("messages.outbox.stopped")) as act:
        actions.stop(act.session, by=act.by, at=act.at, **here)
if part is Part.TROUBLE and (again := parts_ways.all_again(lines, settings)):
    with acting(t("messages.outbox.begun", n=len(again))) as act:
        actions.settle(act.session, messages=again, went_out=False, settings=settings, by=act.by, at=act.at, **here)
