import type { Message } from '../../clinic/messages/message.ts'
import type { MessagesToday } from '../../clinic/messages/read-messages-page.ts'
import type { FoundPatients } from '../../clinic/patients/search.ts'
import { concealed, initialed } from '../desk/hidden-name.tsx'

interface Named {
  messages: Message[]
  today: MessagesToday
  found?: FoundPatients | undefined
}

/** What the page shows, with initials for names, so that others in the room cannot read them. */
export function withInitials<Content extends Named>(content: Content): Content {
  const { messages, today, found } = content
  return {
    ...content,
    messages: messages.map(withoutNames),
    today: { ...today, patientName: brief(today.patientName) },
    found: found && {
      ...found,
      patients: found.patients.map((one) => ({
        ...one,
        name: initialed(one.name),
        calledName: brief(one.calledName),
      })),
    },
  }
}

const brief = (name: string | null) => name && initialed(name)

function withoutNames(message: Message): Message {
  const { recipient, address, appointments } = message
  return {
    ...message,
    recipient: { ...recipient, name: initialed(recipient.name) },
    address: address && concealed,
    appointments: appointments.map((one) => ({ ...one, patientName: brief(one.patientName) })),
  }
}
