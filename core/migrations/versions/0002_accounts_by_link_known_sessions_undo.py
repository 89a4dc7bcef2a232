"""Accounts by link, sessions that can be recognised, acts that undo another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the tables to this version; the defaults fill the rows that are there and go again."""
    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("link_generation", sa.Integer(), server_default="0", nullable=False))
        account.add_column(sa.Column("link_until", sa.DateTime(), nullable=True))
        account.alter_column("password_hash", existing_type=sa.String(), nullable=True)
    with op.batch_alter_table("account") as account:
        account.alter_column("link_generation", existing_type=sa.Integer(), server_default=None)

    with op.batch_alter_table("audit_entry") as entry:
        entry.add_column(sa.Column("undoes", sa.Integer(), nullable=True))
        entry.create_index(op.f("ix_audit_entry_undoes"), ["undoes"], unique=False)
        entry.create_foreign_key(op.f("fk_audit_entry_undoes"), "audit_entry", ["undoes"], ["id"], ondelete="RESTRICT")

    with op.batch_alter_table("sign_in") as sign_in:
        sign_in.add_column(sa.Column("browser", sa.String(), server_default="", nullable=False))
        sign_in.add_column(sa.Column("address", sa.String(), server_default="", nullable=False))
    with op.batch_alter_table("sign_in") as sign_in:
        sign_in.alter_column("browser", existing_type=sa.String(), server_default=None)
        sign_in.alter_column("address", existing_type=sa.String(), server_default=None)
