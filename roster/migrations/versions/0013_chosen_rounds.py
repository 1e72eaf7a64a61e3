"""chosen rounds."""

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('request', schema=None) as batch_op:
        batch_op.add_column(sa.Column('round_chosen', sa.Boolean(), nullable=False, server_default=sa.false()))
    # So far a round counted as chosen where it was not the one of the day of receipt.
    request = sa.table('request', sa.column('round_id'), sa.column('received_on'), sa.column('round_chosen'))
    rounds = sa.table('application_round', sa.column('id'), sa.column('opens'), sa.column('closes'))
    of_the_day = sa.exists().where(
        rounds.c.id == request.c.round_id,
        rounds.c.opens <= request.c.received_on,
        rounds.c.closes >= request.c.received_on,
    )
    op.execute(
        sa.update(request).where(request.c.round_id.is_not(None), ~of_the_day).values(round_chosen=sa.true())
    )


def downgrade() -> None:
    with op.batch_alter_table('request', schema=None) as batch_op:
        batch_op.drop_column('round_chosen')
