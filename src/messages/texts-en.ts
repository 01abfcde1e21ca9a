import type { MessageKind } from '../clinic/messages/content.ts'
import type { MessageText } from '../clinic/messages/fields.ts'

/** The texts of one kind: the subject and body are those of email. */
interface KindTexts extends MessageText {
  whatsapp: string
  sms: string
}

/** Another language is another object of this type. */
export type Texts = Record<MessageKind, KindTexts>

const details = `{when}

What to bring: {bring}.
How to prepare: {preparation}

You’ll find us at {location_address}. {directions}`

const farewell = `See you soon,
{location_name}`

const regards = `Kind regards,
{location_name}`

/** Our own texts in English. A sentence with an empty field is left out, so each stands on its own. */
export const textsEn: Texts = {
  requested: {
    subject: 'We have your request for {start_day}, {start_time}',
    body: `Hello {patient_first_name},

Thank you for your request to see {doctor_name}. It isn’t booked yet: we’ll check the time and write to you.

${details}

Changed your mind? Change or withdraw your request here:

{change_link}

${regards}`,
    whatsapp:
      'Hello {patient_first_name}, we’ve received your request to see {doctor_name}: {when}. It isn’t booked yet. {location_name} will check the time and write to you.',
    sms: '{location_name}: we have your request for {when}. It is not booked yet, we will write to you. Change it: {change_link}',
  },
  booked: {
    subject: '{whose_appointment} on {start_day}, {start_time}',
    body: `Hello {patient_first_name},

We’ve booked {whose_appointment} with {doctor_name}.

${details}

Something came up? Tell us here:

{change_link}

${farewell}`,
    whatsapp:
      'Hello {patient_first_name}, {location_name} has booked {whose_appointment} with {doctor_name}: {when}. If something comes up, press the button below.',
    sms: '{location_name}: we have booked {whose_appointment}: {when}. With {doctor_name}. Change or cancel: {change_link}',
  },
  declined: {
    subject: 'About your request for {start_day}, {start_time}',
    body: `Hello {patient_first_name},

We’re sorry, but we can’t offer you this time with {doctor_name}:

{when}

The reason: {reason}.

Please choose another time:

{rebook_link}

${regards}`,
    whatsapp:
      'Hello {patient_first_name}, we’re sorry: {location_name} can’t offer you this time with {doctor_name}: {when}. Please choose another time below.',
    sms: '{location_name}: sorry, we cannot offer {when}. {reason}. Choose another time: {rebook_link}',
  },
  lapsed: {
    subject: 'Your request for {start_day}, {start_time} has lapsed',
    body: `Hello {patient_first_name},

We’re sorry: we didn’t answer your request to see {doctor_name} in time, so nothing is booked.

{when}

Please choose a time again, or call us on {location_phone}.

{rebook_link}

${regards}`,
    whatsapp:
      'Hello {patient_first_name}, we’re sorry: {location_name} didn’t answer your request for {when} in time, so nothing is booked. Please choose a time again below.',
    sms: '{location_name}: sorry, we did not answer your request for {when} in time, so nothing is booked. Choose again: {rebook_link}',
  },
  moved: {
    subject: 'Changed: {whose_appointment} on {start_day}, {start_time}',
    body: `Hello {patient_first_name},

{who} changed {whose_appointment}. Here is what’s booked now:

{when}

Before: {old_when}.
The reason: {reason}.

What to bring: {bring}.
How to prepare: {preparation}

You’ll find us at {location_address}. {directions}

Doesn’t it suit you? Choose another time or cancel here:

{change_link}

${farewell}`,
    whatsapp:
      'Hello {patient_first_name}, {who} changed {whose_appointment}. Before: {old_when}. Now: {when}, with {doctor_name} at {location_name}. If it doesn’t suit you, press the button below.',
    sms: '{location_name}: {who} changed {whose_appointment}. Now: {when}. With {doctor_name}. Change or cancel: {change_link}',
  },
  cancelled: {
    subject: 'Cancelled: {whose_appointment} on {start_day}, {start_time}',
    body: `Hello {patient_first_name},

{who} cancelled {whose_appointment} with {doctor_name}.

{when}

The reason: {reason}.

Would you like another time?

{rebook_link}

${regards}`,
    whatsapp:
      'Hello {patient_first_name}, {who} cancelled {whose_appointment} with {doctor_name} at {location_name}: {when}. To find another time, press the button below.',
    sms: '{location_name}: {who} cancelled {whose_appointment}: {when}. Find another time: {rebook_link}',
  },
  reminder: {
    subject: 'Reminder: {whose_appointment} {in_days}, {start_time}',
    body: `Hello {patient_first_name},

This is a reminder of {whose_appointment} with {doctor_name} {in_days}.

${details}

Will you come? Let us know:

{confirm_link}

Something came up? Change or cancel here:

{change_link}

${farewell}`,
    whatsapp:
      'Hello {patient_first_name}, this is a reminder of {whose_appointment} with {doctor_name} at {location_name}: {when}. Please tell us below whether you’ll come.',
    sms: '{location_name}: reminder of {whose_appointment}: {when}. With {doctor_name}. Confirm, change or cancel: {change_link}',
  },
  missed: {
    subject: 'We missed you on {start_day}',
    body: `Hello {patient_first_name},

We were expecting you for {whose_appointment} with {doctor_name}. Don’t worry, things come up.

{when}

Would you like another time?

{rebook_link}

If you were with us after all, please tell us: {location_phone}.

${regards}`,
    whatsapp:
      'Hello {patient_first_name}, we missed you at {location_name} on {start_day}. Don’t worry, things come up. To find another time, press the button below.',
    sms: '{location_name}: we missed you on {start_day}. Would you like another time? {rebook_link}',
  },
  approval_requested: {
    subject: 'Please answer a request for {start_day}, {start_time}',
    body: `A patient asks for an appointment with {doctor_name}. Please approve or decline it.

{when}

{staff_link}`,
    whatsapp:
      'Please answer a request for an appointment with {doctor_name} at {location_name}: {when}. Approve or decline it below.',
    sms: 'Please answer a request: {when}. With {doctor_name}. {staff_link}',
  },
  staff_booked: {
    subject: 'New appointment: {start_day}, {start_time}',
    body: `New appointment with {doctor_name}, booked by {who}.

{when}

{staff_link}`,
    whatsapp: 'New appointment with {doctor_name} at {location_name}: {when}. It was booked by {who}.',
    sms: 'New appointment: {when}. With {doctor_name}. {staff_link}',
  },
  staff_moved: {
    subject: 'Changed appointment: {start_day}, {start_time}',
    body: `Appointment with {doctor_name}, changed by {who}.

{when}

Before: {old_when}.
The reason: {reason}.

{staff_link}`,
    whatsapp:
      'Changed appointment with {doctor_name} at {location_name}. Before: {old_when}. Now: {when}. It was changed by {who}.',
    sms: 'Changed appointment. Now: {when}. With {doctor_name}. {staff_link}',
  },
  staff_cancelled: {
    subject: 'Cancelled appointment: {start_day}, {start_time}',
    body: `Appointment with {doctor_name}, cancelled by {who}.

{when}

The reason: {reason}.

{staff_link}`,
    whatsapp:
      'Cancelled appointment with {doctor_name} at {location_name}: {when}. It was cancelled by {who}.',
    sms: 'Cancelled appointment: {when}. With {doctor_name}. {staff_link}',
  },
}
