import { timeOffInput } from '../../../clinic/availability/absence.ts'
import type { Absentee } from '../../../clinic/availability/absence-reach.ts'
import type { TimeOffKind } from '../../../clinic/availability/absence-row.ts'
import type { Whose } from '../../../clinic/availability/change-block.ts'
import type { ExtraHours } from '../../../clinic/availability/extra-hours.ts'
import type { Fault } from '../../../clinic/refusals.ts'
import { id } from '../../../clinic/shapes.ts'
import { readFields, type Written } from '../../read-form.ts'

const blockFields = [
  'location_id',
  'on',
  /** Who or what, such as `doctor:12`. */
  'whose',
  'kind',
  'reason',
  'start_local',
  'end_local',
  'everywhere',
  /** The entry that it changes. */
  'replaces',
] as const
type BlockField = (typeof blockFields)[number]

export type BlockValues = Record<BlockField, string>
/** A fault of a field; those of extra hours have words of their own. */
type BlockFault = Fault | 'onlyDoctors' | 'oneDay'
export type BlockFaults = Partial<Record<BlockField, BlockFault>>
export type BlockProblems = Partial<Record<BlockField, string | undefined>>

export const blockValuesIn = (written: Written): BlockValues =>
  Object.fromEntries(blockFields.map((name) => [name, written(name)])) as BlockValues

const absentees: readonly string[] = ['doctor', 'resource', 'location'] satisfies Absentee[]

export function readWhose(written: string): Whose | null {
  const [absentee = '', of] = written.split(':')
  const ofId = id.safeParse(of).data
  return ofId !== undefined && absentees.includes(absentee) ? { absentee: absentee as Absentee, ofId } : null
}

export interface ReadBlock {
  whose: Whose
  everywhere: boolean
  input: {
    startLocal: string
    endLocal: string
    reason?: string | undefined
    kind?: TimeOffKind | undefined
    locationId?: number | null | undefined
  }
  /** The entry that it changes. */
  replaces: number | null
  /** When it adds hours instead of taking them. */
  hours: ExtraHours | null
}

/** What the form says, or what is wrong with it. */
export function readBlock(
  values: BlockValues,
): { ok: true; block: ReadBlock } | { ok: false; faults: BlockFaults } {
  const isHours = values.kind === 'hours' && values.replaces === ''
  const written: Written = (name) => (isHours && name === 'kind' ? '' : values[name as BlockField])
  const { startLocal, endLocal, reason, kind } = timeOffInput.shape
  const read = readFields(written, { startLocal, endLocal, reason, kind })
  const whose = readWhose(values.whose)
  if (!whose) return { ok: false, faults: { ...read.faults, whose: 'missing' } }
  if (!read.ok) return { ok: false, faults: read.faults }
  const isOfDoctor = whose.absentee === 'doctor'
  const everywhere = isOfDoctor && values.everywhere !== ''
  const locationId = everywhere ? null : id.safeParse(values.location_id).data
  const input = { ...read.values, ...(isOfDoctor ? { locationId } : { kind: undefined }) }
  const whole = timeOffInput.safeParse(input)
  if (!whole.success) return { ok: false, faults: { end_local: whole.error.issues[0]?.message as Fault } }
  const replaces = id.safeParse(values.replaces).data ?? null
  if (!isHours) return { ok: true, block: { whose, everywhere, input, replaces, hours: null } }
  const faults = faultsOfHours(whose, input)
  if (faults) return { ok: false, faults }
  const hours = hoursIn(input, id.safeParse(values.location_id).data ?? 0)
  return { ok: true, block: { whose, everywhere: false, input, replaces, hours } }
}

interface Span {
  startLocal: string
  endLocal: string
}

const isMidnight = (local: string) => local.slice(11, 16) === '00:00'

function faultsOfHours({ absentee }: Whose, { startLocal, endLocal }: Span): BlockFaults | null {
  if (absentee !== 'doctor') return { whose: 'onlyDoctors' }
  const days = Date.parse(endLocal.slice(0, 10)) - Date.parse(startLocal.slice(0, 10))
  const isOneDay = days === 0 || (days === 86_400_000 && isMidnight(endLocal))
  return isOneDay ? null : { end_local: 'oneDay' }
}

const hoursIn = ({ startLocal, endLocal }: Span, locationId: number): ExtraHours => ({
  locationId,
  on: startLocal.slice(0, 10),
  opensAt: startLocal.slice(11, 16),
  closesAt: isMidnight(endLocal) ? '24:00' : endLocal.slice(11, 16),
})
