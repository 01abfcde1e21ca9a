import type { Copy } from '../../../i18n/en.ts'
import { paths } from '../../paths.ts'
import { describeControl } from '../../ui/field.tsx'
import { addressOf, DeskForm, type Target } from './press-form.tsx'

interface CallOffProps {
  copy: Copy
  target: Target
  /** What is wrong with the reason. */
  problem?: string | undefined
}

/** Cancels, with a reason that staff read. */
export function Cancel({ copy, target, problem }: CallOffProps) {
  const { cancellation: words, actions } = copy.desk.appointment
  return (
    <details class="drop" id="cancel" data-key="c" open={problem !== undefined}>
      <summary class="btn no">{actions.cancel}</summary>
      <DeskForm action={addressOf('cancellation', target.id)} target={target}>
        <div class="field">
          <label for="reason">{words.reason}</label>
          <select id="reason" name="reason" {...describeControl({ name: 'reason', problem })}>
            {words.choices.map((choice) => (
              <option value={choice}>{choice}</option>
            ))}
          </select>
          {problem && (
            <p class="problem" id="reason-problem">
              {problem}
            </p>
          )}
        </div>
        <div class="field">
          <label for="details">{words.details}</label>
          <input type="text" id="details" name="details" maxlength={400} autocomplete="off" />
        </div>
        <p class="hint">{words.told}</p>
        <div class="btns">
          <button class="btn no" type="submit">
            {actions.cancel}
          </button>
          <a class="btn bare" href={paths.deskAppointment(target.id)}>
            {actions.keep}
          </a>
        </div>
      </DeskForm>
    </details>
  )
}

/** Declines a request, with a reason that the patient reads. */
export function Decline({ copy, target, problem }: CallOffProps) {
  const words = copy.desk.appointment.actions
  return (
    <details class="drop" open={problem !== undefined}>
      <summary class="btn no">{words.decline}</summary>
      <DeskForm action={addressOf('decline', target.id)} target={target}>
        <div class="field">
          <label for="decline-reason">{words.declineReason}</label>
          <input
            type="text"
            id="decline-reason"
            name="reason"
            maxlength={500}
            autocomplete="off"
            {...describeControl({ name: 'decline-reason', problem })}
          />
          {problem && (
            <p class="problem" id="decline-reason-problem">
              {problem}
            </p>
          )}
        </div>
        <div class="btns">
          <button class="btn no" type="submit">
            {words.decline}
          </button>
        </div>
      </DeskForm>
    </details>
  )
}
