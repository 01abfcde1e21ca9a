import { spawn, spawnSync } from 'node:child_process'
import { chown } from 'node:fs/promises'

/** The user that PostgreSQL runs as; it refuses to be root. */
export interface Identity {
  spawn: typeof spawn
  /** Gives the folder to that user. */
  own(directory: string): Promise<void>
  /** A hint for when this user cannot read or write. */
  hint: string
}

/**
 * An ordinary user stays as they are. Root becomes the user "nobody" inside a user namespace, where the files still belong
 * to root, so a clone that only root may enter works too. Where namespaces are forbidden, as in many containers, the server
 * really runs as "nobody".
 */
export function chooseIdentity(): Identity {
  if (process.getuid?.() !== 0) return { spawn, own: async () => {}, hint: '' }
  const namespace = ['--user', '--map-user=65534', '--map-group=65534', '--']
  if (spawnSync('unshare', [...namespace, 'true']).status === 0) {
    const inside = (file: string, args: string[], options: object) =>
      spawn('unshare', [...namespace, file, ...args], options)
    return { spawn: inside as typeof spawn, own: async () => {}, hint: '' }
  }
  const nobody = { uid: idOfNobody('-u'), gid: idOfNobody('-g') }
  const asNobody = (file: string, args: string[], options: object) =>
    spawn(file, args, { ...options, ...nobody })
  return {
    spawn: asNobody as typeof spawn,
    own: (directory) => chown(directory, nobody.uid, nobody.gid),
    hint: ' (as root, every folder above must be open to the user "nobody": chmod o+x, or set DATA_DIR)',
  }
}

function idOfNobody(flag: '-u' | '-g'): number {
  return Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout)
}
