import { type Context, Hono } from 'hono'
import type { ClinicContext } from '../../../clinic/context.ts'
import {
  type FindHistory,
  findHistory,
  findHistoryInput,
  type HistoryEntry,
  type HistoryKey,
  historyKey,
  readHistoryPage,
} from '../../../clinic/settings/find-history.ts'
import { calendarDate } from '../../../clinic/shapes.ts'
import type { AppEnv } from '../../../http/app-env.ts'
import { sendCsv } from '../../csv.ts'
import { frameOf } from '../../frame.ts'
import { readKey } from '../../page-key.ts'
import { HistoryPage } from './history-page.tsx'
import { changedFields, subjectOf } from './in-words.ts'

/** What was changed of the clinic's set-up. */
export const history = new Hono<AppEnv>()

const changesAPage = 50
const changesAtOnce = 1000
const day = 24 * 60 * 60 * 1000
const { subject, key, accountId } = findHistoryInput.shape

/** What cannot be read counts as not chosen. Days are those of UTC, like the times that are shown. */
function readFilter(c: Context<AppEnv>): Omit<FindHistory, 'limit'> {
  const written = (name: string) => c.req.query(name) || undefined
  const from = calendarDate.optional().safeParse(written('from')).data
  const to = calendarDate.optional().safeParse(written('to')).data
  return {
    subject: subject.safeParse(written('subject')).data,
    key: key.safeParse(written('key')).data,
    accountId: accountId.safeParse(written('account')).data,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(new Date(to).getTime() + day),
    after: readKey(written('after'), historyKey),
  }
}

history.get('/history', async (c) => {
  const content = await readHistoryPage(c.var.clinic, { ...readFilter(c), limit: changesAPage })
  const written = (name: string) => c.req.query(name) ?? ''
  const filter = {
    subject: written('subject'),
    key: written('key'),
    account: written('account'),
    from: written('from'),
    to: written('to'),
  }
  return c.html(<HistoryPage frame={frameOf(c)} content={content} filter={filter} />)
})

const columns = [
  'id',
  'at',
  'subject',
  'key',
  'what',
  'field',
  'before',
  'after',
  'by',
  'account_id',
  'api_key',
]

/** A line for each field that changed. The whole of it, read page by page while it is sent. */
history.get('/history.csv', async (c) => {
  const { clinic, copy } = c.var
  const filter = readFilter(c)
  const first = await findHistory(clinic, { ...filter, limit: changesAtOnce })
  return sendCsv(c, 'history', columns, linesOf(clinic, filter, first), ({ entry, field, before, after }) => [
    entry.id,
    entry.at.toISOString(),
    entry.subject,
    entry.key,
    subjectOf(copy, entry),
    field,
    before,
    after,
    entry.by ?? '',
    entry.accountId ?? '',
    entry.apiKey ?? '',
  ])

  async function* linesOf(ctx: ClinicContext, wish: typeof filter, start: typeof first) {
    let { entries, next }: { entries: HistoryEntry[]; next: HistoryKey | null } = start
    while (true) {
      for (const entry of entries) yield* fieldsOf(entry)
      if (next === null) return
      ;({ entries, next } = await findHistory(ctx, { ...wish, after: next, limit: changesAtOnce }))
    }
  }

  function* fieldsOf(entry: HistoryEntry) {
    const { added, removed } = copy.admin.history
    if (entry.before === null || entry.after === null) {
      yield { entry, field: entry.before === null ? added : removed, before: '', after: '' }
    }
    for (const { label, before, after } of changedFields(copy, entry))
      yield { entry, field: label, before, after }
  }
})
