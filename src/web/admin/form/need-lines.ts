/** A need as the API and the history write it. */
interface WrittenNeed {
  type: string
  role?: string
  specialty?: string | null
  kinds?: string[]
  before_minutes: number
  after_minutes: number
}

const line = /^(room|device|role)\s*:\s*([^()]+?)\s*(?:\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\))?$/i

/** One need on each line: `room: ultrasound, x-ray (5, 10)` or `role: nurse, paediatrics`. What is no need stays text. */
export const readNeeds = (text: string): unknown[] =>
  text
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean)
    .map(readNeed)

function readNeed(written: string): unknown {
  const [, type = '', named = '', before = '0', after = '0'] = line.exec(written) ?? []
  if (type === '') return written
  const around = { beforeMinutes: Number(before), afterMinutes: Number(after) }
  const names = named.split(',').map((one) => one.trim())
  if (type.toLowerCase() !== 'role') return { type: type.toLowerCase(), kinds: names, ...around }
  const [role = '', ...specialty] = names
  return { type: 'role', role, specialty: specialty.join(', ') || null, ...around }
}

export const showNeeds = (needs: unknown): string => ((needs ?? []) as WrittenNeed[]).map(showNeed).join('\n')

function showNeed({ type, role, specialty, kinds = [], before_minutes, after_minutes }: WrittenNeed): string {
  const names = type === 'role' ? [role, specialty].filter(Boolean) : kinds
  const around = before_minutes + after_minutes > 0 ? ` (${before_minutes}, ${after_minutes})` : ''
  return `${type}: ${names.join(', ')}${around}`
}
