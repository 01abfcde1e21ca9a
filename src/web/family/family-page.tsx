import type { OpenInvitation } from '../../clinic/accounts/find-invitations.ts'
import type { FamilyPageContent, Relative } from '../../clinic/patients/read-family-page.ts'
import type { Fault, InvitationRefusal } from '../../clinic/refusals.ts'
import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { Layout } from '../ui/layout.tsx'
import { PatientName } from '../ui/patient-name.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { FactFields } from './fact-fields.tsx'
import { InviteForm } from './invite-form.tsx'
import { OpenInvitations } from './open-invitations.tsx'

interface FamilyPageProps {
  frame: Frame
  content: FamilyPageContent
  formKey: string
  refusal?: InvitationRefusal
  /** The person with whose form something was wrong, and what. */
  inviting?: { patientId: number; email: string; fault?: Fault | undefined }
}

/** The people that the account books for, who else may, and the invitations to its mailbox. */
export function FamilyPage({ frame, content, formKey, refusal, inviting }: FamilyPageProps) {
  const { copy } = frame
  const words = copy.family
  const { invitations, relatives } = content
  return (
    <Layout frame={frame} title={words.title}>
      <div class="account">
        <h1>{words.title}</h1>
        {refusal && <Refusal title={words.refusedTitle} reason={copy.invitations.refused[refusal]} />}
        {invitations.map((invitation) => (
          <AcceptForm {...{ frame, invitation, formKey }} />
        ))}
        {relatives.map((relative) => (
          <RelativeCard
            {...{ frame, relative, formKey }}
            inviting={inviting?.patientId === relative.patient.id ? inviting : undefined}
          />
        ))}
        {relatives.length === 0 && <p>{words.nobody}</p>}
        <a class="more" href={paths.dependants(paths.family())}>
          {words.add}
        </a>
      </div>
    </Layout>
  )
}

interface AcceptFormProps {
  frame: Frame
  invitation: OpenInvitation
  formKey: string
}

function AcceptForm({ frame: { copy }, invitation, formKey }: AcceptFormProps) {
  const words = copy.family
  const titleId = `invitation-${invitation.id}`
  return (
    <section class="card" aria-labelledby={titleId}>
      <h2 id={titleId}>
        <bdi>{invitation.called}</bdi>
      </h2>
      <p>{words.invited}</p>
      <form method="post" action={paths.acceptance(invitation.id)}>
        <FormKey value={formKey} />
        <FactFields copy={copy} prefix={titleId} />
        <button type="submit">{words.accept}</button>
        <p class="hint">{words.ignore}</p>
      </form>
    </section>
  )
}

interface RelativeProps {
  frame: Frame
  relative: Relative
  formKey: string
  inviting?: FamilyPageProps['inviting']
}

function RelativeCard({ frame: { copy }, relative, formKey, inviting }: RelativeProps) {
  const words = copy.family
  const { patient, isSelf, links } = relative
  const action = paths.familyInvitation(patient.id)
  return (
    <section class="card" aria-labelledby={`person-${patient.id}`}>
      <h2 id={`person-${patient.id}`}>
        <PatientName copy={copy} patient={patient} />
        {isSelf && ' '}
        {isSelf && <span class="mark-current">{words.you}</span>}
      </h2>
      <OpenInvitations
        copy={copy}
        invitations={links.invitations}
        withdraw={paths.familyWithdrawal(patient.id)}
      />
      <details open={inviting !== undefined}>
        <summary>{words.share}</summary>
        <p class="hint">{words.shareHint}</p>
        <InviteForm
          {...{ copy, formKey, action }}
          prefix={`share-${patient.id}`}
          email={inviting?.email ?? ''}
          fault={inviting?.fault}
        />
      </details>
    </section>
  )
}
