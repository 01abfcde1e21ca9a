/** What was named is not there. A bug is anything thrown that is not of this file. */
export class NotFound extends Error {
  readonly noun: 'doctor' | 'patient' | 'appointment'

  constructor(noun: NotFound['noun']) {
    super(`No such ${noun}.`)
    this.name = 'NotFound'
    this.noun = noun
  }
}
