import type { ResolveTxt } from '../../channels/dns.ts'

/** What an SPF record comes to, with all that it includes (RFC 7208). */
export interface Spf {
  /** Beyond ten, receivers ignore the record. */
  lookups: number
  /** Every domain that it includes, itself or through others. */
  included: string[]
  /** A domain that it includes and that has no such record. */
  deadInclude: string | null
  letsEveryoneSend: boolean
}

export const mostLookups = 10

export function isSpf(record: string): boolean {
  return /^v=spf1(\s|$)/i.test(record)
}

export async function readSpf(record: string, resolve: ResolveTxt): Promise<Spf> {
  const spf: Spf = { lookups: 0, included: [], deadInclude: null, letsEveryoneSend: false }
  spf.letsEveryoneSend = /\s\+?all(\s|$)/i.test(record)
  await follow(record, spf, resolve)
  return spf
}

/** The parts of a record that need a lookup. */
const asking = /^[+?~-]?(include:|redirect=|exists:|a\b|mx\b|ptr\b)(.*)$/

async function follow(record: string, spf: Spf, resolve: ResolveTxt): Promise<void> {
  const terms = record.trim().toLowerCase().split(/\s+/).slice(1)
  for (const [, kind = '', of = ''] of terms.flatMap((term) => [asking.exec(term) ?? []])) {
    if (kind) spf.lookups += 1
    if (spf.lookups > mostLookups) return
    // What a macro stands for depends on who sends.
    if (['include:', 'redirect='].includes(kind) && !of.includes('%')) await include(of, spf, resolve)
  }
}

async function include(domain: string, spf: Spf, resolve: ResolveTxt): Promise<void> {
  spf.included.push(domain)
  const [record, another] = (await resolve(domain)).filter(isSpf)
  if (record && !another) await follow(record, spf, resolve)
  else spf.deadInclude ??= domain
}
