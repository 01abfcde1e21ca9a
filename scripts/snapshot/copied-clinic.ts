import { closures } from '../../drizzle/schema/closures.ts'
import { doctorLocations } from '../../drizzle/schema/doctor-locations.ts'
import { doctorVisitTypes } from '../../drizzle/schema/doctor-visit-types.ts'
import { doctors } from '../../drizzle/schema/doctors.ts'
import { locations } from '../../drizzle/schema/locations.ts'
import { resourceAbsences } from '../../drizzle/schema/resource-absences.ts'
import { resourceHours } from '../../drizzle/schema/resource-hours.ts'
import { resources } from '../../drizzle/schema/resources.ts'
import { timeOff } from '../../drizzle/schema/time-off.ts'
import { travelTimes } from '../../drizzle/schema/travel-times.ts'
import { visitTypeNeeds } from '../../drizzle/schema/visit-type-needs.ts'
import { visitTypes } from '../../drizzle/schema/visit-types.ts'
import { weeklyHours } from '../../drizzle/schema/weekly-hours.ts'
import { type CopiedTable, copied } from './columns.ts'
import { address, email, freeText, personName, phone, placeName } from './pseudonyms.ts'

/** What the clinic offers. Public data about visits is kept unchanged. */
export const clinicTables: CopiedTable[] = [
  copied(locations, {
    id: 'keep',
    name: placeName,
    timeZone: 'keep',
    address,
    phone,
    directions: freeText,
    email,
    wantedMessages: 'keep',
    isActive: 'keep',
    isListed: 'keep',
    sortOrder: 'keep',
  }),
  copied(travelTimes, { oneLocationId: 'keep', otherLocationId: 'keep', minutes: 'keep' }),
  copied(doctors, {
    id: 'keep',
    resourceId: 'keep',
    role: 'keep',
    isActive: 'keep',
    isListed: 'keep',
    sortOrder: 'keep',
    locationId: 'keep',
    name: personName,
    specialty: 'keep',
    gridMinutes: 'keep',
  }),
  copied(doctorLocations, { doctorId: 'keep', locationId: 'keep' }),
  copied(resources, {
    id: 'keep',
    locationId: 'keep',
    type: 'keep',
    kind: 'keep',
    name: placeName,
    sortOrder: 'keep',
    isActive: 'keep',
  }),
  copied(resourceHours, {
    id: 'keep',
    resourceId: 'keep',
    weekday: 'keep',
    opensAt: 'keep',
    closesAt: 'keep',
  }),
  copied(resourceAbsences, {
    id: 'keep',
    resourceId: 'keep',
    startsAt: 'keep',
    endsAt: 'keep',
    reason: freeText,
  }),
  copied(weeklyHours, {
    id: 'keep',
    doctorId: 'keep',
    locationId: 'keep',
    weekday: 'keep',
    opensAt: 'keep',
    closesAt: 'keep',
    startsOn: 'keep',
    endsOn: 'keep',
  }),
  copied(visitTypes, {
    id: 'keep',
    name: 'keep',
    mode: 'keep',
    minutes: 'keep',
    bufferBeforeMinutes: 'keep',
    bufferAfterMinutes: 'keep',
    noticeMinutes: 'keep',
    horizonDays: 'keep',
    cancellationNoticeMinutes: 'keep',
    dailyCap: 'keep',
    bookableOnline: 'keep',
    sortOrder: 'keep',
    isActive: 'keep',
    requiresApproval: 'keep',
    approvalHours: 'keep',
    capacity: 'keep',
    reminderDays: 'keep',
    isSilent: 'keep',
    bring: 'keep',
    preparation: 'keep',
  }),
  copied(doctorVisitTypes, { doctorId: 'keep', visitTypeId: 'keep' }),
  copied(visitTypeNeeds, {
    id: 'keep',
    visitTypeId: 'keep',
    type: 'keep',
    role: 'keep',
    specialty: 'keep',
    kinds: 'keep',
    beforeMinutes: 'keep',
    afterMinutes: 'keep',
  }),
  copied(timeOff, {
    id: 'keep',
    doctorId: 'keep',
    locationId: 'keep',
    startsAt: 'keep',
    endsAt: 'keep',
    kind: 'keep',
    reason: freeText,
  }),
  copied(closures, { id: 'keep', locationId: 'keep', startsAt: 'keep', endsAt: 'keep', reason: freeText }),
]
