import type { PatientSummary } from '../../../clinic/patients/summary.ts'
import type { NewWalkInContent } from '../../../clinic/walk-ins/read-walk-in-pages.ts'
import { isolate } from '../../../i18n/isolate.ts'
import { FormKey } from '../../form-key.tsx'
import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { describeControl } from '../../ui/field.tsx'
import { factsAbout, shownName } from '../../ui/patient-name.tsx'
import { DeskLayout } from '../desk-layout.tsx'
import { Icon } from '../icons.tsx'
import { initialsOf } from '../initials.ts'
import { Say } from '../say.tsx'

export const walkInFields = ['location_id', 'patient_id', 'visit_type_id', 'doctor_id'] as const
export type WalkInField = (typeof walkInFields)[number]

interface NewWalkInPageProps {
  frame: Frame
  content: NewWalkInContent
  values: Record<WalkInField, string>
  typed: string | undefined
  returnTo: string
  formKey: string
  problems?: Partial<Record<WalkInField, string | undefined>>
  /** Why nobody was added, and the number they have already. */
  refused?: { reason: string; waiting?: { id: number; number: number } } | undefined
}

/** Gives someone who came without an appointment a number. */
export function NewWalkInPage(props: NewWalkInPageProps) {
  const { frame, content, values, returnTo, formKey, refused, problems = {} } = props
  const words = frame.copy.desk.walkIns
  const { location, locations, visitTypes, doctors } = content
  return (
    <DeskLayout frame={frame} title={words.title} place={{ shown: location, all: locations }}>
      <div class="page one">
        <p class="crumb">
          <a href={returnTo}>
            <Icon name="previous" />
            {words.backToDay}
          </a>
        </p>
        <div class="title">
          <h1>{words.title}</h1>
        </div>
        {!refused && Object.values(problems).some(Boolean) && (
          <Say title={words.notAdded} reason={words.fix} />
        )}
        {refused && (
          <Say title={words.notAdded} reason={refused.reason}>
            {refused.waiting && (
              <a class="btn" href={paths.walkIn(refused.waiting.id)}>
                {words.openWalkIn(refused.waiting.number)}
              </a>
            )}
          </Say>
        )}
        <form class="split" method="post" action={paths.walkIns()}>
          <FormKey value={formKey} />
          <input type="hidden" name="return_to" value={returnTo} />
          <input type="hidden" name="location_id" value={location.id} />
          <div class="stack">
            <PatientBox {...props} />
            <fieldset class="box">
              <legend id="visit-type">{words.visitType}</legend>
              <div
                class="opts found"
                role="radiogroup"
                aria-labelledby="visit-type"
                {...describeControl({
                  name: 'visit_type_id',
                  problem: problems.visit_type_id,
                  leavesFocus: true,
                })}
              >
                {visitTypes.map(({ id, name, minutes }) => (
                  <label>
                    <input
                      type="radio"
                      name="visit_type_id"
                      value={id}
                      required
                      checked={String(id) === values.visit_type_id || visitTypes.length === 1}
                    />
                    <span>
                      <b>{name}</b>
                      <small>{words.minutes(minutes)}</small>
                    </span>
                  </label>
                ))}
              </div>
              {problems.visit_type_id && (
                <p class="problem" id="visit_type_id-problem">
                  {problems.visit_type_id}
                </p>
              )}
              <div class="field">
                <label for="doctor_id">{words.doctor}</label>
                <select id="doctor_id" name="doctor_id">
                  <option value="">{words.anyDoctor}</option>
                  {doctors.map(({ id, name }) => (
                    <option value={id} selected={String(id) === values.doctor_id}>
                      {isolate(name)}
                    </option>
                  ))}
                </select>
              </div>
            </fieldset>
          </div>
          <div class="box when">
            <button class="btn main big" type="submit">
              {words.submit}
            </button>
            <p class="hint">{words.submitHint}</p>
          </div>
        </form>
      </div>
    </DeskLayout>
  )
}

function PatientBox({
  frame: { copy },
  content,
  values,
  typed,
  returnTo,
  problems = {},
}: NewWalkInPageProps) {
  const words = copy.desk.walkIns
  const { patients, isMore } = content.forWhom
  const here = paths.newWalkIn({ location: String(content.location.id), return_to: returnTo })
  return (
    <section class="box" id="patient" aria-labelledby="patient-title">
      <h2 id="patient-title">{words.patient}</h2>
      <div class="find">
        <div class="in">
          <label class="vh" for="q">
            {words.findLabel}
          </label>
          <input
            type="text"
            id="q"
            name="patient"
            value={typed ?? ''}
            autocomplete="off"
            {...describeControl({ name: 'q', hint: words.findHint, problem: problems.patient_id })}
            autofocus={!values.patient_id}
          />
        </div>
        <button class="btn" type="submit" formaction={`${paths.walkInSearch()}#patient`} formnovalidate>
          {words.find}
        </button>
      </div>
      <p class="hint" id="q-hint">
        {words.findHint}{' '}
        <span role="status">
          {typed && (patients.length === 0 ? words.nobody : words.found(patients.length))}{' '}
          {typed && isMore && words.tooMany}
        </span>
      </p>
      {patients.length > 0 && (
        <fieldset class="found">
          <legend class="vh">{words.patientsFound}</legend>
          {patients.map((patient, at) => (
            <FoundPatient
              patient={patient}
              facts={factsAbout(copy, { ...patient, recordNumber: null }).join(' · ')}
              name={shownName(copy, patient.name)}
              isChosen={values.patient_id ? String(patient.id) === values.patient_id : at === 0 && !!typed}
            />
          ))}
        </fieldset>
      )}
      {problems.patient_id && (
        <p class="problem" id="q-problem">
          {problems.patient_id}
        </p>
      )}
      <div class="btns">
        <a class="btn" href={paths.newPatient(here)}>
          <Icon name="plus" />
          {words.register}
        </a>
      </div>
    </section>
  )
}

interface FoundProps {
  patient: PatientSummary
  name: string
  facts: string
  isChosen: boolean
}

function FoundPatient({ patient, name, facts, isChosen }: FoundProps) {
  return (
    <label>
      <input type="radio" name="patient_id" value={patient.id} checked={isChosen} autofocus={isChosen} />
      <span>
        <b data-i={initialsOf(name)}>
          <bdi>{name}</bdi>
        </b>
        <small>{facts}</small>
      </span>
      {patient.recordNumber && <span class="num soft">{patient.recordNumber}</span>}
    </label>
  )
}
