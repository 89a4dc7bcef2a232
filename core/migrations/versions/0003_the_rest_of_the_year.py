"""Training, learning, the speed date's check-in, meetings, consents, and what became of people in past editions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring the tables to this version."""
    with op.batch_alter_table("passed") as passed:
        passed.drop_constraint(op.f("ck_passed_milestone"), type_="check")
        passed.create_check_constraint(op.f("ck_passed_milestone"), "milestone IN ('pairs_published', 'closed')")

    op.create_table(
        "consent",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("acknowledgement", name="consentkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("person_id", "kind", name=op.f("uq_consent_person_id_kind")),
    )
    with op.batch_alter_table("consent") as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_person_id"), ["person_id"], unique=False)

    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum("mentee", "mentor", name="side", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "result",
            sa.Enum(
                "not_selected",
                "waited",
                "withdrawn",
                "selected",
                "paired",
                name="result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("meetings", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("certificate", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(partner_id IS NULL) = (result <> 'paired')", name=op.f("ck_history_partner_of_pair")),
        sa.CheckConstraint("meetings BETWEEN 0 AND 1000", name=op.f("ck_history_meetings_range")),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1000000", name=op.f("ck_history_minutes_range")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_history_edition_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["partner_id"], ["person.id"], name=op.f("fk_history_partner_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_history_person_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
        sa.UniqueConstraint(
            "person_id",
            "edition_id",
            "side",
            "partner_id",
            name=op.f("uq_history_person_id_edition_id_side_partner_id"),
        ),
    )
    with op.batch_alter_table("history") as batch_op:
        batch_op.create_index(batch_op.f("ix_history_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_history_partner_id"), ["partner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_history_person_id"), ["person_id"], unique=False)

    op.create_table(
        "resource",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "both", "mentees", "mentors", name="audience", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("title_it", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("text_it", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("link <> '' OR text_it <> '' OR text_en <> ''", name=op.f("ck_resource_holds_something")),
        sa.CheckConstraint("title_it <> '' OR title_en <> ''", name=op.f("ck_resource_titled")),
        sa.CheckConstraint("position BETWEEN 0 AND 100000", name=op.f("ck_resource_position_range")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_resource_edition_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
    )
    with op.batch_alter_table("resource") as batch_op:
        batch_op.create_index(batch_op.f("ix_resource_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.CheckConstraint("session BETWEEN 1 AND 999", name=op.f("ck_attendance_session_range")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_attendance_application_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("application_id", "session", name=op.f("uq_attendance_application_id_session")),
    )
    with op.batch_alter_table("attendance") as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_application_id"), ["application_id"], unique=False)

    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_check_in_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_check_in_application_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
    )
    with op.batch_alter_table("check_in") as batch_op:
        batch_op.create_index(batch_op.f("ix_check_in_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_check_in_application_id"), ["application_id"], unique=True)

    op.create_table(
        "meeting",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum("online", "in_person", name="way", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 5 AND 600", name=op.f("ck_meeting_minutes_range")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_meeting_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_meeting_pair_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("pair_id", "held_on", name=op.f("uq_meeting_pair_id_held_on")),
    )
    with op.batch_alter_table("meeting") as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_pair_id"), ["pair_id"], unique=False)
