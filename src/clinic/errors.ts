/** What was named is not there, or is none of the actor's business: nobody learns which. */
export class NotFound extends Error {
  readonly noun:
    | 'account'
    | 'API key'
    | 'appointment'
    | 'closure'
    | 'doctor'
    | 'hold'
    | 'location'
    | 'patient'
    | 'time off'
    | 'visit type'

  constructor(noun: NotFound['noun']) {
    super(`No such ${noun}.`)
    this.name = 'NotFound'
    this.noun = noun
  }
}

/** Nobody is signed in, and somebody must be. */
export class NotSignedIn extends Error {}

/** The actor's role, or the key's scopes, do not allow it. */
export class Forbidden extends Error {}
