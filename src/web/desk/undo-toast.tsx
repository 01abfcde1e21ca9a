import { raw } from 'hono/html'
import type { UndoOffer } from '../../clinic/day/undo-offer.ts'
import { formatTime } from '../../i18n/dates.ts'
import { FormKey, newFormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { shownName } from '../ui/patient-name.tsx'
import { isTold } from './appointment/sayings.tsx'
import { nameOf } from './day/patient-name.ts'

/** What the person has just done, with its undo, until somebody is told of it or a script closes it. */
export function UndoToast({ frame: { copy, here }, offer }: { frame: Frame; offer: UndoOffer | null }) {
  const { did, tellsAt, actions } = copy.desk.appointment
  if (!offer) return null
  const { id, version, kind, patient, toldLocal, seconds } = offer
  const what = did[kind]
  if (!what) return null
  const told = toldLocal && isTold(kind) ? tellsAt(formatTime(toldLocal, copy.language)) : ''
  return (
    <div class="toast" id="undo" role="status" data-for={`${id}.${version}`} data-seconds={seconds}>
      <span>
        <b>{what}</b> {patient && raw(String(nameOf(shownName(copy, patient))))}
        {patient && told && ' · '}
        {told}
      </span>
      <form method="post" action={paths.deskUndo(id)} data-key="z">
        <FormKey value={newFormKey()} />
        <input type="hidden" name="version" value={version} />
        <input type="hidden" name="return_to" value={here} />
        <button type="submit">{actions.undo}</button>
      </form>
      <button class="close" type="button" hidden>
        {copy.desk.script.close}
      </button>
    </div>
  )
}
