"""An edition with a row of every table, to be changed or deleted by an act."""

from __future__ import annotations

from datetime import date

from sqlmodel import select

from core.accounts.rules import Role
from core.edition.models import Passed, PhaseSettings
from core.edition.rules import Milestone
from core.language.text import Language
from core.learning.models import Resource
from core.learning.rules import Audience
from core.matching.models import Lock, Pair, Publication
from core.matching.rules import LockKind, Policy
from core.mentoring.models import Meeting
from core.mentoring.rules import Way
from core.messages.models import Message, MessageText, Template
from core.messages.rules import MessageState, Occasion
from core.people.models import Consent, ContactChange, History, Person, PersonalLink
from core.people.rules import ConsentKind, Purpose, Result, Side
from core.selection.models import PlaceAnswer, Review
from core.speeddate.models import Ballot, CheckIn, Choice, MentorNumber, Reply, Veto
from core.speeddate.rules import Coming
from core.training.models import Attendance, DateChoice
from tests.make import AT, a_participant, an_edition, staff, writing

RESOURCE = {"audience": Audience.BOTH, "title_it": "x", "title_en": "", "text_it": "x", "text_en": "", "link": ""}
TEMPLATE = {"occasion": Occasion.CONFIRM, "language": Language.ITALIAN, "subject": "x", "body": "x"}
MESSAGE = {"occasion": Occasion.CONFIRM, "about": "x", "language": Language.ITALIAN, "name": "x", "mail": "x",
           "state": MessageState.DRAFT, "prepared_at": AT}  # fmt: skip


def ground() -> int:
    """A row of each table to be changed or deleted by an act; returns the edition."""
    edition, account = an_edition(name="ground"), staff(Role.REVIEWER).account_id or 0
    mentees = [a_participant(edition, Side.MENTEE) for _ in range(3)]
    mentors = [a_participant(edition, Side.MENTOR) for _ in range(3)]
    with writing() as session:
        session.add(PhaseSettings(edition_id=edition, phase="another", document={"a": [1, 2.5, None, "x", True]}))
        session.add(Passed(edition_id=edition, milestone=Milestone.PAIRS_PUBLISHED, at=AT))
        session.add(Publication(edition_id=edition, policy=Policy.GREEDY, seed=1, profile=[1], unlisted=0, unmatched=0,
                                inputs="x" * 64, published_at=AT))  # fmt: skip
        ballots = [Ballot(mentee_id=mentee, choices="1", entered_at=AT) for mentee in mentees]
        session.add_all(ballots)
        session.add(Resource(edition_id=edition, **RESOURCE))
        session.add(Template(edition_id=edition, **TEMPLATE))
        session.flush()
        for mentee, mentor, ballot in zip(mentees, mentors, ballots, strict=True):
            session.add(Choice(ballot_id=ballot.id or 0, mentor_id=mentor, rank=1))
            session.add(Veto(ballot_id=ballot.id or 0, mentor_id=mentors[0]))
            session.add(MentorNumber(edition_id=edition, mentor_id=mentor, number=mentor))
            session.add(Lock(edition_id=edition, mentee_id=mentee, mentor_id=mentor, kind=LockKind.YES, made_at=AT))
            session.add(Pair(publication_id=1, mentee_id=mentee, mentor_id=mentor, rank=1))
            session.add(Attendance(application_id=mentee, session=1))
            session.add(CheckIn(application_id=mentor, at=AT))
            session.add(PlaceAnswer(application_id=mentor, accepted=True, answered_at=AT))
            session.add(DateChoice(application_id=mentee, session=1, answered_at=AT))
            session.add(Reply(application_id=mentor, coming=Coming.REMOTE, answered_at=AT))
            session.add(Review(application_id=mentee, account_id=account, points=3, given_at=AT))
        session.flush()
        for pair in session.exec(select(Pair)).all():
            met = {"held_on": date(2026, 11, 9), "minutes": 90, "way": Way.ONLINE, "entered_at": AT}
            session.add(Meeting(pair_id=pair.id, **met))
        for one in session.exec(select(Person)).all():
            here = {"person_id": one.id, "edition_id": edition, "side": Side.MENTEE}
            session.add(History(**here, result=Result.WAITED))
            session.add(Consent(person_id=one.id, kind=ConsentKind.ACKNOWLEDGEMENT, given_at=AT))
            session.add(ContactChange(person_id=one.id, phone="x", asked_at=AT))
            theirs = {"person_id": one.id, "edition_id": edition}
            session.add(PersonalLink(**theirs, purpose=Purpose.PROGRAMME))
            message = Message(**theirs, **MESSAGE)
            session.add(message)
            session.flush()
            session.add(MessageText(message_id=message.id or 0, subject="x", body="x"))
    return edition
