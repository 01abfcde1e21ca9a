import type { Appointment } from '../../../clinic/appointments/find.ts'
import type { TypeInstead } from '../../../clinic/appointments/types-instead.ts'
import type { Copy } from '../../../i18n/en.ts'
import { describeControl } from '../../ui/field.tsx'
import { addressOf, DeskForm, type Target } from './press-form.tsx'
import type { Said } from './said.ts'

interface VisitTypeProps {
  copy: Copy
  appointment: Appointment
  otherTypes: TypeInstead[]
  target: Target
  said: Said
}

/** Gives the appointment another visit type of its doctor. Nothing when it cannot get one. */
export function VisitType({ copy, appointment, otherTypes, target, said }: VisitTypeProps) {
  const { visitType: words, actions } = copy.desk.appointment
  if (otherTypes.length === 0 || appointment.sessionId !== null || appointment.capacity !== null) return null
  const problem = said.problems?.visitType
  const { visitTypeId, overrideReason } = said.typeRefused ?? {}
  return (
    <details
      class="drop"
      id="change-visit-type"
      open={problem !== undefined || said.typeRefused !== undefined}
    >
      <summary class="btn">{actions.changeType}</summary>
      <DeskForm action={addressOf('visit-type', target.id)} target={target}>
        <p class="hint">{words.hint}</p>
        <div class="field">
          <label for="visit_type_id">{words.label}</label>
          <select
            id="visit_type_id"
            name="visit_type_id"
            {...describeControl({ name: 'visit_type_id', problem })}
          >
            <option value="">{words.choose}</option>
            {otherTypes.map(({ id, name, minutes }) => (
              <option value={String(id)} selected={id === visitTypeId}>
                {words.typeOf(name, minutes)}
              </option>
            ))}
          </select>
          {problem && (
            <p class="problem" id="visit_type_id-problem">
              {problem}
            </p>
          )}
        </div>
        <div class="field">
          <label for="override_reason">{words.overrideReason}</label>
          <input
            type="text"
            id="override_reason"
            name="override_reason"
            maxlength={500}
            value={overrideReason ?? ''}
            autocomplete="off"
          />
        </div>
        <div class="btns">
          <button class="btn main" type="submit">
            {actions.changeType}
          </button>
        </div>
      </DeskForm>
    </details>
  )
}
