"""What the page of the proposed pairs shows of one proposal, and of the publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages.shared import tables
from pages.shared.registry import ROOT
from pages.shared.words import escape, plain, t

if TYPE_CHECKING:
    from core.matching.gathering import Inputs
    from core.matching.proposal import Counts, Proposal, ProposedPair
    from core.matching.queries import Published

LONG, TALL = 20, 640


def publication(made: Published, pairs: int) -> None:
    """The pairs are published: by whom, when, how."""
    policy = plain(f"matching.policy.name.{made.policy}")
    st.success(
        t("matching.proposal.published", n=pairs, at=made.at, who=made.who, policy=policy, seed=str(made.seed)),
        icon=":material/check_circle:",
    )
    figures(made.counts)
    st.caption(t("matching.proposal.record", digest=made.inputs[:16]))
    st.page_link(ROOT / "pages/matching/pairs.py", label=t("matching.proposal.to_pairs"), icon=":material/handshake:")


def figures(counts: Counts) -> None:
    """The profile in five figures."""
    told = (
        ("first", counts.at(1), None),
        ("second", counts.at(2), None),
        ("third", counts.beyond(2), None),
        ("unlisted", counts.unlisted, t("matching.proposal.unlisted_help")),
        ("unmatched", counts.unmatched, None),
    )
    for column, (name, people, why) in zip(st.columns(5), told, strict=True):
        column.metric(t(f"matching.proposal.{name}"), people, help=why, border=True)


def pairs(inputs: Inputs, proposal: Proposal) -> None:
    """The pairs with the rank and the sectors that both named."""
    st.subheader(t("matching.proposal.pairs"))
    if not inputs.ballots:
        st.warning(t("matching.proposal.no_ballots"), icon=":material/how_to_vote:")
    st.dataframe(
        tables.table(
            {
                plain("matching.proposal.mentee"): [pair.mentee.listed for pair in proposal.pairs],
                plain("matching.proposal.mentor"): [pair.mentor.listed for pair in proposal.pairs],
                plain("matching.proposal.choice"): [_choice(pair) for pair in proposal.pairs],
                plain("matching.proposal.sectors"): [", ".join(pair.sectors) for pair in proposal.pairs],
            }
        ),
        hide_index=True,
        height=TALL if len(proposal.pairs) > LONG else "content",
    )


def left_over(inputs: Inputs, proposal: Proposal) -> None:
    """Mentees without a mentor on the left, mentors with free places on the right."""
    left, right = st.columns(2)
    with left:
        st.subheader(t("matching.proposal.without"))
        if proposal.unmatched:
            names = [one.listed for one in proposal.unmatched]
            st.dataframe(tables.table({plain("matching.proposal.mentee"): names}), hide_index=True)
        else:
            st.caption(t("matching.proposal.nobody_without"))
    with right:
        st.subheader(t("matching.proposal.free"))
        if proposal.free:
            st.dataframe(
                tables.table(
                    {
                        plain("matching.proposal.mentor"): [one.listed for one, _ in proposal.free],
                        plain("matching.proposal.places"): [places for _, places in proposal.free],
                    }
                ),
                hide_index=True,
            )
        else:
            st.caption(t("matching.proposal.nobody_free"))
    if inputs.without_places:
        st.caption(
            t("matching.proposal.without_places", people=tuple(escape(one.listed) for one in inputs.without_places))
        )
    st.caption(t("matching.proposal.capacity", n=inputs.settings.mentor_capacity))


def check(inputs: Inputs, proposal: Proposal) -> None:
    """What publishing would fix, in counts, and who stays without."""
    st.markdown(
        t(
            "matching.publish.check",
            pairs=len(proposal.pairs),
            first=proposal.counts.at(1),
            second=proposal.counts.at(2),
            third=proposal.counts.beyond(2),
            unlisted=proposal.counts.unlisted,
            unmatched=proposal.counts.unmatched,
            missing=inputs.missing,
        )
    )
    if proposal.unmatched:
        st.markdown(t("matching.publish.without", people=tuple(escape(one.listed) for one in proposal.unmatched)))
    st.caption(t("matching.publish.consequence"))


def _choice(pair: ProposedPair) -> str:
    if pair.rank is not None:
        return plain("matching.proposal.choice_rank", n=pair.rank)
    return plain("matching.proposal.choice_unlisted" if pair.has_ballot else "matching.proposal.choice_no_ballot")
