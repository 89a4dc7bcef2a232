"""How all that is counted or measured is spread: the part `distributions` of the taxonomy."""

from __future__ import annotations

import math
from dataclasses import dataclass

Shares = dict[str, float]
"""How often each of several things is drawn, relative to the others."""


@dataclass(frozen=True, slots=True)
class Bell:
    """A normal distribution, cut at its ends."""

    mean: float
    sd: float
    min: float = -math.inf
    max: float = math.inf


@dataclass(frozen=True, slots=True)
class Counts:
    """How many apply, and between which two numbers are selected."""

    mentee_applicants: int
    mentor_applicants: int
    mentees_selected: tuple[int, int]
    mentors_selected: tuple[int, int]


@dataclass(frozen=True, slots=True)
class MenteeShares:
    """How mentees are spread; bells by level."""

    status: Shares
    gender: Shares
    age: dict[str, Bell]
    exam_mean_30: dict[str, Bell]
    degree_mark_110: dict[str, Bell]
    lode_share_if_110: float
    credits_done_share: dict[str, tuple[float, float]]
    mode_preference: Shares
    applied_before: float


@dataclass(frozen=True, slots=True)
class MentorShares:
    """How mentors are spread."""

    age: Bell
    gender: Shares
    graduation_age: Bell
    capacity: Shares
    returning_from_past_edition: float
    mode_preference: Shares
    linkedin_given: float


@dataclass(frozen=True, slots=True)
class Reviewers:
    """How many read, how severe and how even they are."""

    n: int
    severity_sd: float
    noise_sd: float
    second_review_share: float


@dataclass(frozen=True, slots=True)
class Withdrawals:
    """The shares of those who withdraw at each point of the year."""

    mentee_before_training: float
    mentee_before_event: float
    mentor_before_event: float
    no_show_event: Shares


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who comes to the training: mentors by session, mentees to one of theirs."""

    mentor_session: list[float]
    mentee_session: float


@dataclass(frozen=True, slots=True)
class Ballots:
    """Who hands a ballot in, with how many names, and how many would rather not have somebody."""

    mentee_submit: float
    ranks_given: Shares
    veto_share: float


@dataclass(frozen=True, slots=True)
class Meetings:
    """How pairs meet."""

    target: tuple[int, int]
    gap_days: Bell
    first_within_days: Bell
    duration_min: Shares
    mode: Shares
    pair_profiles: Shares
    logged_late_share: float


@dataclass(frozen=True, slots=True)
class Distributions:
    """All that is drawn by numbers."""

    counts: Counts
    mentee: MenteeShares
    mentor: MentorShares
    reviewers: Reviewers
    withdrawals: Withdrawals
    attendance: Attendance
    ballots: Ballots
    meetings: Meetings
