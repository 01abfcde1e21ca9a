import { html } from 'hono/html'
import type { DayAppointment } from '../../../clinic/day/day.ts'
import type { DeskStatus } from '../../../clinic/day/desk-status.ts'
import { canBeUndone, isOn } from '../../../clinic/day/standing.ts'
import { isolate } from '../../../i18n/isolate.ts'
import { paths } from '../../paths.ts'
import type { DayProps } from './page.ts'

type Action = 'arrival' | 'start' | 'completion' | 'noShow' | 'undo'

/** The key that presses it, and where it posts. */
const actions: Record<Action, { key: string; path: (id: number) => string }> = {
  arrival: { key: 'a', path: paths.deskArrival },
  start: { key: 's', path: paths.deskStart },
  completion: { key: 'd', path: paths.deskCompletion },
  noShow: { key: 'x', path: paths.deskNoShow },
  undo: { key: 'z', path: paths.deskUndo },
}

/** What can be done with one press: first what usually comes next. */
export function actionsOf(one: DayAppointment, status: DeskStatus, { day }: Pick<DayProps, 'day'>): Action[] {
  const undo: Action[] = canBeUndone(one, day) ? ['undo'] : []
  if (one.capacity !== null) return []
  if (status === 'late' && isOn(day.today, one)) return ['arrival', 'noShow']
  if (status === 'late') return ['noShow']
  if (status === 'booked') return isOn(day.today, one) ? ['arrival'] : []
  if (status === 'arrived') return ['start', ...undo]
  if (status === 'with_doctor') return ['completion', ...undo]
  return undo
}

/** Into a group session that has places left, the front desk books from the day. */
export function joinForm({ words, day, isDesk }: DayProps, one: DayAppointment, button?: string) {
  const isOpen = one.status === 'booked' && one.start > day.now && one.placesTaken < (one.capacity ?? 0)
  if (!isDesk || !isOpen) return undefined
  return html`<form method="get" action="${paths.session(one.id)}"><input type="hidden" name="add" value="1"/><button type="submit"${button ? html` class="${button}"` : ''}>${words.addPatient}<span class="vh">: ${isolate(one.visitType ?? '')}</span></button></form>`
}

const formId = 'press'

/** The one form of all these buttons: on a full day, one for each would be a third of the page. It comes back to this page. */
export function statusForm({ frame, formKey }: Pick<DayProps, 'frame' | 'formKey'>) {
  return html`<form method="post" id="${formId}" hidden=""><input type="hidden" name="return_to" value="${frame.here}"/><input type="hidden" name="form_key" value="${formKey}"/></form>`
}

interface Look {
  classes?: string
  /** For keys only: the list and the appointment's page show it. */
  hidden?: boolean
}

/** A button that says where to, and which version it saw. Its page has the form. */
export function statusButton(
  { words }: Pick<DayProps, 'words'>,
  one: DayAppointment,
  action: Action,
  { classes, hidden = false }: Look = {},
) {
  const { key, path } = actions[action]
  const name = one.patient ?? one.visitType ?? ''
  const look = classes ? html` class="${classes}"` : ''
  return html`<button type="submit"${look} form="${formId}" formaction="${path(one.id)}" name="version" value="${one.version}" data-key="${key}"${hidden ? html` hidden` : ''}>${words.actions[action]}<span class="vh">: ${isolate(name)}</span></button>`
}
