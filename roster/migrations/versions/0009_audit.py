"""audit."""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit_entry',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=True),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('sealed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('source_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('chain', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_audit_entry_facility_id_facility')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_audit_entry')),
    sa.UniqueConstraint('source', 'source_id', name=op.f('uq_audit_entry_source_source_id'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entry_facility_id'), ['facility_id'], unique=False)

    op.create_table('audit_payload',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=True),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('expert_id', sa.Uuid(), nullable=True),
    sa.Column('salt', sa.LargeBinary(), nullable=False),
    sa.Column('payload', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_audit_payload_facility_id_facility')),
    sa.ForeignKeyConstraint(['seq'], ['audit_entry.seq'], name=op.f('fk_audit_payload_seq_audit_entry'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_audit_payload'))
    )
    with op.batch_alter_table('audit_payload', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_payload_expert_id'), ['expert_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_payload_facility_id'), ['facility_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('audit_payload', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_payload_facility_id'))
        batch_op.drop_index(batch_op.f('ix_audit_payload_expert_id'))

    op.drop_table('audit_payload')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entry_facility_id'))

    op.drop_table('audit_entry')
