import { isolate } from '../isolate.ts'

export const stranded = {
  title: 'To work through',
  intro:
    'These appointments lie in time that is no longer open. Nothing was cancelled and no one was told: call the patient, then move the appointment, cancel it, or say that it stays.',
  count: (many: number) => (many === 1 ? '1 appointment' : `${many} appointments`),
  none: 'Nothing to work through. Appointments appear here when time off, a closure or other hours get in their way.',
  more: (many: number) => `${many} more appear when these are done.`,
  why: {
    away: (name: string) => `${isolate(name)} is away`,
    block: (name: string) => `Block: ${isolate(name)}`,
    closure: (name: string) => `Closed: ${isolate(name)}`,
    doctor_gone: (name: string) => `${isolate(name)} no longer works here`,
    hours: (name: string) => `Outside the hours of ${isolate(name)}`,
    location_closed: (name: string) => `${isolate(name)} is closed for good`,
    need: (name: string) => `${isolate(name)} no longer meets what the visit needs`,
    resource: (name: string) => `${isolate(name)} cannot be used`,
  },
  until: (when: string) => `until ${when}`,
  onPurpose: (reason: string) => `Booked outside the rules: ${isolate(reason)}`,
  session: 'Group session',
  nearest: 'Nearest free times. A press moves the appointment at once.',
  noTimes: 'No free time within two weeks. Choose another doctor or day.',
  moveTo: (time: string) => `Move to ${time}`,
  withDoctor: (time: string, doctor: string) => `${time} with ${isolate(doctor)}`,
  offerBy: {
    whatsapp: 'Offer these times by WhatsApp',
    sms: 'Offer them by SMS',
    email: 'Offer them by email',
  },
  offer: {
    subject: 'Another time for your appointment',
    hello: (patient: string, when: string, doctor: string) =>
      `Hello ${patient}, we’re sorry: your appointment on ${when} with ${doctor} can’t take place as planned. We can offer you:`,
    with: (when: string, doctor: string) => `${when} with ${doctor}`,
    answer: (phone: string) =>
      phone
        ? `Please reply with the number that suits you, or call us at ${phone}. A time may be taken before we hear from you.`
        : 'Please reply with the number that suits you. A time may be taken before we hear from you.',
  },
  otherTime: 'Another time',
  message: 'Send a message',
  open: 'Open',
  stays: 'Called, stays as it is',
  kept: (many: number) => `Stay as they are (${many})`,
  undo: 'Undo',
  noPhone: 'No phone number',
}
