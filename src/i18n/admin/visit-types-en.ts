export const visitTypes = {
  title: 'Visit types',
  intro: 'What can be booked, how long it takes, and who may book it.',
  add: 'Add a visit type',
  addTitle: 'New visit type',
  search: 'Name',
  which: 'Which visit types',
  tabs: { all: 'All', online: 'Online', desk: 'Front desk only', withdrawn: 'Withdrawn' },
  none: 'No visit types yet',
  noneHint: 'Add the first one: its name and length are enough to begin.',
  notFound: 'No visit type matches',
  columns: { name: 'Visit type', length: 'Length', mode: 'Takes place', booking: 'Booking', needs: 'Needs' },
  minutes: (many: number) => `${many} min`,
  noNeeds: 'Nothing',
  online: 'Online',
  desk: 'Front desk only',
  withdrawn: 'Withdrawn',
  need: {
    room: (kinds: string) => `A room: ${kinds}`,
    device: (kinds: string) => `A device: ${kinds}`,
    role: (who: string) => `Another person: ${who}`,
    around: (before: number, after: number) => `${before} min before, ${after} min after`,
    or: ' or ',
  },
  parts: {
    shown: { title: 'As patients see it', hint: 'On the booking page and in messages.' },
    length: { title: 'Length', hint: 'Appointments that are booked keep their length and buffers.' },
    online: { title: 'Online booking', hint: 'These bind patients. The front desk can always book.' },
    approval: { title: 'Approval', hint: 'Whether the clinic answers each request first.' },
    messages: { title: 'Messages', hint: 'What patients are sent about it.' },
    needs: {
      title: 'Needs',
      hint: 'Who and what it takes besides the doctor.',
    },
    closing: {
      title: 'Withdrawing',
      hint: 'You’ll see the appointments ahead first. Nothing is cancelled automatically.',
    },
  },
  fields: {
    name: { label: 'Name', faults: { already_there: 'Another visit type has this name' } },
    mode: {
      label: 'Takes place',
      options: { in_person: 'At the clinic', phone: 'By phone', video: 'By video' },
    },
    minutes: { label: 'Length, minutes', faults: { out_of_range: 'From 5 to 480 minutes' } },
    bufferBeforeMinutes: {
      label: 'Buffer before, minutes',
      faults: { out_of_range: 'From 0 to 120 minutes' },
    },
    bufferAfterMinutes: { label: 'Buffer after, minutes', faults: { out_of_range: 'From 0 to 120 minutes' } },
    capacity: {
      label: 'Places in a group',
      help: 'Empty for an appointment of one patient.',
      faults: { out_of_range: 'From 1 to 500, or empty' },
    },
    bookableOnline: { label: 'Patients can book it online' },
    noticeMinutes: {
      label: 'Shortest notice, minutes',
      help: '60 is an hour, 1440 is a day.',
      faults: { out_of_range: 'From 0 to 525600 minutes' },
    },
    cancellationNoticeMinutes: {
      label: 'Cancel or move until, minutes before',
      help: 'Later, patients have to call.',
      faults: { out_of_range: 'From 0 to 525600 minutes' },
    },
    horizonDays: { label: 'How far ahead, days', faults: { out_of_range: 'From 1 to 3650 days' } },
    dailyCap: {
      label: 'Most a day for each doctor',
      help: 'Empty for no limit.',
      faults: { out_of_range: 'From 1 to 1000, or empty' },
    },
    requiresApproval: { label: 'The clinic confirms or declines each request' },
    approvalHours: { label: 'Hours to answer', faults: { out_of_range: 'From 1 to 720 hours' } },
    reminderDays: {
      label: 'Reminders, days before',
      help: 'Up to three, such as “3, 1”. Empty for none.',
      faults: { out_of_range: 'Each from 1 to 14 days', not_a_list: 'Write days like “3, 1”' },
    },
    isSilent: { label: 'Send no messages about it' },
    needs: {
      label: 'Rooms, devices and other people',
      help: 'One on each line: “room: ultrasound” or “device: laser” with what they are used for, “role: nurse” for a person. Minutes before and after go in brackets: “room: ultrasound (5, 10)”.',
      faults: {
        not_a_choice: 'Begin each line with “room:”, “device:” or “role:”',
        too_many_items: 'At most eight lines',
      },
    },
    bring: { label: 'What to bring' },
    preparation: { label: 'How to prepare' },
  } as { [name: string]: FieldWords },
  withdraw: 'Withdraw…',
  withdrawTitle: (name: string) => `Withdraw ${name}`,
  withdrawWhat: 'Nobody can book it any more. What took place stays readable, and you can offer it again.',
  withdrawNow: 'Withdraw',
  keep: 'Keep it',
  isWithdrawn: 'Withdrawn. Nobody can book it.',
  reinstate: 'Offer it again',
  reinstated: 'Offered again, by the doctors who offer it.',
}

interface FieldWords {
  label: string
  help?: string
  options?: { [value: string]: string }
  faults?: { [fault: string]: string }
}
