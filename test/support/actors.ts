import type { Actor } from '../../src/clinic/context.ts'

export const anonymous: Actor = { kind: 'anonymous' }
export const desk: Actor = { kind: 'front_desk', accountId: 7 }
export const doctor: Actor = { kind: 'doctor', accountId: 5, doctorId: 1 }

/** Each patient has an account id of their own, but no account: the clinic's caps on accounts do not bind them. */
export function patient(...patientIds: number[]): Actor {
  return { kind: 'patient', accountId: 1_000_000 + (patientIds[0] ?? 0), patientIds }
}
