import * as z from 'zod'
import { id, instant } from '../clinic/shapes.ts'

/** A slot as a button of a form sends it: the doctor and the start, such as `7/2026-11-23T09:00+07:00`. */
export function toSlotValue(doctorId: number, start: string): string {
  return `${doctorId}/${start}`
}

const slotValue = z.tuple([id, instant]).transform(([doctorId, startAt]) => ({ doctorId, startAt }))

/** What `toSlotValue` wrote; null for anything else. */
export function readSlotValue(written: string | undefined): { doctorId: number; startAt: string } | null {
  return slotValue.safeParse(written?.split('/')).data ?? null
}
