import type * as z from 'zod'
import type { concernedByZone, linkedLocation, zoneConflict } from '../time-zone-answers.ts'

const now = {
  start_at: '2026-11-23T02:00:00.000000Z',
  start_local: '2026-11-23T09:00',
  time_zone: 'Asia/Jakarta',
}

export const concernedExample: z.output<typeof concernedByZone> = {
  appointment_count: 214,
  session_count: 2,
  hold_count: 1,
  patient_count: 180,
  examples: [
    {
      appointment_id: 56,
      doctor_name: 'dr. Sari Wijaya',
      patient_name: 'Budi Santoso',
      now,
      clock_time: {
        start_at: '2026-11-23T01:00:00.000000Z',
        start_local: '2026-11-23T09:00',
        time_zone: 'Asia/Makassar',
      },
      instant: {
        start_at: '2026-11-23T02:00:00.000000Z',
        start_local: '2026-11-23T10:00',
        time_zone: 'Asia/Makassar',
      },
    },
  ],
}

const named = {
  id: 56,
  doctor_name: 'dr. Sari Wijaya',
  patient_name: 'Budi Santoso',
  location_name: 'Menteng',
  ...now,
}

export const conflictExample: z.output<typeof zoneConflict> = {
  reason: 'patient_busy',
  appointment: named,
  other: { ...named, id: 57, doctor_name: 'dr. Adi Nugroho', location_name: 'Kemang' },
}

export const linkedLocationExample: z.output<typeof linkedLocation> = {
  id: 3,
  name: 'Kemang',
  time_zone: 'Asia/Jakarta',
  doctors: [{ id: 7, name: 'dr. Sari Wijaya' }],
}
