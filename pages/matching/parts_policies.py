"""The results of all policies, side by side, of which people choose one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.matching.proposal import results
from pages.shared import tables
from pages.shared.words import plain, t

if TYPE_CHECKING:
    from core.matching.gathering import Inputs
    from core.matching.rules import Infeasible, Policy, Result


@st.cache_data(max_entries=8, show_spinner=False)
def solved(digest: str, _inputs: Inputs) -> dict[Policy, Result[int]] | Infeasible[int]:  # noqa: ARG001 - the cache's key
    """The result of each policy, computed once for the same inputs."""
    return results(_inputs)


def choose_policy(found: dict[Policy, Result[int]], usual: Policy) -> Policy:
    """The policies side by side; the chosen row says which pairs are shown."""
    st.subheader(t("matching.proposal.policies"))
    st.caption(t("matching.proposal.policies_how"))
    policies = list(found)
    longest = max(len(result.profile) for result in found.values())
    table = {plain("matching.proposal.policy"): [plain(f"matching.policy.name.{one}") for one in policies]}
    table |= {
        plain("matching.proposal.rank", n=rank): [found[one].profile[rank - 1] for one in policies]
        for rank in range(1, longest + 1)
    }
    table[plain("matching.proposal.unlisted")] = [found[one].unlisted for one in policies]
    table[plain("matching.proposal.unmatched")] = [len(found[one].unmatched) for one in policies]
    event = st.dataframe(
        tables.table(table),
        key="matching.policies",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [policies.index(usual)]}},
    )
    rows = event.selection.rows
    chosen = policies[rows[0]] if rows else usual
    st.caption(
        t(
            "matching.proposal.policy_means",
            policy=plain(f"matching.policy.name.{chosen}"),
            aim=plain(f"matching.policy.means.{chosen}"),
        )
    )
    return chosen
