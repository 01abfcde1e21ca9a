import { callsAtTheDesk } from './calls-at-the-desk.ts'
import { callsForSlots } from './calls-for-slots.ts'
import { callsOfAnAppointment } from './calls-of-an-appointment.ts'
import { callsOfBoundDesks } from './calls-of-bound-desks.ts'
import { callsOfFigures } from './calls-of-figures.ts'
import { callsOfLinks } from './calls-of-links.ts'
import { callsOfSettings } from './calls-of-settings.ts'
import { callsOfTheApi } from './calls-of-the-api.ts'
import { callsOfTheDay } from './calls-of-the-day.ts'
import { watchTheDay } from './calls-of-the-desk.ts'
import { callsOfTimeZones } from './calls-of-time-zones.ts'
import { callsOfWalkIns } from './calls-of-walk-ins.ts'
import { callsToBook } from './calls-to-book.ts'
import { erasePatients } from './calls-to-erase.ts'
import { callsToExplain } from './calls-to-explain.ts'
import { callsToFind } from './calls-to-find.ts'
import { callsToHold } from './calls-to-hold.ts'
import { callsToJoin } from './calls-to-join.ts'
import { callsToManage } from './calls-to-manage.ts'
import { callsToMerge } from './calls-to-merge.ts'
import { callsWithMessages } from './calls-with-messages.ts'
import { callsWithRecords } from './calls-with-records.ts'
import type { Explained } from './clinic.ts'
import { type Recorder, TooSlow } from './recorder.ts'

const everything = [
  callsForSlots,
  callsToExplain,
  callsToFind,
  callsToBook,
  callsToHold,
  callsToJoin,
  callsToManage,
  callsToMerge,
  callsWithRecords,
  callsOfLinks,
  callsWithMessages,
  callsOfTheApi,
  callsOfTheDay,
  callsOfAnAppointment,
  callsOfWalkIns,
  callsOfBoundDesks,
  callsOfFigures,
  callsOfSettings,
  callsOfTimeZones,
  erasePatients,
  watchTheDay,
  callsAtTheDesk,
]

/** Calls every verb and every find in the variants that send other statements, then every operation of the API. */
export async function everyCall(clinic: Explained, recorder: Recorder): Promise<void> {
  for (const calls of everything.flat())
    await calls(clinic, recorder).catch((error) => {
      if (!(error instanceof TooSlow)) throw error
    })
}
