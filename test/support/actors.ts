import type { Actor } from '../../src/clinic/context.ts'

export const anonymous: Actor = { kind: 'anonymous' }
export const desk: Actor = { kind: 'front_desk', accountId: 7 }
export const doctor: Actor = { kind: 'doctor', accountId: 5, doctorId: 1 }

/** Each has an account of their own, which the clinic's caps bind by itself. */
export function patient(...patientIds: number[]): Actor {
  return { kind: 'patient', accountId: 1_000_000 + (patientIds[0] ?? 0), patientIds }
}
