/** What is used of it. All of Node's types would bring its globals, which Workers do not have. */
declare module 'node:crypto' {
  export function createHash(algorithm: 'sha256'): {
    update(text: string): { digest(encoding: 'hex'): string }
  }
  /** Uniform, from 0 up to but not including `below`. */
  export function randomInt(below: number): number
}
