"""The year in chapters: each gives dated acts, made one after another as far as the year has come."""

from core.demo.chapters.answering import dates, places, replies
from core.demo.chapters.arriving import applications, materials, opening
from core.demo.chapters.choosing import changes, decisions, reviews
from core.demo.chapters.event import ballots, speed_date
from core.demo.chapters.pairing import pairing
from core.demo.chapters.preparing import consents, training
from core.demo.chapters.together import closing, together
from core.demo.chapters.writing import invitations, outcomes, pairs

CHAPTERS = (
    opening,
    materials,
    applications,
    reviews,
    decisions,
    outcomes,
    places,
    changes,
    invitations,
    dates,
    consents,
    training,
    replies,
    speed_date,
    ballots,
    pairing,
    pairs,
    together,
    closing,
)
