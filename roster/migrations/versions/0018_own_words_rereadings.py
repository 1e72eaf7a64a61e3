"""own words, rereadings."""

import sqlalchemy as sa
from alembic import op


revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_word",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("origin", sa.String(60), nullable=False),
        sa.Column("imported_from", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("of", sa.String(60), nullable=False),
        sa.Column("phrase", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by"], ["account.id"], name=op.f("fk_own_word_by_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_own_word_facility_id_facility")
        ),
        sa.ForeignKeyConstraint(
            ["retired_by"],
            ["account.id"],
            name=op.f("fk_own_word_retired_by_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_word")),
    )
    with op.batch_alter_table("own_word", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_word_facility_id"), ["facility_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_own_word_origin"), ["origin"], unique=False)

    op.create_table(
        "rereading",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("origin", sa.String(60), nullable=False),
        sa.Column("imported_from", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Uuid(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by"], ["account.id"], name=op.f("fk_rereading_by_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_rereading_facility_id_facility")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rereading")),
    )
    with op.batch_alter_table("rereading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rereading_facility_id"), ["facility_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rereading_origin"), ["origin"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("rereading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rereading_origin"))
        batch_op.drop_index(batch_op.f("ix_rereading_facility_id"))

    op.drop_table("rereading")
    with op.batch_alter_table("own_word", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_own_word_origin"))
        batch_op.drop_index(batch_op.f("ix_own_word_facility_id"))

    op.drop_table("own_word")
