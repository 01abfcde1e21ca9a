import type { PropsWithChildren } from 'hono/jsx'
import type { Slot } from '../../clinic/availability/find-open-slots.ts'
import { toSlotValue } from '../../http/slot-value.ts'
import { cityOf, formatDay, formatTimeAt, withOffset } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'

interface SlotGroupsProps {
  copy: Copy
  slots: Slot[]
  namesDoctors: boolean
}

/** Free times by day and location, in local time; each is a button with the doctor and the start as its `slot`. */
export function SlotGroups({ copy, slots, namesDoctors }: SlotGroupsProps) {
  const groups = Map.groupBy(slots, ({ startLocal, location }) => `${startLocal.slice(0, 10)} ${location.id}`)
  return (
    <>
      {[...groups.values()].map((group) => (
        <SlotGroup copy={copy} slots={group} namesDoctors={namesDoctors} />
      ))}
    </>
  )
}

function SlotGroup({ copy, slots, namesDoctors }: SlotGroupsProps) {
  const [first] = slots
  if (!first) return null
  return (
    <div class="slot-group">
      <h3>
        {formatDay(first.startLocal, copy.language)}{' '}
        <span class="zone">
          {first.location.name}, {copy.timeIn(cityOf(first.timeZone))}
        </span>
      </h3>
      <ul>
        {slots.map((slot) => (
          <li>
            <SlotButton copy={copy} slot={slot}>
              {namesDoctors && (
                <span class="with">
                  <bdi>{slot.doctor.name}</bdi>
                </span>
              )}
            </SlotButton>
          </li>
        ))}
      </ul>
    </div>
  )
}

interface SlotButtonProps {
  copy: Copy
  slot: Slot
}

export function SlotButton({ copy, slot, children }: PropsWithChildren<SlotButtonProps>) {
  const { startAt, startLocal, timeZone, doctor } = slot
  const value = toSlotValue(doctor.id, withOffset(startLocal, startAt))
  return (
    <button class="quiet slot" type="submit" name="slot" value={value}>
      <time datetime={startAt.toISOString()}>
        {formatTimeAt(startLocal, startAt, timeZone, copy.language)}
      </time>
      {children}
    </button>
  )
}
