import type { Fault } from '../../clinic/refusals.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'

interface RestorePageProps {
  frame: Frame
  accountId: number
  values: { email: string; reason: string }
  faults?: { email?: Fault | undefined; reason?: Fault | undefined }
}

/** For the front desk: gives the account of a person who lost their mailbox another address. */
export function RestorePage({ frame, accountId, values, faults = {} }: RestorePageProps) {
  const { copy } = frame
  const words = copy.restoring
  const problemOf = (fault: Fault | undefined) => fault && copy.faults[fault]
  return (
    <Layout frame={frame} title={words.title}>
      <form class="card narrow" method="post" action={paths.restoredEmail(accountId)}>
        <h1>{words.title}</h1>
        <p>{words.intro}</p>
        <p class="hint">{words.accountNumber(accountId)}</p>
        <TextField
          name="email"
          label={words.email}
          type="email"
          value={values.email}
          autocomplete="off"
          problem={faults.email === 'already_there' ? words.taken : problemOf(faults.email)}
        />
        <TextField
          name="reason"
          label={words.reason}
          hint={words.reasonHint}
          value={values.reason}
          autocomplete="off"
          problem={problemOf(faults.reason)}
        />
        <button type="submit">{words.submit}</button>
      </form>
    </Layout>
  )
}

/** After it was done. */
export function RestoredPage({ frame, email }: { frame: Frame; email: string }) {
  const words = frame.copy.restoring
  return (
    <Layout frame={frame} title={words.doneTitle}>
      <section class="card message">
        <h1>{words.doneTitle}</h1>
        <p>
          {words.done}{' '}
          <b>
            <bdi>{email}</bdi>
          </b>
        </p>
      </section>
    </Layout>
  )
}
