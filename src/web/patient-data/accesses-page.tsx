import type { PatientAccess, PatientAccesses } from '../../clinic/patients/find-accesses.ts'
import { formatInstant } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import type { Frame } from '../frame.ts'
import { PatientLogPage } from './patient-log-page.tsx'

interface AccessesPageProps extends PatientAccesses {
  frame: Frame
  back: { path: string; label: string }
  /** The address of the page with older entries. */
  older: string | null
}

/** Who opened a patient's record, newest first. */
export function AccessesPage({ accesses, ...page }: AccessesPageProps) {
  const { copy } = page.frame
  const words = copy.personalData
  return (
    <PatientLogPage title={words.whoLooked} intro={words.whatCounts} {...page}>
      <section class="card">
        {accesses.length > 0 ? <AccessTable copy={copy} accesses={accesses} /> : <p>{words.nobodyLooked}</p>}
      </section>
    </PatientLogPage>
  )
}

interface AccessTableProps {
  copy: Copy
  /** At least one. */
  accesses: PatientAccess[]
}

function AccessTable({ copy, accesses }: AccessTableProps) {
  const words = copy.personalData
  return (
    <table class="log">
      <thead>
        <tr>
          <th scope="col">{words.who}</th>
          <th scope="col">{words.when}</th>
        </tr>
      </thead>
      <tbody>
        {accesses.map((access) => (
          <tr>
            <td>
              <Who copy={copy} access={access} />
              <p class="hint">{words.opened[access.what]}</p>
            </td>
            <td>
              <time datetime={access.at.toISOString()}>{formatInstant(access.at, copy.language)}</time>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Who({ copy, access: { actorKind, isByKey, account } }: { copy: Copy; access: PatientAccess }) {
  const words = copy.personalData
  const role = words.actors[actorKind]
  return (
    <>
      {account?.name ? (
        <>
          <bdi>{account.name}</bdi>
          {` · ${role}`}
        </>
      ) : (
        role
      )}
      {isByKey && ` · ${words.withKey}`}
    </>
  )
}
