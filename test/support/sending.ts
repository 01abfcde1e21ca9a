import { findEvents } from '../../src/clinic/appointments/find-events.ts'
import type { ClinicContext } from '../../src/clinic/context.ts'
import type { Clinic } from './clinic.ts'
import { hireDoctor, openAccount, registerPatient } from './people.ts'

/** A Monday, 08:00 in Jakarta. */
export const morning = new Date('2026-11-23T01:00:00Z')

/** The fingerprint of a request; another digit stands for another request. */
export const fingerprint = (digit = 'a') => digit.repeat(64)

/** A front desk that sends requests with an idempotency key. */
export async function openSendingDesk({ sql, context }: Clinic) {
  const accountId = await openAccount(sql, { role: 'front_desk' })
  const actor = { kind: 'front_desk', accountId } as const
  let keys = 0
  const count = async (of: string, values: unknown[] = []): Promise<number> =>
    (await sql.query(`select count(*)::int as many from ${of}`, values)).rows[0].many
  return {
    accountId,
    newKey: () => `key ${++keys} of ${accountId}`,
    withKey: (key: string, particulars: Partial<ClinicContext> = {}) =>
      context({ now: morning, actor, idempotency: { key, fingerprint: fingerprint() }, ...particulars }),
    withoutKey: () => context({ now: morning, actor }),
    count,
    claims: (key: string) => count('idempotency_keys where key = $1', [key]),
    appointmentsOf: (doctorId: number) => count('appointments where doctor_id = $1', [doctorId]),
    kindsOf: async (id: number) =>
      (await findEvents(context({ now: morning, actor }), id)).map(({ kind }) => kind),
    patientsNamed: (name: string) => count('patients where name = $1', [name]),
    /** A time with a new doctor for a new patient. */
    async wish() {
      const [doctorId, patientId] = [await hireDoctor(sql), await registerPatient(sql)]
      return { doctorId, patientId, startAt: '2026-11-24T02:00:00Z', endAt: '2026-11-24T02:30:00Z' }
    },
  }
}

export const different = (answers: unknown[]) => new Set(answers.map((answer) => JSON.stringify(answer))).size
