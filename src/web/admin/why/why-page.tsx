import type { Explanation } from '../../../clinic/availability/explanation.ts'
import type { WhyPageContent } from '../../../clinic/availability/read-why-page.ts'
import { cityOf, formatShortDay } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { isolate } from '../../../i18n/isolate.ts'
import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { AdminLayout } from '../admin-layout.tsx'
import { AdminIcon } from '../icons.tsx'
import { Answer } from './answer.tsx'
import type { WhyAsked, WhyFaults } from './asked.ts'
import { RuleRow } from './rule-row.tsx'
import { axisOf, hoursOf } from './time-bar.tsx'

interface WhyPageProps {
  frame: Frame
  content: WhyPageContent
  asked: WhyAsked
  faults: WhyFaults
}

/** For the front desk and admins: what each rule of the search leaves of a doctor's day. */
export function WhyPage({ frame, content, asked, faults }: WhyPageProps) {
  const words = frame.copy.admin.why
  const { found } = content
  return (
    <AdminLayout frame={frame} title={words.title} page="why" sub={words.intro}>
      <AskForm copy={frame.copy} content={content} asked={asked} faults={faults} />
      {found?.ok && <Explained frame={frame} explanation={found.explanation} asked={asked} />}
    </AdminLayout>
  )
}

function AskForm({ copy, content, asked, faults }: Omit<WhyPageProps, 'frame'> & { copy: Copy }) {
  const words = copy.admin.why
  return (
    <form class="row find" method="get" action={paths.why()} aria-label={words.ask}>
      <Choice
        name="doctor_id"
        label={words.doctor}
        empty={words.choose}
        chosen={asked.doctor_id}
        problem={faults.doctor_id}
        options={content.doctors.map(({ id, name }) => ({ id, label: name }))}
      />
      <Choice
        name="visit_type_id"
        label={words.visitType}
        empty={words.choose}
        chosen={asked.visit_type_id}
        problem={faults.visit_type_id}
        options={content.visitTypes.map(({ id, name, minutes }) => ({
          id,
          label: words.describe(name, minutes),
        }))}
      />
      {content.locations.length > 1 && (
        <Choice
          name="location_id"
          label={words.location}
          empty={words.anywhere}
          chosen={asked.location_id}
          problem={faults.location_id}
          options={content.locations.map(({ id, name }) => ({ id, label: name }))}
        />
      )}
      <div class="field">
        <label for="on">{words.day}</label>
        <input
          type="date"
          id="on"
          name="on"
          value={asked.on || content.today}
          aria-invalid={faults.on ? 'true' : undefined}
          aria-describedby={faults.on ? 'on-problem' : undefined}
          autofocus={Boolean(faults.on)}
        />
        {faults.on && (
          <p class="error problem" id="on-problem">
            {faults.on}
          </p>
        )}
      </div>
      <button class="btn main bottom" type="submit">
        {words.explain}
      </button>
    </form>
  )
}

interface ChoiceProps {
  name: 'doctor_id' | 'visit_type_id' | 'location_id'
  label: string
  empty: string
  chosen: string
  problem: string | undefined
  options: { id: number; label: string }[]
}

function Choice({ name, label, empty, chosen, problem, options }: ChoiceProps) {
  return (
    <div class="field grow">
      <label for={name}>{label}</label>
      <select
        id={name}
        name={name}
        aria-invalid={problem ? 'true' : undefined}
        aria-describedby={problem ? `${name}-problem` : undefined}
        autofocus={Boolean(problem)}
      >
        <option value="">{empty}</option>
        {options.map((option) => (
          <option value={option.id} selected={String(option.id) === chosen}>
            {isolate(option.label)}
          </option>
        ))}
      </select>
      {problem && (
        <p class="error problem" id={`${name}-problem`}>
          {problem}
        </p>
      )}
    </div>
  )
}

interface ExplainedProps {
  frame: Frame
  explanation: Explanation
  asked: WhyAsked
}

function Explained({ frame, explanation, asked }: ExplainedProps) {
  const words = frame.copy.admin.why
  return (
    <>
      <Answer frame={frame} explanation={explanation} asked={asked} />
      <Rules frame={frame} explanation={explanation} asked={asked} />
      <p class="row">
        <a class="btn text" href={paths.whyCsv(asked)} download="">
          <AdminIcon name="down" /> {words.csv}
        </a>
        <a class="btn text" href={paths.why(asked)}>
          {words.link}
        </a>
      </p>
    </>
  )
}

function Rules({ frame, explanation, asked }: ExplainedProps) {
  const { copy } = frame
  const words = copy.admin.why
  const { on, rules, timeZone } = explanation
  const axis = axisOf(
    rules.flatMap(({ remaining, taken }) => [...remaining, ...taken]),
    on,
  )
  const hours = hoursOf(axis)
  const dayAt = (days: number) =>
    new Date(Date.parse(on) + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
  return (
    <section class="card flush" aria-labelledby="sums">
      <div class="stack-s">
        <div class="row">
          <h2 id="sums">{words.ruleByRule(formatShortDay(on, copy.language))}</h2>
          <nav class="row push" aria-label={words.otherDays}>
            {[-1, 1].map((days) => (
              <a class="btn" href={paths.why({ ...asked, on: dayAt(days) })}>
                {formatShortDay(dayAt(days), copy.language)}
              </a>
            ))}
          </nav>
        </div>
        <ul class="key">
          <li>
            <svg aria-hidden="true">
              <rect class="open" width="100%" height="100%" />
            </svg>{' '}
            {words.stillFree}
          </li>
          <li>
            <svg class="bar" viewBox="0 0 24 14" aria-hidden="true">
              <rect class="gone" width="24" height="14" />
              <path class="gone-line" d="M0 14 8 0M8 14 16 0M16 14 24 0M0 0h24v14H0z" />
            </svg>{' '}
            {words.takenByIt}
          </li>
          <li>{words.clock(`${hours.at(0)}:00`, `${hours.at(-1)}:00`, copy.timeIn(cityOf(timeZone)))}</li>
        </ul>
      </div>
      <div class="rule axis" aria-hidden="true">
        <div class="span">
          <p class="hours">
            {hours.map((hour) => (
              <span>{hour}</span>
            ))}
          </p>
        </div>
      </div>
      <ol class="rows">
        {rules.map((step, n) => (
          <RuleRow frame={frame} explanation={explanation} step={step} number={n + 1} axis={axis} />
        ))}
      </ol>
    </section>
  )
}
