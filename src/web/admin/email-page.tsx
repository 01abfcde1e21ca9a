import type { DomainCheck } from '../../clinic/messages/check-domain.ts'
import type { Copy } from '../../i18n/en.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { AdminLayout } from './admin-layout.tsx'

interface EmailPageProps {
  frame: Frame
  checks: DomainCheck[]
}

/** For an admin: whether receivers can tell the clinic's mail from forgeries, and what to add to the DNS. */
export function EmailPage({ frame, checks }: EmailPageProps) {
  const { copy } = frame
  const words = copy.emailDomain
  return (
    <AdminLayout
      frame={frame}
      title={words.title}
      page="emailDomain"
      sub={words.intro}
      actions={
        <a class="btn" href={paths.emailDomain()}>
          {copy.health.refresh}
        </a>
      }
    >
      {checks.map((check) => (
        <Check copy={copy} check={check} />
      ))}
    </AdminLayout>
  )
}

const symbols = { ok: '✓', missing: '✕', wrong: '!', unknown: '?' }
/** As messages are shown, whose colours these are. */
const looks = { ok: 'sent', missing: 'failed', wrong: 'failed', unknown: 'due' }

function Check({ copy, check }: { copy: Copy; check: DomainCheck }) {
  const { record, verdict, finding, name, found, expected } = check
  const words = copy.emailDomain
  const findings: Partial<Record<typeof finding, string>> = words.findings[record]
  return (
    <section class="card" aria-labelledby={record}>
      <div class={`one-message ${looks[verdict]}`}>
        <h2 class="what" id={record}>
          {words.records[record]}
        </h2>
        <span class="state">
          <span aria-hidden="true">{symbols[verdict]}</span> {words.verdicts[verdict]}
        </span>
        <p>{findings[finding] ?? finding}</p>
        <dl class="dns">
          <dt>TXT</dt>
          <dd>
            <code>{name}</code>
          </dd>
          {found.length > 0 && <Records label={words.found} records={found} />}
          {expected && <Records label={words.expected} records={[expected]} />}
        </dl>
      </div>
    </section>
  )
}

function Records({ label, records }: { label: string; records: string[] }) {
  return (
    <>
      <dt>{label}</dt>
      {records.map((text) => (
        <dd>
          <code>{text}</code>
        </dd>
      ))}
    </>
  )
}
