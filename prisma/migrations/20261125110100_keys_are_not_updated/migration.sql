-- Keys are made once and never updated, so no foreign key follows an update of what it refers to. A distributed PostgreSQL
-- refuses ON UPDATE CASCADE where the key holds the organisation.
-- Locks: each pair of tables (SHARE ROW EXCLUSIVE) while its rows are checked again. Undo: the same keys with ON UPDATE CASCADE.

ALTER TABLE account DROP CONSTRAINT account_user_id_fkey;
ALTER TABLE account ADD CONSTRAINT account_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE;
ALTER TABLE appointment DROP CONSTRAINT appointment_org_id_customer_id_fkey;
ALTER TABLE appointment ADD CONSTRAINT appointment_org_id_customer_id_fkey FOREIGN KEY (org_id, customer_id) REFERENCES customer (org_id, id);
ALTER TABLE channel_number DROP CONSTRAINT channel_number_org_id_fkey;
ALTER TABLE channel_number ADD CONSTRAINT channel_number_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization (id) ON DELETE CASCADE;
ALTER TABLE consent_record DROP CONSTRAINT consent_record_org_id_contact_id_fkey;
ALTER TABLE consent_record ADD CONSTRAINT consent_record_org_id_contact_id_fkey FOREIGN KEY (org_id, contact_id) REFERENCES contact (org_id, id) ON DELETE CASCADE;
ALTER TABLE conversation DROP CONSTRAINT conversation_org_id_contact_id_fkey;
ALTER TABLE conversation ADD CONSTRAINT conversation_org_id_contact_id_fkey FOREIGN KEY (org_id, contact_id) REFERENCES contact (org_id, id) ON DELETE CASCADE;
ALTER TABLE invitation DROP CONSTRAINT invitation_inviter_id_fkey;
ALTER TABLE invitation ADD CONSTRAINT invitation_inviter_id_fkey FOREIGN KEY (inviter_id) REFERENCES "user" (id) ON DELETE CASCADE;
ALTER TABLE invitation DROP CONSTRAINT invitation_organization_id_fkey;
ALTER TABLE invitation ADD CONSTRAINT invitation_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id) ON DELETE CASCADE;
ALTER TABLE member DROP CONSTRAINT member_organization_id_fkey;
ALTER TABLE member ADD CONSTRAINT member_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organization (id) ON DELETE CASCADE;
ALTER TABLE member DROP CONSTRAINT member_user_id_fkey;
ALTER TABLE member ADD CONSTRAINT member_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE;
ALTER TABLE message DROP CONSTRAINT message_org_id_conversation_id_fkey;
ALTER TABLE message ADD CONSTRAINT message_org_id_conversation_id_fkey FOREIGN KEY (org_id, conversation_id) REFERENCES conversation (org_id, id) ON DELETE CASCADE;
ALTER TABLE session DROP CONSTRAINT session_user_id_fkey;
ALTER TABLE session ADD CONSTRAINT session_user_id_fkey FOREIGN KEY (user_id) REFERENCES "user" (id) ON DELETE CASCADE;
ALTER TABLE vehicle DROP CONSTRAINT vehicle_org_id_customer_id_fkey;
ALTER TABLE vehicle ADD CONSTRAINT vehicle_org_id_customer_id_fkey FOREIGN KEY (org_id, customer_id) REFERENCES customer (org_id, id) ON DELETE CASCADE;
ALTER TABLE voice_persona DROP CONSTRAINT voice_persona_org_id_fkey;
ALTER TABLE voice_persona ADD CONSTRAINT voice_persona_org_id_fkey FOREIGN KEY (org_id) REFERENCES organization (id) ON DELETE CASCADE;
ALTER TABLE work_order DROP CONSTRAINT work_order_org_id_vehicle_id_fkey;
ALTER TABLE work_order ADD CONSTRAINT work_order_org_id_vehicle_id_fkey FOREIGN KEY (org_id, vehicle_id) REFERENCES vehicle (org_id, id) ON DELETE CASCADE;
