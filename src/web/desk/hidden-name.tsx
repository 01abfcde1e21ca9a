import { initialsOf } from './initials.ts'

/** `R. A.`: what stands for a name while names are hidden. */
export const initialed = (name: string): string =>
  Array.from(initialsOf(name))
    .map((letter) => `${letter}.`)
    .join(' ')

interface NamingProps {
  name: string
  say: (name: string) => string
}

/** A sentence that names a patient; with initials while names are hidden. */
export const Naming = ({ name, say }: NamingProps) => <span data-i={say(initialed(name))}>{say(name)}</span>

/** What gives a name away, such as an email address. */
export const concealed = '•••'
