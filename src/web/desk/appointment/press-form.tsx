import type { PropsWithChildren } from 'hono/jsx'
import type { Copy } from '../../../i18n/en.ts'
import { FormKey, newFormKey } from '../../form-key.tsx'
import { paths } from '../../paths.ts'
import type { Press } from './said.ts'

/** What every form of the page carries: the version it was made from, and where to go afterwards. */
export interface Target {
  id: number
  version: number
  returnTo: string
}

/** A form of the page. */
export function DeskForm({
  action,
  target,
  press,
  look,
  children,
}: PropsWithChildren<{ action: string; target: Target; press?: Press; look?: string }>) {
  return (
    <form method="post" action={action} class={look} data-key={press && keys[press]}>
      <FormKey value={newFormKey()} />
      <input type="hidden" name="version" value={String(target.version)} />
      <input type="hidden" name="return_to" value={target.returnTo} />
      {children}
    </form>
  )
}

/** The letters that the script lets staff press. */
const keys: Partial<Record<Press, string>> = {
  arrival: 'a',
  start: 's',
  completion: 'd',
  'no-show': 'x',
  undo: 'z',
}

const addresses: Record<Press, (id: number) => string> = {
  arrival: paths.deskArrival,
  start: paths.deskStart,
  completion: paths.deskCompletion,
  'no-show': paths.deskNoShow,
  undo: paths.deskUndo,
  cancellation: paths.deskCancellation,
  note: paths.deskNote,
  confirmation: paths.deskConfirmation,
  decline: paths.deskDecline,
  'visit-type': paths.deskVisitType,
}

export const addressOf = (press: Press, id: number) => addresses[press](id)

export function labelOf({ desk: { appointment } }: Copy, press: Press): string {
  const { actions } = appointment
  const labels: Record<Press, string> = {
    arrival: actions.arrived,
    start: actions.start,
    completion: actions.done,
    'no-show': actions.noShow,
    undo: actions.undo,
    cancellation: actions.cancel,
    note: actions.note,
    confirmation: actions.confirm,
    decline: actions.decline,
    'visit-type': actions.changeType,
  }
  return labels[press]
}

/** A form of one button. */
export function PressButton({
  copy,
  press,
  target,
  isMain = false,
  label,
}: {
  copy: Copy
  press: Press
  target: Target
  isMain?: boolean
  label?: string
}) {
  return (
    <DeskForm action={addressOf(press, target.id)} target={target} press={press}>
      <button class={isMain ? 'btn main' : 'btn'} type="submit">
        {label ?? labelOf(copy, press)}
      </button>
    </DeskForm>
  )
}
