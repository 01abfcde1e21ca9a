import { callsForSlots } from './calls-for-slots.ts'
import { callsToBook } from './calls-to-book.ts'
import { callsToFind } from './calls-to-find.ts'
import { callsToHold } from './calls-to-hold.ts'
import { callsToManage } from './calls-to-manage.ts'
import type { Explained } from './clinic.ts'
import { type Recorder, TooSlow } from './recorder.ts'

/** Calls every verb and every find of the clinic, in all their variants, one after the other. */
export async function everyCall(clinic: Explained, recorder: Recorder): Promise<void> {
  for (const calls of [...callsForSlots, ...callsToFind, ...callsToBook, ...callsToHold, ...callsToManage])
    await calls(clinic, recorder).catch((error) => {
      if (!(error instanceof TooSlow)) throw error
    })
}
