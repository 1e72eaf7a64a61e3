"""ranking models."""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('ranking_model',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(), nullable=False),
    sa.Column('state', sa.String(60), nullable=False),
    sa.Column('manifest', sa.JSON(), nullable=False),
    sa.Column('tables', sa.LargeBinary(), nullable=False),
    sa.Column('by', sa.Uuid(), nullable=True),
    sa.Column('promoted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('promoted_by', sa.Uuid(), nullable=True),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['account.id'], name=op.f('fk_ranking_model_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_ranking_model_facility_id_facility')),
    sa.ForeignKeyConstraint(['promoted_by'], ['account.id'], name=op.f('fk_ranking_model_promoted_by_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ranking_model')),
    sa.UniqueConstraint('facility_id', 'version', name=op.f('uq_ranking_model_facility_id_version'))
    )
    with op.batch_alter_table('ranking_model', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ranking_model_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ranking_model_origin'), ['origin'], unique=False)
        batch_op.create_index(batch_op.f('ix_ranking_model_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_ranking_model_version'), ['version'], unique=False)


def downgrade() -> None:
    op.drop_table('ranking_model')
