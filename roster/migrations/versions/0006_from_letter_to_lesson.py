"""from letter to lesson."""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('guidelines',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_guidelines_facility_id_facility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guidelines')),
    sa.UniqueConstraint('facility_id', 'version', name=op.f('uq_guidelines_facility_id_version'))
    )
    with op.batch_alter_table('guidelines', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_guidelines_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_guidelines_origin'), ['origin'], unique=False)

    op.create_table('questionnaire',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('audience', sa.String(60), nullable=False),
    sa.Column('occasion', sa.String(60), nullable=False),
    sa.Column('questions', sa.JSON(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_questionnaire_facility_id_facility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire')),
    sa.UniqueConstraint('facility_id', 'code', 'version', name=op.f('uq_questionnaire_facility_id_code_version'))
    )
    with op.batch_alter_table('questionnaire', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_questionnaire_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_questionnaire_origin'), ['origin'], unique=False)

    op.create_table('application_round',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('opens', sa.Date(), nullable=False),
    sa.Column('closes', sa.Date(), nullable=False),
    sa.Column('guidelines_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_application_round_facility_id_facility')),
    sa.ForeignKeyConstraint(['guidelines_id'], ['guidelines.id'], name=op.f('fk_application_round_guidelines_id_guidelines'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_round')),
    sa.UniqueConstraint('facility_id', 'name', name=op.f('uq_application_round_facility_id_name'))
    )
    with op.batch_alter_table('application_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_application_round_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_application_round_origin'), ['origin'], unique=False)

    op.create_table('country_section',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('country', sa.String(), nullable=False),
    sa.Column('section', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['by'], ['account.id'], name=op.f('fk_country_section_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_country_section_facility_id_facility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_country_section')),
    sa.UniqueConstraint('facility_id', 'country', 'section', name=op.f('uq_country_section_facility_id_country_section'))
    )
    with op.batch_alter_table('country_section', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_country_section_country'), ['country'], unique=False)
        batch_op.create_index(batch_op.f('ix_country_section_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_country_section_origin'), ['origin'], unique=False)

    op.create_table('state_interest',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('country', sa.String(), nullable=False),
    sa.Column('topics', sa.JSON(), nullable=False),
    sa.Column('regions', sa.JSON(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('by', sa.Uuid(), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by'], ['account.id'], name=op.f('fk_state_interest_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_state_interest_facility_id_facility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_state_interest')),
    sa.UniqueConstraint('facility_id', 'country', name=op.f('uq_state_interest_facility_id_country'))
    )
    with op.batch_alter_table('state_interest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_state_interest_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_state_interest_origin'), ['origin'], unique=False)

    op.create_table('inquiry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('action_id', sa.Uuid(), nullable=False),
    sa.Column('lineage', sa.Uuid(), nullable=True),
    sa.Column('questionnaire_id', sa.Uuid(), nullable=False),
    sa.Column('asked', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['action_id'], ['action.id'], name=op.f('fk_inquiry_action_id_action'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by'], ['account.id'], name=op.f('fk_inquiry_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_inquiry_facility_id_facility')),
    sa.ForeignKeyConstraint(['questionnaire_id'], ['questionnaire.id'], name=op.f('fk_inquiry_questionnaire_id_questionnaire'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inquiry'))
    )
    with op.batch_alter_table('inquiry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inquiry_action_id'), ['action_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inquiry_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_inquiry_lineage'), ['lineage'], unique=False)
        batch_op.create_index(batch_op.f('ix_inquiry_origin'), ['origin'], unique=False)

    op.create_table('working_group',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('country', sa.String(), nullable=True),
    sa.Column('action_id', sa.Uuid(), nullable=True),
    sa.Column('mandate', sa.String(), nullable=False),
    sa.Column('members', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['action.id'], name=op.f('fk_working_group_action_id_action'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_working_group_facility_id_facility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_working_group'))
    )
    with op.batch_alter_table('working_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_working_group_country'), ['country'], unique=False)
        batch_op.create_index(batch_op.f('ix_working_group_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_working_group_origin'), ['origin'], unique=False)

    op.create_table('action_follow_up',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('action_id', sa.Uuid(), nullable=False),
    sa.Column('occasion', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=True),
    sa.Column('result_id', sa.Uuid(), nullable=True),
    sa.Column('adopted', sa.String(60), nullable=True),
    sa.Column('adopted_on', sa.String(10), nullable=True),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['action_id'], ['action.id'], name=op.f('fk_action_follow_up_action_id_action'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by'], ['account.id'], name=op.f('fk_action_follow_up_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_action_follow_up_facility_id_facility')),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_action_follow_up_request_id_request'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['result_id'], ['action_result.id'], name=op.f('fk_action_follow_up_result_id_action_result'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_follow_up'))
    )
    with op.batch_alter_table('action_follow_up', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_follow_up_action_id'), ['action_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_follow_up_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_follow_up_origin'), ['origin'], unique=False)

    op.create_table('consultation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('with_whom', sa.String(), nullable=False),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['by'], ['account.id'], name=op.f('fk_consultation_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_consultation_facility_id_facility')),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_consultation_request_id_request'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation'))
    )
    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultation_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consultation_origin'), ['origin'], unique=False)
        batch_op.create_index(batch_op.f('ix_consultation_request_id'), ['request_id'], unique=False)

    op.create_table('fiche',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(60), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('background', sa.String(), nullable=False),
    sa.Column('objective', sa.String(), nullable=False),
    sa.Column('results', sa.JSON(), nullable=False),
    sa.Column('activities', sa.JSON(), nullable=False),
    sa.Column('expertise', sa.JSON(), nullable=False),
    sa.Column('schedule', sa.String(), nullable=False),
    sa.Column('risks', sa.String(), nullable=False),
    sa.Column('expert_days', sa.Integer(), nullable=True),
    sa.Column('by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['by'], ['account.id'], name=op.f('fk_fiche_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_fiche_facility_id_facility')),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_fiche_request_id_request'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fiche')),
    sa.UniqueConstraint('request_id', 'version', name=op.f('uq_fiche_request_id_version'))
    )
    with op.batch_alter_table('fiche', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fiche_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_fiche_origin'), ['origin'], unique=False)
        batch_op.create_index(batch_op.f('ix_fiche_request_id'), ['request_id'], unique=False)

    op.create_table('guest',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('role', sa.String(60), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=True),
    sa.Column('inquiry_id', sa.Uuid(), nullable=True),
    sa.Column('expert_id', sa.Uuid(), nullable=True),
    sa.Column('address', sa.String(), nullable=True),
    sa.Column('locale', sa.String(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('locked_token', sa.LargeBinary(), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['by'], ['account.id'], name=op.f('fk_guest_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['expert_id'], ['expert.id'], name=op.f('fk_guest_expert_id_expert'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_guest_facility_id_facility')),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiry.id'], name=op.f('fk_guest_inquiry_id_inquiry'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_guest_request_id_request'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guest')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_guest_token_hash'))
    )
    with op.batch_alter_table('guest', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_guest_expert_id'), ['expert_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_guest_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_guest_inquiry_id'), ['inquiry_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_guest_origin'), ['origin'], unique=False)
        batch_op.create_index(batch_op.f('ix_guest_request_id'), ['request_id'], unique=False)

    op.create_table('screening_check',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('item', sa.String(), nullable=False),
    sa.Column('answer', sa.String(60), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['by'], ['account.id'], name=op.f('fk_screening_check_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_screening_check_facility_id_facility')),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_screening_check_request_id_request'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_screening_check')),
    sa.UniqueConstraint('request_id', 'item', name=op.f('uq_screening_check_request_id_item'))
    )
    with op.batch_alter_table('screening_check', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_screening_check_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_screening_check_origin'), ['origin'], unique=False)
        batch_op.create_index(batch_op.f('ix_screening_check_request_id'), ['request_id'], unique=False)

    op.create_table('decision',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('request_id', sa.Uuid(), nullable=False),
    sa.Column('fiche_id', sa.Uuid(), nullable=True),
    sa.Column('outcome', sa.String(60), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('minutes', sa.String(), nullable=False),
    sa.Column('forwarded_to', sa.String(), nullable=True),
    sa.Column('by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['by'], ['account.id'], name=op.f('fk_decision_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_decision_facility_id_facility')),
    sa.ForeignKeyConstraint(['fiche_id'], ['fiche.id'], name=op.f('fk_decision_fiche_id_fiche'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_decision_request_id_request'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_decision_origin'), ['origin'], unique=False)
        batch_op.create_index(batch_op.f('ix_decision_request_id'), ['request_id'], unique=False)

    op.create_table('fiche_comment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fiche_id', sa.Uuid(), nullable=False),
    sa.Column('part', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('guest_id', sa.Uuid(), nullable=True),
    sa.Column('by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['by'], ['account.id'], name=op.f('fk_fiche_comment_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_fiche_comment_facility_id_facility')),
    sa.ForeignKeyConstraint(['fiche_id'], ['fiche.id'], name=op.f('fk_fiche_comment_fiche_id_fiche'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['guest_id'], ['guest.id'], name=op.f('fk_fiche_comment_guest_id_guest'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fiche_comment'))
    )
    with op.batch_alter_table('fiche_comment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fiche_comment_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_fiche_comment_fiche_id'), ['fiche_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_fiche_comment_origin'), ['origin'], unique=False)

    op.create_table('message',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(60), nullable=False),
    sa.Column('state', sa.String(60), nullable=False),
    sa.Column('account_id', sa.Uuid(), nullable=True),
    sa.Column('guest_id', sa.Uuid(), nullable=True),
    sa.Column('record', sa.String(), nullable=False),
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('due_on', sa.String(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('problem', sa.String(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_message_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_message_facility_id_facility')),
    sa.ForeignKeyConstraint(['guest_id'], ['guest.id'], name=op.f('fk_message_guest_id_guest'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_message_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_guest_id'), ['guest_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_origin'), ['origin'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_record_id'), ['record_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_state'), ['state'], unique=False)

    op.create_table('vote',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fiche_id', sa.Uuid(), nullable=False),
    sa.Column('guest_id', sa.Uuid(), nullable=False),
    sa.Column('choice', sa.String(60), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_vote_facility_id_facility')),
    sa.ForeignKeyConstraint(['fiche_id'], ['fiche.id'], name=op.f('fk_vote_fiche_id_fiche'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['guest_id'], ['guest.id'], name=op.f('fk_vote_guest_id_guest'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vote')),
    sa.UniqueConstraint('fiche_id', 'guest_id', name=op.f('uq_vote_fiche_id_guest_id'))
    )
    with op.batch_alter_table('vote', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vote_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_vote_fiche_id'), ['fiche_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_vote_guest_id'), ['guest_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_vote_origin'), ['origin'], unique=False)

    op.create_table('deployment_step',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deployment_id', sa.Uuid(), nullable=False),
    sa.Column('step', sa.String(60), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['by'], ['account.id'], name=op.f('fk_deployment_step_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['deployment_id'], ['deployment.id'], name=op.f('fk_deployment_step_deployment_id_deployment'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_deployment_step_facility_id_facility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deployment_step')),
    sa.UniqueConstraint('deployment_id', 'step', name=op.f('uq_deployment_step_deployment_id_step'))
    )
    with op.batch_alter_table('deployment_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deployment_step_deployment_id'), ['deployment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_deployment_step_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_deployment_step_origin'), ['origin'], unique=False)

    op.create_table('finding',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('facility_id', sa.Uuid(), nullable=False),
    sa.Column('origin', sa.String(60), nullable=False),
    sa.Column('imported_from', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('action_id', sa.Uuid(), nullable=False),
    sa.Column('lineage', sa.Uuid(), nullable=True),
    sa.Column('feedback_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.String(60), nullable=False),
    sa.Column('source', sa.String(60), nullable=False),
    sa.Column('is_strength', sa.Boolean(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('topics', sa.JSON(), nullable=False),
    sa.Column('found_on', sa.Date(), nullable=True),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['action_id'], ['action.id'], name=op.f('fk_finding_action_id_action'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by'], ['account.id'], name=op.f('fk_finding_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['facility_id'], ['facility.id'], name=op.f('fk_finding_facility_id_facility')),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_finding_feedback_id_feedback'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding'))
    )
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_finding_action_id'), ['action_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_finding_facility_id'), ['facility_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_finding_feedback_id'), ['feedback_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_finding_origin'), ['origin'], unique=False)

    with op.batch_alter_table('action', schema=None) as batch_op:
        batch_op.add_column(sa.Column('standing_reason', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('closed_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('officer_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_action_officer_id_account'), 'account', ['officer_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('action_result', schema=None) as batch_op:
        batch_op.add_column(sa.Column('state', sa.String(60), nullable=False, server_default="unknown"))
        batch_op.add_column(sa.Column('note', sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.add_column(sa.Column('lineage', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('status', sa.String(60), nullable=False, server_default="planned"))
        batch_op.add_column(sa.Column('modality', sa.String(60), nullable=True))
        batch_op.add_column(sa.Column('days', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('participants', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('women', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('institutions', sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column('counterparts', sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column('deliverables', sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column('note', sa.String(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f('ix_activity_lineage'), ['lineage'], unique=False)

    with op.batch_alter_table('activity_plan', schema=None) as batch_op:
        batch_op.add_column(sa.Column('status', sa.String(60), nullable=False, server_default="approved"))
        batch_op.add_column(sa.Column('approved_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('approved_by', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_activity_plan_approved_by_account'), 'account', ['approved_by'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('call', schema=None) as batch_op:
        batch_op.add_column(sa.Column('team_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_call_team_id_team'), 'team', ['team_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('call_recipient', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason', sa.String(60), nullable=True))
        batch_op.add_column(sa.Column('note', sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column('by', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_call_recipient_by_account'), 'account', ['by'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('deployment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('lineage', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('seat_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('reason', sa.String(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f('ix_deployment_lineage'), ['lineage'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_deployment_seat_id_seat'), 'seat', ['seat_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.add_column(sa.Column('lineage', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('inquiry_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('guest_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('answers', sa.JSON(), nullable=False, server_default="{}"))
        batch_op.create_index(batch_op.f('ix_feedback_inquiry_id'), ['inquiry_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_feedback_lineage'), ['lineage'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_feedback_inquiry_id_inquiry'), 'inquiry', ['inquiry_id'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_feedback_guest_id_guest'), 'guest', ['guest_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('lesson', schema=None) as batch_op:
        batch_op.add_column(sa.Column('state', sa.String(60), nullable=False, server_default="confirmed"))
        batch_op.add_column(sa.Column('kind', sa.String(60), nullable=True))
        batch_op.add_column(sa.Column('is_strength', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('advice', sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column('finding_ids', sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column('regions', sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column('activities', sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column('decided_by', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('reason', sa.String(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f('ix_lesson_state'), ['state'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_lesson_decided_by_account'), 'account', ['decided_by'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('nomination', schema=None) as batch_op:
        batch_op.add_column(sa.Column('seat_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_nomination_seat_id_seat'), 'seat', ['seat_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.add_column(sa.Column('note', sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column('seat_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('due_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('asked_by', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_release_asked_by_account'), 'account', ['asked_by'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_release_seat_id_seat'), 'seat', ['seat_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('request', schema=None) as batch_op:
        batch_op.add_column(sa.Column('priority', sa.String(60), nullable=True))
        batch_op.add_column(sa.Column('deadline', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('forwarded_to', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('round_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('split_from', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('joined_into', sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f('ix_request_joined_into'), ['joined_into'], unique=False)
        batch_op.create_index(batch_op.f('ix_request_round_id'), ['round_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_request_split_from'), ['split_from'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_request_joined_into_request'), 'request', ['joined_into'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_request_round_id_application_round'), 'application_round', ['round_id'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_request_split_from_request'), 'request', ['split_from'], ['id'], ondelete='SET NULL')

    # Until now each activity stood in one plan only: it is the first of its line.
    op.execute('UPDATE activity SET lineage = id')
    op.execute('UPDATE deployment SET lineage = activity_id')
    op.execute('UPDATE feedback SET lineage = activity_id')
    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.alter_column('lineage', existing_type=sa.Uuid(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table('request', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_request_split_from_request'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_request_round_id_application_round'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_request_joined_into_request'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_request_split_from'))
        batch_op.drop_index(batch_op.f('ix_request_round_id'))
        batch_op.drop_index(batch_op.f('ix_request_joined_into'))
        batch_op.drop_column('joined_into')
        batch_op.drop_column('split_from')
        batch_op.drop_column('round_id')
        batch_op.drop_column('forwarded_to')
        batch_op.drop_column('deadline')
        batch_op.drop_column('priority')

    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_release_seat_id_seat'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_release_asked_by_account'), type_='foreignkey')
        batch_op.drop_column('answered_at')
        batch_op.drop_column('reminded_at')
        batch_op.drop_column('asked_by')
        batch_op.drop_column('due_on')
        batch_op.drop_column('seat_id')
        batch_op.drop_column('note')

    with op.batch_alter_table('nomination', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_nomination_seat_id_seat'), type_='foreignkey')
        batch_op.drop_column('seat_id')

    with op.batch_alter_table('lesson', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_lesson_decided_by_account'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_lesson_state'))
        batch_op.drop_column('reason')
        batch_op.drop_column('decided_at')
        batch_op.drop_column('decided_by')
        batch_op.drop_column('activities')
        batch_op.drop_column('regions')
        batch_op.drop_column('finding_ids')
        batch_op.drop_column('advice')
        batch_op.drop_column('is_strength')
        batch_op.drop_column('kind')
        batch_op.drop_column('state')

    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_feedback_guest_id_guest'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_feedback_inquiry_id_inquiry'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_feedback_lineage'))
        batch_op.drop_index(batch_op.f('ix_feedback_inquiry_id'))
        batch_op.drop_column('answers')
        batch_op.drop_column('guest_id')
        batch_op.drop_column('inquiry_id')
        batch_op.drop_column('lineage')

    with op.batch_alter_table('deployment', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_deployment_seat_id_seat'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_deployment_lineage'))
        batch_op.drop_column('reason')
        batch_op.drop_column('seat_id')
        batch_op.drop_column('lineage')

    with op.batch_alter_table('call_recipient', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_call_recipient_by_account'), type_='foreignkey')
        batch_op.drop_column('reminded_at')
        batch_op.drop_column('by')
        batch_op.drop_column('note')
        batch_op.drop_column('reason')

    with op.batch_alter_table('call', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_call_team_id_team'), type_='foreignkey')
        batch_op.drop_column('team_id')

    with op.batch_alter_table('activity_plan', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_activity_plan_approved_by_account'), type_='foreignkey')
        batch_op.drop_column('approved_by')
        batch_op.drop_column('approved_on')
        batch_op.drop_column('status')

    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_activity_lineage'))
        batch_op.drop_column('note')
        batch_op.drop_column('deliverables')
        batch_op.drop_column('counterparts')
        batch_op.drop_column('institutions')
        batch_op.drop_column('women')
        batch_op.drop_column('participants')
        batch_op.drop_column('days')
        batch_op.drop_column('modality')
        batch_op.drop_column('status')
        batch_op.drop_column('lineage')

    with op.batch_alter_table('action_result', schema=None) as batch_op:
        batch_op.drop_column('note')
        batch_op.drop_column('state')

    with op.batch_alter_table('action', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_action_officer_id_account'), type_='foreignkey')
        batch_op.drop_column('officer_id')
        batch_op.drop_column('closed_on')
        batch_op.drop_column('standing_reason')

    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_finding_origin'))
        batch_op.drop_index(batch_op.f('ix_finding_feedback_id'))
        batch_op.drop_index(batch_op.f('ix_finding_facility_id'))
        batch_op.drop_index(batch_op.f('ix_finding_action_id'))

    op.drop_table('finding')
    with op.batch_alter_table('deployment_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_deployment_step_origin'))
        batch_op.drop_index(batch_op.f('ix_deployment_step_facility_id'))
        batch_op.drop_index(batch_op.f('ix_deployment_step_deployment_id'))

    op.drop_table('deployment_step')
    with op.batch_alter_table('vote', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_vote_origin'))
        batch_op.drop_index(batch_op.f('ix_vote_guest_id'))
        batch_op.drop_index(batch_op.f('ix_vote_fiche_id'))
        batch_op.drop_index(batch_op.f('ix_vote_facility_id'))

    op.drop_table('vote')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_message_state'))
        batch_op.drop_index(batch_op.f('ix_message_record_id'))
        batch_op.drop_index(batch_op.f('ix_message_origin'))
        batch_op.drop_index(batch_op.f('ix_message_guest_id'))
        batch_op.drop_index(batch_op.f('ix_message_facility_id'))
        batch_op.drop_index(batch_op.f('ix_message_account_id'))

    op.drop_table('message')
    with op.batch_alter_table('fiche_comment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_fiche_comment_origin'))
        batch_op.drop_index(batch_op.f('ix_fiche_comment_fiche_id'))
        batch_op.drop_index(batch_op.f('ix_fiche_comment_facility_id'))

    op.drop_table('fiche_comment')
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decision_request_id'))
        batch_op.drop_index(batch_op.f('ix_decision_origin'))
        batch_op.drop_index(batch_op.f('ix_decision_facility_id'))

    op.drop_table('decision')
    with op.batch_alter_table('screening_check', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_screening_check_request_id'))
        batch_op.drop_index(batch_op.f('ix_screening_check_origin'))
        batch_op.drop_index(batch_op.f('ix_screening_check_facility_id'))

    op.drop_table('screening_check')
    with op.batch_alter_table('guest', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_guest_request_id'))
        batch_op.drop_index(batch_op.f('ix_guest_origin'))
        batch_op.drop_index(batch_op.f('ix_guest_inquiry_id'))
        batch_op.drop_index(batch_op.f('ix_guest_facility_id'))
        batch_op.drop_index(batch_op.f('ix_guest_expert_id'))

    op.drop_table('guest')
    with op.batch_alter_table('fiche', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_fiche_request_id'))
        batch_op.drop_index(batch_op.f('ix_fiche_origin'))
        batch_op.drop_index(batch_op.f('ix_fiche_facility_id'))

    op.drop_table('fiche')
    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consultation_request_id'))
        batch_op.drop_index(batch_op.f('ix_consultation_origin'))
        batch_op.drop_index(batch_op.f('ix_consultation_facility_id'))

    op.drop_table('consultation')
    with op.batch_alter_table('action_follow_up', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_action_follow_up_origin'))
        batch_op.drop_index(batch_op.f('ix_action_follow_up_facility_id'))
        batch_op.drop_index(batch_op.f('ix_action_follow_up_action_id'))

    op.drop_table('action_follow_up')
    with op.batch_alter_table('working_group', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_working_group_origin'))
        batch_op.drop_index(batch_op.f('ix_working_group_facility_id'))
        batch_op.drop_index(batch_op.f('ix_working_group_country'))

    op.drop_table('working_group')
    with op.batch_alter_table('inquiry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_inquiry_origin'))
        batch_op.drop_index(batch_op.f('ix_inquiry_lineage'))
        batch_op.drop_index(batch_op.f('ix_inquiry_facility_id'))
        batch_op.drop_index(batch_op.f('ix_inquiry_action_id'))

    op.drop_table('inquiry')
    with op.batch_alter_table('state_interest', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_state_interest_origin'))
        batch_op.drop_index(batch_op.f('ix_state_interest_facility_id'))

    op.drop_table('state_interest')
    with op.batch_alter_table('country_section', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_country_section_origin'))
        batch_op.drop_index(batch_op.f('ix_country_section_facility_id'))
        batch_op.drop_index(batch_op.f('ix_country_section_country'))

    op.drop_table('country_section')
    with op.batch_alter_table('application_round', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_application_round_origin'))
        batch_op.drop_index(batch_op.f('ix_application_round_facility_id'))

    op.drop_table('application_round')
    with op.batch_alter_table('questionnaire', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_questionnaire_origin'))
        batch_op.drop_index(batch_op.f('ix_questionnaire_facility_id'))

    op.drop_table('questionnaire')
    with op.batch_alter_table('guidelines', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_guidelines_origin'))
        batch_op.drop_index(batch_op.f('ix_guidelines_facility_id'))

    op.drop_table('guidelines')
