import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'

/** A link that ends, as its mail tells it. */
export interface EndingLink {
  patientName: string
  /** The first day without it: their 18th birthday. */
  endsOn: string
  /** Whether that day has come. */
  hasEnded: boolean
  /** BCP 47, as the account's own record has them, the preferred one first. */
  languages: string[]
}

type WriteMail = (link: EndingLink) => { subject: string; text: string }

export interface LinksEnded {
  announced: number
  ended: number
  /** Mails that were not accepted; the next run tries again. */
  unsent: number
}

const noticeDays = 30

/** Few, because each is a mail. */
const aPortion = 20

/**
 * Tells accounts 30 days before they may no longer act for a dependant, who turns 18, and removes the links that have
 * ended; accounts that had no notice get one then. One trip. May be done again at any time, and by two at once: each link
 * is told of once.
 *
 * @returns what it did; there may be more while `announced` or `ended` is as large as `atMost`.
 * @throws NotSignedIn, Forbidden.
 */
export async function endLinks(
  ctx: ClinicContext,
  writeMail: WriteMail,
  atMost = aPortion,
): Promise<LinksEnded> {
  requireRight(ctx.actor, 'forget')
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  const told = sql`
    told.account_id, told.patient_id, accounts.email, patient.name, told.ends_on::text, told.has_ended, to_json(coalesce((
      select own.languages from account_patients self join patients own on own.id = self.patient_id
      where self.account_id = told.account_id and relation = 'self' limit 1
    ), '{}')) as languages`
  const [{ rows: announced }, { rows: ended }] = await ctx.db.batch([
    ctx.db.execute<ToldRow>(sql`
      with told as (
        update account_patients set notice_sent_at = ${at}
        where ctid = any (array(
          select ctid from account_patients
          where ends_on <= (${at} at time zone 'UTC')::date + ${noticeDays}::integer and notice_sent_at is null
          order by ends_on limit ${atMost} for update skip locked
        ))
        and notice_sent_at is null
        returning account_id, patient_id, ends_on, not link_is_in_force(ends_on, ${at}) as has_ended
      )
      select ${told}
      from told
      join accounts on accounts.id = told.account_id
      join patients patient on patient.id = told.patient_id`),
    ctx.db.execute<{ is_unlinked: boolean }>(sql`
      select unlink_patient(patient_id, account_id, null, ${acting(ctx)}) as is_unlinked
      from (
        select patient_id, account_id from account_patients
        where ends_on <= (${at} at time zone 'UTC')::date + 1 and not link_is_in_force(ends_on, ${at})
        and notice_sent_at < ${at}
        order by ends_on limit ${atMost} for update skip locked
      ) due`),
  ])
  const unsent = await sendAll(ctx, announced, writeMail)
  return { announced: announced.length - unsent, ended: ended.length, unsent }
}

async function sendAll(ctx: ClinicContext, rows: ToldRow[], writeMail: WriteMail): Promise<number> {
  let unsent = 0
  for (const row of rows) {
    const { email: to, name: patientName, ends_on: endsOn, has_ended: hasEnded, languages } = row
    try {
      await ctx.mail.send({ to, ...writeMail({ patientName, endsOn, hasEnded, languages }) })
    } catch {
      unsent += 1
      await ctx.db.execute(sql`
        update account_patients set notice_sent_at = null
        where account_id = ${row.account_id}::bigint and patient_id = ${row.patient_id}::bigint`)
    }
  }
  return unsent
}

interface ToldRow extends Record<string, unknown> {
  account_id: string
  patient_id: string
  email: string
  name: string
  ends_on: string
  has_ended: boolean
  languages: string[]
}
