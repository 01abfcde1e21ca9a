import { FormKey } from '../form-key.tsx'
import { paths } from '../paths.ts'
import type { PatientSectionProps } from '../patients/patient-section.ts'
import { TextField } from '../ui/field.tsx'

/** On the staff's page of a patient: the way to the erasure, and for admins what stops it. */
export function EraseSection({ frame, content: { patient }, isDesk, formKey }: PatientSectionProps) {
  const words = frame.copy.erasure
  if (!isDesk || patient.erasedAt) return null
  return (
    <section class="card confirmation" aria-labelledby="erasure-title">
      <h2 id="erasure-title">{words.sectionTitle}</h2>
      <p>{patient.isOnLegalHold ? words.refused.onLegalHold : words.sectionIntro}</p>
      {!patient.isOnLegalHold && (
        <a class="button quiet" href={paths.erasure(patient.id)}>
          {words.begin}
        </a>
      )}
      {frame.isAdmin && <LegalHold words={words} patient={patient} formKey={formKey} />}
    </section>
  )
}

interface LegalHoldProps {
  words: PatientSectionProps['frame']['copy']['erasure']
  patient: PatientSectionProps['content']['patient']
  formKey: string
}

function LegalHold({ words, patient, formKey }: LegalHoldProps) {
  const isOn = patient.isOnLegalHold
  return (
    <details>
      <summary>{isOn ? words.liftHold : words.placeHold}</summary>
      <form method="post" action={paths.legalHold(patient.id)}>
        <FormKey value={formKey} />
        {isOn ? (
          <input type="hidden" name="lift" value="yes" />
        ) : (
          <TextField
            name="reason"
            label={words.holdReason}
            hint={words.holdHint}
            value=""
            autocomplete="off"
          />
        )}
        <button class="quiet" type="submit">
          {isOn ? words.liftHold : words.placeHold}
        </button>
      </form>
    </details>
  )
}
