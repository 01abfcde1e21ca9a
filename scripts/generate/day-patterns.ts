/** A visit type, and the specialties that offer it; null means all. */
export interface Visit {
  id: number
  name: string
  mode: 'in_person' | 'phone' | 'video'
  minutes: number
  before: number
  after: number
  notice: number
  cancellationNotice: number
  cap: number | null
  isOnline: boolean
  specialties: string[] | null
  /** Its weight when visits are drawn. */
  share: number
}

const ordinary = {
  mode: 'in_person',
  before: 0,
  after: 0,
  notice: 60,
  cancellationNotice: 0,
  cap: null,
} as const

export const specialties = [
  'General practice',
  'Paediatrics',
  'Dermatology',
  'Cardiology',
  'Gynaecology',
  'Orthopaedics',
  'Neurology',
  'Ophthalmology',
]

/** A day has at most four blocks of two hours, and two first visits do not fit into one, so their cap holds. */
export const visits: Visit[] = [
  { ...ordinary, id: 1, name: 'Consultation', minutes: 30, isOnline: true, specialties: null, share: 6 },
  {
    ...ordinary,
    id: 2,
    name: 'First visit',
    minutes: 60,
    after: 10,
    notice: 24 * 60,
    cancellationNotice: 24 * 60,
    cap: 4,
    isOnline: true,
    specialties: null,
    share: 2,
  },
  {
    ...ordinary,
    id: 3,
    name: 'Follow-up by phone',
    mode: 'phone',
    minutes: 15,
    isOnline: true,
    specialties: specialties.filter((specialty) => specialty !== 'Dermatology'),
    share: 3,
  },
  {
    ...ordinary,
    id: 4,
    name: 'Video consultation',
    mode: 'video',
    minutes: 20,
    before: 5,
    isOnline: true,
    specialties: ['General practice', 'Paediatrics', 'Neurology'],
    share: 2,
  },
  {
    ...ordinary,
    id: 5,
    name: 'Procedure',
    minutes: 90,
    before: 15,
    after: 15,
    isOnline: false,
    specialties: ['Dermatology', 'Cardiology', 'Orthopaedics', 'Ophthalmology'],
    share: 1,
  },
  // Not drawn: consultations become these where a room is free, and for an ultrasound a device.
  { ...ordinary, id: 6, name: 'Examination', minutes: 30, isOnline: true, specialties: null, share: 0 },
  { ...ordinary, id: 7, name: 'Ultrasound', minutes: 30, isOnline: true, specialties: null, share: 0 },
]

export const grids = [15, 20, 30]
export const blockMinutes = 120
export const patternsOfEach = 24

export interface PatternSlot {
  specialty: string
  grid: number
  pattern: number
  atMinute: number
  visitTypeId: number
}

/**
 * Ways to fill two hours of each kind of doctor with visits that start on the grid and never overlap, buffers included. A
 * doctor's day consists of these, so no overlap has to be searched for.
 */
export function drawPatterns(seed: number): PatternSlot[] {
  const draw = randomNumbers(seed)
  return specialties.flatMap((specialty) =>
    grids.flatMap((grid) =>
      Array.from({ length: patternsOfEach }, (_, pattern) =>
        fillBlock(offeredBy(specialty), grid, draw).map((slot) => ({ specialty, grid, pattern, ...slot })),
      ).flat(),
    ),
  )
}

export function offeredBy(specialty: string): Visit[] {
  return visits.filter((visit) => visit.specialties?.includes(specialty) ?? true)
}

function fillBlock(offered: Visit[], grid: number, draw: () => number) {
  const slots: { atMinute: number; visitTypeId: number }[] = []
  let occupiedUntil = 0
  for (;;) {
    const startOf = (visit: Visit) => Math.ceil((occupiedUntil + visit.before) / grid) * grid
    const endOf = (visit: Visit) => startOf(visit) + visit.minutes + visit.after
    const fitting = offered.filter((visit) => endOf(visit) <= blockMinutes)
    const chosen = choose(fitting, draw())
    if (!chosen) return slots
    slots.push({ atMinute: startOf(chosen), visitTypeId: chosen.id })
    occupiedUntil = endOf(chosen)
  }
}

function choose(from: Visit[], chance: number): Visit | undefined {
  let left = chance * from.reduce((sum, { share }) => sum + share, 0)
  return from.find(({ share }) => {
    left -= share
    return left < 0
  })
}

/** Pseudo-random numbers in [0, 1), the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
