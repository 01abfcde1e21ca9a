import type { Explained, Explanation, SearchRule } from '../../../clinic/availability/explanation.ts'
import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { barLabel, sentenceOf } from './in-words.ts'
import { type Axis, TimeBar } from './time-bar.tsx'

interface RuleRowProps {
  frame: Frame
  explanation: Explanation
  step: Explained
  number: number
  axis: Axis
}

/** A rule: its name, what it goes by, what it took and what is left. */
export function RuleRow({ frame, explanation, step, number, axis }: RuleRowProps) {
  const { copy } = frame
  const words = copy.admin.why
  const { rule, minutes, remaining, taken, without } = step
  const isReached = minutes !== null
  const href = isReached ? linkOf(frame, explanation, rule) : null
  return (
    <li class={lookOf(step)}>
      <span class="n" aria-hidden="true">
        {number}
      </span>
      <div class="what">
        <h3>{words.rules[rule]}</h3>
        <p class="small">{isReached ? sentenceOf(copy, explanation, step) : words.notReached}</p>
        {(href || (without && taken.length > 0)) && (
          <p class="row small">
            {href && <a href={href.to}>{href.label}</a>}
            {without && taken.length > 0 && <span class="soft">{words.without(without.times)}</span>}
          </p>
        )}
      </div>
      {isReached && (
        <>
          <div class="span">
            <TimeBar
              axis={axis}
              on={explanation.on}
              remaining={remaining}
              taken={taken}
              label={barLabel(copy, step)}
            />
          </div>
          <p class="left">
            <b>{minutes}</b> {words.minutes}
            <br />
            <span class="hint">{words.left}</span>
          </p>
        </>
      )}
    </li>
  )
}

/** Quiet when it takes nothing; the last one stands out when it takes the rest. */
function lookOf({ rule, minutes, taken }: Explained): string {
  if (minutes === null || (rule !== 'hours' && taken.length === 0)) return 'rule quiet'
  return rule === 'grid' && minutes === 0 ? 'rule last' : 'rule'
}

/** Where the rule can be changed by this visitor. */
export function linkOf({ copy, isAdmin, isDesk }: Frame, explanation: Explanation, rule: SearchRule) {
  const { change } = copy.admin.why
  const { doctor, locations, on } = explanation
  const location = String(locations[0]?.id ?? '')
  const causedBy = explanation.rules.find((one) => one.rule === rule)?.causes ?? []
  if (rule === 'time_off' && causedBy.length > 0)
    return { to: paths.blocks({ doctor_id: String(doctor.id), location, on }), label: change.time_off }
  if (rule === 'appointments' && isDesk)
    return { to: paths.desk({ view: 'grid', location, on }), label: change.appointments }
  if (rule === 'closures' && isAdmin)
    return { to: paths.location(locations[0]?.id ?? 0), label: change.closures }
  if (rule === 'needs' && isAdmin) return { to: paths.resources(), label: change.needs }
  return null
}
