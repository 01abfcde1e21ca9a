import type { PatientChoice } from '../../../clinic/patients/find.ts'
import type { PatientSummary } from '../../../clinic/patients/summary.ts'
import type { Copy } from '../../../i18n/en.ts'
import { paths } from '../../paths.ts'
import { describeControl } from '../../ui/field.tsx'
import { factsAbout, shownName } from '../../ui/patient-name.tsx'
import { initialed, Naming } from '../hidden-name.tsx'
import { Icon } from '../icons.tsx'
import { initialsOf } from '../initials.ts'
import type { BookingFaults, BookingValues } from './values.ts'

interface PatientPartProps {
  copy: Copy
  forWhom: PatientChoice
  chosen: PatientSummary | undefined
  values: BookingValues
  faults: BookingFaults
  /** Who may be the person about to be registered. */
  candidates: PatientSummary[] | undefined
  mayRegister: boolean
  /** Whether something further up takes the focus. */
  leavesFocus: boolean
}

/** Who it is for: found by what is typed, or registered in the same form. */
export function PatientPart(props: PatientPartProps) {
  const { copy, forWhom, chosen, values, mayRegister, leavesFocus } = props
  const words = copy.desk.book
  const { patients, isMore } = forWhom
  const hasSearched = values.q.trim() !== ''
  return (
    <section class="box" id="patients" aria-labelledby="patients-title">
      <h2 id="patients-title">{words.patient}</h2>
      <div class="find">
        <div class="in">
          <Icon name="find" />
          <label class="vh" for="q">
            {words.search}
          </label>
          <input
            type="text"
            id="q"
            name="q"
            value={values.q}
            autocomplete="off"
            aria-describedby="q-hint"
            autofocus={!leavesFocus && !chosen}
          />
        </div>
        <button class="btn" type="submit" formaction={`${paths.deskBookingSearch()}#patients`} formnovalidate>
          {words.find}
        </button>
      </div>
      <p class="hint" id="q-hint">
        {words.searchHint}
      </p>
      <p class="hint" id="found-many" role="status">
        {hasSearched && (patients.length === 0 ? words.nobody : words.found(patients.length))}{' '}
        {hasSearched && isMore && words.more}
      </p>
      <div id="found">{patients.length > 0 && <FoundPatients {...props} />}</div>
      {mayRegister && <NewPatient {...props} />}
    </section>
  )
}

function FoundPatients({ copy, forWhom, chosen, values, leavesFocus }: PatientPartProps) {
  return (
    <fieldset class="found">
      <legend class="vh">{copy.desk.book.patientsFound}</legend>
      {forWhom.patients.map((patient) => (
        <Found
          copy={copy}
          patient={patient}
          typed={values.q}
          isChosen={patient.id === chosen?.id}
          takesFocus={!leavesFocus && patient.id === chosen?.id}
        />
      ))}
    </fieldset>
  )
}

interface FoundProps {
  copy: Copy
  patient: PatientSummary
  typed: string
  isChosen: boolean
  takesFocus: boolean
}

function Found({ copy, patient, typed, isChosen, takesFocus }: FoundProps) {
  const name = shownName(copy, patient.name)
  const { recordNumber, ...others } = patient
  return (
    <label>
      <input type="radio" name="patient_id" value={patient.id} checked={isChosen} autofocus={takesFocus} />
      <span>
        <b data-i={initialsOf(name)}>
          <bdi>
            <Marked text={name} typed={typed} />
          </bdi>
        </b>
        <small>{factsAbout(copy, { ...others, recordNumber: null }).join(' · ')}</small>
      </span>
      {recordNumber && <span class="num soft">{recordNumber}</span>}
    </label>
  )
}

/** A name, with the first place at which a word that was typed stands in it. */
function Marked({ text, typed }: { text: string; typed: string }) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const word = words.find((part) => text.toLowerCase().includes(part))
  if (!word) return text
  const at = text.toLowerCase().indexOf(word)
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + word.length)}</mark>
      {text.slice(at + word.length)}
    </>
  )
}

function NewPatient({ copy, values, faults, candidates }: PatientPartProps) {
  const words = copy.desk.book
  const isOpen = [values.name, values.birth_date, values.phone].some(Boolean)
  const field = (name: 'name' | 'birth_date' | 'phone', label: string, type: string) => {
    const fault = faults[name]
    const problem = fault && copy.faults[fault]
    return (
      <div class={problem ? 'field wrong' : 'field'}>
        <label for={name}>{label}</label>
        <input
          id={name}
          name={name}
          type={type}
          value={values[name]}
          autocomplete="off"
          {...describeControl({ name, problem, leavesFocus: true })}
        />
        {problem && (
          <p class="problem" id={`${name}-problem`}>
            {problem}
          </p>
        )}
      </div>
    )
  }
  return (
    <details class="drop" id="new-patient" open={isOpen || candidates !== undefined}>
      <summary class="btn">
        <Icon name="plus" />
        {words.register}
      </summary>
      <div class="stack">
        <div class="line">
          {field('name', words.name, 'text')}
          {field('birth_date', words.birthDate, 'date')}
          {field('phone', words.phone, 'tel')}
        </div>
        {candidates ? (
          <Candidates copy={copy} candidates={candidates} />
        ) : (
          <div class="btns">
            <button class="btn main" type="submit" name="register" value="yes">
              {words.registerAndBook}
            </button>
          </div>
        )}
      </div>
    </details>
  )
}

function Candidates({ copy, candidates }: { copy: Copy; candidates: PatientSummary[] }) {
  const words = copy.desk.book
  return (
    <section
      class="say"
      id="candidates"
      tabindex={-1}
      autofocus
      aria-labelledby="candidates-title"
      aria-describedby="candidates-reason"
    >
      <h2 id="candidates-title">
        <Icon name="warning" />
        {words.mayExist}
      </h2>
      <p id="candidates-reason">{words.mayExistReason}</p>
      {candidates.map((patient) => (
        <p>
          <b data-i={initialed(patient.name)}>
            <bdi>{patient.name}</bdi>
          </b>
          {factsAbout(copy, patient).map((fact) => ` · ${fact}`)}
        </p>
      ))}
      <div class="btns">
        {candidates.map(({ id, name, recordNumber }, at) => (
          <button class={at === 0 ? 'btn main' : 'btn'} type="submit" name="use_patient" value={id}>
            {recordNumber ? words.usePatient(recordNumber) : <Naming name={name} say={words.usePatient} />}
          </button>
        ))}
        <button class="btn" type="submit" name="register" value="confirmed">
          {words.someoneElse}
        </button>
      </div>
    </section>
  )
}
