import { InviteForm } from '../family/invite-form.tsx'
import { OpenInvitations } from '../family/open-invitations.tsx'
import { paths } from '../paths.ts'
import type { PatientSectionProps } from './patient-section.ts'

/** For the front desk: invite someone to the record, or link an account that exists. */
export function InvitationSection({ frame: { copy }, content, isDesk, formKey }: PatientSectionProps) {
  const words = copy.invitations
  const { patient, invitations } = content
  if (!isDesk || patient.erasedAt || patient.movedToId) return null
  return (
    <section class="card" aria-labelledby="invitations-title">
      <h2 id="invitations-title">{words.title}</h2>
      <OpenInvitations copy={copy} invitations={invitations} withdraw={paths.withdrawal(patient.id)} />
      <details>
        <summary>{words.inviteSomeone}</summary>
        <p class="hint">{words.inviteHint}</p>
        <InviteForm
          {...{ copy, formKey }}
          action={paths.invitation(patient.id)}
          prefix="invite"
          email={patient.contactEmail ?? ''}
        />
      </details>
      <details>
        <summary>{words.linkAccount}</summary>
        <p class="hint">{words.linkHint}</p>
        <InviteForm
          {...{ copy, formKey }}
          action={paths.patientAccounts(patient.id)}
          prefix="link"
          email=""
          submit={words.link}
        />
      </details>
    </section>
  )
}
