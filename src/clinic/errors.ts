/** It does not exist, or it belongs to someone else; callers must not learn which. */
export class NotFound extends Error {
  readonly noun:
    | 'absence'
    | 'account'
    | 'API key'
    | 'appointment'
    | 'closure'
    | 'correction request'
    | 'day note'
    | 'doctor'
    | 'hold'
    | 'invitation'
    | 'location'
    | 'merge'
    | 'message'
    | 'passkey'
    | 'patient'
    | 'series'
    | 'resource'
    | 'session'
    | 'time off'
    | 'visit type'
    | 'walk-in'

  constructor(noun: NotFound['noun']) {
    super(`No such ${noun}.`)
    this.name = 'NotFound'
    this.noun = noun
  }
}

/** The action needs a signed-in actor. */
export class NotSignedIn extends Error {}

/** The actor's role or the key's scopes do not allow the action. */
export class Forbidden extends Error {}

/** The actor's session or key ended after this isolate looked it up. */
export class NoLongerSignedIn extends NotSignedIn {}

/** The account got another role after this isolate looked it up. */
export class RoleChanged extends Forbidden {}

/** It is no longer as the caller saw it. Nothing has changed. */
export class Stale extends Error {}

/** An appointment that a change would leave without its doctor, room, location or visit type, as the API shows it. */
interface Stranded {
  id: number
  start_at: string
  start_local: string
  time_zone: string
}

/** The change would strand appointments that its author did not name. Nothing has changed. */
export class WouldStrand extends Error {
  readonly appointments: Stranded[]

  constructor(appointments: Stranded[]) {
    super('It would strand appointments.')
    this.name = 'WouldStrand'
    this.appointments = appointments
  }
}
