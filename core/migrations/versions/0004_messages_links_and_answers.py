"""Messages and their templates, personal links, and what people answer by them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring the tables to this version."""
    op.create_table(
        "contact_change",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=True),
        sa.Column("last_name", sa.String(), nullable=True),
        sa.Column("mail", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(settled_at IS NULL) = (accepted IS NULL)", name=op.f("ck_contact_change_settled_or_open")),
        sa.CheckConstraint(
            "coalesce(first_name, last_name, mail, phone) IS NOT NULL", name=op.f("ck_contact_change_asks_something")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_contact_change_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contact_change_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_change")),
    )
    with op.batch_alter_table("contact_change") as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_change_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_change_person_id"), ["person_id"], unique=False)

    op.create_table(
        "message",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "occasion",
            sa.Enum(
                "selected_mentee",
                "selected_mentor",
                "waiting",
                "not_selected_mentee",
                "not_selected_mentor",
                "confirm",
                "training_date",
                "training_mentor",
                "speed_date",
                "ballot",
                "paired_mentee",
                "paired_mentor",
                "first_contact",
                "silent_pair",
                "midway",
                "certificate",
                "thanks",
                "reapply",
                "free",
                name="occasion",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column(
            "language",
            sa.Enum("it", "en", "xx", name="language", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mail", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "approved",
                "queued",
                "sending",
                "sent",
                "failed",
                "unsure",
                "returned",
                name="messagestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("prepared_at", sa.DateTime(), nullable=False),
        sa.Column("prepared_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum("mail", "merge", "files", name="channel", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("try_after", sa.DateTime(), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("trouble", sa.String(), nullable=True),
        sa.CheckConstraint("(state = 'draft') = (approved_at IS NULL)", name=op.f("ck_message_read_before_it_goes")),
        sa.CheckConstraint(
            "(state IN ('sent', 'returned')) = (sent_at IS NOT NULL)", name=op.f("ck_message_sent_at_some_time")
        ),
        sa.CheckConstraint(
            "NOT (state IN ('sent', 'returned')) OR channel IS NOT NULL", name=op.f("ck_message_sent_some_way")
        ),
        sa.CheckConstraint("tries BETWEEN 0 AND 1000", name=op.f("ck_message_tries_range")),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["account.id"], name=op.f("fk_message_approved_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_message_edition_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_person_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["prepared_by"], ["account.id"], name=op.f("fk_message_prepared_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_message_sent_by"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint(
            "edition_id", "person_id", "occasion", "about", name=op.f("uq_message_edition_id_person_id_occasion_about")
        ),
    )
    with op.batch_alter_table("message") as batch_op:
        batch_op.create_index(batch_op.f("ix_message_approved_by"), ["approved_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_prepared_by"), ["prepared_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_sent_by"), ["sent_by"], unique=False)

    op.create_table(
        "personal_link",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "programme", "consent", "calendar", name="purpose", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.CheckConstraint("generation BETWEEN 1 AND 1000000", name=op.f("ck_personal_link_generation_range")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_personal_link_edition_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_personal_link_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_link")),
        sa.UniqueConstraint(
            "person_id", "edition_id", "purpose", name=op.f("uq_personal_link_person_id_edition_id_purpose")
        ),
    )
    with op.batch_alter_table("personal_link") as batch_op:
        batch_op.create_index(batch_op.f("ix_personal_link_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_personal_link_person_id"), ["person_id"], unique=False)

    op.create_table(
        "template",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column(
            "occasion",
            sa.Enum(
                "selected_mentee",
                "selected_mentor",
                "waiting",
                "not_selected_mentee",
                "not_selected_mentor",
                "confirm",
                "training_date",
                "training_mentor",
                "speed_date",
                "ballot",
                "paired_mentee",
                "paired_mentor",
                "first_contact",
                "silent_pair",
                "midway",
                "certificate",
                "thanks",
                "reapply",
                "free",
                name="occasion",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "language",
            sa.Enum("it", "en", "xx", name="language", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_template_edition_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template")),
        sa.UniqueConstraint(
            "edition_id", "occasion", "language", name=op.f("uq_template_edition_id_occasion_language")
        ),
    )
    with op.batch_alter_table("template") as batch_op:
        batch_op.create_index(batch_op.f("ix_template_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "date_choice",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("wants", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("session BETWEEN 1 AND 999", name=op.f("ck_date_choice_session_range")),
        sa.CheckConstraint("wants BETWEEN 1 AND 999", name=op.f("ck_date_choice_wants_range")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_date_choice_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_date_choice_application_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_choice")),
    )
    with op.batch_alter_table("date_choice") as batch_op:
        batch_op.create_index(batch_op.f("ix_date_choice_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_date_choice_application_id"), ["application_id"], unique=True)

    op.create_table(
        "message_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_message_text_message_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_text")),
    )
    with op.batch_alter_table("message_text") as batch_op:
        batch_op.create_index(batch_op.f("ix_message_text_message_id"), ["message_id"], unique=True)

    op.create_table(
        "place_answer",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_place_answer_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_place_answer_application_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_answer")),
    )
    with op.batch_alter_table("place_answer") as batch_op:
        batch_op.create_index(batch_op.f("ix_place_answer_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_answer_application_id"), ["application_id"], unique=True)

    op.create_table(
        "reply",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column(
            "coming",
            sa.Enum("in_person", "remote", "no", name="coming", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reply_account_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_reply_application_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    with op.batch_alter_table("reply") as batch_op:
        batch_op.create_index(batch_op.f("ix_reply_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reply_application_id"), ["application_id"], unique=True)

    with op.batch_alter_table("consent", recreate="always") as batch_op:
        batch_op.add_column(sa.Column("wording", sa.String(), nullable=True))

    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(
            sa.Column(
                "language", sa.Enum("it", "en", "xx", name="language", native_enum=False, length=40), nullable=True
            )
        )
        batch_op.create_check_constraint(op.f("ck_person_language"), "language IN ('it', 'en', 'xx')")
