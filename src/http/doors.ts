interface DoorFacts {
  /** Which requests come through it; the first door that matches is the one. */
  paths: RegExp
  /** Which of its paths are about appointments: refused writes there are counted. The group is an appointment's id. */
  appointments: RegExp
  /** Where a path names a doctor; the group is the id. */
  doctor?: RegExp
}

/**
 * Every door that people and systems come in by. A new door is one entry here, and its routes mounted in app.tsx. The
 * log, the failure counts, the health page and the API's description follow from it.
 */
const doors = {
  api: {
    paths: /^\/(api(\/|$)|healthz$)/,
    appointments: /^\/api\/v1\/(?:appointments|holds|walk-ins)\b(?:\/(\d{1,15})\b)?/,
    doctor: /\/doctors\/(\d{1,15})\b/,
  },
  providers: {
    paths: /^\/providers(\/|$)/,
    appointments: /^(?!)/,
  },
  web: {
    paths: /^\//,
    appointments: /^\/(?:appointments|booking(?:\/\w+)?)\b(?:\/(\d{1,15})\b)?/,
  },
} satisfies Record<string, DoorFacts>

export type Door = keyof typeof doors

export const doorNames = Object.keys(doors) as Door[]

const facts: Record<Door, DoorFacts> = doors

/** The door that answers a path. */
export function doorOf(path: string): Door {
  return doorNames.find((door) => facts[door].paths.test(path)) ?? 'web'
}

/** Whether a request for this path, or for a route with this pattern, is about an appointment. */
export function isAboutAppointments(path: string): boolean {
  return facts[doorOf(path)].appointments.test(path)
}

/** The appointment and the doctor that a path names. */
export function idsIn(path: string): { appointment: string | undefined; doctor: string | undefined } {
  const { appointments, doctor } = facts[doorOf(path)]
  return { appointment: appointments.exec(path)?.[1], doctor: doctor?.exec(path)?.[1] }
}
