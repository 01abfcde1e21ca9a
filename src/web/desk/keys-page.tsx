import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { DeskLayout } from './desk-layout.tsx'
import { type KeyGroup, keyGroups } from './key-map.ts'

interface KeysPageProps {
  frame: Frame
  /** Whether letters are turned off in this browser. */
  areLettersOff: boolean
}

/** Every key of the desk's pages, and the switch that turns letters off. */
export function KeysPage({ frame, areLettersOff }: KeysPageProps) {
  const words = frame.copy.desk.keys
  return (
    <DeskLayout frame={frame} title={words.title}>
      <div class="page keys">
        <h1>{words.title}</h1>
        <p class="hint">{words.intro}</p>
        {keyGroups.map((group) => (
          <KeyTable frame={frame} group={group} />
        ))}
        <section class="box" aria-labelledby="letters">
          <h2 id="letters">{words.letters.title}</h2>
          <p>{areLettersOff ? words.letters.off : words.letters.on}</p>
          <p class="hint">{words.letters.why}</p>
          <form method="post" action={paths.deskKeys()}>
            <input type="hidden" name="letters" value={areLettersOff ? 'on' : 'off'} />
            <button class="btn" type="submit">
              {areLettersOff ? words.letters.turnOn : words.letters.turnOff}
            </button>
          </form>
        </section>
      </div>
    </DeskLayout>
  )
}

function KeyTable({ frame: { copy }, group: { name, keys } }: { frame: Frame; group: KeyGroup }) {
  const words = copy.desk.keys
  return (
    <table class="box key-table">
      <caption>{words.groups[name]}</caption>
      <thead>
        <tr>
          <th scope="col">{words.key}</th>
          <th scope="col">{words.does}</th>
        </tr>
      </thead>
      <tbody>
        {keys.map(({ press, does }) => (
          <tr>
            <th scope="row">
              {press.map((key, at) => (
                <>
                  {at > 0 && ` ${words.or} `}
                  <kbd>{key}</kbd>
                </>
              ))}
            </th>
            <td>{words.keys[does]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
