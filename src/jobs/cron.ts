import { lapseRequests } from '../clinic/appointments/lapse-requests.ts'
import type { ClinicContext } from '../clinic/context.ts'
import { findOverdue } from '../clinic/health/overdue.ts'
import { type EndingLink, endLinks } from '../clinic/patients/end-links.ts'
import { type Forgotten, forgetOld } from '../clinic/retention/forget.ts'
import { formatDate } from '../i18n/dates.ts'
import { languages } from '../i18n/languages.ts'
import { logOverdue } from '../observability/overdue.ts'
import type { Delivery } from './deliver.ts'
import { consumeQueue } from './queue.ts'

/** Jobs by the cron expression of wrangler.toml, which is in UTC. */
export const jobs: Record<string, (ctx: ClinicContext, delivery: Delivery) => Promise<object | undefined>> = {
  '17 19 * * *': async (ctx) => ({
    lapsed: await lapseRequests(ctx),
    ...(await endAllLinks(ctx)),
    ...(await forgetAll(ctx)),
  }),
  '*/5 * * * *': async (ctx, delivery) => {
    const delivered = await consumeQueue(ctx, delivery, 'changes and reminders')
    logOverdue(await findOverdue({ ...ctx, now: delivery.now() }))
    return delivered
  },
}

/** The next night continues where this limit stops. */
const mostPortions = 100

/**
 * Runs the job for the expression and returns its outcome for the log.
 *
 * @throws Error when no job has that expression, or the job fails.
 */
export async function runJob(
  cron: string,
  ctx: ClinicContext,
  delivery: Delivery,
): Promise<object | undefined> {
  const job = jobs[cron]
  if (!job) throw new Error(`No job runs at ${cron}.`)
  return job(ctx, delivery)
}

async function forgetAll(ctx: ClinicContext): Promise<object> {
  const total: Partial<Forgotten> = {}
  for (let portion = 0; portion < mostPortions; portion++) {
    const gone = await forgetOld(ctx)
    for (const kind of Object.keys(gone) as (keyof Forgotten)[]) total[kind] = (total[kind] ?? 0) + gone[kind]
    if (Object.values(gone).every((many) => many === 0)) break
  }
  return { forgotten: total }
}

/** Each sends at most twenty mails. */
const mostPortionsOfMails = 10

async function endAllLinks(ctx: ClinicContext): Promise<object> {
  const total = { announced: 0, ended: 0, unsent: 0 }
  for (let portion = 0; portion < mostPortionsOfMails; portion++) {
    const { announced, ended, unsent } = await endLinks(ctx, writeLinkMail)
    total.announced += announced
    total.ended += ended
    total.unsent += unsent
    // What was not accepted waits for the next night.
    if (unsent > 0 || announced + ended === 0) break
  }
  return { links: total }
}

/** In the language of the account's person, or else in both. */
function writeLinkMail({ patientName, endsOn, hasEnded, languages: theirs }: EndingLink) {
  const known = theirs.map((tag) => tag.slice(0, 2)).find((tag) => tag in languages)
  const copies = known ? [languages[known as keyof typeof languages]] : [languages.id, languages.en]
  const letters = copies.map((copy) => {
    const { endedMail, endsMail } = copy.links
    return (hasEnded ? endedMail : endsMail)(patientName, formatDate(endsOn, copy.language))
  })
  const [first] = letters
  return { subject: first?.subject ?? '', text: letters.map(({ text }) => text).join('\n---\n\n') }
}
