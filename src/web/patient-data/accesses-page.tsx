import type { PatientAccess, PatientAccesses } from '../../clinic/patients/find-accesses.ts'
import { formatInstant } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import type { Frame } from '../frame.ts'
import { Layout } from '../ui/layout.tsx'
import { PatientName } from '../ui/patient-name.tsx'

interface AccessesPageProps extends PatientAccesses {
  frame: Frame
  back: { path: string; label: string }
  /** The address of the page with older entries. */
  older: string | null
}

/** Who opened a patient's record, newest first. */
export function AccessesPage({ frame, patient, accesses, older, back }: AccessesPageProps) {
  const { copy } = frame
  const words = copy.personalData
  return (
    <Layout frame={frame} title={words.whoLooked}>
      <div class="account">
        <div class="lead">
          <h1>{words.whoLooked}</h1>
          <p>
            <PatientName copy={copy} patient={patient} />
          </p>
          <p>{words.whatCounts}</p>
        </div>
        <section class="card">
          {accesses.length > 0 ? (
            <AccessTable copy={copy} accesses={accesses} />
          ) : (
            <p>{words.nobodyLooked}</p>
          )}
        </section>
        {older && (
          <p>
            <a class="button quiet" rel="next" href={older}>
              {words.older}
            </a>
          </p>
        )}
        <a class="more" href={back.path}>
          {back.label}
        </a>
      </div>
    </Layout>
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
