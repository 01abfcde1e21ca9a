import type { Slot } from '../../clinic/availability/find-open-slots.ts'
import type { BookingRefusal, HoldRefusal } from '../../clinic/refusals.ts'
import type { Copy } from '../../i18n/en.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import type { Finder } from '../read-finder.ts'
import { Layout } from '../ui/layout.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { SlotGroups } from '../ui/slot-groups.tsx'
import { SlotForm } from './slot-form.tsx'
import { TooManyAppointments } from './too-many.tsx'

/** Why a slot cannot be held, or is no longer held. */
export type Loss = BookingRefusal | HoldRefusal | 'wrong_status'

interface SlotLostPageProps {
  frame: Frame
  loss: Loss
  nearest: Slot[]
  finder: Finder
}

/** Why the slot is not the visitor's, and the closest free times. */
export function SlotLostPage({ frame, loss, nearest, finder }: SlotLostPageProps) {
  const { copy } = frame
  const title = titleOf(copy, loss)
  return (
    <Layout frame={frame} title={title}>
      <div class="lead">
        <h1>{copy.booking.title}</h1>
        <Refusal title={title} reason={reasonOf(copy, loss)}>
          {loss === 'too_many_appointments' && <TooManyAppointments copy={copy} phone={frame.phone} />}
        </Refusal>
      </div>
      {loss !== 'too_many_appointments' && <Nearest {...{ copy, nearest, finder }} />}
    </Layout>
  )
}

function Nearest({ copy, nearest, finder }: Pick<SlotLostPageProps, 'nearest' | 'finder'> & { copy: Copy }) {
  const words = copy.lost
  return (
    <section class="slots" aria-labelledby="nearest-title">
      <h2 id="nearest-title">{nearest.length > 0 ? words.nearest : words.none}</h2>
      {nearest.length > 0 && (
        <SlotForm finder={finder}>
          <SlotGroups copy={copy} slots={nearest} namesDoctors />
        </SlotForm>
      )}
      <p>
        <a class="button quiet" href={`${paths.booking({ ...finder })}#slots`}>
          {words.allTimes}
        </a>
      </p>
    </section>
  )
}

function titleOf({ lost }: Copy, loss: Loss): string {
  if (loss === 'slot_taken') return lost.taken
  if (loss === 'hold_expired' || loss === 'wrong_status') return lost.expired
  if (loss === 'too_many_appointments') return lost.tooManyAppointments
  return loss === 'too_many_holds' ? lost.tooMany : lost.refused
}

function reasonOf({ lost, refused }: Copy, loss: Loss): string {
  if (loss in lost.reasons) return lost.reasons[loss as keyof Copy['lost']['reasons']]
  return refused.reasons[loss as BookingRefusal]
}
