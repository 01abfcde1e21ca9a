import { sql } from 'drizzle-orm'
import type { ClinicContext } from '../../context.ts'

export type InSession = Pick<
  ClinicContext,
  'db' | 'now' | 'requestId' | 'secrets' | 'actor' | 'sessionHash' | 'source'
>

/**
 * Selects the live session of the request, with its account. A session whose second factor is still missing
 * counts: in it, the first passkey is added.
 */
export const ownSession = ({ sessionHash, now }: InSession) => sql`
  select
    sessions.id, account_id, email, accounts.name, may_change_passkeys(sessions) as may_change,
    role <> 'patient' and (select staff_need_passkeys from clinic_settings) as must_have_one
  from sessions
  join accounts on accounts.id = sessions.account_id
  where token_hash = ${sessionHash ?? null}
  and terms_accepted_at is not null
  and session_is_live(sessions, role, ${now.toISOString()}::timestamptz)`

/** Changes to the passkeys of one account take turns, so that each sees the one before. */
export const lockOwnAccount = ({ sessionHash }: InSession) => sql`
  select from accounts
  where id = (select account_id from sessions where token_hash = ${sessionHash ?? null})
  for no key update`
