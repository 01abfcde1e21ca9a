import type { ResolveTxt } from '../../channels/dns.ts'
import { isSpf, mostLookups, readSpf } from './read-spf.ts'

type DomainFinding =
  | 'ok'
  | 'missing'
  | 'no_answer'
  /** Several records, of which receivers read none. */
  | 'several'
  | 'malformed'
  /** SPF: it allows everyone. */
  | 'lets_everyone_send'
  /** SPF: it does not name those who send for the clinic. */
  | 'lacks_provider'
  /** SPF: it includes a domain that has no record. */
  | 'dead_include'
  | 'too_many_lookups'
  /** DKIM: the key has been withdrawn. */
  | 'revoked'
  /** DKIM: nobody has said under which name the key is. */
  | 'no_selector'
  /** DMARC: it is there, but asks receivers to do nothing. */
  | 'only_watches'

/** Whether receivers can tell the clinic's mail from forgeries, by one kind of record. */
export interface DomainCheck {
  record: 'spf' | 'dkim' | 'dmarc'
  verdict: 'ok' | 'missing' | 'wrong' | 'unknown'
  finding: DomainFinding
  /** Where the record is, or should be. */
  name: string
  /** What is there now. */
  found: string[]
  /** What should be there; null where only the provider can say. */
  expected: string | null
}

interface CheckDomain {
  /** The clinic's sending address. */
  address: string
  provider: string
  /** Under which name the mail server's key is; Resend and Cloudflare have their own. */
  dkimSelector?: string | undefined
}

interface Sender {
  /** The subdomain to which mails come back, whose SPF record counts. */
  returnPath: string
  include: string | null
  selector: string | undefined
}

/** https://resend.com/docs/dashboard/domains/introduction, https://developers.cloudflare.com/email-service/configuration/domains/ */
const senders: Record<string, Sender> = {
  resend: { returnPath: 'send.', include: 'amazonses.com', selector: 'resend' },
  cloudflare: { returnPath: 'cf-bounce.', include: '_spf.mx.cloudflare.net', selector: 'cf-bounce' },
}

/** Looks up SPF, DKIM and DMARC of the domain that the clinic sends from. */
export async function checkDomain(
  resolve: ResolveTxt,
  { address, provider, dkimSelector }: CheckDomain,
): Promise<DomainCheck[]> {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase()
  const { returnPath, include, selector } = senders[provider] ?? {
    returnPath: '',
    include: null,
    selector: undefined,
  }
  return Promise.all([
    orUnknown('spf', `${returnPath}${domain}`, (name) => checkSpf(resolve, name, include)),
    checkDkim(resolve, domain, dkimSelector ?? selector),
    orUnknown('dmarc', `_dmarc.${domain}`, (name) => checkDmarc(resolve, name)),
  ])
}

type Checked = Omit<DomainCheck, 'record' | 'name' | 'verdict'> & { name?: string }

async function orUnknown(
  record: DomainCheck['record'],
  name: string,
  check: (name: string) => Promise<Checked>,
): Promise<DomainCheck> {
  const noAnswer: Checked = { finding: 'no_answer', found: [], expected: null }
  const checked = await check(name).catch(() => noAnswer)
  return { record, name, ...checked, verdict: verdictOf(checked.finding) }
}

function verdictOf(finding: DomainFinding): DomainCheck['verdict'] {
  if (finding === 'ok' || finding === 'only_watches') return 'ok'
  if (finding === 'no_answer' || finding === 'no_selector') return 'unknown'
  return finding === 'missing' ? 'missing' : 'wrong'
}

async function checkSpf(resolve: ResolveTxt, name: string, include: string | null): Promise<Checked> {
  const found = (await resolve(name)).filter(isSpf)
  const [record] = found
  const wanted = include ? `v=spf1 include:${include} ~all` : null
  if (!record) return { finding: 'missing', found, expected: wanted }
  if (found.length > 1) return { finding: 'several', found, expected: wanted }
  const spf = await readSpf(record, resolve)
  const fits = !include || spf.included.includes(include)
  const expected = fits ? null : record.replace(/^v=spf1/i, `v=spf1 include:${include}`)
  if (spf.letsEveryoneSend) return { finding: 'lets_everyone_send', found, expected: withoutAll(record) }
  if (!fits) return { finding: 'lacks_provider', found, expected }
  if (spf.lookups > mostLookups) return { finding: 'too_many_lookups', found, expected: null }
  return { finding: spf.deadInclude ? 'dead_include' : 'ok', found, expected: null }
}

const withoutAll = (record: string) => record.replace(/\s\+?all(?=\s|$)/i, ' ~all')

async function checkDkim(
  resolve: ResolveTxt,
  domain: string,
  selector: string | undefined,
): Promise<DomainCheck> {
  if (!selector) {
    const [finding, name] = ['no_selector', `_domainkey.${domain}`] as const
    return { record: 'dkim', name, verdict: verdictOf(finding), finding, found: [], expected: null }
  }
  return orUnknown('dkim', `${selector}._domainkey.${domain}`, async (name) => {
    const found = await resolve(name)
    return { finding: findingOfKeys(found), found, expected: null }
  })
}

/** RFC 6376, 3.6.1. */
function findingOfKeys(records: string[]): DomainFinding {
  const [record] = records
  if (!record) return 'missing'
  if (records.length > 1) return 'several'
  const { v = 'DKIM1', p } = tagsOf(record)
  if (p === undefined || v !== 'DKIM1') return 'malformed'
  return p === '' ? 'revoked' : 'ok'
}

/** A subdomain without a record of its own has that of the domain above it (RFC 7489, 6.6.3). */
async function checkDmarc(resolve: ResolveTxt, name: string): Promise<Checked> {
  const labels = name.replace(/^_dmarc\./, '').split('.')
  for (let above = 0; labels.length - above >= 2; above++) {
    const here = `_dmarc.${labels.slice(above).join('.')}`
    const found = (await resolve(here)).filter((record) => /^v=DMARC1\s*(;|$)/.test(record))
    const finding = findingOfPolicies(found, above > 0)
    if (finding)
      return { name: here, finding, found, expected: finding === 'malformed' ? startingPolicy : null }
  }
  return { finding: 'missing', found: [], expected: startingPolicy }
}

const startingPolicy = 'v=DMARC1; p=none'

/** Null if the domain says nothing about the clinic's. */
function findingOfPolicies(records: string[], isAbove: boolean): DomainFinding | null {
  const { p, sp = p, psd } = tagsOf(records[0] ?? '')
  // A registry's record speaks for everyone below its suffix.
  if (records.length === 0 || (isAbove && psd === 'y')) return null
  if (records.length > 1) return 'several'
  const policy = (isAbove ? sp : p) ?? ''
  if (policy === 'none') return 'only_watches'
  return ['quarantine', 'reject'].includes(policy) ? 'ok' : 'malformed'
}

/** `v=DMARC1; p=none` as an object. */
function tagsOf(record: string): Partial<Record<string, string>> {
  const pairs = record.split(';').map((pair) => pair.trim().split(/\s*=\s*/))
  return Object.fromEntries(pairs.map(([name = '', ...value]) => [name, value.join('=').replace(/\s/g, '')]))
}
