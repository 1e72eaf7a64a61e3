"""idle sessions, shared rates."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("openid_sid", sa.String(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_login_session_openid_sid"), ["openid_sid"], unique=False
        )

    # Counters are lost at no cost: PostgreSQL need not write them twice.
    is_unlogged = op.get_bind().dialect.name == "postgresql"
    op.create_table(
        "rate_share",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("whole_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_rate_share")),
        prefixes=["UNLOGGED"] if is_unlogged else [],
    )


def downgrade() -> None:
    op.drop_table("rate_share")
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_session_openid_sid"))
        batch_op.drop_column("openid_sid")
        batch_op.drop_column("until")
